"""Making grids and objects larger or smaller by a whole factor."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import extent, plain, rows_of
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Element, Grid, Integer
from arcbatt.dsl.values import bounded, checked, grown, numeric, walk, weigh
from arcbatt.dsl.window import CELLS, PLACE, SIDE
from arcbatt.dsl.work import cells

__all__ = ["downscale", "hupscale", "upscale", "vupscale"]


def _times(count: int, factor: Any, power: int) -> int:
    """A count times a factor to a power, 0 for a factor that is no positive int; capped, to stay a cheap number."""
    usable = type(factor) is int and factor > 0
    return count * min(factor, 2**20) ** power if usable else 0


def _hupscaled(grid: Any, factor: Any) -> int:
    return cells(grid) + _times(cells(grid), factor, 1)


def _upscaled(element: Any, factor: Any) -> int:
    return cells(element) + _times(cells(element), factor, 2)


@primitive(work=_hupscaled)
def hupscale(grid: Grid, factor: Integer) -> Grid:
    """Every cell repeated factor times along its row; a factor of 0 or less leaves empty rows.

    Fails when the factor is no int (unless there is no cell), and past the bound on parts.
    """
    rows = rows_of(grid)
    count = sum(map(len, rows))
    if count == 0:
        return tuple(rows)
    factor = _factor(factor)
    bounded(len(rows) + count * factor)
    return _weighed(rows, [_stretched(row, factor) for row in rows])


@primitive(work=_hupscaled)
def vupscale(grid: Grid, factor: Integer) -> Grid:
    """Every row repeated factor times; a factor of 0 or less gives (). Elements that are no rows are repeated too.

    Fails when the factor is no int (unless there is no row), and past the bound on parts.
    """
    rows = walk(grid)
    if len(rows) == 0:
        return ()
    times = range(_factor(factor))
    bounded(len(rows) * len(times))
    return tuple(grown([row for row in rows for _ in times]))


@primitive(work=_upscaled)
def upscale(element: Element, factor: Integer) -> Element:
    """Every cell becomes a block of factor x factor.

    A grid gives () for a factor of 0 or less. Of an object the upper left corner of its bounding box stays; the empty
    object stays empty, a factor of 0 or less gives the empty object. Fails on indices, when the factor is no int, and
    past the bound on parts.
    """
    if len(element) == 0:
        return element
    if type(element) is tuple:
        return _upscaled_grid(element, factor)
    return _upscaled_object(element, _factor(factor))


@primitive(work=cells)
def downscale(grid: Grid, factor: Integer) -> Grid:
    """Cells whose row and column are multiples of the factor; its sign does not matter.

    A factor beyond the size keeps the first cell. Fails on ``()``, on a factor of 0, and where a row lacks a cell.
    """
    width = len(grid[0])
    step = abs(_factor(factor))
    if width == 0:
        return ((),) * len(grid[::step])
    last = (width - 1) // step * step
    for row in grid:
        row[last]  # every row must have it, also those that are left out
    return tuple([row[:width:step] for row in grid[::step]])


def _factor(factor: Any) -> int:
    """The factor, which must be an int."""
    if type(factor) is not int and type(factor) is not bool:
        raise TypeError("a factor is an int")
    return factor


def _stretched(row: tuple[Any, ...], factor: int) -> tuple[Any, ...]:
    """The row with every cell repeated; slices are assigned inside the interpreter, a loop over cells is not."""
    if factor <= 0:
        return ()
    cells: list[Any] = [None] * (len(row) * factor)
    for start in range(factor):
        cells[start::factor] = row
    return tuple(cells)


def _weighed(before: Any, rows: list[tuple[Any, ...]]) -> Grid:
    """The rows as a grid, weighed when the rows they were made of hold containers."""
    if not plain(before):
        weigh(rows)
    return tuple(rows)


def _upscaled_grid(grid: Grid, factor: Any) -> Grid:
    rows = rows_of(grid)
    times = range(_factor(factor))
    bounded(len(times) * (len(rows) + len(times) * sum(map(len, rows))))
    if not times:
        return ()
    return _weighed(rows, [row for row in [_stretched(row, factor) for row in rows] for _ in times])


def _upscaled_object(obj: Any, factor: int) -> frozenset[Any]:
    top, left, bottom, right = extent(obj)
    steps = range(factor)
    bounded(5 * len(obj) * len(steps) ** 2)
    if not steps:
        return frozenset()
    last_row = checked(top + (bottom - top + 1) * factor - 1)
    last_column = checked(left + (right - left + 1) * factor - 1)
    if obj <= CELLS and max(last_row, last_column) < 2 * SIDE:
        return _upscaled_within(obj, top, left, factor)
    rows = {i: [top + (i - top) * factor + step for step in steps] for i in {i for _, (i, _) in obj}}
    columns = {j: [left + (j - left) * factor + step for step in steps] for j in {j for _, (_, j) in obj}}
    result = frozenset([(color, (row, column)) for color, (i, j) in obj for row in rows[i] for column in columns[j]])
    if not numeric([color for color, _ in obj]):
        weigh(result)
    return result


def _upscaled_within(obj: Any, top: int, left: int, factor: int) -> frozenset[Any]:
    """An object that the tables reach, before and after."""
    rows = {i: PLACE[top + (i - top) * factor :][:factor] for i in range(top, SIDE)}
    spans = {j: slice(left + (j - left) * factor, left + (j - left + 1) * factor) for j in range(left, SIDE)}
    return frozenset([(color, place) for color, (i, j) in obj for row in rows[i] for place in row[spans[j]]])
