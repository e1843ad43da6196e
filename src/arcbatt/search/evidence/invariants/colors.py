"""Which colors the output has."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import (
    Invariant,
    Pairs,
    Relation,
    always,
    color_words,
    common,
)

__all__ = ["PALETTES"]


def _fixed_new_colors(pairs: Pairs) -> Relation | None:
    new = common(pair.new_colors for pair in pairs)
    if not new or any(pair.new_colors != new for pair in pairs):
        return None
    words = color_words(new)
    return Relation(
        f"every color of the output is one of the input or {words}",
        f"the output has a color that is neither in the input nor {words}",
        lambda pair: pair.new_colors <= new,
    )


def _color_added(pairs: Pairs) -> Relation | None:
    added = common(pair.new_colors for pair in pairs)
    if not added or len(pairs) < 2:
        return None
    words = color_words(added)
    return Relation(
        f"the output has {words}, which no input has", f"the output lacks one of {words}",
        lambda pair: added <= pair.output.colors,
    )  # fmt: skip


def _palette_constant(pairs: Pairs) -> Relation | None:
    palette = pairs[0].output.colors
    if len(pairs) < 2 or any(pair.output.colors != palette for pair in pairs):
        return None
    words = color_words(palette)
    return Relation(
        f"the output's colors are exactly {words}", f"the output's colors are not exactly {words}",
        lambda pair: pair.output.colors == palette,
    )  # fmt: skip


def _color_count_constant(pairs: Pairs) -> Relation | None:
    counts = {len(pair.output.colors) for pair in pairs}
    if len(pairs) < 2 or len(counts) != 1:
        return None
    count = counts.pop()
    return Relation(
        f"the output has {count} colors", f"the output has more or fewer than {count} colors",
        lambda pair: len(pair.output.colors) == count,
    )  # fmt: skip


def _color_count_difference(pairs: Pairs) -> Relation | None:
    differences = {len(pair.output.colors) - len(pair.input.colors) for pair in pairs}
    if len(pairs) < 2 or len(differences) != 1:
        return None
    added = differences.pop()
    words = f"{abs(added)} {'more' if added > 0 else 'fewer'}" if added else "as many"
    than = "than" if added else "as"
    return Relation(
        f"the output has {words} colors {than} the input", f"the output has not {words} colors {than} the input",
        lambda pair: len(pair.output.colors) - len(pair.input.colors) == added,
    )  # fmt: skip


def _background_constant(pairs: Pairs) -> Relation | None:
    backgrounds = {pair.output.background for pair in pairs}
    if len(pairs) < 2 or len(backgrounds) != 1:
        return None
    color = backgrounds.pop()
    return Relation(
        f"the output's most common color is {color}", f"the output's most common color is not {color}",
        lambda pair: pair.output.background == color,
    )  # fmt: skip


PALETTES = (
    always(
        "output-palette-of-input", "the output has exactly the input's colors",
        "the output lacks a color of the input or has another", lambda pair: pair.output.colors == pair.input.colors,
    ),
    always(
        "no-new-color", "every color of the output is in the input", "the output has a color that the input has not",
        lambda pair: not pair.new_colors, implied_by=("output-palette-of-input",),
    ),
    Invariant("new-colors-fixed", _fixed_new_colors),
    Invariant("color-added", _color_added),
    Invariant("output-palette-constant", _palette_constant),
    Invariant("output-color-count-constant", _color_count_constant, ("output-palette-constant",)),
    Invariant("output-color-count-difference", _color_count_difference, ("output-palette-of-input",)),
    always(
        "no-color-lost", "every color of the input is in the output", "the output lacks a color of the input",
        lambda pair: not pair.lost_colors, implied_by=("output-palette-of-input",),
    ),
    always(
        "background-kept", "the output's most common color is the input's",
        "the output's most common color is another than the input's",
        lambda pair: pair.output.background == pair.input.background,
    ),
    Invariant("background-constant", _background_constant),
    always(
        "no-background", "the output has no cell of the input's background",
        "a cell of the output has the input's background color",
        lambda pair: pair.input.background not in pair.output.colors,
    ),
)  # fmt: skip
"""The invariants of this theme."""
