"""Locations around a location, between two, in a direction; none of them clipped to a grid."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import pair
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Indices, IntegerTuple
from arcbatt.dsl.values import bounded, checked, weigh

__all__ = ["connect", "dneighbors", "hfrontier", "ineighbors", "neighbors", "shoot", "vfrontier"]

REACH = 42
"""Steps that ``shoot`` goes."""
FRONTIER = 30
"""Cells of a frontier, whatever the grid."""


def _distance(a: Any, b: Any) -> int:
    """Locations on the way from a to b."""
    try:
        return 1 + min(int(max(abs(a[0] - b[0]), abs(a[1] - b[1]))), 2**40)
    except (TypeError, IndexError):
        return 0


def _shot(_: Any, direction: Any) -> int:
    return REACH * _distance((0, 0), direction)


@primitive
def dneighbors(loc: IntegerTuple) -> Indices:
    """The four locations above, below, left and right. Fails when one would pass 64 bits."""
    up, row, down, left, column, right = _around(loc)
    return frozenset([(up, column), (row, left), (row, right), (down, column)])


@primitive
def ineighbors(loc: IntegerTuple) -> Indices:
    """The four diagonal locations. Fails when one would pass 64 bits."""
    up, _, down, left, _, right = _around(loc)
    return frozenset([(up, left), (up, right), (down, left), (down, right)])


@primitive
def neighbors(loc: IntegerTuple) -> Indices:
    """All eight locations around. Fails when one would pass 64 bits."""
    up, row, down, left, column, right = _around(loc)
    return frozenset([
        (up, left), (up, column), (up, right), (row, left), (row, right), (down, left), (down, column), (down, right),
    ])  # fmt: skip


@primitive(work=_distance)
def connect(a: IntegerTuple, b: IntegerTuple) -> Indices:
    """Locations from a to b, both included, when they share a row, a column or a diagonal; else the empty set.

    Fails past the bound on parts (3 a location).
    """
    (top, left), (bottom, right) = sorted((pair(a), pair(b)))
    down, across = bottom - top, right - left
    if down and across and down != abs(across):
        return frozenset()
    steps = max(down, abs(across))
    bounded(3 * (steps + 1))
    rows = range(top, bottom + 1) if down else (top,) * (steps + 1)
    turn = (across > 0) - (across < 0)
    columns = range(left, right + turn, turn) if turn else (left,) * (steps + 1)
    return frozenset(zip(rows, columns, strict=True))


@primitive(work=_shot)
def shoot(start: IntegerTuple, direction: IntegerTuple) -> Indices:
    """:func:`connect` from start to start + 42 x direction: 43 locations for a unit direction, one for (0, 0).

    Fails when the end would pass 64 bits, and past the bound on parts.
    """
    row, column = checked(start[0] + REACH * direction[0]), checked(start[1] + REACH * direction[1])
    return connect(start, (row, column))


@primitive
def vfrontier(location: IntegerTuple) -> Indices:
    """Rows 0 to 29 of the column of the location, always 30 locations."""
    return _frontier([(row, location[1]) for row in range(FRONTIER)], location[1])


@primitive
def hfrontier(location: IntegerTuple) -> Indices:
    """Columns 0 to 29 of the row of the location, always 30 locations."""
    return _frontier([(location[0], column) for column in range(FRONTIER)], location[0])


def _frontier(places: list[Any], fixed: Any) -> Indices:
    if type(fixed) is tuple or type(fixed) is frozenset:
        weigh(places)
    return frozenset(places)


def _around(loc: Any) -> tuple[int, int, int, int, int, int]:
    """Rows before, at and after a location, then columns."""
    row, column = loc[0], loc[1]
    return checked(row - 1), row, checked(row + 1), checked(column - 1), column, checked(column + 1)
