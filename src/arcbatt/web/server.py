"""The process: a socket, the server on it, and its end by Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from arcbatt.errors import InputError
from arcbatt.interrupts import SIGNALS
from arcbatt.report.html.gathering.at_hand import Source
from arcbatt.web.app import Site, site
from arcbatt.web.guard import LOOPBACK

__all__ = ["serve"]

_WAITS_S: Final = 2
"""How long an answer may go on after the end was asked for."""


def serve(
    workspace: Path, sources: Sequence[Source], *, host: str, port: int, token: str | None, tell: Callable[[str], None]
) -> None:
    """Serves a workspace until Ctrl-C, SIGTERM or SIGHUP.

    Args:
        workspace: folder of the store; it need not be there yet.
        sources: tasks whose grids are at hand.
        host: address or name to listen on.
        port: 0 for a free one.
        token: what a browser has to know; None where anybody on this machine may ask.
        tell: is given the address once the site can be asked.

    Raises:
        InputError: it cannot listen there.
    """
    listening = _listening(host, port)
    made = site(workspace, sources, hosts=_hosts(host), token=token)
    config = uvicorn.Config(
        made.app, log_level="error", access_log=False, server_header=False, lifespan="off", ws="none",
        timeout_graceful_shutdown=_WAITS_S, limit_concurrency=200,
    )  # fmt: skip
    with listening:
        number = listening.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        tell(f"http://{shown}:{number}/" + ("" if token is None else f"?token={token}"))
        _Server(config, made).run(sockets=[listening])
    if made.reports.is_busy:
        # A page for nobody is still being made in a thread; nothing is written anywhere by it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


class _Server(uvicorn.Server):
    """Ends the streams of a site before it waits for its connections to end; a signal is the regular end."""

    def __init__(self, config: uvicorn.Config, served: Site) -> None:
        super().__init__(config)
        self._site = served

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The handler of the signals."""
        self._site.watcher.close()
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Inside the block the signals that are not ignored end the server."""
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN
        }  # fmt: skip
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _hosts(host: str) -> tuple[str, ...]:
    """The names that the site goes by: of a loopback address those of this machine alone."""
    name = f"[{host}]" if ":" in host else host.lower()
    if name in LOOPBACK:
        return LOOPBACK
    return (*LOOPBACK, name, socket.gethostname().lower(), "*")


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind)
    except (OSError, UnicodeError) as error:
        raise InputError(f"--host {host!r:.80}: {error}: expected an address of this machine, 127.0.0.1 say") from None
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError as error:
        found.close()
        reason = error.strerror or str(error)
        raise InputError(f"{host}:{port}: cannot listen there ({reason}); --port 0 takes a free port") from None
    return found
