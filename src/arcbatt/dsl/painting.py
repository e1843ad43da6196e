"""Painting: grids with some cells changed, by patches.

Targets outside the grid are skipped, negative ones too; nothing wraps around. The result is a grid of the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from arcbatt.dsl.colors import mostcolor
from arcbatt.dsl.layout import even, fitted, locations, rows_of, within_window
from arcbatt.dsl.patches import shift
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Integer, IntegerTuple, Object, Patch
from arcbatt.dsl.values import ordered
from arcbatt.dsl.window import CELLS, CELLS_OF
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

    Fails on ``()``, even for an empty patch, and where a target lies in a row that is shorter than the first.
    """
    return fitted(_filled(grid, value, patch), value)


@primitive(work=_grid_and_patch)
def paint(grid: Grid, obj: Object) -> Grid:
    """The cells of an object drawn in their colors; of two on one location the last in canonical order stays.

    Fails on ``()`` and on indices, and where a target lies in a row that is shorter than the first.
    """
    width = len(grid[0])
    if type(obj) is frozenset and obj and obj <= CELLS and even(grid, width):
        done = _drawn_within(grid, width, obj)
        if done is not None:
            return done
    return _drawn(grid, obj, lambda _: True)


@primitive(work=_grid_and_last)
def underfill(grid: Grid, value: Integer, patch: Patch) -> Grid:
    """As :func:`fill`, only where the cell has the most common color of the grid. Fails on ``()`` and ``((),)``."""
    background = mostcolor(grid)
    places = [(i, j) for i, j in _inside(grid, locations(patch) if len(patch) else ()) if grid[i][j] == background]
    return fitted(_filled(grid, value, frozenset(places)), value)


@primitive(work=_grid_and_patch)
def underpaint(grid: Grid, obj: Object) -> Grid:
    """As :func:`paint`, only where the cell has the most common color of the grid at that moment.

    So the first cell of several on one location stays, unless it has that color itself. Fails on ``()`` and ``((),)``.
    """
    background = mostcolor(grid)
    return _drawn(grid, obj, lambda cell: cell == background)


@primitive(work=_grid_and_patch)
def cover(grid: Grid, patch: Patch) -> Grid:
    """The locations of the patch set to the most common color of the grid. Fails on ``()`` and ``((),)``."""
    return fill(grid, mostcolor(grid), patch)


@primitive(work=_grid_and_move)
def move(grid: Grid, obj: Object, offset: IntegerTuple) -> Grid:
    """The object covered where it is, then painted at the offset; what leaves the grid vanishes."""
    return paint(cover(grid, obj), shift(obj, offset))


def _filled(grid: Any, value: Any, patch: Any) -> Grid:
    """The grid with the locations of a patch set to value; its size is not checked."""
    width = len(grid[0])
    places = within_window(patch)
    if places is not None and even(grid, width):
        try:
            return _filled_within(grid, value, places)
        except IndexError:  # a location beyond the grid
            pass
    changed: list[Any] = [*map(list, rows_of(grid))]
    for i, j in _inside(grid, locations(patch) if len(patch) else ()):
        changed[i][j] = value
    return tuple(map(tuple, changed))


def _filled_within(rows: Any, value: Any, places: Any) -> Grid:
    """The rows with places set to value, none of them negative. A place beyond the end raises IndexError."""
    if len(places) > 3 * len(rows):
        changed: list[Any] = [*map(list, rows)]
        for i, j in places:
            changed[i][j] = value
    else:  # most rows stay as they are
        changed = list(rows)
        for i, j in places:
            row = changed[i]
            if row.__class__ is tuple:
                changed[i] = row = list(row)
            row[j] = value
    return tuple(map(tuple, changed))


def _drawn_within(rows: Any, width: int, obj: frozenset[Any]) -> Grid | None:
    """The rows with an object of the window drawn; None when it leaves the grid or two cells share a location."""
    try:
        for color, _ in obj:
            if obj <= CELLS_OF[color]:
                return _filled_within(rows, color, [place for _, place in obj])
            break
        changed: list[Any] = [*map(list, rows)]
        marks = [bytearray(width) for _ in rows]
        for color, (i, j) in obj:
            changed[i][j] = color
            marks[i][j] = 1
    except IndexError:
        return None
    if sum([row.count(1) for row in marks]) < len(obj):
        return None
    return tuple(map(tuple, changed))


def _drawn(grid: Any, obj: Any, allowed: Callable[[Any], bool]) -> Grid:
    """The grid with an object drawn, cell after cell in canonical order, where the cell so far is allowed to go."""
    width, rows = len(grid[0]), [*map(list, rows_of(grid))]
    height = len(rows)
    for color, (i, j) in _drawing_order(obj):
        if (0 <= i < height) & (0 <= j < width) and allowed(rows[i][j]):
            rows[i][j] = color
    return fitted(tuple(map(tuple, rows)), *{color for color, _ in obj})


def _drawing_order(obj: Any) -> Iterable[Any]:
    """The cells of an object, in canonical order where it matters: when two share a location."""
    if type(obj) is frozenset and len({place for _, place in obj}) < len(obj):
        return ordered(obj)
    return obj  # type: ignore[no-any-return]


def _inside(grid: Any, places: Iterable[Any]) -> list[IntegerTuple]:
    """The places within the rows of a grid and the columns of its first row."""
    height, width = len(grid), len(grid[0])
    return [(i, j) for i, j in places if (0 <= i < height) & (0 <= j < width)]
