"""What ``arcbatt solve --json`` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import arcbatt
from arcbatt.search.solving.solved_task import SolvedTask

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.search.solving import Budget, SolveReport

__all__ = ["SolveResults", "SolveTotals", "solve_results", "solve_totals"]

_PARTS: Final = 10_000
"""Probabilities come in this part of one."""


@dataclass(frozen=True, slots=True)
class SolveTotals:
    """Sums over the tasks of a run.

    Attributes:
        tasks: number of tasks.
        worked: those that were worked on, or had been by the run that this one resumes.
        resumed: the latter.
        demo_solved: tasks all of whose demo samples some program solves.
        sources: those tasks by where their best program comes from.
        cut_off: tasks that the clock or memory cut off.
        shortened: tasks that the total time left less than they would have had.
        given_up: tasks whose work hung or died twice.
        outputs: test outputs that are known.
        outputs_right: those of them of which an attempt is right.
        known: tasks all of whose outputs are known.
        tasks_right: those of them all of whose outputs are right.
        expected: how many of all test outputs are expected to be right within two attempts: the sum of the
            probabilities of the attempts. Guesses, and near misses beside right programs, count 0.
        expected_known: the same for the test outputs that are known.
    """

    tasks: int
    worked: int
    resumed: int
    demo_solved: int
    sources: Mapping[str, int]
    cut_off: int
    shortened: int
    given_up: int
    outputs: int
    outputs_right: int
    known: int
    tasks_right: int
    expected: float = 0.0
    expected_known: float = 0.0


@dataclass(frozen=True, slots=True)
class SolveResults:
    """What ``--json`` writes; the same bytes for the same work, unless a task was cut off or shortened.

    Attributes:
        set: name of the task set.
        revision: of the task set.
        engine: name of the engine.
        seed: of the searches.
        time_per_task_s: seconds for each task.
        total_time_s: seconds for all; None for no bound.
        arcbatt: version.
        interrupted: whether Ctrl-C ended the run.
        totals: sums over the tasks.
        tasks: what each task came to.
        leave_out: whether each task was solved without the programs that are named for it.
    """

    set: str
    revision: str
    engine: str
    seed: int
    time_per_task_s: float
    total_time_s: float | None
    arcbatt: str
    interrupted: bool
    totals: SolveTotals
    tasks: tuple[SolvedTask, ...]
    leave_out: bool = False


def solve_totals(report: SolveReport, right: Mapping[str, Sequence[bool | None]]) -> SolveTotals:
    """Sums over the tasks of a run.

    Args:
        report: the run's.
        right: by task id, whether the attempts at each output are right; None where it is unknown.
    """
    worked = list(report.solved.values())
    solved = [task for task in worked if task.programs]
    known = [outputs for outputs in right.values() if None not in outputs]
    outputs = [is_right for outputs in right.values() for is_right in outputs if is_right is not None]
    expected = {task.task: _expected(task) for task in worked}
    return SolveTotals(
        tasks=len(report.submission),
        worked=len(worked),
        resumed=len(report.resumed),
        demo_solved=len(solved),
        sources=dict(sorted(Counter(task.programs[0].source for task in solved).items())),
        cut_off=sum(task.cut_off for task in worked),
        shortened=sum(task.shortened for task in worked),
        given_up=sum(task.failure is not None for task in worked),
        outputs=len(outputs),
        outputs_right=sum(outputs),
        known=len(known),
        tasks_right=sum(all(outputs) for outputs in known),
        expected=sum(map(sum, expected.values())) / _PARTS,
        expected_known=sum(
            parts for task_id, of_task in expected.items()
            for parts, is_right in zip(of_task, right[task_id], strict=True) if is_right is not None
        ) / _PARTS,
    )  # fmt: skip


def _expected(task: SolvedTask) -> list[int]:
    """For each test output the probability that an attempt is right, in 1/10,000: whole, so that sums have no order."""
    return [sum(round((attempt.probability or 0) * _PARTS) for attempt in pair) for pair in task.attempts]


def solve_results(
    report: SolveReport, totals: SolveTotals, right: Mapping[str, tuple[bool | None, ...]], tasks: TaskSet,
    budget: Budget, engine: str, seed: int, leaves_out: bool = False,
) -> SolveResults:  # fmt: skip
    """What ``--json`` writes of a run."""
    return SolveResults(
        set=tasks.name, revision=tasks.revision, engine=engine, seed=seed, time_per_task_s=budget.time_per_task_s,
        total_time_s=budget.total_time_s, arcbatt=arcbatt.__version__, interrupted=report.is_interrupted,
        totals=totals, tasks=tuple(replace(task, right=right[task_id]) for task_id, task in report.solved.items()),
        leave_out=leaves_out,
    )  # fmt: skip
