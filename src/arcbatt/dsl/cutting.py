"""Parts of grids: windows, halves, equal parts.

Windows are cut as Python slices cut: too far is cut off, a negative start counts from the far edge.
"""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.extents import ulcorner
from arcbatt.dsl.layout import plain, rows_of
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.shapes import shape
from arcbatt.dsl.types import Grid, Integer, IntegerTuple, Patch, Tuple
from arcbatt.dsl.values import bounded, weigh
from arcbatt.dsl.work import cells, length

__all__ = ["bottomhalf", "crop", "hsplit", "lefthalf", "righthalf", "subgrid", "tophalf", "trim", "vsplit"]


def _patch_and_cells(patch: Any, grid: Any) -> int:
    return length(patch) + cells(grid)


def _parts(grid: Any, n: Any) -> int:
    """Cells, and a row for every row of every part."""
    return cells(grid) + (length(grid) + 1) * min(n, 2**20) if type(n) is int and n > 0 else 0


@primitive(work=cells)
def crop(grid: Grid, start: IntegerTuple, dims: IntegerTuple) -> Grid:
    """The rows start[0] to start[0] + dims[0] and the columns start[1] to start[1] + dims[1], as slices.

    So what lies beyond the edge is missing, and a negative start counts from the far edge: -2 with 2 rows is the empty
    slice [-2:0]. The result may be () or have empty rows. Fails only on values that are no grid or no pairs.
    """
    rows = grid[start[0] : start[0] + dims[0]]
    return tuple([row[start[1] : start[1] + dims[1]] for row in rows])


@primitive(work=_patch_and_cells)
def subgrid(patch: Patch, grid: Grid) -> Grid:
    """The window of the grid that the bounding box of the patch covers, by the rules of :func:`crop`.

    Fails on an empty patch.
    """
    return crop(grid, ulcorner(patch), shape(patch))


@primitive(work=_parts)
def hsplit(grid: Grid, n: Integer) -> Tuple:
    """n parts of columns // n columns, side by side; a remainder skips one column between neighbours.

    The last part may come out narrower, surplus columns are dropped, n above the width gives empty rows, a negative n
    gives (). Fails on ``()``, on n = 0, and past the bound on parts.
    """
    height, width = len(grid), len(grid[0])
    part, rest = divmod(width, n)
    step = part + (rest != 0)
    bounded(n * (1 + height + height * part))
    return _nested([crop(grid, (0, i * step), (height, part)) for i in range(n)])


@primitive(work=_parts)
def vsplit(grid: Grid, n: Integer) -> Tuple:
    """n parts of rows // n rows, one below the other; otherwise as :func:`hsplit`.

    Rows are cut to the length of the first.
    """
    height, width = len(grid), len(grid[0])
    part, rest = divmod(height, n)
    step = part + (rest != 0)
    bounded(n * (1 + part + part * width))
    return _nested([crop(grid, (i * step, 0), (part, width)) for i in range(n)])


@primitive(work=cells)
def trim(grid: Grid) -> Grid:
    """Without first and last row and column. One or two rows give (), one or two columns leave empty rows."""
    return tuple([row[1:-1] for row in grid[1:-1]])


@primitive(work=length)
def tophalf(grid: Grid) -> Grid:
    """The first rows // 2 rows."""
    return grid[: len(grid) // 2]


@primitive(work=length)
def bottomhalf(grid: Grid) -> Grid:
    """The last rows // 2 rows: the middle row of an odd number belongs to neither half."""
    return grid[len(grid) - len(grid) // 2 :]


@primitive(work=cells)
def lefthalf(grid: Grid) -> Grid:
    """The first columns // 2 columns; a grid of one column gives (). Uneven rows are cut to the shortest."""
    rows, half, _ = _halved(grid)
    return tuple([row[:half] for row in rows]) if half else ()


@primitive(work=cells)
def righthalf(grid: Grid) -> Grid:
    """The last columns // 2 columns, otherwise as :func:`lefthalf`."""
    rows, half, width = _halved(grid)
    return tuple([row[width - half : width] for row in rows]) if half else ()


def _halved(grid: Any) -> tuple[Any, int, int]:
    """Rows, half the width and the width of the shortest row; fails on sets."""
    rows = rows_of(grid[:])
    width = min(map(len, rows), default=0)
    return rows, width // 2, width


def _nested(parts: list[Grid]) -> Tuple:
    """The parts as a tuple, weighed when cells are containers: they stand one level deeper than before."""
    if not plain([row for part in parts for row in part]):
        weigh(parts)
    return tuple(parts)
