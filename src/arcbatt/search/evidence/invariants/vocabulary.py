"""What the output consists of: small parts, each of which some demo has.

A set of parts is believed to be complete where each demo has only such as another demo has.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Set
from itertools import pairwise

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation, changes
from arcbatt.search.evidence.invariants.masks import components, normalized
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["KNOWN_PARTS"]

Parts = Callable[[PairFacts], Set[Hashable]]


def _known(
    name: str, text: str, breach: str, parts: Parts, is_telling: Callable[[Set[Hashable]], bool] = lambda known: True
) -> Invariant:
    """The invariant that an output has no part but those of the demos.

    Args:
        name: its name.
        text: what holds.
        breach: what breaks it.
        parts: those of a pair.
        is_telling: whether it says something that an output has none but these.
    """

    def fit(pairs: Pairs) -> Relation | None:
        sets = list(map(parts, pairs))
        once: set[Hashable] = set()
        twice: set[Hashable] = set()
        for each in sets:
            twice |= once & each
            once |= each
        # Each part of each demo is one of another demo, and no demo is without any.
        if not all(sets) or once != twice or not is_telling(once):
            return None
        return Relation(text, breach, lambda pair: once.issuperset(parts(pair)))

    return Invariant(name, fit)


def _windows(rows: list[bytes]) -> Set[Hashable]:
    return {
        above[at : at + 2] + below[at : at + 2] for above, below in pairwise(rows) for at in range(len(above) - 1)
    }


def _colored_windows(pair: PairFacts) -> Set[Hashable]:
    return _windows(list(map(bytes, pair.output.grid)))


def _outline_windows(pair: PairFacts) -> Set[Hashable]:
    ground = pair.output.background
    return _windows([bytes([color != ground for color in row]) for row in pair.output.grid])


_OUTLINES = 16
"""The number of windows of 2 x 2 cells that are background or not."""


def _neighbours(pair: PairFacts) -> Set[Hashable]:
    """The pairs of colors of cells that stand beside or below each other."""
    lines = (*pair.output.grid, *pair.output.variants["diagonal"])
    ordered = {two for line in lines for two in pairwise(line)}
    return {(min(two), max(two)) for two in ordered}


def _is_restricted(known: Set[Hashable]) -> bool:
    """Whether there are two of the colors that never stand beside each other."""
    colors = len({color for two in known if isinstance(two, tuple) for color in two})
    return len(known) < colors * (colors + 1) // 2


def _changed_parts(pair: PairFacts) -> Set[Hashable]:
    return set(map(normalized, components(pair.changed, diagonal=True))) if changes(pair) else set()


KNOWN_PARTS = (
    _known(
        "output-windows-known", "the demo outputs have every 2 x 2 window of the output",
        "a 2 x 2 window of the output is in no demo output", _colored_windows,
    ),
    _known(
        "output-outlines-known",
        "the demo outputs have every 2 x 2 window of the output, told by what is background and what not",
        "a 2 x 2 window of the output is in no demo output, told by what is background and what not",
        _outline_windows, lambda known: len(known) < _OUTLINES,
    ),
    _known(
        "output-neighbours-known", "colors that are neighbours in the output are so in a demo output",
        "two neighbours in the output have colors that are neighbours in no demo output", _neighbours, _is_restricted,
    ),
    _known(
        "changed-parts-known", "every connected part of changed cells has the shape of one in a demo",
        "a connected part of changed cells has the shape of none in a demo", _changed_parts,
    ),
)  # fmt: skip
"""The invariants of this theme."""
