"""How two patches, or a patch and a grid, lie to each other: shared lines, distance, direction."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from arcbatt.dsl.extents import center
from arcbatt.dsl.layout import extent, lanes, locations
from arcbatt.dsl.patches import toindices
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Boolean, Grid, Integer, IntegerTuple, Object, Objects, Patch
from arcbatt.dsl.values import DslError, checked, walk
from arcbatt.dsl.work import length, lengths, members, walking

__all__ = ["adjacent", "bordering", "gravitate", "hmatching", "manhattan", "nearest", "position",
           "vmatching"]  # fmt: skip

STEPS = 42
"""Steps that ``gravitate`` walks at most."""
_FEW = 64
"""Pairs that are compared one by one rather than by a sweep."""


def _sweep(a: Any, b: Any) -> int:
    """Pairs of cells, or what a sweep over both patches takes if that is less."""
    return min(length(a) * length(b), 32 * lengths(a, b))


def _sweeps(obj: Any, objects: Any) -> int:
    """Walking through the objects, and a sweep over each of them."""
    mine, theirs = length(obj), members(objects)
    return walking(objects) + min(mine * theirs, 32 * (mine * length(objects) + theirs))


def _walk_work(source: Any, destination: Any) -> int:
    return STEPS * length(source) + 4 * length(destination)


@primitive(work=lengths)
def hmatching(a: Patch, b: Patch) -> Boolean:
    """Whether the two share a row number; False when one is empty."""
    return not _lanes(a)[0].isdisjoint(_lanes(b)[0])


@primitive(work=lengths)
def vmatching(a: Patch, b: Patch) -> Boolean:
    """Whether the two share a column number; False when one is empty."""
    return not _lanes(a)[1].isdisjoint(_lanes(b)[1])


@primitive(work=_sweep)
def manhattan(a: Patch, b: Patch) -> Integer:
    """Smallest |row difference| + |column difference| of a location of a and one of b: 0 when they overlap.

    Fails when either is empty, and past 64 bits.
    """
    mine, theirs = _places(a), _places(b)
    if not mine.isdisjoint(theirs):
        return 0
    if len(mine) * len(theirs) <= _FEW:
        return checked(min([abs(i - k) + abs(j - m) for i, j in mine for k, m in theirs]))
    if not mine.isdisjoint(_beside(theirs)):
        return 1
    return checked(min(_nearest_above(mine, theirs), _nearest_above(theirs, mine)))


@primitive(work=_sweeps)
def nearest(obj: Object, objects: Objects) -> Object:
    """The one of the objects that has the least :func:`manhattan` to the object; those equal to it are passed over.

    Of several the first in iteration order. Fails when there is no other, and where :func:`manhattan` does.
    """
    others = [other for other in walk(objects) if other != obj]
    if not others:
        raise DslError("there is no other object")
    distances = [manhattan(obj, other) for other in others]
    best: Object = others[distances.index(min(distances))]
    return best


@primitive(work=lengths)
def adjacent(a: Patch, b: Patch) -> Boolean:
    """Whether :func:`manhattan` is 1: an edge shared without overlap. Fails when either is empty."""
    mine, theirs = _places(a), _places(b)
    return mine.isdisjoint(theirs) and not mine.isdisjoint(_beside(theirs))


@primitive(work=length)
def bordering(patch: Patch, grid: Grid) -> Boolean:
    """Whether the bounding box starts in row or column 0 or ends in the last row or column of the grid.

    Boxes beyond the edge do not count. Fails on an empty patch; the grid is looked at only as far as needed.
    """
    top, left, bottom, right = extent(patch)
    return top == 0 or left == 0 or bottom == len(grid) - 1 or right == len(grid[0]) - 1


@primitive(work=lengths)
def position(a: Patch, b: Patch) -> IntegerTuple:
    """Direction from the center of a to the center of b, as signs.

    In the same row (0, 1) when b lies to the right, else (0, -1), also for equal centers; in the same column (1, 0) or
    (-1, 0). Fails when either is empty.
    """
    row, column = center(toindices(a))
    other_row, other_column = center(toindices(b))
    down = 1 if row < other_row else -1
    right = 1 if column < other_column else -1
    if row == other_row:
        return (0, right)
    return (down, 0) if column == other_column else (down, right)


@primitive(work=_walk_work)
def gravitate(source: Patch, destination: Patch) -> IntegerTuple:
    """Offset that brings source next to destination, in steps of one toward the center of destination.

    Vertically when they share a column, else horizontally; equal centers: up or left. (0, 0) when they are adjacent
    already, 42 steps when they do not become so within 41. Fails when either is empty.
    """
    (row, column), (other_row, other_column) = center(source), center(destination)
    down = right = 0
    if vmatching(source, destination):
        down = 1 if row < other_row else -1
    else:
        right = 1 if column < other_column else -1
    moved: Any = _places(source)
    there = _places(destination)
    beside = _beside(there)
    for step in range(STEPS):
        if not beside.isdisjoint(moved) and there.isdisjoint(moved):
            return (step * down, step * right)
        moved = [(i + down, j + right) for i, j in moved]
    return (STEPS * down, STEPS * right)


def _lanes(patch: Any) -> tuple[set[int], set[int]]:
    """Distinct rows and columns, none of an empty patch."""
    return lanes(patch) if len(patch) else (set(), set())


def _places(patch: Any) -> frozenset[IntegerTuple]:
    """The distinct locations of a patch, each a pair of ints. Fails on an empty patch."""
    lanes(patch)
    return frozenset(locations(patch))


def _beside(places: frozenset[IntegerTuple]) -> set[IntegerTuple]:
    """The locations that share an edge with one of these, some of these among them."""
    beside = {(i - 1, j) for i, j in places}
    beside.update([(i + 1, j) for i, j in places])
    beside.update([(i, j - 1) for i, j in places])
    beside.update([(i, j + 1) for i, j in places])
    return beside


def _nearest_above(a: frozenset[IntegerTuple], b: frozenset[IntegerTuple]) -> int:
    """Smallest distance of a location of a and one of b that lies in the same row or below; 2**65 when none does.

    Goes down the rows and keeps, for the columns of a, the largest row + column seen left of a column and the largest
    row - column seen right of it (two Fenwick trees). Time n log n, whatever the distances.
    """
    columns = sorted({j for _, j in a})
    size = len(columns)
    lowest = -(2**65)
    left, right = [lowest] * (size + 1), [lowest] * (size + 1)
    best = 2**65
    events = sorted([(i, False, j) for i, j in a] + [(i, True, j) for i, j in b])
    for i, asks, j in events:
        if asks:
            place = bisect_left(columns, j)
            upto = place + 1 if place < size and columns[place] == j else place
            best = min(best, i + j - _peak(left, upto), i - j - _peak(right, size - place))
        else:
            place = bisect_left(columns, j)
            _raise_to(left, place + 1, i + j)
            _raise_to(right, size - place, i - j)
    return best


def _peak(tree: list[int], place: int) -> int:
    """Largest of the first `place` values."""
    best = tree[0]
    while place:
        best = max(best, tree[place])
        place &= place - 1
    return best


def _raise_to(tree: list[int], place: int, value: int) -> None:
    """Raises the value at `place`, from 1, to at least this."""
    while place < len(tree):
        tree[place] = max(tree[place], value)
        place += place & -place
