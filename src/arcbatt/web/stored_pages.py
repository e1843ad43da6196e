"""The pages of runs and comparisons, made when they are asked for and kept until the store changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Final

from arcbatt.arc import Task, TaskSet
from arcbatt.engine import on_cpu, select_engine
from arcbatt.errors import InputError
from arcbatt.store import RunRecord, Store, StorePlace, has_store, open_store
from arcbatt.web.at_hand import TaskSources
from arcbatt.web.news import Signature, news_of

__all__ = ["StoredPages"]

_MOST_KEPT: Final = 8


class StoredPages:
    """Makes pages, one at a time; may be used by several threads, and blocks them. To be made in the main thread.

    Args:
        workspace: place of the store.
        sources: where grids come from.
    """

    def __init__(self, workspace: StorePlace, sources: TaskSources) -> None:
        self._workspace = workspace
        self._news = news_of(workspace)
        self._sources = sources
        self._lock = threading.Lock()
        self._kept: dict[tuple[int, ...], tuple[Signature, str]] = {}
        # The native engine has to be loaded by a thread that lives on: loaded by one that ends, it crashes later.
        select_engine(on_cpu("auto"))

    def run(self, run_id: int) -> str:
        """The page of a run.

        Raises:
            InputError: no such run, or there is no store.
            StoreError: the store cannot be read.
        """
        return self._page((run_id,), lambda store: self._report(store, run_id))

    def whole(self) -> str:
        """The page of all that the workspace keeps. Raises as :meth:`run` does."""
        return self._page((), lambda store: self._report(store, None))

    def comparison(self, before: int, after: int) -> str:
        """The page of two runs. Raises as :meth:`run` does, also where a run kept nothing to compare."""
        return self._page((before, after), lambda store: self._comparison(store, before, after))

    def _page(self, name: tuple[int, ...], make: Callable[[Store], str]) -> str:
        with self._lock, closing(self._news):
            signature = self._news.signature()
            known = self._kept.pop(name, None)
            if known is not None and known[0] == signature:
                self._kept[name] = known
                return known[1]
            if not has_store(self._workspace):
                raise InputError("nothing is stored yet")
            with closing(open_store(self._workspace, create=False, read_only=True)) as store:
                page = make(store)
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = signature, page
            return page

    def _report(self, store: Store, run_id: int | None) -> str:
        from arcbatt.report.html.gathering import gather_report, gather_workspace
        from arcbatt.report.html.report_page import report_page

        if run_id is None:
            return report_page(gather_workspace(store, self._sources.of_runs(store.runs())))
        run = _run_of(store, run_id)
        return report_page(gather_report(store, self._sources.of_runs([run]), run_id=run_id))

    def _comparison(self, store: Store, before: int, after: int) -> str:
        from arcbatt.compare import compare, side_of_run
        from arcbatt.report.html.comparison_gathering import gather_comparison
        from arcbatt.report.html.comparison_page import comparison_page

        runs = [_run_of(store, number) for number in (before, after)]
        first, second = (side_of_run(store, run.id, f"run {run.id}") for run in runs)
        tasks = _joined(self._sources.of_runs(runs))
        return comparison_page(gather_comparison(compare(first, second), first, second, tasks))


def _run_of(store: Store, run_id: int) -> RunRecord:
    run = next((run for run in store.runs() if run.id == run_id), None)
    if run is None:
        raise InputError(f"run {run_id}: no such run in this store")
    return run


def _joined(sources: Sequence[TaskSet]) -> Mapping[str, Task]:
    """All tasks by id; of one id the first."""
    if len(sources) == 1:
        return sources[0]
    joined: dict[str, Task] = {}
    for source in sources:
        for task_id in source:
            if task_id not in joined:
                joined[task_id] = source[task_id]
    return joined
