"""Mosaics: grids that are symmetric or periodic but for the cells of one color, which hides what is there.

Grids are read as in :mod:`arcbatt.dsl.fields`: rows of one length, of numbers; bools become ints, what is no such grid
fails with TypeError. Cells of the hiding color say nothing; the others are *known*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from arcbatt.dsl.layout import field, number
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Grid, Integer
from arcbatt.dsl.work import cells, length

__all__ = ["periodic", "symmetric", "tile"]

_Place = tuple[int, int]
_Mirror = Callable[[int, int], _Place]
_Lattice = tuple[int, int, int]
"""Rows and columns of the tile, and how far to the right each further row of tiles lies."""


def _lines(grid: Any, *_: Any) -> int:
    """All cells for each row and column."""
    count, height = cells(grid), length(grid)
    return count * (height + count // height) if height else 0


@primitive(work=_lines)
def symmetric(grid: Grid, color: Integer) -> Grid:
    """The cells of the color replaced by what lies opposite of them, across the best axis of each kind.

    The kinds, in this order: left and right change places, upper and lower, rows and columns, rows and columns from the
    far end. An axis may lie anywhere. It holds if no two known cells opposite of each other differ, and a third of
    the known cells, one at least, lie opposite of an equal one, on the axis of themselves. The best has the most such
    cells, then it is the nearest to the middle, then the first. A cell takes the number of the first axis that has one
    for it, in rounds, until nothing changes, in as many rounds as there are rows and columns at most.
    """
    rows, color = [*map(list, field(grid))], number(color)
    mirrors = [mirror for kind in range(4) if (mirror := _best(rows, color, kind)) is not None]
    hidden = _places(rows, color)
    for _ in range(len(rows) + _width(rows)):
        found = {place: known for place in hidden if (known := _opposite(rows, color, mirrors, place)) != color}
        if not found:
            break
        for (i, j), known in found.items():
            rows[i][j] = known
        hidden = [place for place in hidden if place not in found]
    return tuple(map(tuple, rows))


@primitive(work=_lines)
def periodic(grid: Grid, color: Integer) -> Grid:
    """The cells of the color replaced by what the smallest tile says that the known cells agree with.

    Tiles fill the plane from the upper left corner on; each further row of tiles may lie to the right of the one above
    by a shift. Tried are, the smaller ones first, then the wider, then by shift: tiles without a shift; those of one
    row shifted by 1 or 2 to either side; those of an even width, of half the rows at most, shifted by half of it. Rows
    must repeat by the width alone, and without a shift columns by the height alone; of tiles of which they do, twice
    as many as there are rows and columns are tried at most. A tile holds if what is known of each of its cells is one
    number, and at least a fourth of the known cells repeat others. If none holds, the grid stays as it is, as do cells
    of which the tile knows nothing.
    """
    rows, color = field(grid), number(color)
    lattice = _lattice(rows, color)
    if lattice is None:
        return rows
    known = _classes(rows, color, lattice) or {}
    return tuple([
        tuple([known.get(_class(lattice, i, j), color) if cell == color else cell for j, cell in enumerate(row)])
        for i, row in enumerate(rows)
    ])  # fmt: skip


@primitive(work=_lines)
def tile(grid: Grid, color: Integer) -> Grid:
    """The tile that :func:`periodic` repeats, as it lies in the upper left corner; the color where nothing is known.

    The grid itself if no tile holds.
    """
    rows, color = field(grid), number(color)
    lattice = _lattice(rows, color)
    if lattice is None:
        return rows
    known = _classes(rows, color, lattice) or {}
    height, width, _ = lattice
    return tuple([tuple([known.get((i, j), color) for j in range(width)]) for i in range(height)])


def _width(rows: Any) -> int:
    return len(rows[0]) if rows else 0


def _places(rows: list[list[int]], color: int) -> list[_Place]:
    return [(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell == color]


def _axes(kind: int, height: int, width: int) -> Iterator[_Mirror]:
    """The mirrors of a kind, the nearest to the middle first."""
    if kind < 2:
        far = (width, height)[kind] - 1
        sums = sorted(range(2 * far + 1), key=lambda total: abs(total - far))
        if kind == 0:
            yield from ((lambda i, j, total=total: (i, total - j)) for total in sums)
        else:
            yield from ((lambda i, j, total=total: (total - i, j)) for total in sums)
    elif kind == 2:
        middle = height - width  # twice what rows are ahead of columns in the middle
        steps = sorted(range(1 - width, height), key=lambda step: abs(2 * step - middle))
        yield from ((lambda i, j, step=step: (j + step, i - step)) for step in steps)
    else:
        middle = height + width - 2
        sums = sorted(range(height + width - 1), key=lambda total: abs(2 * total - middle))
        yield from ((lambda i, j, total=total: (total - j, total - i)) for total in sums)


def _best(rows: list[list[int]], color: int, kind: int) -> _Mirror | None:
    known = [(i, j, cell) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != color]
    height, width = len(rows), _width(rows)
    best, most = None, 0
    for mirror in _axes(kind, height, width) if known else ():
        count = 0
        for i, j, cell in known:
            k, m = mirror(i, j)
            if 0 <= k < height and 0 <= m < width and rows[k][m] != color:
                if rows[k][m] != cell:
                    break
                count += 1
        else:
            if count > most and 3 * count >= len(known):
                best, most = mirror, count
    return best


def _opposite(rows: list[list[int]], color: int, mirrors: list[_Mirror], place: _Place) -> int:
    """What is known opposite of a place; the color if nothing is."""
    for mirror in mirrors:
        i, j = mirror(*place)
        if 0 <= i < len(rows) and 0 <= j < len(rows[0]) and rows[i][j] != color:
            return rows[i][j]
    return color


def _class(lattice: _Lattice, i: int, j: int) -> _Place:
    """The place in the tile that a cell has."""
    height, width, shift = lattice
    return i % height, (j - i // height * shift) % width


def _classes(rows: Grid, color: int, lattice: _Lattice) -> dict[_Place, int] | None:
    """What is known of each place of the tile; None when two cells differ."""
    known: dict[_Place, int] = {}
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell != color and known.setdefault(_class(lattice, i, j), cell) != cell:
                return None
    return known


def _lattice(rows: Grid, color: int) -> _Lattice | None:
    """The first tile that holds."""
    height, width = len(rows), _width(rows)
    widths = [p for p in range(1, width + 1) if _classes(rows, color, (height, p, 0)) is not None]
    heights = [q for q in range(1, height + 1) if _classes(rows, color, (q, width, 0)) is not None]
    count = sum(cell != color for row in rows for cell in row)
    tried = sorted(_tried(widths, heights), key=lambda tile: (tile[0] * tile[1], tile[0], tile[2]))
    for lattice in tried[: 2 * (height + width)]:
        known = _classes(rows, color, lattice)
        if known is not None and 4 * (count - len(known)) >= count > 0:
            return lattice
    return None


def _tried(widths: list[int], heights: list[int]) -> Iterable[_Lattice]:
    """The tiles of which rows repeat by the width, each once; the last of the heights is that of the grid."""
    for width in widths:
        tiles = {(height, width, 0) for height in heights}
        tiles |= {(1, width, shift % width) for shift in (1, 2, -2, -1) if shift % width}
        if width % 2 == 0:
            tiles |= {(height, width, width // 2) for height in range(1, heights[-1] // 2 + 1)}
        yield from tiles
