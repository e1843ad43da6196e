"""The order in which tasks go out where many workers share them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from arcbatt.arc import Challenge, Task
from arcbatt.execute import Executor

__all__ = ["ordered_for"]

T = TypeVar("T", Task, Challenge)


def ordered_for(executor: Executor, tasks: Sequence[T]) -> Sequence[T]:
    """Tasks in the order in which an executor had better get them; what comes of them does not depend on it.

    That is their own, or the one with the most cells first: it takes longest, and at the end no worker should wait
    for another.
    """
    return sorted(tasks, key=_cells, reverse=True) if executor.is_remote else tasks


def _cells(task: Task | Challenge) -> int:
    grids = [grid for sample in task.samples for grid in (sample.input, sample.output) if grid is not None]
    return sum(len(grid) * len(grid[0]) for grid in grids)
