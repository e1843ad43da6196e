"""Patterns: where an object occurs in a grid, and with which period it repeats itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from arcbatt.dsl.layout import block, extent, is_object
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.shapes import shape
from arcbatt.dsl.types import Grid, Indices, Integer, Object
from arcbatt.dsl.values import bounded, checked
from arcbatt.dsl.work import cells, length

__all__ = ["hperiod", "occurrences", "vperiod"]

DENSE = 4096
"""Lines with so many places for each cell are still compared as ints, a bit a place."""


def _matching(grid: Any, obj: Any) -> int:
    """Each cell of the object is compared with 16 cells of the grid at once."""
    return cells(grid) + length(obj) * (1 + cells(grid) // 16)


def _period_work(obj: Any) -> int:
    return length(obj) * length(obj)


@primitive(work=_matching)
def occurrences(grid: Grid, obj: Object) -> Indices:
    """Locations (i, j) at which the object, moved so that its bounding box starts there, matches cell for cell.

    The box must lie inside; cells of the box that the object lacks are free. The empty object matches at all
    (rows + 1) x (columns + 1) locations. Where the box fits at all, fails on indices and when a row of the grid is
    shorter than the first. Fails on ``()``, and past the bound on parts (3 a location).
    """
    height, width = len(grid), len(grid[0])
    if len(obj) == 0:
        return block(0, 0, height, width)
    top, left, bottom, right = extent(obj)
    box_height, box_width = shape(obj)
    rows = height - max(box_height, bottom - top + 1) + 1
    columns = width - max(box_width, right - left + 1) + 1
    if rows <= 0 or columns <= 0:
        return frozenset()
    offsets: dict[Any, list[int]] = {}
    for color, (i, j) in obj:
        offsets.setdefault(color, []).append((i - top) * width + j - left)
    found = _matches(_flat(grid, width), offsets, ("1" * columns + "0" * (width - columns)) * rows)
    bounded(3 * len(found))
    return frozenset([divmod(place, width) for place in found])


@primitive(work=_period_work)
def hperiod(obj: Object) -> Integer:
    """Smallest p >= 1 such that the object moved p to the left, cut at its own first column, is a subset of itself.

    Its width when there is none, 0 when it is empty. Holes count, since only a subset is asked for. Fails on indices
    wider than one column.
    """
    if len(obj) == 0:
        return 0
    _, left, _, right = extent(obj)
    if not is_object(obj):
        return _trivial_period(left, right)
    lines: dict[Any, set[int]] = {}
    for color, (i, j) in obj:
        lines.setdefault((color, i), set()).add(j - left)
    return _period(list(lines.values()), checked(right - left + 1))


@primitive(work=_period_work)
def vperiod(obj: Object) -> Integer:
    """The same upward, with the height: see :func:`hperiod`."""
    if len(obj) == 0:
        return 0
    top, _, bottom, _ = extent(obj)
    if not is_object(obj):
        return _trivial_period(top, bottom)
    lines: dict[Any, set[int]] = {}
    for color, (i, j) in obj:
        lines.setdefault((color, j), set()).add(i - top)
    return _period(list(lines.values()), checked(bottom - top + 1))


def _flat(grid: Any, width: int) -> list[Any]:
    """The cells of the grid row by row, each row cut to the width."""
    rows = [row[:width] for row in grid]
    if any(len(row) != width for row in rows):
        raise IndexError("a row is shorter than the first")
    return list(chain.from_iterable(rows))


def _matches(flat: list[Any], offsets: dict[Any, list[int]], candidates: str) -> list[int]:
    """Places p of the flat grid, ascending, such that flat[p + offset] has the color for all its offsets.

    Places are bits of one int, the first place highest, so that one operation compares a cell of the object with the
    whole grid.

    Args:
        flat: the cells of the grid.
        offsets: colors of the object, with the distances of their cells from the place.
        candidates: a character for each place, "1" where p may be; missing ones at the end are "0".
    """
    places: dict[Any, list[int]] = {color: [] for color in offsets}
    for place, cell in enumerate(flat):
        if cell in places:
            places[cell].append(place)
    size = len(flat)
    left = int(candidates.ljust(size, "0"), 2)
    for color, distances in offsets.items():
        mask = _mask(places[color], size)
        for distance in distances:
            left &= mask << distance
            if not left:
                return []
    text = f"{left:0{size}b}"
    return [place for place, bit in enumerate(text) if bit == "1"]


def _mask(places: Iterable[int], size: int) -> int:
    """An int of that many bits with those at the places set, the first place highest. Time linear in the size."""
    marks = bytearray(b"0") * size
    for place in places:
        marks[place] = 49  # "1"
    return int(marks, 2)


def _trivial_period(first: int, last: int) -> int:
    """The period of indices in a single line."""
    if first != last:
        raise TypeError("indices have no period")
    return 1


def _period(lines: list[set[int]], extent: int) -> int:
    """Smallest p such that all lines are subsets of themselves when moved p down and cut at 0, else the extent.

    The last cell of a line that reaches the far end is moved onto another cell of that line by every such p below the
    extent, so only those distances are tried.
    """
    far = next(line for line in lines if extent - 1 in line)
    periods = sorted([extent - 1 - place for place in far if place != extent - 1])
    if extent * len(lines) <= DENSE * sum(map(len, lines)):
        masks = [_mask(line, extent) for line in lines]
        whole = (1 << extent) - 1
        repeats: Iterable[int] = (p for p in periods if all((mask << p) & whole & ~mask == 0 for mask in masks))
    else:
        repeats = (p for p in periods if all(q - p in line for line in lines for q in line if q >= p))
    return next(iter(repeats), extent)
