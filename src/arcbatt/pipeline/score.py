"""Scoring: candidates and their scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.tally import Tally, VerdictList, Verdicts
from arcbatt.engine.verdict import Verdict

__all__ = ["Candidate", "score"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A solver together with its scores and its verdicts on all samples of a task.

    Attributes:
        name: the solver's name in the battery.
        root: its root in the battery's graph.
        demo_count: number of demo samples.
        test_count: number of test samples.
        demo_right: the o_score: number of demo samples solved.
        test_right: number of test samples solved, for reporting only; None when an output is unknown.
        fuel: fuel over all samples: how slow a solver is, by a measure that is the same on every machine.
        outcome_class: equal for candidates that give the same on all samples.
        rows: verdicts by sample, demo samples first.
        column: where in each row its verdict stands.
    """

    name: str
    root: int
    demo_count: int
    test_count: int
    demo_right: int
    test_right: int | None
    fuel: int
    outcome_class: int
    rows: Sequence[Verdicts]
    column: int

    @classmethod
    def alone(cls, name: str, root: int, verdicts: Sequence[Verdict], demo_count: int) -> Candidate:
        """The candidate that has these verdicts, one a sample, demo samples first."""
        rows = [VerdictList([verdict]) for verdict in verdicts]
        return _candidate(name, root, rows[0].tally(rows, demo_count), rows, demo_count, 0)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One verdict a sample, demo samples first."""
        return tuple(row[self.column] for row in self.rows)

    @property
    def solves_demo(self) -> bool:
        """Whether all demo samples are solved."""
        return self.demo_right == self.demo_count

    @property
    def solves_all(self) -> bool:
        """Whether all samples are solved, those of the test too."""
        return self.solves_demo and self.test_right == self.test_count

    @property
    def failures(self) -> dict[str, int]:
        """Number of samples by kind of failure, kinds in alphabetical order."""
        kinds = Counter(str(verdict.failure.kind) for verdict in self.verdicts if verdict.failure is not None)
        return dict(sorted(kinds.items()))


def score(battery: Battery, task: Task, rows: Sequence[Verdicts]) -> tuple[list[Candidate], int]:
    """The candidates for a task, and how many solvers time or memory ran out for on some sample.

    Candidates are the solvers that give a grid on at least one demo sample, in the battery's order. A body with several
    names is a candidate under each of them, as it was handed in.

    Args:
        battery: its solvers were evaluated.
        task: the task.
        rows: for each sample of the task, in order, one verdict for each solver of the battery.
    """
    demo_count = len(task.demo)
    tally = rows[0].tally(rows, demo_count)
    candidates = [
        _candidate(name, root, tally, rows, demo_count, column)
        for column, (first, root) in enumerate(battery.solvers.items())
        if tally.gives_grid[column]
        for name in battery.names[first]
    ]
    return candidates, sum(tally.is_cut_off)


def _candidate(
    name: str, root: int, tally: Tally, rows: Sequence[Verdicts], demo_count: int, column: int
) -> Candidate:
    return Candidate(
        name, root, demo_count, len(rows) - demo_count, tally.demo_right[column], tally.test_right[column],
        tally.fuel[column], tally.outcome_class[column], rows, column,
    )  # fmt: skip
