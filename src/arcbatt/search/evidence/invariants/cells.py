"""Cells of which colors change, and to which colors, where the output has the input's shape."""

from __future__ import annotations

from collections.abc import Callable

from arcbatt.search.evidence.invariants.invariant import (
    Invariant,
    Pairs,
    Relation,
    always,
    changes,
    color_words,
    common,
    repeated,
)
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["CELLS"]


def _colors_that(pairs: Pairs, does: Callable[[PairFacts, int], bool]) -> frozenset[int]:
    """The colors of two inputs or more whose cells do the same in every pair that has them."""
    seen = repeated(pair.input.colors for pair in pairs)
    return frozenset(
        color for color in seen if all(does(pair, color) for pair in pairs if color in pair.input.colors)
    )


def _stays(pair: PairFacts, color: int) -> bool:
    return not pair.input.masks[color] & pair.changed


def _leaves(pair: PairFacts, color: int) -> bool:
    return pair.input.masks[color] & ~pair.changed == 0


def _for_colors(
    does: Callable[[PairFacts, int], bool], said: Callable[[str], str], breach: Callable[[str], str]
) -> Callable[[Pairs], Relation | None]:
    def fit(pairs: Pairs) -> Relation | None:
        if not all(pair.same_shape for pair in pairs) or not any(map(changes, pairs)):
            return None
        colors = _colors_that(pairs, does)
        if not colors:
            return None
        words = color_words(colors)
        return Relation(
            said(words), breach(words),
            lambda pair: pair.same_shape and all(does(pair, color) for color in colors & pair.input.colors),
        )  # fmt: skip

    return fit


def _map_of(pairs: Pairs) -> dict[int, int]:
    """What a color becomes, of those that every input has and whose cells all become one other color."""
    becomes: dict[int, set[int]] = {}
    for pair in pairs:
        for color, cells in pair.input.masks.items():
            hit = {to for to, theirs in pair.output.masks.items() if cells & theirs}
            becomes.setdefault(color, set()).update(hit)
    seen = common(pair.input.colors for pair in pairs)
    return {
        color: min(to) for color, to in sorted(becomes.items()) if len(to) == 1 and color in seen and color not in to
    }


def _color_map(pairs: Pairs) -> Relation | None:
    if len(pairs) < 2 or not all(pair.same_shape for pair in pairs):
        return None
    mapped = _map_of(pairs)
    if not mapped:
        return None
    words = ", ".join(f"{color} becomes {to}" for color, to in mapped.items())
    return Relation(
        f"in every cell color {words}", f"there is a cell where not color {words}",
        lambda pair: pair.same_shape and all(
            pair.input.masks.get(color, 0) & ~pair.output.masks.get(to, 0) == 0 for color, to in mapped.items()
        ),
    )  # fmt: skip


def _is_recolored_by_color(pair: PairFacts) -> bool:
    return pair.same_shape and all(
        sum(1 for theirs in pair.output.masks.values() if cells & theirs) == 1 for cells in pair.input.masks.values()
    )


def _changed_colors(
    side: Callable[[PairFacts], frozenset[int]], said: str, breach: str
) -> Callable[[Pairs], Relation | None]:
    """Changed cells have, in the input or the output, a color of a fixed set, each seen in two demos."""

    def fit(pairs: Pairs) -> Relation | None:
        if not all(pair.same_shape for pair in pairs) or not any(map(changes, pairs)):
            return None
        colors = repeated(map(side, pairs))
        if not colors or len(colors) > 4 or any(not side(pair) <= colors for pair in pairs):
            return None
        words = color_words(colors)
        return Relation(
            said.format(words), breach.format(words), lambda pair: pair.same_shape and side(pair) <= colors
        )

    return fit


def _foreground_stays(pair: PairFacts) -> bool:
    return pair.same_shape and not pair.changed & pair.input.foreground


def _background_stays(pair: PairFacts) -> bool:
    return pair.same_shape and not pair.changed & ~pair.input.foreground


CELLS = (
    always(
        "foreground-stays", "only cells of the background change", "a cell changes that is not background",
        _foreground_stays, telling=lambda pair: changes(pair) and pair.input.foreground != 0,
    ),
    always(
        "background-stays", "cells of the background stay", "a cell of the background changes", _background_stays,
        telling=changes,
    ),
    Invariant("colors-stay", _for_colors(
        _stays, lambda words: f"no cell of {words} changes", lambda words: f"a cell of {words} changes",
    )),
    Invariant("colors-leave", _for_colors(
        _leaves, lambda words: f"every cell of {words} changes", lambda words: f"a cell of {words} stays",
    ), ("color-map",)),
    Invariant("color-map", _color_map),
    always(
        "recolored-by-color", "cells of one color become cells of one color",
        "two cells of one color become different", _is_recolored_by_color, telling=changes,
    ),
    Invariant("changed-from-colors", _changed_colors(
        lambda pair: pair.changed_from, "only cells of {} change", "a cell changes that is not of {}",
    ), ("foreground-stays",)),
    Invariant("changed-to-colors", _changed_colors(
        lambda pair: pair.changed_to, "changed cells become cells of {}", "a changed cell becomes none of {}",
    )),
    always(
        "changed-from-one-color", "all changed cells are of one color of the input",
        "cells of several colors change", lambda pair: pair.same_shape and len(pair.changed_from) <= 1,
        telling=changes, implied_by=("foreground-stays",),
    ),
    always(
        "changed-to-one-color", "all changed cells get one color", "changed cells get several colors",
        lambda pair: pair.same_shape and len(pair.changed_to) <= 1, telling=changes,
    ),
)  # fmt: skip
"""The invariants of this theme."""
