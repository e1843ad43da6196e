"""Scoring: the programs of a battery by what they give on a task, in the columns that the engine adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.tally import Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.results import Nearness, TaskTable
from arcbatt.results.nearness import nearness_of_each

__all__ = ["Candidate", "Scores", "score"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A solver that gives a grid on some demo sample, with its scores on the task.

    Attributes:
        name: the solver's name in the battery.
        root: its root in the battery's graph.
        nearness: demo samples solved, then the sum of the shares of right cells.
        test_right: number of test samples solved, for reporting only; None when an output is unknown.
        fuel: units over all samples.
        outcome_class: equal for candidates that give the same on all samples.
        column: the place of its verdicts in :attr:`Scores.rows`.
    """

    name: str
    root: int
    nearness: Nearness
    test_right: int | None
    fuel: int
    outcome_class: int
    column: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The results of a battery's solvers on a task.

    Attributes:
        candidates: in the battery's order; a body with several names is one under each of them.
        cut_off: number of solvers that time or memory ran out for on some sample.
        rows: for each sample the verdicts on all solvers, demo samples first.
        table: the results of all solvers, to be kept.
    """

    candidates: tuple[Candidate, ...]
    cut_off: int
    rows: Sequence[Verdicts]
    table: TaskTable

    def verdicts(self, candidate: Candidate) -> tuple[Verdict, ...]:
        """One verdict a sample, demo samples first."""
        return tuple(row[candidate.column] for row in self.rows)


def score(battery: Battery, task: Task, rows: Sequence[Verdicts]) -> Scores:
    """Adds up the verdicts on a battery's solvers.

    Args:
        battery: its solvers were evaluated.
        task: the task.
        rows: for each sample of the task, in order, one verdict for each solver of the battery.
    """
    tally = rows[0].tally(rows, len(task.demo))
    nearness = nearness_of_each(tally.right_cells, [_cells(output) for _, output in task.pairs])
    candidates = [
        Candidate(
            name, root, nearness[column], tally.test_right[column], tally.fuel[column], tally.outcome_class[column],
            column,
        )
        for column, (first, root) in enumerate(battery.solvers.items())
        if tally.gives_grid[column]
        for name in battery.names[first]
    ]  # fmt: skip
    packed, nanoseconds = rows[0].pack(rows, [_cells(sample.output) for sample in task.samples])
    table = TaskTable.of(packed, nanoseconds, len(task.demo))
    return Scores(tuple(candidates), sum(tally.is_cut_off), rows, table)


def _cells(output: tuple[tuple[int, ...], ...] | None) -> int:
    return 0 if output is None else len(output) * len(output[0])
