"""Fields: grids that say something about each cell of a grid, and grids put together cell by cell.

A grid is a tuple of rows here, tuples of one length, of numbers: any ints; bools count as ints and become ints. ``()``
and rows without cells are grids too, and give the like. What is no such grid fails with TypeError, as does what is no
number where one is wanted; a grid past the bound on parts fails with :class:`~arcbatt.dsl.values.LimitError`.

Offsets and patches are read as everywhere (:mod:`arcbatt.dsl.layout`): of an object the locations, each as often as it
occurs; an empty one has none. Directions are pairs of ints.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from arcbatt.dsl.calls import each
from arcbatt.dsl.layout import field, number, pair, places_in
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Callable, Grid, Indices, Integer, IntegerTuple, Objects, Patch
from arcbatt.dsl.values import DslError, bounded, grown, ordered
from arcbatt.dsl.work import cells, length, members

__all__ = ["columncolors", "columnnumbers", "countaround", "countincolumns", "countinrows", "countseen",
           "edgedistances", "equalcells", "firstseen", "morethan", "overlay", "paintby", "remainders", "rowcolors",
           "rownumbers", "seendistance", "translate"]  # fmt: skip


def _around(grid: Any, _: Any, offsets: Any) -> int:
    """Every cell, and every cell for each offset."""
    return cells(grid) * (1 + length(offsets))


def _looked(grid: Any, _color: Any, _background: Any, directions: Any) -> int:
    """Every cell, and every cell for each direction."""
    return cells(grid) * (1 + length(directions))


def _grids_and_patch(grid: Any, other: Any, patch: Any) -> int:
    return cells(grid) + cells(other) + length(patch)


def _grid_and_members(grid: Any, objects: Any, _: Any) -> int:
    return cells(grid) + members(objects)


def _both(a: Any, b: Any) -> int:
    return cells(a) + cells(b)


@primitive(work=cells)
def firstseen(grid: Grid, direction: IntegerTuple, background: Integer) -> Grid:
    """For each cell the first number other than background that is seen from there, by steps of direction.

    The cell itself is passed over. Background where nothing else is seen before the edge, and everywhere for (0, 0).
    """
    rows, direction, background = field(grid), pair(direction), number(background)
    return _grid(_looking(rows, direction, background)[0])


@primitive(work=cells)
def seendistance(grid: Grid, direction: IntegerTuple, background: Integer) -> Grid:
    """For each cell the steps of direction to what :func:`firstseen` gives for it; 0 where nothing is seen."""
    rows, direction, background = field(grid), pair(direction), number(background)
    return _grid(_looking(rows, direction, background)[1])


@primitive(work=_looked)
def countseen(grid: Grid, color: Integer, background: Integer, directions: Indices) -> Grid:
    """For each cell in how many of the directions :func:`firstseen` gives the color.

    For the background as the color these are the directions in which nothing else is seen, (0, 0) always one of them. A
    direction counts as often as it occurs.
    """
    rows, color, background = field(grid), number(color), number(background)
    counts = [[0] * _width(rows) for _ in rows]
    for direction in places_in(directions):
        for row, seen in zip(counts, _looking(rows, direction, background)[0], strict=True):
            for j, cell in enumerate(seen):
                row[j] += cell == color
    return _grid(counts)


@primitive(work=_around)
def countaround(grid: Grid, color: Integer, offsets: Indices) -> Grid:
    """For each cell how many of the places at these offsets from it lie in the grid and have the color."""
    rows, color = field(grid), number(color)
    places = places_in(offsets)
    height, width = len(rows), _width(rows)
    marks = [[cell == color for cell in row] for row in rows]
    counts = [[0] * width for _ in rows]
    for down, right in places:
        columns = range(max(0, -right), min(width, width - right))
        for i in range(max(0, -down), min(height, height - down)):
            row, marked = counts[i], marks[i + down]
            for j in columns:
                row[j] += marked[j + right]
    return _grid(counts)


@primitive(work=cells)
def countinrows(grid: Grid, color: Integer) -> Grid:
    """For each cell the number of cells of the color in its row."""
    rows, color = field(grid), number(color)
    return tuple([(row.count(color),) * len(row) for row in rows])


@primitive(work=cells)
def countincolumns(grid: Grid, color: Integer) -> Grid:
    """For each cell the number of cells of the color in its column."""
    rows, color = field(grid), number(color)
    return (tuple([column.count(color) for column in zip(*rows, strict=True)]),) * len(rows)


@primitive(work=cells)
def rowcolors(grid: Grid, background: Integer) -> Grid:
    """For each cell the commonest number other than background in its row, the smallest of equally common ones.

    Background in a row where there is none.
    """
    rows, background = field(grid), number(background)
    return tuple([(_commonest(row, background),) * len(row) for row in rows])


@primitive(work=cells)
def columncolors(grid: Grid, background: Integer) -> Grid:
    """For each cell the commonest number other than background in its column, as :func:`rowcolors` in its row."""
    rows, background = field(grid), number(background)
    return (tuple([_commonest(column, background) for column in zip(*rows, strict=True)]),) * len(rows)


@primitive(work=cells)
def rownumbers(grid: Grid) -> Grid:
    """For each cell the number of its row, from 0."""
    return tuple([(i,) * len(row) for i, row in enumerate(field(grid))])


@primitive(work=cells)
def columnnumbers(grid: Grid) -> Grid:
    """For each cell the number of its column, from 0."""
    rows = field(grid)
    return (tuple(range(_width(rows))),) * len(rows)


@primitive(work=cells)
def remainders(grid: Grid, divisor: Integer) -> Grid:
    """What is left of each number when it is divided by a positive divisor: 0 and more, of negative numbers too.

    Raises:
        ZeroDivisionError: the divisor is 0.
        DslError: it is negative.
    """
    rows, divisor = field(grid), number(divisor)
    if divisor == 0:
        raise ZeroDivisionError("remainders by zero")
    if divisor < 0:
        raise DslError("remainders want a positive divisor")
    return tuple([tuple([cell % divisor for cell in row]) for row in rows])


@primitive(work=cells)
def edgedistances(grid: Grid) -> Grid:
    """For each cell the steps to the nearest edge of the grid; 0 on the edge."""
    rows = field(grid)
    low, far = len(rows) - 1, _width(rows) - 1
    across = [min(j, far - j) for j in range(far + 1)]
    return tuple([tuple([min(i, low - i, side) for side in across]) for i in range(low + 1)])


@primitive(work=cells)
def translate(grid: Grid, offset: IntegerTuple, color: Integer) -> Grid:
    """Everything moved by the offset: what leaves the grid is gone, what enters has the color."""
    rows, (down, right), color = field(grid), pair(offset), number(color)
    height, width = len(rows), _width(rows)
    down, right = max(-height, min(height, down)), max(-width, min(width, right))
    empty = ((color,) * width,)
    if right >= 0:
        rows = tuple([(color,) * right + row[: width - right] for row in rows])
    else:
        rows = tuple([row[-right:] + (color,) * -right for row in rows])
    return empty * down + rows[: height - down] if down >= 0 else rows[-down:] + empty * -down


@primitive(work=_grids_and_patch)
def overlay(grid: Grid, other: Grid, patch: Patch) -> Grid:
    """The cells of the other grid where the patch lies, within both grids, else those of the grid; in its shape."""
    rows, others = field(grid), field(other)
    height, width = min(len(rows), len(others)), min(_width(rows), _width(others))
    changed = [*map(list, rows)]
    for i, j in places_in(patch):
        if 0 <= i < height and 0 <= j < width:
            changed[i][j] = others[i][j]
    return _grid(changed)


@primitive(work=_grid_and_members)
def paintby(grid: Grid, objects: Objects, function: Callable) -> Grid:
    """The cells of each object, so far as they lie in the grid, in the number that the function gives for the object.

    Later objects lie over earlier ones, those of a set in canonical order. The function is called once for each object,
    before anything is painted; patches will do for objects, empty ones too.

    Raises:
        TypeError: a result is no number, an object no patch.
        LimitError: the results pass the bounds of a value.
        Exception: what the function raised.
    """
    rows = [*map(list, field(grid))]
    height, width = len(rows), _width(rows)
    numbers = [number(result) for result in grown(each(function, objects))]
    painted = list(zip(objects, numbers, strict=True))
    if type(objects) is frozenset:
        number_of = dict(painted)
        painted = [(item, number_of[item]) for item in ordered(objects)]
    for item, color in painted:
        for i, j in places_in(item):
            if 0 <= i < height and 0 <= j < width:
                rows[i][j] = color
    return _grid(rows)


@primitive(work=_both)
def equalcells(a: Grid, b: Grid) -> Indices:
    """The locations, within both grids, where both have the same number.

    Fails past the bound on parts (3 a location).
    """
    mine, theirs = field(a), field(b)
    found = [
        (i, j)
        for i, (row, other) in enumerate(zip(mine, theirs, strict=False))
        for j, (x, y) in enumerate(zip(row, other, strict=False))
        if x == y
    ]
    bounded(3 * len(found))
    return frozenset(found)


@primitive(work=cells)
def morethan(grid: Grid, bound: Integer) -> Indices:
    """The locations of the cells with a number greater than the bound.

    Fails past the bound on parts (3 a location).
    """
    rows, bound = field(grid), number(bound)
    found = [(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell > bound]
    bounded(3 * len(found))
    return frozenset(found)


def _commonest(lane: tuple[int, ...], background: int) -> int:
    counts = Counter(lane)
    del counts[background]
    return min(counts, key=lambda color: (-counts[color], color), default=background)


def _width(rows: Any) -> int:
    """Columns of a grid; none of ``()``."""
    return len(rows[0]) if rows else 0


def _grid(rows: list[list[int]]) -> Grid:
    return tuple(map(tuple, rows))


def _looking(rows: Grid, direction: IntegerTuple, background: int) -> tuple[list[list[int]], list[list[int]]]:
    """What is seen first from each cell, and in how many steps: the cell one step ahead is known before."""
    (down, right), height, width = direction, len(rows), _width(rows)
    seen, steps = [[background] * width for _ in rows], [[0] * width for _ in rows]
    columns = range(width)[::-1] if right > 0 else range(width)
    for i in range(height)[::-1] if down > 0 else range(height):
        k = i + down
        if not 0 <= k < height or not (down or right):
            continue
        for j in columns:
            m = j + right
            if 0 <= m < width:
                if rows[k][m] != background:
                    seen[i][j], steps[i][j] = rows[k][m], 1
                elif steps[k][m]:
                    seen[i][j], steps[i][j] = seen[k][m], steps[k][m] + 1
    return seen, steps
