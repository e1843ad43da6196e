"""Which requests are answered: none of another site, of another name for this machine, or without the token.

A page of a stranger in the same browser can send requests here, and can have a name of its own lead here (DNS
rebinding). So the host that a request names has to be one of this server's, and a request that a browser marks as
coming from elsewhere is refused. Only reading is allowed.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["HEADERS", "Decision", "Guard", "is_loopback"]

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer; a policy of its content comes with each."""

_LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a request.

    Attributes:
        kind: ``answer`` it, ``enter``: the token was right, so set the cookie and go to the address without it, or
            ``refuse`` it.
        status: of a refusal.
        words: why it is refused.
    """

    kind: Literal["answer", "enter", "refuse"]
    status: int = 200
    words: str = ""


class Guard:
    """The rules.

    Args:
        host: what the server listens on.
        port: likewise.
        token: what a browser has to show once; None for no token, on loopback alone.
    """

    def __init__(self, host: str, port: int, token: str | None) -> None:
        self._names = {*_LOOPBACK_NAMES, host.lower().strip("[]")}
        self._takes_addresses = not is_loopback(host)
        if self._takes_addresses:
            self._names.add(socket.gethostname().lower())
        self._token = token
        self.cookie_name = f"arcbatt-{port}"
        # not the token itself: who reads a browser's cookies cannot hand the address on
        self.cookie = "" if token is None else hmac.new(token.encode(), b"cookie", hashlib.sha256).hexdigest()

    def decide(
        self, method: str, headers: Mapping[str, str], token: str | None, cookie: str | None
    ) -> Decision:
        """Decides on a request.

        Args:
            method: of HTTP.
            headers: by lower-case name.
            token: what the address has as ``token``; None where it has none.
            cookie: value of the cookie :attr:`cookie_name`; None where there is none.
        """
        if method not in ("GET", "HEAD"):
            return Decision("refuse", 405, "These pages can only be read.")
        host = headers.get("host", "")
        if not self._is_ours(host):
            return Decision("refuse", 421, "This server does not answer to that name. Use the address it printed.")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return Decision("refuse", 403, "The request comes from another site. Type or paste the address instead.")
        if headers.get("origin", f"http://{host}").lower() != f"http://{host}".lower():
            return Decision("refuse", 403, "The request comes from another site.")
        return self._admitted(token, cookie)

    def _admitted(self, token: str | None, cookie: str | None) -> Decision:
        if self._token is None:
            return Decision("answer")
        if token is not None:
            if hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
                return Decision("enter")
            return Decision("refuse", 403, "The token is wrong. Open the address that the server printed.")
        if cookie is not None and hmac.compare_digest(cookie.encode("utf-8", "replace"), self.cookie.encode()):
            return Decision("answer")
        return Decision("refuse", 401, "A token is needed. Open the address that the server printed.")

    def _is_ours(self, host: str) -> bool:
        name = _without_port(host.lower())
        if name in self._names:
            return True
        # a name can lead anywhere, an address is one of this machine's, or of what forwards to it
        return self._takes_addresses and _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and nobody else can reach it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _without_port(host: str) -> str:
    if host.startswith("["):
        name, bracket, port = host[1:].partition("]")
        return name if bracket and (not port or _is_port(port)) else ""
    name, colon, port = host.partition(":")
    return name if not colon or _is_port(f":{port}") else ""


def _is_port(text: str) -> bool:
    return text[:1] == ":" and text[1:].isascii() and text[1:].isdigit() and len(text) <= 6


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
