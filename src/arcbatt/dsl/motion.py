"""Motion in a grid: how far an object goes until something stops it, and where it would pass.

Grids and numbers are read as in :mod:`arcbatt.dsl.fields`: a grid is a tuple of rows, tuples of one length, of numbers.
"""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import field, number, pair, places_in
from arcbatt.dsl.patches import shift
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Indices, Integer, IntegerTuple, Object, Patch
from arcbatt.dsl.values import DslError, bounded
from arcbatt.dsl.work import cells, length

__all__ = ["path", "slide", "trail"]


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


def _passing(grid: Any, *_: Any) -> int:
    """Every cell, and every cell once for each of four directions."""
    return 5 * cells(grid)


@primitive(work=_passing)
def path(grid: Grid, start: IntegerTuple, direction: IntegerTuple, background: Integer, turn: Integer) -> Indices:
    """The locations that a thing passes which goes from a start step by step in a direction, over background cells.

    Before a cell that is not background it turns where it is, by 90 degrees: to the right for the turn 1, to the left
    for -1. It ends there for the turn 0, and where the next cell after a turn is not background either; before the edge
    of the grid; and where it has been before with the same direction. The start is never among the locations, though
    the way may lead over it; it may lie outside of the grid. None for the direction (0, 0). Fails past the bound on
    parts (3 a location).

    Raises:
        DslError: the turn is another number.
    """
    rows, place, ahead = field(grid), pair(start), pair(direction)
    background, turn = number(background), number(turn)
    if turn not in (-1, 0, 1):
        raise DslError("a turn is -1, 0 or 1")
    free, had, has_turned = _free(rows, frozenset(), background), set[tuple[IntegerTuple, IntegerTuple]](), False
    while (place, ahead) not in had:
        had.add((place, ahead))
        i, j = place[0] + ahead[0], place[1] + ahead[1]
        if (i, j) in free:
            place, has_turned = (i, j), False
        elif 0 <= i < len(rows) and 0 <= j < len(rows[0]) and turn and not has_turned:
            ahead, has_turned = (turn * ahead[1], -turn * ahead[0]), True
        else:
            break
    passed = {place for place, _ in had} - {pair(start)}
    bounded(3 * len(passed))
    return frozenset(passed)


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
