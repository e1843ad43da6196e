"""The result of one program on one task, from the engine's verdicts to the store, reports and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from arcbatt.engine.outcome import Failure
from arcbatt.engine.verdict import Verdict
from arcbatt.results.nearness import FULL_SHARE, Nearness, nearness_of, shares_of
from arcbatt.results.ranking import Rank, rank_of

__all__ = ["ProgramResult", "t_log"]


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """One program on all samples of one task.

    Attributes:
        md5: of the program's canonical text.
        name: what people call it.
        size: number of calls.
        demo: one verdict a demo sample, in order; at least one.
        test: one verdict a test sample, in order. Reported only: they enter no choice.
        cells: cells of the expected output of each demo sample.
        seconds: CPU seconds that it needs alone for all samples; None where it was not timed alone. Depends on the
            machine, so it takes no part in comparisons.

    Example:
        >>> task = load_set("arc1-train")["67a3c6ac"]
        >>> result = evaluate(parse_programs("def solve_a(I): return vmirror(I)"), task).result("solve_a", task.id)
        >>> result.demo_right, result.near, result.solves_all
        (3, 1.0, True)
    """

    md5: str
    name: str
    size: int
    demo: tuple[Verdict, ...]
    test: tuple[Verdict, ...]
    cells: tuple[int, ...]
    seconds: float | None = None

    def _repr_html_(self) -> str:
        from arcbatt.results.html import result_html

        return result_html(self)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One a sample, demo samples first."""
        return self.demo + self.test

    @property
    def demo_count(self) -> int:
        """Number of demo samples."""
        return len(self.demo)

    @property
    def test_count(self) -> int:
        """Number of test samples."""
        return len(self.test)

    @property
    def demo_right(self) -> int:
        """Number of demo samples solved: the o_score."""
        return sum(verdict.is_right is True for verdict in self.demo)

    @property
    def test_right(self) -> int | None:
        """Number of test samples solved; None when a test output is unknown."""
        rights = [verdict.is_right for verdict in self.test]
        return None if None in rights else sum(map(bool, rights))

    @property
    def shares(self) -> tuple[int, ...]:
        """The share of right cells on each demo sample; see :func:`~arcbatt.results.nearness.shares_of`."""
        return shares_of([verdict.right_cells for verdict in self.demo], self.cells)

    @property
    def nearness(self) -> Nearness:
        """Demo samples solved, then the sum of the shares of right cells."""
        return nearness_of(self.shares)

    @property
    def near(self) -> float:
        """Mean over the demo samples of the share of right cells, 0 to 1."""
        return sum(self.shares) / (FULL_SHARE * len(self.cells))

    @property
    def fuel(self) -> int:
        """Units over all samples: how slow it is, by a measure that is the same on every machine."""
        return sum(verdict.fuel for verdict in self.verdicts)

    @property
    def t_log(self) -> int | None:
        """See :func:`t_log`; None where it was not timed."""
        return None if self.seconds is None else t_log(self.seconds)

    @property
    def failures(self) -> Mapping[str, int]:
        """Number of samples by kind of failure, kinds in alphabetical order."""
        kinds = Counter(str(verdict.failure.kind) for verdict in self.verdicts if verdict.failure is not None)
        return dict(sorted(kinds.items()))

    @property
    def first_failure(self) -> Failure | None:
        """The failure on the first sample that it fails on; None when it fails on none."""
        return next((verdict.failure for verdict in self.verdicts if verdict.failure is not None), None)

    @property
    def is_candidate(self) -> bool:
        """Whether it gives a grid on some demo sample."""
        return any(verdict.is_grid for verdict in self.demo)

    @property
    def is_cut_off(self) -> bool:
        """Whether time or memory ran out on some sample, so that the result depends on the machine."""
        return any(verdict.is_machine_dependent for verdict in self.verdicts)

    @property
    def solves_demo(self) -> bool:
        """Whether all demo samples are solved."""
        return self.demo_right == len(self.demo)

    @property
    def solves_all(self) -> bool:
        """Whether all samples are solved, those of the test too."""
        return self.solves_demo and self.test_right == len(self.test)

    @property
    def rank(self) -> Rank:
        """Sorts the better first; see :func:`~arcbatt.results.ranking.rank_of`."""
        return rank_of(self.nearness, self.size, self.fuel, self.md5)


def t_log(seconds: float) -> int:
    """``11 - int(ln(seconds))``: larger is faster. Times below a nanosecond count as one."""
    return 11 - int(log(max(seconds, 1e-9)))
