"""Painting: grids with some cells changed, by patches.

Targets outside the grid are skipped, negative ones too; nothing wraps around. The result is a grid of the same rows
and columns, the width being that of the first row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from arcbatt.dsl.colors import mostcolor
from arcbatt.dsl.layout import fitted, locations, rows_of
from arcbatt.dsl.patches import shift
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Integer, IntegerTuple, Object, Patch
from arcbatt.dsl.values import ordered
from arcbatt.dsl.work import cells, length

__all__ = ["cover", "fill", "move", "paint", "underfill", "underpaint"]


def _grid_and_patch(grid: Any, obj: Any, *_: Any) -> int:
    return cells(grid) + length(obj)


def _grid_and_last(grid: Any, _: Any, patch: Any) -> int:
    return cells(grid) + length(patch)


def _grid_and_move(grid: Any, obj: Any, _: Any) -> int:
    return cells(grid) + 3 * length(obj)


@primitive(work=_grid_and_last)
def fill(grid: Grid, value: Integer, patch: Patch) -> Grid:
    """The locations of the patch set to value, which may be anything; an object loses its colors.

    Fails on ``()`` and ``(())``, even for an empty patch, and where a target lies beyond the end of a short row.
    """
    width = len(grid[0])
    return fitted(_filled(grid, width, value, locations(patch) if len(patch) else ()), value)


def _filled(grid: Any, width: int, value: Any, places: Iterable[Any]) -> Grid:
    rows: list[Any] = [list(row) for row in rows_of(grid)]
    height = len(rows)
    for i, j in places:
        if (0 <= i < height) & (0 <= j < width):
            rows[i][j] = value
    return tuple(map(tuple, rows))


@primitive(work=_grid_and_patch)
def paint(grid: Grid, obj: Object) -> Grid:
    """The cells of an object drawn in their colors; of two on one location the last in canonical order stays.

    Fails on ``()`` and on indices.
    """
    width = len(grid[0])
    rows: list[Any] = [list(row) for row in rows_of(grid)]
    height = len(rows)
    for color, (i, j) in _drawing_order(obj):
        if (0 <= i < height) & (0 <= j < width):
            rows[i][j] = color
    return fitted(tuple(map(tuple, rows)), *{color for color, _ in obj})


@primitive(work=_grid_and_last)
def underfill(grid: Grid, value: Integer, patch: Patch) -> Grid:
    """As :func:`fill`, only where the cell has the most common color of the grid. Fails on ``()`` and ``((),)``."""
    background = mostcolor(grid)
    height, width = len(grid), len(grid[0])
    places = []
    for i, j in locations(patch) if len(patch) else ():
        if (0 <= i < height) & (0 <= j < width) and grid[i][j] == background:
            places.append((i, j))
    return fitted(_filled(grid, width, value, places), value)


@primitive(work=_grid_and_patch)
def underpaint(grid: Grid, obj: Object) -> Grid:
    """As :func:`paint`, only where the cell has the most common color of the grid at that moment.

    So the first cell of several on one location stays, unless it has that color itself. Fails on ``()`` and ``((),)``.
    """
    background = mostcolor(grid)
    width = len(grid[0])
    rows: list[Any] = [list(row) for row in rows_of(grid)]
    height = len(rows)
    for color, (i, j) in _drawing_order(obj):
        if (0 <= i < height) & (0 <= j < width) and rows[i][j] == background:
            rows[i][j] = color
    return fitted(tuple(map(tuple, rows)), *{color for color, _ in obj})


@primitive(work=_grid_and_patch)
def cover(grid: Grid, patch: Patch) -> Grid:
    """The locations of the patch set to the most common color of the grid. Fails on ``()`` and ``((),)``."""
    return fill(grid, mostcolor(grid), patch)


@primitive(work=_grid_and_move)
def move(grid: Grid, obj: Object, offset: IntegerTuple) -> Grid:
    """The object covered where it is, then painted at the offset; what leaves the grid vanishes."""
    return paint(cover(grid, obj), shift(obj, offset))


def _drawing_order(obj: Any) -> Iterable[Any]:
    """The cells of an object, in canonical order where it matters: when two share a location."""
    if type(obj) is frozenset and len({place for _, place in obj}) < len(obj):
        return ordered(obj)
    return obj  # type: ignore[no-any-return]
