"""Objects of a grid: connected components, and one object for each color."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.colors import mostcolor
from arcbatt.dsl.layout import cells_of, plain, rows_of
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Boolean, Grid, Objects
from arcbatt.dsl.values import bounded, weigh
from arcbatt.dsl.work import cells

_ROWS = frozenset((tuple,))

__all__ = ["fgpartition", "objects", "partition"]


def _neighborhood(grid: Any, *_: Any) -> int:
    """Every cell looks at up to eight others, and is looked at as often."""
    return 16 * cells(grid)


@primitive(work=_neighborhood)
def objects(grid: Grid, univalued: Boolean, diagonal: Boolean, without_bg: Boolean) -> Objects:
    """The connected components of a grid.

    Args:
        grid: rows at least as long as the first; what goes beyond it is left out.
        univalued: neighbours join when their colors are equal; else when neither is background.
        diagonal: a cell has 8 neighbours, else 4.
        without_bg: the most common color, the smallest of several, is background and forms no object. Else nothing is,
            except cells that are None.

    A uniform grid without background has no objects. Fails on ``()``, on ``((),)`` with a background asked for, and
    when a row is shorter than the first.
    """
    background = mostcolor(grid) if without_bg else None
    width = len(grid[0])
    if width == 0:
        return frozenset()
    if not _ROWS.issuperset(map(type, grid)) or min(map(len, grid)) < width:
        raise IndexError("a row is no tuple, or shorter than the first")
    rows = [row[:width] for row in grid]
    numbers = _numbered(rows, background, univalued)
    steps = [1, width + 1, -1, -width - 1]
    found = _components(numbers, steps + [width, width + 2, -width, -width - 2] if diagonal else steps)
    bounded(len(found) + 5 * sum(map(len, found)))
    cells = cells_of(rows, gap=True)
    result = frozenset([frozenset([cells[place] for place in component]) for component in found])
    if not plain(rows):
        weigh(result)
    return result


def _numbered(rows: list[tuple[Any, ...]], background: Any, univalued: Any) -> list[int]:
    """The cells row by row, with a 0 after each row and a row of them at the end: 0 for background, else equal numbers
    for cells that join.
    """
    flat: list[Any] = []
    for row in rows:
        flat += row
        flat.append(background)
    flat += [background] * (len(rows[0]) + 2)
    if not univalued:
        return [int(cell != background) for cell in flat]
    numbers = {background: 0}
    for color in flat:
        if color not in numbers:
            numbers[color] = len(numbers)
    return [numbers[color] for color in flat]


def _components(numbers: list[int], steps: list[int]) -> list[list[int]]:
    """Places that hang together by these steps and have equal numbers other than 0; the numbers are used up.

    A step beyond the first place wraps around to the zeros at the end.
    """
    found = []
    for start, number in enumerate(numbers):
        if number:
            numbers[start] = 0
            component = [start]
            for place in component:
                for step in steps:
                    if numbers[place + step] == number:
                        numbers[place + step] = 0
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
    for cell in cells_of(rows):
        group = groups.get(cell[0])
        if group is None:
            groups[cell[0]] = group = []
        group.append(cell)
    for color in left_out or ():
        groups.pop(color, None)
    result = frozenset(map(frozenset, groups.values()))
    bounded(len(result) + 5 * sum(map(len, result)))
    if not plain(rows):
        weigh(result)
    return result
