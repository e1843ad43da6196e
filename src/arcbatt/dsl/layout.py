"""How the primitives read patches and grids.

A **patch** is an object (cells) or indices (locations), in a set or a tuple. One element decides which: it is a cell
when its second member is a tuple. Every location in it must be a pair of ints (a bool is one); a patch that mixes cells
and locations, or holds anything else, fails wherever its rows or columns are read.

A **grid** is a tuple of rows. Where it is only walked, rows and the grid itself may also be sets, in canonical order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from arcbatt.dsl.types import Grid, IntegerTuple
from arcbatt.dsl.values import bounded, numeric, walk, weigh
from arcbatt.dsl.window import AT, CELLS, COLORS, PLACES, SIDE, rectangle

__all__ = ["block", "cells_of", "even", "extent", "field", "fitted", "is_object", "lanes", "locations", "number",
           "packed", "pair", "places_in", "places_of", "plain", "ring", "rows_of", "unpacked",
           "within_window"]  # fmt: skip

_ROWS = frozenset((tuple,))
_NUMBERS = frozenset((int, bool))
_CONTAINERS = frozenset((tuple, frozenset))


def is_object(patch: Any) -> bool:
    """Whether a patch is taken for cells rather than locations, by one element.

    Raises:
        ValueError: the patch is empty.
        TypeError: it is no container, or its element no tuple.
    """
    for element in patch:
        return type(element[1]) is tuple
    raise ValueError("an empty patch has no place")


def locations(patch: Any) -> Collection[Any]:
    """The locations of a patch that is not empty, in any order, as often as they occur; what they hold is not checked.

    Raises:
        TypeError: the patch mixes cells and locations.
    """
    known = within_window(patch)
    if known:
        return known
    if is_object(patch):
        places = [place for _, place in patch]
        if set(map(type, places)) == set(map(type, patch)) == _ROWS:
            return places
    elif tuple not in {type(element[1]) for element in patch}:
        return patch  # type: ignore[no-any-return]
    raise TypeError("a patch mixes cells, locations or something else")


def within_window(patch: Any) -> Collection[IntegerTuple] | None:
    """The locations of a set that lies within the window, well formed; None when it is not known to."""
    if type(patch) is frozenset:
        if patch <= PLACES:
            return patch
        if patch <= CELLS:
            return [place for _, place in patch]
    return None


def lanes(patch: Any) -> tuple[set[int], set[int]]:
    """The distinct rows and the distinct columns of a patch.

    Raises:
        ValueError: the patch is empty.
        TypeError: a location is not a pair of ints.
    """
    if is_object(patch):
        rows = {row for _, (row, _) in patch}
        columns = {cell[1][1] for cell in patch}
    else:
        rows = {row for row, _ in patch}
        columns = {place[1] for place in patch}
    # One way of reading fails on tuples of another length, the other on sets in place of tuples.
    if not (_NUMBERS.issuperset(map(type, rows)) and _NUMBERS.issuperset(map(type, columns))):
        raise TypeError("a location is a pair of ints")
    return rows, columns


def extent(patch: Any) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of a patch.

    Raises:
        ValueError: the patch is empty.
        TypeError: a location is not a pair of ints.
    """
    rows, columns = lanes(patch)
    return min(rows), min(columns), max(rows), max(columns)


def pair(value: Any) -> IntegerTuple:
    """The two ints of a location, offset or size; a set of two gives them in canonical order.

    Raises:
        TypeError: it is no container, or holds something else.
        ValueError: it has more or fewer than two members.
    """
    first, second = value if type(value) is tuple else walk(value)
    if type(first) not in _NUMBERS or type(second) not in _NUMBERS:
        raise TypeError("a pair of ints is wanted")
    return first, second


def number(value: Any) -> int:
    """The int that an int or a bool is.

    Raises:
        TypeError: it is something else.
    """
    if type(value) not in _NUMBERS:
        raise TypeError(f"{type(value).__name__} is not a number")
    return int(value)


def places_in(patch: Any) -> Collection[IntegerTuple]:
    """The locations of a patch in any order, as often as they occur, each a pair of ints; none of an empty one.

    Raises:
        TypeError: it is no patch, or mixes cells and locations.
    """
    if len(patch) == 0:
        return ()
    known = within_window(patch)
    if known is None:
        lanes(patch)
        known = locations(patch)
    return known


