"""Verdicts on many programs, and what they add up to: columns of numbers rather than an object a verdict.

An engine gives its verdicts on a sample as :class:`Verdicts`. Those of a task's samples are added up by
:meth:`Verdicts.tally`, by the engine itself where it is native; single verdicts are looked at only for the few programs
that are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from arcbatt.engine.packed import little_endian, pack
from arcbatt.engine.verdict import Verdict

__all__ = ["Tally", "VerdictList", "Verdicts"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the verdicts on some programs add up to over the samples of a task; a column each, in the programs' order.

    Attributes:
        gives_grid: whether the program gives a grid on some demo sample.
        demo_right: number of demo samples solved.
        test_right: number of test samples solved; None when an output is unknown.
        fuel: units over all samples.
        outcome_class: equal numbers mean equal outcomes on all samples, failures of any kind being equal.
        is_cut_off: whether time or memory ran out on some sample.
        right_cells: number of right cells on each demo sample, see :class:`~arcbatt.engine.verdict.Verdict`.
    """

    gives_grid: Sequence[bool]
    demo_right: Sequence[int]
    test_right: Sequence[int | None]
    fuel: Sequence[int]
    outcome_class: Sequence[int]
    is_cut_off: Sequence[bool]
    right_cells: Sequence[Sequence[int]]


class Verdicts(Protocol):
    """One verdict for each of some programs on one sample; can be pickled."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Verdict: ...

    def tally(self, rows: Sequence[Verdicts], demo_count: int) -> Tally:
        """Adds up the verdicts on all samples of a task, demo samples first; this one is among them."""
        ...

    def pack(self, rows: Sequence[Verdicts], cells: Sequence[int]) -> tuple[bytes, bytes]:
        """The packed form of the verdicts on all samples of a task; this one is among them.

        Args:
            rows: the verdicts, demo samples first.
            cells: for each sample the cells of its expected output; 0 where it is unknown.

        Returns:
            what :func:`arcbatt.engine.packed.pack` gives; and for each program the nanoseconds that it took over all
            samples, 8 bytes each, little-endian: empty where nobody measured.
        """
        ...


class VerdictList(list[Verdict]):
    """Verdicts as a plain list.

    Attributes:
        nanoseconds: what each program took on the sample; empty where nobody measured.
    """

    def __init__(self, verdicts: Iterable[Verdict] = (), nanoseconds: Sequence[int] = ()) -> None:
        super().__init__(verdicts)
        self.nanoseconds = nanoseconds

    def __reduce__(self) -> tuple[Any, ...]:
        return VerdictList, (list(self), self.nanoseconds)

    def pack(self, rows: Sequence[Verdicts], cells: Sequence[int]) -> tuple[bytes, bytes]:
        """See :meth:`Verdicts.pack`."""
        lists = [row if isinstance(row, VerdictList) else VerdictList(row[i] for i in range(len(row))) for row in rows]
        sums = [sum(numbers) for numbers in zip(*(row.nanoseconds for row in lists), strict=False)]
        return pack(lists, cells), little_endian("Q", sums)

    def tally(self, rows: Sequence[Verdicts], demo_count: int) -> Tally:
        """See :meth:`Verdicts.tally`."""
        columns = [[row[index] for row in rows] for index in range(len(self))]
        classes: dict[tuple[str, ...], int] = {}
        return Tally(
            gives_grid=[any(verdict.is_grid for verdict in column[:demo_count]) for column in columns],
            demo_right=[sum(verdict.is_right is True for verdict in column[:demo_count]) for column in columns],
            test_right=[_known_sum([verdict.is_right for verdict in column[demo_count:]]) for column in columns],
            fuel=[sum(verdict.fuel for verdict in column) for column in columns],
            outcome_class=[
                classes.setdefault(tuple(verdict.digest for verdict in column), len(classes)) for column in columns
            ],
            is_cut_off=[any(verdict.is_machine_dependent for verdict in column) for column in columns],
            right_cells=[[verdict.right_cells for verdict in column[:demo_count]] for column in columns],
        )


def _known_sum(rights: Sequence[bool | None]) -> int | None:
    return None if None in rights else sum(map(bool, rights))
