"""What a grid is, and the check that every grid from outside passes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypeGuard

from arcbatt.arc._shown import shown
from arcbatt.errors import InputError

__all__ = ["COLORS", "MAX_SIDE", "Grid", "grid_colors", "grid_shape", "is_grid", "parse_grid"]

Grid = tuple[tuple[int, ...], ...]
"""``h`` rows of ``w`` cells, 1 to 30 each; a cell is a color from 0 to 9."""

MAX_SIDE = 30
"""The most rows, and the most cells of a row, that a grid has."""

COLORS = 10
"""The number of colors: 0 to 9."""


def grid_shape(grid: Grid) -> tuple[int, int]:
    """Rows and columns of a valid grid."""
    return len(grid), len(grid[0])


def grid_colors(grid: Grid) -> frozenset[int]:
    """The colors that stand in a grid."""
    return frozenset(chain.from_iterable(grid))


def is_grid(value: object) -> TypeGuard[Grid]:
    """Whether a value, a solver's output say, is a valid grid: tuples of plain integers, within the bounds."""
    if type(value) is not tuple or not 1 <= len(value) <= MAX_SIDE or type(value[0]) is not tuple:
        return False
    width = len(value[0])
    if not 1 <= width <= MAX_SIDE:
        return False
    return all(type(row) is tuple and len(row) == width and _are_colors(row) for row in value)


def parse_grid(value: object, where: str) -> Grid:
    """The grid that a value read from JSON stands for.

    Args:
        value: a list (or tuple) of rows, each a list (or tuple) of colors.
        where: what the message starts with: file, task, sample, input or output.

    Raises:
        InputError: not a grid; the message names the first row and cell that are wrong, counted from 1.
    """
    if not isinstance(value, list | tuple):
        raise InputError(f"{where}: expected a grid (a list of rows), got {shown(value)}")
    if not 1 <= len(value) <= MAX_SIDE:
        raise InputError(f"{where}: expected a grid of 1 to {MAX_SIDE} rows, got {len(value)} rows")
    width = None
    for number, row in enumerate(value, 1):
        _check_row(row, width, f"{where}: row {number}")
        width = len(row)
    return tuple(map(tuple, value))


def _check_row(row: object, width: int | None, where: str) -> None:
    """Raise InputError unless the row has `width` colors (None: it is the first and sets the width)."""
    if not isinstance(row, list | tuple):
        raise InputError(f"{where} (counting from 1): expected a list of colors, got {shown(row)}")
    if not 1 <= len(row) <= MAX_SIDE:
        raise InputError(f"{where} (counting from 1): expected 1 to {MAX_SIDE} cells, got {len(row)}")
    if width is not None and len(row) != width:
        raise InputError(f"{where} (counting from 1): expected {width} cells as in the row before, got {len(row)}")
    if not _are_colors(row):
        number, cell = next((n, c) for n, c in enumerate(row, 1) if not _are_colors((c,)))
        raise InputError(f"{where}, cell {number} (counting from 1): expected a color from 0 to 9, got {shown(cell)}")


def _are_colors(row: Sequence[object]) -> bool:
    # The type is compared exactly: true and 1.0 equal 1, but a program that meets them behaves differently.
    return set(map(type, row)) == {int} and min(row) >= 0 and max(row) < COLORS  # type: ignore[type-var, operator]
