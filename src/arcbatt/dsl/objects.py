"""Objects of a grid: connected components, and one object for each color."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.colors import mostcolor
from arcbatt.dsl.layout import plain, rows_of
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Boolean, Grid, Objects
from arcbatt.dsl.values import bounded, weigh
from arcbatt.dsl.work import cells

__all__ = ["fgpartition", "objects", "partition"]


def _neighborhood(grid: Any, *_: Any) -> int:
    """Every cell looks at up to eight others."""
    return 8 * cells(grid)


@primitive(work=_neighborhood)
def objects(grid: Grid, univalued: Boolean, diagonal: Boolean, without_bg: Boolean) -> Objects:
    """The connected components of a grid.

    Args:
        grid: rows at least as long as the first; what goes beyond it is left out.
        univalued: neighbours join when their colors are equal; else when neither is background.
        diagonal: a cell has 8 neighbours, else 4.
        without_bg: the most common color, the smallest of several, is background and forms no object. Else nothing is,
            but for cells that are None.

    A uniform grid without background has no objects. Fails on ``()``, on ``((),)`` with a background asked for, and
    when a row is shorter than the first.
    """
    background = mostcolor(grid) if without_bg else None
    height, width = len(grid), len(grid[0])
    if width == 0:
        return frozenset()
    stride = width + 1
    flat: list[Any] = []
    for row in grid:
        row[width - 1]
        flat.extend(row[:width])
        flat.append(background)
    found = _components(flat, stride, diagonal, univalued, background)
    bounded(len(found) + 5 * sum(map(len, found)))
    result = frozenset([frozenset([(flat[k], divmod(k, stride)) for k in component]) for component in found])
    if not plain(grid):
        weigh(result)
    return result


def _components(flat: list[Any], stride: int, diagonal: Any, univalued: Any, background: Any) -> list[list[int]]:
    numbers: dict[Any, int] = {background: 0}
    if univalued:
        keys = [numbers.setdefault(cell, len(numbers)) for cell in flat]
    else:
        keys = [int(cell != background) for cell in flat]
    keys += [0] * (stride + 1)
    steps = [-1, 1, -stride, stride]
    if diagonal:
        steps += [-stride - 1, -stride + 1, stride - 1, stride + 1]
    found = []
    for start in range(len(flat)):
        key = keys[start]
        if key:
            keys[start] = 0
            component = [start]
            for place in component:
                for step in steps:
                    if keys[place + step] == key:
                        keys[place + step] = 0
                        component.append(place + step)
            found.append(component)
    return found


@primitive(work=cells)
def partition(grid: Grid) -> Objects:
    """One object for each color present, connected or not. Rows may differ in length; none for ``()``."""
    return _by_color(grid, None)


@primitive(work=cells)
def fgpartition(grid: Grid) -> Objects:
    """One object for each color but the most common, the smallest of several. Fails on ``()`` and ``((),)``."""
    return _by_color(grid, (mostcolor(grid),))


def _by_color(grid: Any, left_out: tuple[Any] | None) -> Objects:
    rows = rows_of(grid)
    bounded(5 * sum(map(len, rows)))
    groups: dict[Any, list[Any]] = {}
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            groups.setdefault(cell, []).append((cell, (i, j)))
    for color in left_out or ():
        groups.pop(color, None)
    result = frozenset(map(frozenset, groups.values()))
    bounded(len(result) + 5 * sum(map(len, result)))
    if not plain(rows):
        weigh(result)
    return result
