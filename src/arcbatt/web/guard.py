"""Who may ask what: hosts, origins, methods and the token, and the headers that every answer has.

The site shows what is on this machine to its owner. Another page that is open in the same browser could ask it too, and
a name that a stranger lets point to this machine as well: so the name that was asked for is checked, and where the
request comes from.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import sys
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from arcbatt.web.pages import error_page

__all__ = ["LOOPBACK", "POLICY", "Guard", "host_of"]

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine that only it can mean."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""The content security policy of every answer that has none of its own."""

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what may be asked; answers the rest with a page that says why.

    Args:
        app: what answers.
        hosts: names that may be asked for, without port; ``*`` lets every address in digits through, which no name
            of a stranger's can be.
        token: what a browser has to know; None where anybody on this machine may ask.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], token: str | None) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or lets the app answer."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        has_begun = False

        async def guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        try:
            await (self._refusal(scope) or self._app)(scope, receive, guarded)
        except Exception as error:
            print(f"arcbatt: serve: {type(error).__name__}: {str(error):.300}", file=sys.stderr, flush=True)
            if not has_begun:
                await error_page(500, "Something went wrong; the server's terminal has a line.")(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """What to answer instead; None for a request that is let through."""
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD"):
            answer = error_page(405, "This site can only be read.")
            answer.headers["Allow"] = "GET, HEAD"
            return answer
        if not self._knows(host_of(headers.get("host", ""))):
            return error_page(421, "This site does not go by that name.")
        if not _is_from_here(scope, headers):
            return error_page(403, "Another site may not ask for this.")
        return self._missing_token(scope, headers)

    def _knows(self, host: str) -> bool:
        return host in self._hosts or ("*" in self._hosts and _is_address(host))

    def _missing_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Takes a token from the address once, into a cookie; refuses who has none."""
        if self._token is None:
            return None
        server = scope.get("server")
        name = f"arcbatt-{server[1] if server else 0}"
        secret = hashlib.sha256(b"arcbatt cookie " + self._token.encode()).hexdigest()
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token")
        if given is not None:
            if not _equal(given[0], self._token):
                return error_page(403, "The token in the address is not the one that the server printed.")
            answer = RedirectResponse("/", status_code=303)
            answer.set_cookie(name, secret, httponly=True, samesite="strict", path="/")
            return answer
        if not _equal(_cookie(headers.get("cookie", ""), name), secret):
            return error_page(403, "Open the address that the server printed: it has the token.")
        return None


def host_of(header: str) -> str:
    """The name in a Host header, in small letters and without port."""
    name = header.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0].rstrip(".")


def _is_from_here(scope: Scope, headers: Headers) -> bool:
    """Whether a page of this site asks, or a person by address or link, or no browser."""
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"{scope['scheme']}://{headers.get('host', '').lower()}":
        return False
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return True
    is_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return is_link and scope["method"] == "GET"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
