"""On which property of a cell, an object or a region it depends what becomes of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from arcbatt.arc import COLORS
from arcbatt.search.evidence.invariants.dependency import dependency
from arcbatt.search.evidence.invariants.masks import STRIDE, offset_of, rectangle, spread
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["DEPENDENCIES"]

_BEYOND = bytes([COLORS])
"""Stands for a cell outside the grid."""

Entry = tuple[Hashable, Hashable]


def _crosses(pair: PairFacts) -> Iterator[Entry]:
    edge = _BEYOND * (pair.input.shape[1] + 2)
    rows = [edge, *[_BEYOND + bytes(row) + _BEYOND for row in pair.input.grid], edge]
    for above, row, below, colors in zip(rows, rows[1:], rows[2:], pair.output.grid, strict=False):
        for at, color in enumerate(colors):
            yield above[at + 1 : at + 2] + row[at : at + 3] + below[at + 1 : at + 2], color


def _fate(pair: PairFacts, cells: int) -> Hashable:
    """What becomes of some cells: None where all stay, else the colors that they have in the output."""
    if not cells & pair.changed:
        return None
    return tuple([color for color in sorted(pair.output.masks) if pair.output.masks[color] & cells])


def _object_forms(pair: PairFacts) -> Iterator[Entry]:
    for color, part in pair.input.objects:
        offset = offset_of(part)
        becomes = [(to, (cells & part) >> offset) for to, cells in sorted(pair.output.masks.items()) if cells & part]
        yield (color, part >> offset), tuple(becomes)


def _object_shapes(pair: PairFacts) -> Iterator[Entry]:
    for _, part in pair.input.objects:
        yield part >> offset_of(part), _fate(pair, part)


def _object_ranks(pair: PairFacts) -> Iterator[Entry]:
    sizes = [part.bit_count() for _, part in pair.input.objects]
    for size, (_, part) in zip(sizes, pair.input.objects, strict=True):
        yield (size == max(sizes), size == min(sizes)), not part & pair.changed


def _surroundings(pair: PairFacts) -> Iterator[Entry]:
    """An object's color and shape, and the changed cells around it."""
    for color, part in pair.input.objects:
        offset = offset_of(part)
        ring = spread(part, diagonal=True) & pair.changed
        # The ring begins a row and a column before the object.
        becomes = [
            (to, (cells & ring) << (STRIDE + 1) >> offset)
            for to, cells in sorted(pair.output.masks.items()) if cells & ring
        ]  # fmt: skip
        yield (color, part >> offset), tuple(becomes)


def _inner(pair: PairFacts) -> int:
    """All cells but the outermost."""
    height, width = pair.input.shape
    return rectangle((1, 1, height - 2, width - 2)) if height > 2 and width > 2 else 0


def _region_borders(pair: PairFacts) -> Iterator[Entry]:
    inner = _inner(pair)
    for color, part in pair.input.regions:
        yield (color, part & ~inner != 0), _fate(pair, part)


def _region_sizes(pair: PairFacts) -> Iterator[Entry]:
    for color, part in pair.input.regions:
        yield (color, part.bit_count()), _fate(pair, part)


def _background_borders(pair: PairFacts) -> Iterator[Entry]:
    inner = _inner(pair)
    for color, part in pair.input.regions:
        if color == pair.input.background:
            yield part & ~inner != 0, not part & pair.changed


DEPENDENCIES = (
    dependency(
        "cell-by-cross", "cells with the same color and the same four neighbours become the same",
        "two cells with the same color and neighbours become different, or one becomes another than in a demo",
        _crosses,
    ),
    dependency(
        "object-by-form", "objects of the same color and shape become the same",
        "two objects of the same color and shape become different, or one becomes another than in a demo",
        _object_forms,
    ),
    dependency(
        "object-by-shape", "objects of the same shape all stay, or get the same colors",
        "two objects of the same shape get different colors, or one gets others than in a demo", _object_shapes,
    ),
    dependency(
        "object-by-rank", "whether an object stays depends on whether it is the largest or the smallest",
        "an object stays or changes where a demo's of the same rank by size does not", _object_ranks,
    ),
    dependency(
        "surroundings-by-form", "around objects of the same color and shape the same changes",
        "around two objects of the same color and shape different cells change, or others than in a demo",
        _surroundings,
    ),
    dependency(
        "region-by-border",
        "what becomes of a connected region depends on its color and on whether it meets the border",
        "regions of one color that all meet the border, or none, become different, or others than in a demo",
        _region_borders,
    ),
    dependency(
        "region-by-size", "connected regions of the same color and size all stay, or get the same colors",
        "two regions of the same color and size become different, or one becomes another than in a demo",
        _region_sizes,
    ),
    dependency(
        "background-by-border",
        "whether a connected part of the background stays depends on whether it meets the border",
        "parts of the background that all meet the border, or none, stay and change", _background_borders,
    ),
)  # fmt: skip
"""The invariants of this theme."""
