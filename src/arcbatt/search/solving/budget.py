"""What a task may spend: seconds turned into nodes, fuel and programs, so that answers depend on no machine.

The rates were measured on one quiet core of the machine that the README's numbers come from. Nine tenths of them are
given out, so such a core ends by the budget and within the time. A slower or busier one takes longer, ten times the
time and ten seconds at most, before the clock, the second line, cuts it off; then the task is marked, for another
machine may find more. The total time is a bound on the clock from the start.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

__all__ = ["Allowance", "Budget", "Clock"]

_SHARE = 0.9
_PATIENCE, _PATIENCE_S = 10, 10.0
"""So many times a task's seconds, and so many more, may go by before the clock cuts its searches off."""
_ENUMERATION = 0.7
"""Part of a task's budget that goes into enumeration; evolution has the rest. Leave-one-out on all of arc1-train at 2 s
evolution alone fitted 5 of 227 test inputs, 4 of them rightly, with two fifths of the seconds."""
_MOST_ENUMERATION_S = 4.0
"""Seconds that go into enumeration at most: with more it would often end at its bound on memory. Evolution has what is
left."""
_EVIDENCE = 0.1
"""Part of a task's seconds that the evidence about programs that fit may spend at most; most tasks need a hundredth."""
_LEAST_EVIDENCE = 1_000_000
"""What it may spend however short the time, a hundredth of a second: known programs are weighed without search too."""

FUEL_S = 14e-9
"""Seconds that the enumeration takes for a unit of fuel, the goals included."""
NODE_S = 1.2e-6
"""Seconds that it takes for a node that spends little fuel."""
PROGRAM_S = 300e-6
"""Seconds that the evolution takes for a program, breeding included."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the searches on one task may spend.

    Attributes:
        stop_s: wall-clock seconds after which they are cut off.
        nodes: nodes of the enumeration.
        fuel: units of the enumeration; most tasks use it up before the nodes.
        programs: programs that the evolution evaluates.
        evidence: units of fuel for the evidence about programs that fit.
        is_shortened: whether the total time left the task less than it would have had; depends on the machine.
    """

    stop_s: float
    nodes: int
    fuel: int
    programs: int
    evidence: int = 0
    is_shortened: bool = False

    @classmethod
    def of(cls, seconds: float, most_s: float | None = None) -> Allowance:
        """The allowance of a task that has so many seconds, at least 0.

        Args:
            seconds: what the numbers are made of.
            most_s: a bound on the wall-clock seconds, and on the others where it is less; None for none.
        """
        is_shortened = most_s is not None and most_s < seconds
        seconds = min(seconds, seconds if most_s is None else most_s)
        patience_s = _PATIENCE * seconds + _PATIENCE_S
        stop_s = patience_s if most_s is None else min(patience_s, most_s)
        enumeration = min(seconds * _SHARE * _ENUMERATION, _MOST_ENUMERATION_S)
        evolution = seconds * _SHARE - enumeration
        nodes, fuel, programs = (round(enumeration / NODE_S), round(enumeration / FUEL_S), round(evolution / PROGRAM_S))
        evidence = max(round(seconds * _EVIDENCE / FUEL_S), _LEAST_EVIDENCE)
        return cls(stop_s, nodes, fuel, programs, evidence, is_shortened)


@dataclass(frozen=True, slots=True)
class Budget:
    """The time for a run.

    Attributes:
        time_per_task_s: seconds for each task, 0 for no search at all.
        total_time_s: seconds for all tasks together; None for no bound. It bounds and never adds: a task has its own
            seconds or, where that is less, an equal share of what is left when its turn comes. Tasks with less are
            marked, since what is left depends on the machine. The clock cuts off at the share then.
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
        return Allowance.of(own_s, left_s * min(self._jobs, self._left) / max(1, self._left))

    def task_done(self) -> None:
        """One task less to share the time with."""
        self._left -= 1
