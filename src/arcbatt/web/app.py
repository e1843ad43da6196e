"""The answers to requests: an ASGI application, without any state of its own but the streams that are open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from arcbatt.errors import ArcbattError, InputError
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.web.guard import HEADERS, Guard
from arcbatt.web.stored_pages import StoredPages
from arcbatt.web.templated import framed_policy, live_page, message_page
from arcbatt.web.watching import Watcher

__all__ = ["MOST_STREAMS", "Streams", "application"]

MOST_STREAMS: Final = 16
"""Most pages that are kept up to date at a time."""

_HEARTBEAT_S: Final = 15.0
_NUMBER: Final = 2**31


class Streams:
    """The streams of events that are open.

    Args:
        watcher: where events come from.
        most: most streams at a time.
    """

    def __init__(self, watcher: Watcher, most: int = MOST_STREAMS) -> None:
        self._watcher = watcher
        self._most = most
        self._open: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.is_ended = False

    @property
    def is_full(self) -> bool:
        """Whether no further stream is allowed."""
        return len(self._open) >= self._most

    def end(self) -> None:
        """Ends all streams, so that the server can; may be called from a handler of signals."""
        self.is_ended = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for news in self._open:
            news.set()

    async def events(self, news: asyncio.Event) -> AsyncIterator[str]:
        """The events of one stream: the newest overview each time there is one; what came in between is left out."""
        self._loop = loop = asyncio.get_running_loop()
        latest: list[str] = []

        def listener(text: str) -> None:
            loop.call_soon_threadsafe(put, text)

        def put(text: str) -> None:
            latest[:] = [text]
            news.set()

        try:
            self._watcher.listen(listener)
            yield "retry: 1000\n\n"
            while not self.is_ended:
                try:
                    await asyncio.wait_for(news.wait(), _HEARTBEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
                news.clear()
                if latest:
                    yield f"data: {latest.pop()}\n\n"
        finally:
            self._watcher.leave(listener)
            self._open.discard(news)

    def opened(self) -> AsyncIterator[str]:
        """A new stream; counted from now on."""
        news = asyncio.Event()
        self._open.add(news)
        return self.events(news)


def application(guard: Guard, streams: Streams, pages: StoredPages) -> ASGIApp:
    """The application.

    Args:
        guard: decides which requests are answered.
        streams: of events.
        pages: of runs and comparisons.
    """

    async def overview(request: Request) -> Response:
        return _page(live_page())

    async def events(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        if streams.is_full or streams.is_ended:
            return _message(503, f"{MOST_STREAMS} pages are kept up to date already: close one of them.")
        return StreamingResponse(streams.opened(), media_type="text/event-stream")

    async def run(request: Request) -> Response:
        number = _number(str(request.path_params["number"]))
        return await _stored(lambda: pages.run(number))

    async def whole(request: Request) -> Response:
        return await _stored(pages.whole)

    async def comparison(request: Request) -> Response:
        before, after = (_number(request.query_params.get(name, "")) for name in ("before", "after"))
        return await _stored(lambda: pages.comparison(before, after))

    routes = [
        Route("/", overview), Route("/events", events), Route("/runs/{number}", run), Route("/workspace", whole),
        Route("/compare", comparison),
    ]  # fmt: skip
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _broken})
    app.router.redirect_slashes = False
    return _guarded(app, guard)


async def _stored(make: Callable[[], str]) -> Response:
    try:
        return _page(await run_in_threadpool(make))
    except InputError as error:
        return _message(404, one_line(str(error)))
    except ArcbattError as error:
        return _message(503, one_line(str(error)))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) < _NUMBER):
        raise HTTPException(404)
    return int(text)


def _page(text: str, status: int = 200) -> Response:
    return HTMLResponse(text.encode("utf-8", "replace"), status, {"Content-Security-Policy": framed_policy(text)})


def _message(status: int, words: str) -> Response:
    return _page(message_page(status, words), status)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _message(status, "There is no such page." if status == 404 else "This cannot be answered.")


async def _broken(request: Request, error: Exception) -> Response:
    return _message(500, f"A bug in arcbatt: {type(error).__name__}.")


def _guarded(app: ASGIApp, guard: Guard) -> ASGIApp:
    """The application behind its guard; every answer gets the headers that all have."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request = Request(scope)
        answer = _decided(request, guard)
        await (answer or app)(scope, receive, _with_headers(send))

    return guarded


def _decided(request: Request, guard: Guard) -> Response | None:
    """What a guard answers itself; None where the application is to answer."""
    decision = guard.decide(
        request.method, request.headers, request.query_params.get("token"), request.cookies.get(guard.cookie_name)
    )
    if decision.kind == "answer":
        return None
    if decision.kind == "refuse":
        return _message(decision.status, decision.words)
    # The path goes back as it came, but never as the name of another host.
    answer = RedirectResponse("/" + request.url.path.lstrip("/\\"), 303)
    answer.set_cookie(guard.cookie_name, guard.cookie, path="/", httponly=True, samesite="strict")
    return answer


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            named = {name.lower() for name, _ in message["headers"]}
            added = dict(HEADERS)
            if b"content-security-policy" not in named:
                added["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
            more = [(name.lower().encode(), value.encode()) for name, value in added.items()]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending
