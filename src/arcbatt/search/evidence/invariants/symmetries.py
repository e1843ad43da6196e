"""Symmetry and repetition in the output."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import Invariant, always
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["REGULAR"]


def _is_varied(pair: PairFacts) -> bool:
    return len(pair.output.colors) > 1


_NAMED = {
    "left-right": "is the same when left and right are exchanged",
    "top-bottom": "is the same when top and bottom are exchanged",
    "diagonal": "is the same when rows and columns are exchanged",
    "quarter turn": "is the same when turned by 90 degrees",
}
"""The symmetries that have an invariant of their own."""


def _symmetric(symmetry: str) -> Invariant:
    words = _NAMED[symmetry]
    return always(
        f"output-symmetric-{symmetry.replace(' ', '-')}", f"the output {words}",
        f"the output {words.replace('is', 'is not', 1)}", lambda pair: symmetry in pair.output.symmetries,
        telling=_is_varied,
    )  # fmt: skip


def _repeats(pair: PairFacts) -> bool:
    height, width = pair.output.shape
    return 2 * pair.output.row_period <= height or 2 * pair.output.column_period <= width


REGULAR = (
    *map(_symmetric, _NAMED),
    always(
        "symmetries-kept", "the output has every symmetry of the input", "the output lacks a symmetry of the input",
        lambda pair: pair.input.symmetries <= pair.output.symmetries,
        telling=lambda pair: bool(pair.input.symmetries) and pair.input.grid != pair.output.grid,
    ),
    always(
        "output-periodic", "the output's rows or its columns repeat",
        "neither the output's rows nor its columns repeat", _repeats, telling=_is_varied,
    ),
)  # fmt: skip
"""The invariants of this theme."""
