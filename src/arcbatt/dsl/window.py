"""Locations and cells that all values share, for the part of the plane that grids of up to 30 x 30 cover.

Objects and indices within the **window** (rows and columns 0 to 29, colors 0 to 9) are made of the tuples kept here
wherever that costs nothing extra. It saves making them anew; above all, a set of shared tuples is compared with
:data:`PLACES` or :data:`CELLS` by identity, at a few nanoseconds a cell, and a subset of those is well formed and lies
in the window. None of this can be seen from outside: equal tuples that are not shared take the general way to the same
result.

:data:`PLACE` and :func:`cell_table` reach further, from -30 to 59: as far as the window can be moved by its own side.
They are lists of lists, in which a negative number is an index from the end.
"""

from __future__ import annotations

from functools import cache, lru_cache

from arcbatt.dsl.types import Cell, IntegerTuple

__all__ = ["AT", "CELLS", "CELLS_OF", "COLORS", "PLACE", "PLACES", "SIDE", "cell_table", "rectangle"]

SIDE = 30
"""Rows and columns of the window."""
COLORS = frozenset(range(10))
"""The colors of shared cells."""

_NUMBERS = (*range(2 * SIDE), *range(-SIDE, 0))

PLACE: list[list[IntegerTuple]] = [[(row, column) for column in _NUMBERS] for row in _NUMBERS]
"""``PLACE[row][column]`` is that location, from -30 to 59."""
PLACES: frozenset[IntegerTuple] = frozenset([place for row in PLACE[:SIDE] for place in row[:SIDE]])
"""The locations of the window."""
AT: list[list[list[Cell]]] = [[[(color, place) for color in range(10)] for place in row[:SIDE]] for row in PLACE[:SIDE]]
"""``AT[row][column][color]`` is that cell of the window."""
CELLS_OF: list[frozenset[Cell]] = [frozenset([at[color] for row in AT for at in row]) for color in range(10)]
"""The cells of the window by color."""
CELLS: frozenset[Cell] = frozenset().union(*CELLS_OF)
"""The cells of the window."""


@lru_cache(maxsize=64)
def rectangle(height: int, width: int) -> frozenset[IntegerTuple]:
    """The locations of a rectangle at the origin, of no more than 30 rows and columns."""
    return frozenset([place for row in PLACE[:height] for place in row[:width]])


@cache
def cell_table() -> list[list[list[Cell]]]:
    """``cell_table()[color][row][column]`` is that cell, from -30 to 59. It takes 5 MB and is made when first used."""
    table = [[[(color, place) for place in row] for row in PLACE] for color in range(10)]
    for i, row in enumerate(AT):
        for j, at in enumerate(row):
            for color, cell in enumerate(at):
                table[color][i][j] = cell
    return table
