"""Sets of cells as whole numbers: bit ``32 * row + column`` stands for a cell.

One operation works on all cells at once, and a set moved elsewhere is the same number shifted. The columns 30 and 31
are always empty, so that nothing runs over from one row into the next.
"""

from __future__ import annotations

from collections.abc import Iterable

from arcbatt.arc import COLORS, MAX_SIDE, Grid

__all__ = ["STRIDE", "Box", "box_of", "color_masks", "components", "normalized", "offset_of", "rectangle", "spread"]

STRIDE = 32
assert MAX_SIDE < STRIDE
_ROW = (1 << STRIDE) - 1
_PADDING = bytes([COLORS])
_DIGITS = [bytes(49 if byte == color else 48 for byte in range(256)) for color in range(COLORS)]

Box = tuple[int, int, int, int]
"""Top row, left column, height and width of a rectangle of cells."""


def color_masks(grid: Grid, colors: Iterable[int]) -> dict[int, int]:
    """The cells of each of some colors in a grid."""
    # Padded with a color that no grid has; the highest bit is the last cell.
    cells = b"".join([bytes(row).ljust(STRIDE, _PADDING) for row in grid])[::-1]
    return {color: int(cells.translate(_DIGITS[color]), 2) for color in colors}


def rectangle(box: Box) -> int:
    """All cells of a rectangle."""
    top, left, height, width = box
    row = ((1 << width) - 1) << left
    return sum(row << (STRIDE * index) for index in range(top, top + height))


def spread(cells: int, *, diagonal: bool) -> int:
    """The cells and their neighbours: 4, with the diagonal ones 8. May reach beyond the grid."""
    row = cells | cells << 1 | cells >> 1
    if diagonal:
        return row | row << STRIDE | row >> STRIDE
    return row | cells << STRIDE | cells >> STRIDE


def components(cells: int, *, diagonal: bool) -> list[int]:
    """The connected components of a set of cells, by their first cell in reading order."""
    found = []
    while cells:
        grown = cells & -cells
        part = 0
        while grown != part:
            part = grown
            grown = spread(part, diagonal=diagonal) & cells
        found.append(part)
        cells ^= part
    return found


def _columns(cells: int) -> int:
    """The columns that hold a cell, as bits."""
    half = 512  # 16 rows; the 32 rows that a grid has at most are folded five times
    while half >= STRIDE:
        cells |= cells >> half
        half >>= 1
    return cells & _ROW


def box_of(cells: int) -> Box:
    """The bounding box of a set of cells; (0, 0, 0, 0) of none."""
    if not cells:
        return 0, 0, 0, 0
    top = (cells & -cells).bit_length() - 1 >> 5
    columns = _columns(cells)
    left = (columns & -columns).bit_length() - 1
    return top, left, (cells.bit_length() - 1 >> 5) - top + 1, columns.bit_length() - left


def offset_of(cells: int) -> int:
    """The bits by which a set is shifted down to begin in the first row and the first column."""
    top, left, _, _ = box_of(cells)
    return STRIDE * top + left


def normalized(cells: int) -> int:
    """The set moved to the first row and the first column: its shape, wherever it stands."""
    return cells >> offset_of(cells)

