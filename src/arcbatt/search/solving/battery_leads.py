"""What the battery's own programs, those handed in and those of the store, give on a task."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.pipeline import State
from arcbatt.search.solving.lead import Lead, Standing, outputs_on, standing

__all__ = ["Known", "known_leads"]

_MOST_RIGHT = 64
_MOST_NEAR = 64


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a task before any search.

    Attributes:
        leads: programs right on all demo samples, the lightest first, then those that come nearest; at most 64 of
            each.
        cut_off: number of programs that time or memory ran out for: not 0 means that another machine may know more.
    """

    leads: tuple[Lead, ...]
    cut_off: int


def known_leads(state: State, task: Task, given: int, cautious: bool = False) -> Known:
    """Evaluates the battery on a task without test outputs; each node of its graph is evaluated once a sample.

    Args:
        state: engine and battery.
        task: the task.
        given: number of solvers of the battery that were handed in; those behind them are the store's.
        cautious: light programs only; see :meth:`arcbatt.engine.Scope.run`.
    """
    solvers = state.battery.solvers
    if not solvers:
        return Known((), 0)
    names, roots = list(solvers), list(solvers.values())
    scope = state.scope(task)
    found = standing(scope, task, roots, cautious)
    chosen = _chosen(found, len(task.demo))
    outputs = outputs_on(scope, task, [roots[column] for column in chosen])
    leads = tuple(
        Lead(state.battery.program(names[column]), "given" if column < given else "store",
             found.demo_right[column], found.nearness[column], grids)
        for column, grids in zip(chosen, outputs, strict=True)
    )  # fmt: skip
    return Known(leads, found.cut_off)


def _chosen(found: Standing, demo_count: int) -> list[int]:
    """Columns of the leads, in their order."""
    columns = range(len(found.demo_right))
    right = [column for column in columns if found.demo_right[column] == demo_count]
    near = [column for column in columns if found.demo_right[column] < demo_count and found.gives_grid[column]]
    right.sort(key=lambda column: (found.fuel[column], column))
    near.sort(key=lambda column: (-found.demo_right[column], -found.nearness[column], found.fuel[column], column))
    return [*right[:_MOST_RIGHT], *near[:_MOST_NEAR]]