def field(grid: Any) -> Grid:
    """The rows of a grid that are tuples of one length and hold numbers; bools become ints.

    Raises:
        TypeError: it is no such grid.
        LimitError: it has too many parts.
    """
    if type(grid) is not tuple or not _ROWS.issuperset(map(type, grid)) or len(set(map(len, grid))) > 1:
        raise TypeError("a grid is a tuple of rows, tuples of one length")
    bounded(len(grid) + sum(map(len, grid)))
    kinds = set(map(type, chain.from_iterable(grid)))
    if not kinds <= _NUMBERS:
        raise TypeError("a grid of numbers is wanted")
    return tuple([tuple(map(int, row)) for row in grid]) if bool in kinds else grid


def rows_of(grid: Any) -> Sequence[tuple[Any, ...]]:
    """The rows of a grid as tuples: itself, unless the grid or a row is a set.

    Raises:
        TypeError: it is no container of containers.
    """
    if type(grid) is tuple and _ROWS.issuperset(map(type, grid)):
        return grid
    return [tuple(walk(row)) for row in walk(grid)]


def even(rows: Any, width: int) -> bool:
    """Whether all rows are tuples of that length."""
    return set(map(len, rows)) == {width} and _ROWS.issuperset(map(type, rows))


def packed(rows: Any) -> bytes | None:
    """The cells row by row as bytes; None unless all are ints from 0 to 255 in tuples.

    What is left to do is then done inside the interpreter: counting, translating, cutting into rows again.
    """
    if not _ROWS.issuperset(map(type, rows)):
        return None
    try:
        return b"".join(map(bytes, rows))
    except (TypeError, ValueError):
        return None


def unpacked(cells: bytes, width: int) -> Grid:
    """The rows of that width that were packed; the width is at least 1."""
    return tuple(zip(*[iter(cells)] * width, strict=True))


def cells_of(rows: Sequence[tuple[Any, ...]], *, gap: bool = False) -> list[Any]:
    """The cells of a grid with their locations, row by row; shared ones where the grid lies within the window.

    Args:
        rows: the grid.
        gap: whether each row is followed by a None.
    """
    after = [None] if gap else []
    cells: list[Any] = []
    width = max(map(len, rows), default=0)
    if len(rows) <= SIDE and width <= SIDE and COLORS.issuperset(frozenset().union(*rows)):
        for row, places in zip(rows, AT, strict=False):
            cells += [at[color] for color, at in zip(row, places, strict=False)] + after
    else:
        for i, row in enumerate(rows):
            cells += [(color, (i, j)) for j, color in enumerate(row)] + after
    return cells


def places_of(height: int, width: int) -> frozenset[IntegerTuple]:
    """The locations of a rectangle at the origin."""
    if height <= SIDE and width <= SIDE:
        return rectangle(height, width)
    return frozenset([(i, j) for i in range(height) for j in range(width)])


def plain(rows: Sequence[Iterable[Any]]) -> bool:
    """Whether no cell of these rows is a container, so that each is one part of a value."""
    return numeric(chain.from_iterable(rows)) or _CONTAINERS.isdisjoint(map(type, chain.from_iterable(rows)))


def fitted(grid: Grid, *added: Any) -> Grid:
    """The grid itself, weighed when one of the values added to it is a container.

    Raises:
        LimitError: the grid passes a bound.
    """
    for value in added:
        if type(value) in _CONTAINERS:
            weigh(grid)
            break
    return grid


def block(top: int, left: int, bottom: int, right: int) -> frozenset[IntegerTuple]:
    """All locations of a box, bounds included.

    Raises:
        LimitError: they are too many.
    """
    bounded(3 * (bottom - top + 1) * (right - left + 1))
    columns = range(left, right + 1)
    return frozenset([(row, column) for row in range(top, bottom + 1) for column in columns])


def ring(top: int, left: int, bottom: int, right: int) -> frozenset[IntegerTuple]:
    """The locations on the edge of a box, bounds included.

    Raises:
        LimitError: they are too many.
    """
    bounded(6 * (bottom - top + right - left + 2))
    sides = [(row, column) for row in range(top, bottom + 1) for column in (left, right)]
    return frozenset(sides + [(row, column) for column in range(left, right + 1) for row in (top, bottom)])
