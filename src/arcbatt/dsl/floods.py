"""Floods: what steps up, down, left and right lead to from the cells of a grid.

Grids and numbers are read as in :mod:`arcbatt.dsl.fields`: a grid is a tuple of rows, tuples of one length, of numbers.
"""

from __future__ import annotations

from arcbatt.dsl.layout import field, number
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Indices, Integer, IntegerTuple
from arcbatt.dsl.values import bounded
from arcbatt.dsl.work import cells

__all__ = ["flooded", "nearestcolors", "regions"]


@primitive(work=cells)
def nearestcolors(grid: Grid, background: Integer) -> Grid:
    """For each cell the number of the nearest cell other than background, which may be the cell itself.

    The nearest is the one with the fewest steps to it, over whatever cells; of several numbers as near the smallest is
    given. Background everywhere in a grid with nothing else.
    """
    rows, background = field(grid), number(background)
    if not rows:
        return ()
    far = (len(rows) + len(rows[0]), background)
    best = [[far if cell == background else (0, cell) for cell in row] for row in rows]
    # The shortest way from above goes down and then aside, the one from below aside and then up.
    for _ in range(2):
        above = None
        for row in best:
            _nearer(row, above)
            above = row
        best = [row[::-1] for row in reversed(best)]
    return tuple([tuple([color for _, color in row]) for row in best])


@primitive(work=cells)
def flooded(grid: Grid, color: Integer, background: Integer) -> Indices:
    """The locations of the background cells that steps over background cells connect to a cell of the color.

    Cells of the color are not among them: none are where color and background are the same. Fails past the bound on
    parts (3 a location).
    """
    rows, color, background = field(grid), number(color), number(background)
    found = [(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell == color]
    free = set[IntegerTuple]()
    if color != background:
        free.update([(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell == background])
    passed = _drain(free, found)
    bounded(3 * len(passed))
    return frozenset(passed)


@primitive(work=cells)
def regions(grid: Grid) -> Grid:
    """For each cell the size of its region: the cells of its number that steps over such cells connect to it."""
    rows = field(grid)
    sizes = [[0] * len(row) for row in rows]
    by_color: dict[int, set[IntegerTuple]] = {}
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            by_color.setdefault(cell, set()).add((i, j))
    for places in by_color.values():
        while places:
            start = places.pop()
            region = [start, *_drain(places, [start])]
            for i, j in region:
                sizes[i][j] = len(region)
    return tuple(map(tuple, sizes))


def _nearer(row: list[tuple[int, int]], above: list[tuple[int, int]] | None) -> None:
    """Lowers the steps and number of each cell to what comes from above and from the left, one step further."""
    for j, best in enumerate(row):
        if above and (above[j][0] + 1, above[j][1]) < best:
            best = (above[j][0] + 1, above[j][1])
        if j and (row[j - 1][0] + 1, row[j - 1][1]) < best:
            best = (row[j - 1][0] + 1, row[j - 1][1])
        row[j] = best


def _drain(free: set[IntegerTuple], found: list[IntegerTuple]) -> list[IntegerTuple]:
    """Takes out of free places all that steps over them lead to from the locations found, and gives them."""
    passed = []
    while found:
        i, j = found.pop()
        for place in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
            if place in free:
                free.remove(place)
                found.append(place)
                passed.append(place)
    return passed
