"""Grids: reading a cell, making, joining and comparing grids, exchanging colors.

Width is the length of the first row. A result with more than :data:`~arcbatt.dsl.values.MAX_SIZE` parts is refused: a
grid of h rows and w columns counts h + h * w, indices 3 a location, an object 5 a cell, and cells that are containers
count with all their parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arcbatt.dsl.layout import cells_of, fitted, packed, pair, places_of, plain, rows_of, unpacked
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Indices, Integer, IntegerTuple, Object
from arcbatt.dsl.values import bounded, checked, walk, weigh
from arcbatt.dsl.window import PLACE, SIDE
from arcbatt.dsl.work import cells

__all__ = ["asindices", "asobject", "canvas", "cellwise", "hconcat", "index", "ofcolor", "replace", "switch",
           "vconcat"]  # fmt: skip


def _area(grid: Any) -> int:
    """Rows times the length of the first row."""
    if type(grid) is tuple and grid and type(grid[0]) is tuple:
        return len(grid) * len(grid[0])
    return 0


def _canvas_cells(_: Any, dimensions: Any) -> int:
    if type(dimensions) is tuple and len(dimensions) > 1 and type(dimensions[0]) is type(dimensions[1]) is int:
        return min(max(0, dimensions[0]) * max(1, dimensions[1]), 2**40)
    return 0


def _both(a: Any, b: Any, *_: Any) -> int:
    """Cells of two grids."""
    return cells(a) + cells(b)


@primitive
def index(grid: Grid, loc: IntegerTuple) -> Integer:
    """The cell of a grid at (row, column); None when either is negative or beyond the edge.

    Fails on ``()``, on a loc that is no pair of ints, and where a row is shorter than the first.
    """
    row, column = pair(loc)
    if 0 <= row < len(grid) and 0 <= column < len(grid[0]):
        return grid[row][column]  # type: ignore[no-any-return]
    len(grid[0])  # an empty grid has no outside either
    return None  # type: ignore[return-value]  # the vocabulary's own annotation


@primitive(work=_canvas_cells)
def canvas(value: Integer, dimensions: IntegerTuple) -> Grid:
    """A grid of dimensions[0] rows and dimensions[1] columns, every cell value.

    No rows give (), no columns give empty rows; negative counts as none. Fails when dimensions are no ints and past
    the bound on parts.
    """
    height = checked(dimensions[0])
    if height <= 0:
        return ()
    width = max(0, checked(dimensions[1]))
    bounded(height + height * width)
    return fitted(((value,) * width,) * height, value)


@primitive(work=_area)
def asindices(grid: Grid) -> Indices:
    """Every location of the rectangle of all rows and the columns of the first; none for anything empty."""
    height = len(grid)
    width = len(grid[0]) if height else 0
    bounded(3 * height * width)
    return places_of(height, width)


@primitive(work=cells)
def ofcolor(grid: Grid, value: Integer) -> Indices:
    """Locations of the cells that equal value; none for ``()``. Rows may differ in length.

    Fails past the bound on parts (3 a location).
    """
    rows = rows_of(grid)
    width = max(map(len, rows), default=0)
    if len(rows) <= SIDE and width <= SIDE:
        found = [(row, places) for row, places in zip(rows, PLACE, strict=False) if value in row]
        return frozenset([
            place for row, places in found for cell, place in zip(row, places, strict=False) if cell == value
        ])  # fmt: skip
    bounded(3 * sum([row.count(value) for row in rows]))
    return frozenset([(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell == value])


@primitive(work=cells)
def asobject(grid: Grid) -> Object:
    """Every cell with its location; the empty object for ``()``. Rows may differ in length."""
    rows = rows_of(grid)
    bounded(5 * sum(map(len, rows)))
    result = frozenset(cells_of(rows))
    if not plain(rows):
        weigh(result)
    return result


@primitive(work=_both)
def hconcat(a: Grid, b: Grid) -> Grid:
    """Rows of a and b joined in step: as many as the shorter has.

    Ints in place of rows add up. Fails when a row cannot be added to its partner.
    """
    rows = [_joined(left, right) for left, right in zip(walk(a), walk(b), strict=False)]
    return _weighed(rows)


@primitive(work=_both)
def vconcat(a: Grid, b: Grid) -> Grid:
    """Rows of a, then rows of b; their widths may differ. Two ints add up. Fails on sets."""
    joined = _joined(a, b)
    return _weighed(joined) if type(joined) is tuple else joined


def _joined(a: Any, b: Any) -> Any:
    """Two tuples end to end, or the sum of two ints."""
    joined = a + b
    return joined if type(joined) is tuple else checked(joined)


def _weighed(rows: Sequence[Any]) -> Grid:
    """The rows as a grid, checked for size."""
    try:
        bounded(len(rows) + sum(map(len, rows)))
        if not plain(rows):
            weigh(rows)
    except TypeError:  # rows without a length
        weigh(rows)
    return tuple(rows)


@primitive(work=cells)
def cellwise(a: Grid, b: Grid, fallback: Integer) -> Grid:
    """Grid of the size of a: the cell of a where b has an equal one, else fallback.

    b may be larger. Fails when a is ``()``, and when b or a row is smaller than the size of a.
    """
    height, width = len(a), len(a[0])
    if width == 0:
        return ((),) * height
    rows = []
    for i in range(height):
        mine, theirs = a[i], b[i]
        mine[width - 1], theirs[width - 1]  # both rows are there in full
        rows.append(tuple([x if x == y else fallback for x, y in zip(mine[:width], theirs, strict=False)]))
    return fitted(tuple(rows), fallback)


@primitive(work=cells)
def replace(grid: Grid, replacee: Integer, replacer: Integer) -> Grid:
    """Every cell equal to replacee becomes replacer. The grid may be ``()`` or ragged."""
    cells = _exchangeable(grid, replacee, replacer)
    if cells is not None:
        return unpacked(cells.replace(bytes((replacee,)), bytes((replacer,))), len(grid[0]))
    rows = [
        tuple([replacer if cell == replacee else cell for cell in row]) if replacee in row else row
        for row in rows_of(grid)
    ]
    return fitted(tuple(rows), replacer)


@primitive(work=cells)
def switch(grid: Grid, a: Integer, b: Integer) -> Grid:
    """Cells equal to a become b and cells equal to b become a; nothing changes when those are equal."""
    cells = _exchangeable(grid, a, b)
    if cells is not None:
        return unpacked(cells.translate(bytes.maketrans(bytes((a, b)), bytes((b, a)))), len(grid[0]))
    rows = rows_of(grid)
    if a == b:
        return tuple(rows)
    rows = [
        tuple([b if cell == a else a if cell == b else cell for cell in row]) if a in row or b in row else row
        for row in rows
    ]
    return fitted(tuple(rows), a, b)


def _exchangeable(grid: Any, *colors: Any) -> bytes | None:
    """The cells of a grid as bytes, when its rows are even and these colors are bytes too."""
    usable = all(type(color) is int and 0 <= color < 256 for color in colors)
    if usable and type(grid) is tuple and grid and type(grid[0]) is tuple:
        width = len(grid[0])
        if width and set(map(len, grid)) == {width}:
            return packed(grid)
    return None
