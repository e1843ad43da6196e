"""Symmetry and repetition in the output."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.grid_facts import SYMMETRIES
from arcbatt.search.evidence.invariants.invariant import Invariant, always
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["REGULAR"]


def _is_varied(pair: PairFacts) -> bool:
    return len(pair.output.colors) > 1


_WORDS = {
    "left-right": "is the same when left and right are exchanged",
    "top-bottom": "is the same when top and bottom are exchanged",
    "diagonal": "is the same when rows and columns are exchanged",
    "antidiagonal": "is the same when mirrored at its diagonal to the upper right",
    "half turn": "is the same when turned by 180 degrees",
    "quarter turn": "is the same when turned by 90 degrees",
}

_IMPLIED = {"half turn": ("output-symmetric-quarter-turn",)}


def _symmetric(symmetry: str) -> Invariant:
    name = symmetry.replace(" ", "-")
    words = _WORDS[symmetry]
    return always(
        f"output-symmetric-{name}", f"the output {words}", f"the output {words.replace('is', 'is not', 1)}",
        lambda pair: symmetry in pair.output.symmetries, telling=_is_varied, implied_by=_IMPLIED.get(symmetry, ()),
    )  # fmt: skip


_MIRRORS = frozenset(SYMMETRIES[:4])

REGULAR = (
    *map(_symmetric, SYMMETRIES),
    always(
        "output-symmetric", "the output has an axis of symmetry", "the output has no axis of symmetry",
        lambda pair: bool(pair.output.symmetries & _MIRRORS), telling=_is_varied,
        implied_by=tuple(f"output-symmetric-{name}" for name in SYMMETRIES[:4]),
    ),
    always(
        "symmetries-kept", "the output has every symmetry of the input", "the output lacks a symmetry of the input",
        lambda pair: pair.input.symmetries <= pair.output.symmetries,
        telling=lambda pair: bool(pair.input.symmetries) and pair.input.grid != pair.output.grid,
    ),
    always(
        "output-rows-equal", "all rows of the output are equal", "two rows of the output differ",
        lambda pair: pair.output.row_period == 1, telling=lambda pair: _is_varied(pair) and pair.output.shape[0] > 1,
    ),
    always(
        "output-columns-equal", "all columns of the output are equal", "two columns of the output differ",
        lambda pair: pair.output.column_period == 1,
        telling=lambda pair: _is_varied(pair) and pair.output.shape[1] > 1,
    ),
    always(
        "output-rows-periodic", "the output's rows repeat at least once", "the output's rows do not repeat",
        lambda pair: 2 * pair.output.row_period <= pair.output.shape[0], telling=_is_varied,
        implied_by=("output-rows-equal",),
    ),
    always(
        "output-columns-periodic", "the output's columns repeat at least once", "the output's columns do not repeat",
        lambda pair: 2 * pair.output.column_period <= pair.output.shape[1], telling=_is_varied,
        implied_by=("output-columns-equal",),
    ),
)  # fmt: skip
"""The invariants of this theme."""
