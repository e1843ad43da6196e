"""Height, width and what follows from them, of grids and patches alike.

A tuple is measured as a grid, so a tuple of cells counts its members; anything else is measured by its bounding box.
"""

from __future__ import annotations

from arcbatt.dsl.layout import lanes
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Boolean, Integer, IntegerTuple, Piece
from arcbatt.dsl.values import checked
from arcbatt.dsl.work import length

__all__ = ["height", "portrait", "shape", "square", "width"]


@primitive(work=length)
def height(piece: Piece) -> Integer:
    """Rows of a grid, or last row - first row + 1 of a patch; 0 for anything empty.

    Fails on ints and None, on a set that is no patch, and past 64 bits.
    """
    if len(piece) == 0:
        return 0
    if type(piece) is tuple:
        return len(piece)
    rows, _ = lanes(piece)
    return checked(max(rows) - min(rows) + 1)


@primitive(work=length)
def width(piece: Piece) -> Integer:
    """Length of the first row of a grid, or the columns that a patch spans; 0 for anything empty.

    Fails as :func:`height`, and on a tuple whose first element has no length.
    """
    if len(piece) == 0:
        return 0
    if type(piece) is tuple:
        return len(piece[0])
    _, columns = lanes(piece)
    return checked(max(columns) - min(columns) + 1)


@primitive(work=length)
def shape(piece: Piece) -> IntegerTuple:
    """(height, width), read as those two read it: (0, 0) for anything empty, (1, 0) for ``((),)``."""
    if len(piece) == 0:
        return (0, 0)
    if type(piece) is tuple:
        return (len(piece), len(piece[0]))
    rows, columns = lanes(piece)
    return (checked(max(rows) - min(rows) + 1), checked(max(columns) - min(columns) + 1))


@primitive(work=length)
def portrait(piece: Piece) -> Boolean:
    """Whether height is greater than width. Fails where :func:`shape` does."""
    rows, columns = shape(piece)
    return rows > columns


@primitive(work=length)
def square(piece: Piece) -> Boolean:
    """Whether a grid has as many rows as columns, or a patch as many cells as its bounding box and that is a square.

    An empty patch is square; two cells on one location count twice. Fails on ``()`` and where :func:`shape` does.
    """
    if type(piece) is tuple:
        return len(piece) == len(piece[0])
    rows, columns = shape(piece)
    return rows == columns and rows * columns == len(piece)
