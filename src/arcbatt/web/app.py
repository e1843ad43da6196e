"""The addresses of the site, and what answers them."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from arcbatt.errors import ArcbattError, InputError
from arcbatt.report.html.gathering.at_hand import Source
from arcbatt.report.words import printable
from arcbatt.store import RunRecord, has_store
from arcbatt.web.assets import assets
from arcbatt.web.guard import Guard
from arcbatt.web.opening import opened
from arcbatt.web.pages import error_page, live_page, runs_page
from arcbatt.web.reports import Reports
from arcbatt.web.watcher import Watcher

__all__ = ["Site", "site"]

_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Site:
    """A site over a workspace.

    Attributes:
        app: answers, guarded.
        watcher: to be closed at the end.
        reports: makes the pages of runs.
    """

    app: Guard
    watcher: Watcher
    reports: Reports


def site(workspace: Path, sources: Sequence[Source], *, hosts: Collection[str], token: str | None) -> Site:
    """The site over a workspace.

    Args:
        workspace: folder of the store; it need not be there yet.
        sources: tasks whose grids are at hand.
        hosts: names that may be asked for, see :class:`~arcbatt.web.guard.Guard`.
        token: what a browser has to know; None where anybody who reaches it may ask.
    """
    watcher, reports = Watcher(workspace, sources), Reports(workspace, sources)
    pages = _Pages(workspace, watcher, reports)
    routes = [
        Route("/", pages.live), Route("/events", pages.events), Route("/runs", pages.runs),
        Route("/run/{number}", pages.run), Route("/workspace", pages.whole), Route("/compare", pages.compare),
        Route("/assets/{name}", pages.asset),
    ]  # fmt: skip
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, ArcbattError: _told})
    app.router.redirect_slashes = False
    return Site(Guard(app, hosts, token), watcher, reports)


@dataclass(frozen=True, slots=True)
class _Pages:
    workspace: Path
    watcher: Watcher
    reports: Reports

    async def live(self, request: Request) -> Response:
        return live_page(str(self.workspace))

    async def events(self, request: Request) -> Response:
        if self.watcher.is_full:
            return error_page(503, "Too many pages follow already: close some.")
        return StreamingResponse(self.watcher.events(), media_type="text/event-stream")

    async def runs(self, request: Request) -> Response:
        if not has_store(self.workspace):
            return runs_page(str(self.workspace), (), "there is no store here yet")
        runs = await run_in_threadpool(self._runs)
        return runs_page(str(self.workspace), runs, "" if runs else "nothing ran here yet")

    def _runs(self) -> list[RunRecord]:
        with opened(self.workspace) as store:
            return store.runs()

    async def run(self, request: Request) -> Response:
        return _whole(await self.reports.run_page(_number(request.path_params["number"])))

    async def whole(self, request: Request) -> Response:
        return _whole(await self.reports.workspace_page())

    async def compare(self, request: Request) -> Response:
        before, after = (_number(request.query_params.get(name, "")) for name in ("before", "after"))
        return _whole(await self.reports.comparison_page(before, after))

    async def asset(self, request: Request) -> Response:
        found = assets().get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found[1], media_type=found[0])


def _number(word: str) -> int:
    if _NUMBER.fullmatch(word) is None:
        raise HTTPException(404)
    return int(word)


def _whole(page: str) -> Response:
    """A page that is whole in itself, under its own policy: that names its scripts and styles by their digests."""
    found = _POLICY.search(page[:2000])
    policy = "default-src 'none'" if found is None else html.unescape(found[1])
    return HTMLResponse(page, headers={"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = "There is no such page here." if error.status_code == 404 else "This cannot be answered."
    return error_page(error.status_code, words)


async def _told(request: Request, error: Exception) -> Response:
    """An error that says in its own words what is wrong."""
    return error_page(404 if isinstance(error, InputError) else 503, printable(str(error)))
