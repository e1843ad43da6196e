"""The tasks whose grids are at hand: those that options name, or the named sets that runs were on."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

from arcbatt.arc import TaskSet, load_set
from arcbatt.report.html.gathering.recorded_sets import recorded_set_names
from arcbatt.store import RunRecord

__all__ = ["TaskSources"]


class TaskSources:
    """Finds sources of tasks; each set is loaded once. May be used by several threads.

    Args:
        named: what options name; empty for the sets that the runs were on.
    """

    def __init__(self, named: Sequence[TaskSet] = ()) -> None:
        self._named = tuple(named)
        self._loaded: dict[str, TaskSet] = {}
        self._lock = threading.Lock()

    def of_runs(self, runs: Iterable[RunRecord]) -> tuple[TaskSet, ...]:
        """The sources for runs. What a store says of them only counts as a name that arcbatt knows; no path is opened.

        Raises:
            InputError: a set cannot be read.
        """
        if self._named:
            return self._named
        names = recorded_set_names(runs)
        with self._lock:
            for name in names:
                if name not in self._loaded:
                    self._loaded[name] = load_set(name)
            return tuple(self._loaded[name] for name in names)
