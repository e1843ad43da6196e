"""Panels: what full lines of one color cut a grid into, and grids put together the way another one is cut.

A *line* is a row or a column of a single color. Of the colors that lines have, the one that fewest cells of the grid
have is that of the cutting, of equals the smallest; background between blocks cuts as well where there is no other
line. Lines side by side cut once, lines along the edge are a frame. Every panel lies between lines and edges, one for
each run of rows and run of columns without a line, row by row. A grid that no line cuts, or that is lines all over, is
its only panel.

Grids are read as in :mod:`arcbatt.dsl.fields`: tuples of rows of one length, of numbers. Parts are a tuple with a grid
or a number for each panel.
"""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import field, number
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Tuple
from arcbatt.dsl.values import DslError, bounded
from arcbatt.dsl.work import cells, members

__all__ = ["joinpanels", "panels", "setpanels"]


def _grid_and_members(grid: Any, parts: Any) -> int:
    return cells(grid) + members(parts)


@primitive(work=cells)
def panels(grid: Grid) -> Tuple:
    """The panels of the grid, row by row; see the module for what cuts it. Fails past the bound on parts."""
    rows = field(grid)
    across, down = _cutting(rows)
    bounded(sum(1 + len(band) * (1 + len(run)) for band in across for run in down))
    return tuple([tuple([row[run.start : run.stop] for row in rows[band.start : band.stop]])
                  for band in across for run in down])  # fmt: skip


@primitive(work=_grid_and_members)
def joinpanels(grid: Grid, parts: Tuple) -> Grid:
    """The parts edge to edge, as many in a row as the grid has panels in a row; a number is a single cell.

    Raises:
        TypeError: a part is neither a grid nor a number, or the parts are no tuple.
        DslError: there are not as many parts as panels, or they differ in height within a row of parts, or the rows
            of parts differ in width.
        LimitError: the result passes the bound on parts.
    """
    rows = field(grid)
    across, down = _cutting(rows)
    found = _parts(parts, len(across) * len(down))
    grids = [((number(part),),) if type(part) is not tuple else field(part) for part in found]
    lines = [grids[first : first + len(down)] for first in range(0, len(grids), len(down))]
    for line in lines:
        if len({len(part) for part in line}) > 1:
            raise DslError("parts of a row differ in height")
    widths = [sum(_width(part) for part in line) for line in lines]
    if len(set(widths)) > 1:
        raise DslError("rows of parts differ in width")
    bounded(sum(len(line[0]) for line in lines) * (1 + widths[0]))
    return tuple([sum(pieces, ()) for line in lines for pieces in zip(*line, strict=True)])


@primitive(work=_grid_and_members)
def setpanels(grid: Grid, parts: Tuple) -> Grid:
    """The grid with a part in place of each panel, the lines as they are; a number fills its panel.

    Raises:
        TypeError: a part is neither a grid nor a number, or the parts are no tuple.
        DslError: there are not as many parts as panels, or a part is a grid of another shape than its panel.
    """
    rows = field(grid)
    across, down = _cutting(rows)
    found = iter(_parts(parts, len(across) * len(down)))
    changed = [*map(list, rows)]
    for band in across:
        for run in down:
            part = _filling(next(found), len(band), len(run))
            for i, row in zip(band, part, strict=True):
                changed[i][run.start : run.stop] = row
    return tuple(map(tuple, changed))


def _cutting(rows: Grid) -> tuple[list[range], list[range]]:
    """The runs of rows and the runs of columns without a line; everything in one run where nothing is cut."""
    alone = [range(len(rows))], [range(_width(rows))]
    across, down = _uniform(rows), _uniform(zip(*rows, strict=True))
    colors = {*across, *down} - {None}
    if not colors:
        return alone
    line = min(colors, key=lambda color: (sum(row.count(color) for row in rows), color))
    found = _runs(across, line), _runs(down, line)
    return found if all(found) else alone


def _uniform(lines: Any) -> list[Any]:
    """For each line its color, None where it has none or several."""
    return [line[0] if len(set(line)) == 1 else None for line in lines]


def _runs(colors: list[Any], line: int) -> list[range]:
    """The runs of places where the color is another than that of the lines."""
    found = []
    start = 0
    for place, color in enumerate([*colors, line]):
        if color == line:
            if start < place:
                found.append(range(start, place))
            start = place + 1
    return found


def _parts(parts: Any, count: int) -> Any:
    """The parts; fails unless they are a tuple of so many."""
    if type(parts) is not tuple:
        raise TypeError("parts are a tuple")
    if len(parts) != count:
        raise DslError("a part for each panel is wanted")
    return parts


def _filling(part: Any, height: int, width: int) -> Grid:
    """A part for a panel of this shape."""
    if type(part) is not tuple:
        return ((number(part),) * width,) * height
    rows = field(part)
    if (len(rows), _width(rows)) != (height, width):
        raise DslError("a part has another shape than its panel")
    return rows


def _width(rows: Any) -> int:
    """Columns of a grid; none of ``()``."""
    return len(rows[0]) if rows else 0
