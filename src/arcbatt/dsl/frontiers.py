"""Rows and columns of a single color."""

from __future__ import annotations

from itertools import repeat
from typing import Any

from arcbatt.dsl.layout import plain, rows_of
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Objects
from arcbatt.dsl.values import bounded, weigh
from arcbatt.dsl.work import cells

__all__ = ["compress", "frontiers"]


@primitive(work=cells)
def frontiers(grid: Grid) -> Objects:
    """One object for every row and every column of a single color, over the full grid; the background counts too.

    A 1 x 1 grid has one. Columns are looked for as far as the shortest row goes. Fails on ``()``, and where a row with
    a frontier through it is shorter than the first.
    """
    width = len(grid[0])
    rows = rows_of(grid[:])
    across, down = _uniform(rows), _uniform(zip(*rows, strict=False))
    bounded(len(across) * (1 + 5 * width) + len(down) * (1 + 5 * len(rows)))
    found = [_cells(rows, repeat(i, width), range(width)) for i in across]
    found += [_cells(rows, range(len(rows)), repeat(j)) for j in down]
    if found and not plain(rows):
        weigh(found)
    return frozenset(found)


@primitive(work=cells)
def compress(grid: Grid) -> Grid:
    """The grid without its rows and columns of a single color, both found in the original grid.

    A one-row grid loses every column and becomes ``((),)``, a uniform grid becomes (). Columns are looked for as far
    as the shortest row goes.
    """
    rows = rows_of(grid[:])
    across, down = set(_uniform(rows)), set(_uniform(zip(*rows, strict=False)))
    kept = [row for i, row in enumerate(rows) if i not in across]
    if not down:
        return tuple(kept)
    return tuple([tuple([cell for j, cell in enumerate(row) if j not in down]) for row in kept])


def _uniform(lines: Any) -> list[int]:
    """Numbers of the lines that hold one color only."""
    return [number for number, line in enumerate(lines) if len(set(line)) == 1]


def _cells(rows: Any, numbers: Any, columns: Any) -> frozenset[Any]:
    return frozenset([(rows[i][j], (i, j)) for i, j in zip(numbers, columns, strict=False)])
