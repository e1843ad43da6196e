"""What a task may spend: seconds turned into nodes, fuel and programs, so that the answer does not hang on the machine.

The rates were measured on one quiet core of the machine that the README's numbers come from. Seven tenths of them are
given out, so a machine as fast ends by the budget, and the clock, the second line, cuts off nothing. Where the clock
does end a search, the task is marked as cut off: another machine may find more.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

__all__ = ["Allowance", "Budget", "Clock"]

_SHARE = 0.7
_ENUMERATION = 0.75
"""Part of a task's budget that goes into enumeration; evolution has the rest."""

NODES_A_SECOND = 1_000_000
FUEL_A_SECOND = 20_000_000
PROGRAMS_A_SECOND = 2_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the searches on one task may spend.

    Attributes:
        seconds: wall-clock seconds after which they are cut off.
        nodes: nodes of the enumeration.
        fuel: fuel of the enumeration.
        programs: programs that the evolution evaluates.
        is_shortened: whether ``--total-time`` left the task less than it would have had; depends on the machine.
    """

    seconds: float
    nodes: int
    fuel: int
    programs: int
    is_shortened: bool = False

    @classmethod
    def of(cls, seconds: float, is_shortened: bool = False) -> Allowance:
        """The allowance of a task that has so many seconds, at least 0."""
        enumeration, evolution = seconds * _SHARE * _ENUMERATION, seconds * _SHARE * (1 - _ENUMERATION)
        return cls(
            seconds, round(enumeration * NODES_A_SECOND), round(enumeration * FUEL_A_SECOND),
            round(evolution * PROGRAMS_A_SECOND), is_shortened,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Budget:
    """The time for a run.

    Attributes:
        time_per_task_s: seconds for each task, 0 for no search at all.
        total_time_s: seconds for all tasks together; None for no bound. It bounds and never adds: a task has its own
            seconds or, where that is less, an equal share of what is left when its turn comes. Tasks with less are
            marked, since what is left depends on the machine.
    """

    time_per_task_s: float = 2.0
    total_time_s: float | None = None


class Clock:
    """Divides a budget over tasks as they come, in their order.

    Args:
        budget: the budget.
        jobs: tasks that run at the same time.
        count: number of tasks.
    """

    def __init__(self, budget: Budget, jobs: int, count: int) -> None:
        self._budget = budget
        self._jobs = jobs
        self._left = count
        self._start = time.monotonic()

    def left_s(self) -> float | None:
        """Seconds left for all tasks; None without a bound."""
        total_s = self._budget.total_time_s
        return None if total_s is None else total_s - (time.monotonic() - self._start)

    def allowance(self) -> Allowance | None:
        """What the next task may spend; None when the total time is over."""
        own_s, left_s = self._budget.time_per_task_s, self.left_s()
        if left_s is None:
            return Allowance.of(own_s)
        if left_s <= 0:
            return None
        share_s = left_s * min(self._jobs, self._left) / max(1, self._left)
        return Allowance.of(own_s) if own_s <= share_s else Allowance.of(share_s, is_shortened=True)

    def task_done(self) -> None:
        """One task less to share the time with."""
        self._left -= 1
