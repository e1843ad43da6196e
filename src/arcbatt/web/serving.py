"""Runs the server until a signal ends it."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Final

import uvicorn

from arcbatt.arc import TaskSet
from arcbatt.errors import InputError
from arcbatt.store import StorePlace
from arcbatt.web.app import Streams, application
from arcbatt.web.at_hand import TaskSources
from arcbatt.web.guard import Guard, is_loopback
from arcbatt.web.stored_pages import StoredPages
from arcbatt.web.watching import Watcher

__all__ = ["serve"]

_PATIENCE_S: Final = 2
"""Seconds that an answer on its way has when the server ends."""


class _Server(uvicorn.Server):
    """Ends the streams first, which would never end by themselves."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On a signal."""
        self._streams.end()
        super().handle_exit(sig, frame)


def serve(
    workspace: StorePlace, *, host: str, port: int, token: str | None, tasks: Sequence[TaskSet],
    ready: Callable[[str], None],
) -> None:  # fmt: skip
    """Serves a workspace until SIGINT or SIGTERM, on which it raises KeyboardInterrupt.

    Args:
        workspace: its place; a store may come later.
        host: name or address to listen on.
        port: 0 for any that is free.
        token: None for none on loopback, and a new one elsewhere.
        tasks: what options name, one set a source; empty for the sets that runs were on.
        ready: is called with the address to open once connections are taken.

    Raises:
        InputError: it cannot listen there.
    """
    listening = _bound(host, port)
    number = listening.getsockname()[1]
    if token is None and not is_loopback(host):
        token = secrets.token_urlsafe(24)
    sources = TaskSources(tasks)
    watcher = Watcher(workspace, sources)
    streams = Streams(watcher)
    app = application(Guard(host, number, token), streams, StoredPages(workspace, sources))
    config = uvicorn.Config(
        app, log_config=None, log_level="critical", access_log=False, server_header=False, date_header=False,
        proxy_headers=False, lifespan="off", ws="none", limit_concurrency=200, timeout_keep_alive=5,
        timeout_graceful_shutdown=_PATIENCE_S,
    )  # fmt: skip
    watcher.start()
    try:
        ready(_address(host, number, token))
        _Server(config, streams).run(sockets=[listening])
    finally:
        watcher.close()
        listening.close()


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such host"
        raise InputError(f"--host {host:.80} --port {port}: {reason}; --port 0 takes a port that is free") from None
    return listening


def _address(host: str, port: int, token: str | None) -> str:
    name = f"[{host.strip('[]')}]" if ":" in host else host
    if host.strip("[]") in ("0.0.0.0", "::", ""):
        name = socket.gethostname().lower()
    return f"http://{name}:{port}/" + ("" if token is None else f"?token={token}")
