"""Turns and mirrors of grids, mirrors of patches within their own bounding box.

Where rows become columns, uneven rows are cut to the shortest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arcbatt.dsl.layout import extent, is_object, rows_of
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Patch, Piece
from arcbatt.dsl.values import bounded, checked
from arcbatt.dsl.work import cells

__all__ = ["cmirror", "dmirror", "hmirror", "rot90", "rot180", "rot270", "vmirror"]


@primitive(work=cells)
def rot90(grid: Grid) -> Grid:
    """A quarter turn clockwise: h rows and w columns become w rows and h columns. ``()`` and ``((),)`` give ()."""
    return _transposed(grid[::-1])


@primitive(work=cells)
def rot180(grid: Grid) -> Grid:
    """A half turn. Rows may differ in length."""
    return tuple([_row(row[::-1]) for row in grid[::-1]])


@primitive(work=cells)
def rot270(grid: Grid) -> Grid:
    """A quarter turn anticlockwise. ``()`` and ``((),)`` give ()."""
    return _transposed(grid[:])[::-1]


@primitive(work=cells)
def hmirror(piece: Piece) -> Piece:
    """Upside down: the rows of a grid in reverse, or a patch mirrored within its bounding box.

    Fails on an empty patch.
    """
    if type(piece) is tuple:
        return piece[::-1]
    top, _, bottom, _ = extent(piece)
    fold = top + bottom
    return _moved(piece, lambda i, j: (fold - i, j))


@primitive(work=cells)
def vmirror(piece: Piece) -> Piece:
    """Left and right exchanged: each row of a grid in reverse, or a patch mirrored within its bounding box.

    Fails on an empty patch.
    """
    if type(piece) is tuple:
        return tuple([_row(row[::-1]) for row in piece])
    _, left, _, right = extent(piece)
    fold = left + right
    return _moved(piece, lambda i, j: (i, fold - j))


@primitive(work=cells)
def dmirror(piece: Piece) -> Piece:
    """Mirrored at the main diagonal: a grid transposed, a patch with rows and columns exchanged about its upper left.

    Fails on an empty patch, and when a location would pass 64 bits.
    """
    if type(piece) is tuple:
        return _transposed(piece)
    top, left, bottom, right = extent(piece)
    checked(top + right - left)
    checked(left + bottom - top)
    down, across = top - left, left - top
    return _moved(piece, lambda i, j: (j + down, i + across))


@primitive(work=cells)
def cmirror(piece: Piece) -> Piece:
    """Mirrored at the other diagonal; the upper left corner of a patch's bounding box stays.

    Fails on an empty patch, and when a location would pass 64 bits.
    """
    if type(piece) is tuple:
        return _transposed([row[::-1] for row in piece[::-1]])
    top, left, bottom, right = extent(piece)
    checked(top + right - left)
    checked(left + bottom - top)
    down, across = top + right, left + bottom
    return _moved(piece, lambda i, j: (down - j, across - i))


def _row(row: Any) -> tuple[Any, ...]:
    """The row itself, which must be a tuple."""
    if type(row) is not tuple:
        raise TypeError("a row is a tuple")
    return row


def _transposed(rows: Any) -> Grid:
    rows = rows_of(tuple(rows))
    columns = tuple(zip(*rows, strict=False))
    bounded(len(columns) * (len(rows) + 1))  # more rows than before make more parts
    return columns


def _moved(patch: Patch, place: Callable[[int, int], tuple[int, int]]) -> Patch:
    """The patch with every location (row, column) replaced."""
    if is_object(patch):
        return frozenset([(color, place(i, j)) for color, (i, j) in patch])
    return frozenset([place(i, j) for i, j in patch])
