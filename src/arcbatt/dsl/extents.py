"""Where a patch lies: its outermost rows and columns, corners, center, and whether it is a line.

Cells outside any grid count. An empty patch has no outermost rows or columns, which fails; its four corners are ().
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from arcbatt.dsl.layout import extent, is_object, lanes
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.shapes import shape
from arcbatt.dsl.types import Boolean, Indices, Integer, IntegerTuple, Patch
from arcbatt.dsl.values import checked, numeric
from arcbatt.dsl.work import length

__all__ = ["center", "centerofmass", "corners", "hline", "leftmost", "llcorner", "lowermost", "lrcorner", "rightmost",
           "ulcorner", "uppermost", "urcorner", "vline"]  # fmt: skip


@primitive(work=length)
def uppermost(patch: Patch) -> Integer:
    """Smallest row. Fails on an empty patch."""
    return min(lanes(patch)[0])


@primitive(work=length)
def lowermost(patch: Patch) -> Integer:
    """Largest row. Fails on an empty patch."""
    return max(lanes(patch)[0])


@primitive(work=length)
def leftmost(patch: Patch) -> Integer:
    """Smallest column. Fails on an empty patch."""
    return min(lanes(patch)[1])


@primitive(work=length)
def rightmost(patch: Patch) -> Integer:
    """Largest column. Fails on an empty patch."""
    return max(lanes(patch)[1])


@primitive(work=length)
def ulcorner(patch: Patch) -> IntegerTuple:
    """(smallest row, smallest column); () for an empty patch. Of a grid the smallest of each column."""
    return tuple(map(min, zip(*patch, strict=False))) if _is_wide(patch) else _corner(patch, 0, 1)


@primitive(work=length)
def urcorner(patch: Patch) -> IntegerTuple:
    """(smallest row, largest column); () for an empty patch."""
    return _corner(patch, 0, 3)


@primitive(work=length)
def llcorner(patch: Patch) -> IntegerTuple:
    """(largest row, smallest column); () for an empty patch."""
    return _corner(patch, 2, 1)


@primitive(work=length)
def lrcorner(patch: Patch) -> IntegerTuple:
    """(largest row, largest column); () for an empty patch. Of a grid the largest of each column."""
    return tuple(map(max, zip(*patch, strict=False))) if _is_wide(patch) else _corner(patch, 2, 3)


@primitive(work=length)
def corners(patch: Patch) -> Indices:
    """The four corners of the bounding box, fewer where they coincide; {()} for an empty patch."""
    if len(patch) == 0:
        return frozenset([()])  # type: ignore[list-item]  # the corner of nothing
    top, left, bottom, right = extent(patch)
    return frozenset([(top, left), (top, right), (bottom, left), (bottom, right)])


@primitive(work=length)
def center(patch: Patch) -> IntegerTuple:
    """(first row + height // 2, first column + width // 2): of an even number of rows the later of the two middles.

    Fails on an empty patch.
    """
    top, left, bottom, right = extent(patch)
    height, width = shape(patch) if type(patch) is tuple else (checked(bottom - top + 1), checked(right - left + 1))
    return (checked(top + height // 2), checked(left + width // 2))


@primitive(work=length)
def centerofmass(patch: Patch) -> IntegerTuple:
    """Sum of the rows and of the columns of the distinct locations, each divided by the number of cells, floored.

    So two cells on one location pull it toward zero. () for an empty patch. Of a grid the mean of each column.
    """
    if len(patch) == 0:
        return ()  # type: ignore[return-value]  # the center of nothing
    if _is_wide(patch):
        return tuple([sum(column) // len(patch) for column in zip(*patch, strict=False)])
    lanes(patch)
    places: Any = {place for _, place in patch} if is_object(patch) else patch
    return (sum([i for i, _ in places]) // len(patch), sum([j for _, j in places]) // len(patch))


@primitive(work=length)
def vline(patch: Patch) -> Boolean:
    """Whether all cells lie in one column without a gap: the height is the number of cells and the width 1.

    A single cell is both vline and hline, an empty patch neither. A grid of one column is a vline.
    """
    return shape(patch) == (len(patch), 1)


@primitive(work=length)
def hline(patch: Patch) -> Boolean:
    """Whether all cells lie in one row without a gap. A grid is one only when it is 1 x 1."""
    return shape(patch) == (1, len(patch))


def _is_wide(patch: Any) -> bool:
    """Whether a grid of more than two columns stands for a patch: programs go on with the first two members."""
    rows = type(patch) is tuple and set(map(type, patch)) == {tuple}
    return rows and min(map(len, patch)) > 2 and numeric(chain.from_iterable(patch))


def _corner(patch: Any, row: int, column: int) -> IntegerTuple:
    """The members of the patch's extent at two places; () for an empty patch."""
    if len(patch) == 0:
        return ()  # type: ignore[return-value]  # the corner of nothing
    bounds = extent(patch)
    return (bounds[row], bounds[column])
