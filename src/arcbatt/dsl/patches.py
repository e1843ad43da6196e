"""Patches: between cells and locations, moving, coloring."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import extent, is_object, lanes, locations, pair
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Indices, Integer, IntegerTuple, Object, Patch
from arcbatt.dsl.values import bounded, checked, numeric, weigh
from arcbatt.dsl.window import CELLS, PLACE, PLACES, SIDE, cell_table
from arcbatt.dsl.work import length

__all__ = ["normalize", "recolor", "shift", "toindices", "toobject"]


def _patch_length(_: Any, patch: Any) -> int:
    return length(patch)


@primitive(work=length)
def toindices(patch: Patch) -> Indices:
    """The locations of a patch; anything empty gives the empty set.

    Indices come back as they are, in a tuple if they came so. Fails on a patch that mixes cells and locations.
    """
    if len(patch) == 0:
        return frozenset()
    places = locations(patch)
    return places if places is patch else frozenset(places)


@primitive(work=length)
def toobject(patch: Patch, grid: Grid) -> Object:
    """Cells of the grid at the locations of the patch; locations outside are dropped, negative ones too.

    Fails on ``()`` as a grid, and where a row is shorter than the first.
    """
    height, width = len(grid), len(grid[0])
    if len(patch) == 0:
        return frozenset()
    inside = [(i, j) for i, j in locations(patch) if (0 <= i < height) & (0 <= j < width)]
    bounded(5 * len(inside))
    colors = [grid[i][j] for i, j in inside]
    result = frozenset(zip(colors, inside, strict=True))
    if not numeric(colors):
        weigh(result)
    return result


@primitive(work=_patch_length)
def recolor(value: Integer, patch: Patch) -> Object:
    """The object that has this color, which may be any value, at the locations of the patch."""
    if len(patch) == 0:
        return frozenset()
    places = locations(patch)
    bounded(5 * len(places))
    result = frozenset([(value, place) for place in places])
    if not numeric((value,)):
        weigh(result)
    return result


@primitive(work=length)
def shift(patch: Patch, directions: IntegerTuple) -> Patch:
    """Every cell or location moved by the offset (rows, columns); nothing is clipped. The result is a set.

    Anything empty comes back as it is. Fails when a location would pass 64 bits.
    """
    if len(patch) == 0:
        return patch
    down, right = directions if type(directions) is tuple else pair(directions)
    if type(patch) is frozenset and -SIDE <= down <= SIDE and -SIDE <= right <= SIDE:
        if patch <= CELLS:
            table = cell_table()
            return frozenset([table[color][i + down][j + right] for color, (i, j) in patch])
        if patch <= PLACES:
            return frozenset([PLACE[i + down][j + right] for i, j in patch])
    return _shifted(patch, *pair(directions))


@primitive(work=length)
def normalize(patch: Patch) -> Patch:
    """Moved so that its first row and first column are 0; anything empty comes back as it is."""
    if len(patch) == 0:
        return patch
    rows, columns = lanes(patch)
    return shift(patch, (-min(rows), -min(columns)))


def _shifted(patch: Any, down: int, right: int) -> frozenset[Any]:
    """Any patch moved by any offset."""
    top, left, low, far = extent(patch)
    checked(top + down), checked(low + down), checked(left + right), checked(far + right)
    if is_object(patch):
        return frozenset([(color, (i + down, j + right)) for color, (i, j) in patch])
    return frozenset([(i + down, j + right) for i, j in patch])
