"""Scoring: candidates and their scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.verdict import Verdict

__all__ = ["Candidate", "score"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A solver together with its verdicts on all samples of a task.

    Attributes:
        name: the solver's name in the battery.
        root: its root in the battery's graph.
        verdicts: one a sample, demo samples first.
        demo_count: how many of them are demo samples.
    """

    name: str
    root: int
    verdicts: tuple[Verdict, ...]
    demo_count: int

    @property
    def demo_right(self) -> int:
        """The o_score: number of demo samples solved."""
        return sum(verdict.is_right is True for verdict in self.verdicts[: self.demo_count])

    @property
    def test_right(self) -> int | None:
        """Number of test samples solved, for reporting only; None when an output is unknown."""
        tests = self.verdicts[self.demo_count :]
        return None if any(verdict.is_right is None for verdict in tests) else sum(bool(v.is_right) for v in tests)

    @property
    def solves_demo(self) -> bool:
        """Whether all demo samples are solved."""
        return self.demo_right == self.demo_count

    @property
    def solves_all(self) -> bool:
        """Whether all samples are solved, those of the test too."""
        return all(verdict.is_right is True for verdict in self.verdicts)

    @property
    def fuel(self) -> int:
        """Fuel over all samples: how slow a solver is, by a measure that is the same on every machine."""
        return sum(verdict.fuel for verdict in self.verdicts)

    @property
    def failures(self) -> dict[str, int]:
        """Number of samples by kind of failure, kinds in alphabetical order."""
        kinds = Counter(str(verdict.failure.kind) for verdict in self.verdicts if verdict.failure is not None)
        return dict(sorted(kinds.items()))


def score(battery: Battery, task: Task, verdicts: Sequence[Sequence[Verdict]]) -> list[Candidate]:
    """The candidates for a task: the solvers that give a grid on at least one demo sample, in the battery's order.

    A body with several names is a candidate under each of them, as it was handed in.

    Args:
        battery: its solvers were evaluated.
        task: the task.
        verdicts: for each sample of the task, in order, one verdict for each solver of the battery.
    """
    demo_count = len(task.demo)
    columns = zip(*verdicts, strict=True)
    return [
        Candidate(name, root, column, demo_count)
        for (first, root), column in zip(battery.solvers.items(), columns, strict=True)
        if any(verdict.is_grid for verdict in column[:demo_count])
        for name in battery.names[first]
    ]
