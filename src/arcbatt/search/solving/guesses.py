"""Guesses: outputs that need no program, for test inputs that no program answers. Always valid, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeAlias

from arcbatt.arc import COLORS, Challenge, Grid
from arcbatt.arc.grid import grid_shape

__all__ = ["guesses"]

_Feature: TypeAlias = Callable[[Grid, int, int], tuple[int, ...]]


def guesses(task: Challenge, grid: Grid) -> Iterator[tuple[str, Grid]]:
    """Names and grids of guesses at the output for an input, the better first, some of them equal.

    At least two of them differ. Deterministic; looks at the demo samples and this input only.
    """
    if all(grid_shape(given) == grid_shape(output) for given, output in task.pairs):
        yield "cellwise", cellwise(task, grid)
    yield "copied", grid
    yield "usual", usual(task)
    for color in range(COLORS):
        yield "blank", ((color,) * len(grid[0]),) * len(grid)


def cellwise(task: Challenge, grid: Grid) -> Grid:
    """Each cell as the demo samples have it in the same surroundings: its eight neighbors, the number of neighbors of
    its own color, or its color alone, whichever was seen first; a cell never seen stays as it is."""
    tables = [_table(task, feature) for feature in _FEATURES]

    def cell(row: int, column: int) -> int:
        for feature, table in zip(_FEATURES, tables, strict=True):
            found = table.get(feature(grid, row, column))
            if found is not None:
                return found
        return grid[row][column]

    return tuple(tuple(cell(row, column) for column in range(len(grid[0]))) for row in range(len(grid)))


def usual(task: Challenge) -> Grid:
    """The output that most demo samples have; of equally frequent ones the first."""
    return Counter(output for _, output in task.pairs).most_common(1)[0][0]


def _table(task: Challenge, feature: _Feature) -> dict[tuple[int, ...], int]:
    """The most frequent color in the outputs for each surroundings in the inputs; of equals the smallest color."""
    counts: dict[tuple[int, ...], Counter[int]] = {}
    for grid, output in task.pairs:
        for row, cells in enumerate(output):
            for column, color in enumerate(cells):
                counts.setdefault(feature(grid, row, column), Counter())[color] += 1
    return {key: min(found, key=lambda color: (-found[color], color)) for key, found in counts.items()}


def _around(grid: Grid, row: int, column: int) -> tuple[int, ...]:
    """The cell and its eight neighbors, row by row; -1 beyond the edge."""
    height, width = len(grid), len(grid[0])
    return tuple(
        grid[i][j] if 0 <= i < height and 0 <= j < width else -1
        for i in range(row - 1, row + 2)
        for j in range(column - 1, column + 2)
    )


def _alike(grid: Grid, row: int, column: int) -> tuple[int, ...]:
    """The cell's color and how many of its eight neighbors share it."""
    color = grid[row][column]
    return color, _around(grid, row, column).count(color) - 1


def _alone(grid: Grid, row: int, column: int) -> tuple[int, ...]:
    return (grid[row][column],)


_FEATURES: tuple[_Feature, ...] = (_around, _alike, _alone)
