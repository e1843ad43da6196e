"""The pages of runs: made in one thread, one after the other, and kept while the store is as it was."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from arcbatt.report.html.gathering.at_hand import Source
from arcbatt.web.opening import Mark, mark_of, opened

__all__ = ["Reports"]

_MOST_PAGES: Final = 6
_NAVIGATION: Final = (
    '<nav aria-label="Site"><a href="/">Live</a> <a href="/runs">Runs</a> '
    '<a href="/workspace">Whole workspace</a></nav>'
)
_Job: TypeAlias = "tuple[Callable[[], str], asyncio.Future[str], asyncio.AbstractEventLoop]"


@dataclass(slots=True)
class Reports:
    """Makes pages of what a workspace keeps.

    Attributes:
        workspace: folder of the store.
        sources: tasks whose grids are at hand.
        is_busy: whether a page is being made.
    """

    workspace: Path
    sources: Sequence[Source]
    is_busy: bool = False
    _pages: dict[tuple[object, ...], tuple[Mark, str]] = field(default_factory=dict)
    _jobs: queue.SimpleQueue[_Job] = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None

    async def run_page(self, run_id: int) -> str:
        """The report of a run.

        Raises:
            InputError: no such run.
            StoreError: the store cannot be read.
        """
        return await self._made(("run", run_id), lambda: self._report(run_id))

    async def workspace_page(self) -> str:
        """The report of all that the workspace keeps."""
        return await self._made(("workspace",), lambda: self._report(None))

    async def comparison_page(self, before: int, after: int) -> str:
        """What changed from one run to another.

        Raises:
            InputError: no such run, or one without results.
        """
        return await self._made(("compare", before, after), lambda: self._comparison(before, after))

    async def _made(self, name: tuple[object, ...], make: Callable[[], str]) -> str:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[str] = loop.create_future()
        if self._thread is None:
            # It ends with the process: what is being made then is nobody's any more.
            self._thread = threading.Thread(target=self._work, name="arcbatt-reports", daemon=True)
            self._thread.start()
        self._jobs.put((lambda: self._kept(name, make), future, loop))
        return await future

    def _work(self) -> None:
        while True:
            make, future, loop = self._jobs.get()
            if future.cancelled():
                continue
            self.is_busy = True
            try:
                page = make()
            except Exception as error:
                _settle(loop, future, error)
            else:
                _settle(loop, future, page)
            finally:
                self.is_busy = False

    def _kept(self, name: tuple[object, ...], make: Callable[[], str]) -> str:
        mark = mark_of(self.workspace)
        known = self._pages.pop(name, None)
        page = known[1] if known is not None and known[0] == mark else make()
        self._pages[name] = mark, page
        while len(self._pages) > _MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        return page

    def _report(self, run_id: int | None) -> str:
        from arcbatt.report.html.gathering import gather_report, gather_workspace
        from arcbatt.report.html.report_page import report_page

        with opened(self.workspace) as store:
            if run_id is None:
                return _with_navigation(report_page(gather_workspace(store, self.sources)))
            return _with_navigation(report_page(gather_report(store, self.sources, run_id=run_id)))

    def _comparison(self, before: int, after: int) -> str:
        from arcbatt.compare import compare, side_of_run
        from arcbatt.report.html.comparison_gathering import gather_comparison
        from arcbatt.report.html.comparison_page import comparison_page

        with opened(self.workspace) as store:
            sides = side_of_run(store, before, f"run {before}"), side_of_run(store, after, f"run {after}")
        tasks = {task_id: task for source in reversed(self.sources) for task_id, task in source.items()}
        return _with_navigation(comparison_page(gather_comparison(compare(*sides), *sides, tasks)))


def _settle(loop: asyncio.AbstractEventLoop, future: asyncio.Future[str], result: str | Exception) -> None:
    def settle() -> None:
        if future.done():
            return
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)

    if not loop.is_closed():
        loop.call_soon_threadsafe(settle)


def _with_navigation(page: str) -> str:
    """The page with links to the others of the site; it begins with texts of ours alone."""
    return page.replace("<body>", f"<body>\n{_NAVIGATION}", 1)
