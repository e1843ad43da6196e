"""Motion in a grid: how far an object goes until something stops it, and where it would pass.

Grids and numbers are read as in :mod:`arcbatt.dsl.fields`: a grid is a tuple of rows, tuples of one length, of numbers.
"""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import field, number, pair, places_in
from arcbatt.dsl.patches import shift
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Indices, Integer, IntegerTuple, Object, Patch
from arcbatt.dsl.values import bounded
from arcbatt.dsl.work import cells, length

__all__ = ["slide", "trail"]


def _grid_and_patch(grid: Any, patch: Any, *_: Any) -> int:
    return cells(grid) + length(patch)


@primitive(work=_grid_and_patch)
def slide(grid: Grid, obj: Object, direction: IntegerTuple, background: Integer) -> Object:
    """The object moved by whole steps of direction as far as it goes: indices too.

    It stops where the next step would leave the grid, or cover a cell that is neither background nor one of the
    object's own places. It comes back as it is when it does not move, for the direction (0, 0), and when it is empty.
    """
    rows, (down, right), background = field(grid), pair(direction), number(background)
    places = places_in(obj)
    if not places or not (down or right):
        return obj
    mine = frozenset(places)
    free = _free(rows, mine, background)
    # What has its next place in the object itself goes where that one has gone.
    steps, moved = 0, [place for i, j in mine if (place := (i + down, j + right)) not in mine or place not in free]
    while free.issuperset(moved):
        steps += 1
        moved = [(i + down, j + right) for i, j in moved]
    return shift(obj, (steps * down, steps * right)) if steps else obj


@primitive(work=_grid_and_patch)
def trail(grid: Grid, patch: Patch, direction: IntegerTuple, background: Integer) -> Indices:
    """The locations beyond the patch in a direction: from each of its cells step by step, over background cells.

    A way ends before the edge of the grid and before the first cell that is not background. Cells of the patch itself
    are passed over and not included. None for the direction (0, 0). Fails past the bound on parts (3 a location).
    """
    rows, (down, right), background = field(grid), pair(direction), number(background)
    mine = frozenset(places_in(patch))
    free = _free(rows, mine, background) if down or right else frozenset()
    passed: set[IntegerTuple] = set()
    for i, j in mine:
        place = (i + down, j + right)
        while place in free and place not in passed:
            passed.add(place)
            place = (place[0] + down, place[1] + right)
    bounded(3 * len(passed - mine))
    return frozenset(passed - mine)


def _free(rows: Grid, mine: frozenset[IntegerTuple], background: int) -> frozenset[IntegerTuple]:
    """The locations of a grid that are background or among these."""
    return frozenset([
        (i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell == background or (i, j) in mine
    ])  # fmt: skip
