"""The executor that runs everything here, one item after the other: the plain order that others are held against."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

from arcbatt.execute.base import Executor, Item, Result
from arcbatt.interrupts import interruptible

__all__ = ["InlineExecutor"]


class InlineExecutor(Executor):
    """Runs items in this process, in their order. Timeouts of items are not enforced: there is no one to kill it."""

    jobs = 1

    def __init__(self, state: Any) -> None:
        self.state = state

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """See :meth:`Executor.run`; results come in the order of the items."""
        for item in items:
            start = time.monotonic()
            with interruptible():
                value = item.function(self.state, *item.arguments)
            yield Result(item.key, value, worker=1, start=start, wall_s=time.monotonic() - start)

    def close(self) -> None:
        """Nothing runs between items, so there is nothing to stop."""
