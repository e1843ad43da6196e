"""Painting: grids with some cells changed, by patches.

Targets outside the grid are skipped, negative ones too; nothing wraps around. The result is a grid of the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from arcbatt.dsl.colors import mostcolor
from arcbatt.dsl.layout import even, fitted, is_object, locations, rows_of
from arcbatt.dsl.patches import shift
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Integer, IntegerTuple, Object, Patch
from arcbatt.dsl.values import ordered
from arcbatt.dsl.window import CELLS, CELLS_OF, SIDE, rectangle
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
    if type(obj) is frozenset and even(grid, width):
        done = _drawn_within(grid, width, obj)
        if done is not None:
            return done
    return _drawn(grid, obj, None)


@primitive(work=_grid_and_last)
def underfill(grid: Grid, value: Integer, patch: Patch) -> Grid:
    """As :func:`fill`, only where the cell has the most common color of the grid. Fails on ``()`` and ``((),)``."""
    background = mostcolor(grid)
    places = [(i, j) for i, j in _targets(patch, len(grid), len(grid[0])) if grid[i][j] == background]
    return fitted(_filled(grid, value, frozenset(places)), value)


@primitive(work=_grid_and_patch)
def underpaint(grid: Grid, obj: Object) -> Grid:
    """As :func:`paint`, only where the cell has the most common color of the grid at that moment.

    So the first cell of several on one location stays, unless it has that color itself. Fails on ``()`` and ``((),)``.
    """
    return _drawn(grid, obj, (mostcolor(grid),))


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
    height, width = len(grid), len(grid[0])
    return _changed(rows_of(grid), width, value, _targets(patch, height, width))


def _changed(rows: Any, width: int, value: Any, places: Collection[IntegerTuple]) -> Grid:
    """The rows with places set to value, all of them in the rectangle of these rows and that width.

    Raises:
        IndexError: a place lies beyond the end of its row, or of all rows.
    """
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


def _targets(patch: Any, height: int, width: int) -> Collection[IntegerTuple]:
    """The locations of a patch that lie inside a rectangle at the origin."""
    known: Collection[IntegerTuple] = ()
    if type(patch) is frozenset and height <= SIDE and width <= SIDE:
        inside = rectangle(height, width)
        if patch <= inside:
            return patch
        if patch <= CELLS:
            colored = [place for _, place in patch]
            return colored if height == width == SIDE else [place for place in colored if place in inside]
        known = patch & inside
        patch = patch - known
        if known and is_object(patch):
            raise TypeError("a patch mixes cells and locations")
    places: Iterable[Any] = locations(patch) if len(patch) else ()
    return [*known, *[(i, j) for i, j in places if (0 <= i < height) & (0 <= j < width)]]


def _drawn_within(rows: Any, width: int, obj: frozenset[Any]) -> Grid | None:
    """The rows with an object drawn; None when it must be drawn in order, or leaves the window inside the grid."""
    inside = obj
    if not obj <= CELLS:
        inside = obj & CELLS
        rest = obj - inside
        if not is_object(rest) or _targets(rest, len(rows), width):
            return None
    try:
        for color, _ in inside:
            if inside <= CELLS_OF[color]:
                return _changed(rows, width, color, [place for _, place in inside])
            break
        changed: list[Any] = [*map(list, rows)]
        marks = [bytearray(width) for _ in rows]
        for color, (i, j) in inside:
            changed[i][j] = color
            marks[i][j] = 1
    except IndexError:  # beyond the grid
        return None
    if sum([row.count(1) for row in marks]) < len(inside):
        return None
    return tuple(map(tuple, changed))


def _drawn(grid: Any, obj: Any, over: tuple[Any] | None) -> Grid:
    """The grid with an object drawn, cell after cell in canonical order.

    Args:
        grid: the grid.
        obj: the object.
        over: the one color that may be drawn over; None for all.
    """
    width, rows = len(grid[0]), [*map(list, rows_of(grid))]
    height = len(rows)
    for color, (i, j) in _drawing_order(obj):
        if (0 <= i < height) & (0 <= j < width) and (over is None or rows[i][j] == over[0]):
            rows[i][j] = color
    return fitted(tuple(map(tuple, rows)), *{color for color, _ in obj})


def _drawing_order(obj: Any) -> Iterable[Any]:
    """The cells of an object, in canonical order where it matters: when two share a location."""
    if not {tuple}.issuperset(map(type, obj)) or not {tuple}.issuperset([type(place) for _, place in obj]):
        raise TypeError("an object holds cells only")  # a set for a location would give its members in no stated order
    if type(obj) is frozenset and len({place for _, place in obj}) < len(obj):
        return ordered(obj)
    return obj  # type: ignore[no-any-return]
