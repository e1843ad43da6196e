"""Grids, and patches and objects in a frame, as pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from arcbatt.drawing.palette import DEFAULT_PALETTE, PALETTES, Palette
from arcbatt.drawing.shapes import INK, PAPER, Box, Cells, Label, Picture, Shape

__all__ = ["CELL", "MOST_SIDE", "differing_cells", "grid_picture", "patches_picture", "rows_in_words"]

CELL: Final = 20.0
"""Units from one cell to the next, unless the caller says otherwise."""
MOST_SIDE: Final = 60
"""Most rows and columns that are drawn; what is beyond is left out, and the words say so."""

_LINES = "#555555"
_EMPTY = "#f1f1ee"
_NO_COLOR = "#ffffff"
_PLAIN = "#5a6472"
_LEAST_WITH_TEXT = 8.0
_LEAST_WITH_LINES = 6.0

Rows = Sequence[Sequence[Any]]
Position = tuple[int, int]
Patch = Iterable[tuple[int, int, int | None]]
"""(row, column, color) of each cell; None for a cell without a color of its own."""


def differing_cells(a: Rows, b: Rows) -> set[Position]:
    """The (row, column) positions, counted from 0, at which two grids differ or which only one of them has."""

    def at(rows: Sequence[Any], index: int, default: Any = None) -> Any:
        return rows[index] if index < len(rows) else default

    pairs = ((at(a, i, ()), at(b, i, ())) for i in range(max(len(a), len(b))))
    return {(i, j) for i, (x, y) in enumerate(pairs) for j in range(max(len(x), len(y))) if at(x, j) != at(y, j)}


def grid_picture(
    grid: Rows,
    *,
    marks: Collection[Position] = (),
    cell: float = CELL,
    palette: str = DEFAULT_PALETTE,
    symbols: bool | None = None,
) -> Picture:
    """A grid: a square a cell, with thin lines between them unless they are small.

    Args:
        grid: rows of colors, of any lengths; a value that is no color, from a program's output, is shown as ``?``.
            Of a grid beyond :data:`MOST_SIDE` the upper left part is drawn.
        marks: positions (row, column) to mark with a frame, counted from 0; those outside the grid are passed over.
        cell: units from one cell to the next.
        palette: ``arc`` or ``colorblind``.
        symbols: whether each cell carries the symbol of its color; None: in the palette for the color-blind.

    Raises:
        KeyError: there is no such palette.
    """
    drawn = [list(row[:MOST_SIDE]) for row in grid[:MOST_SIDE]]
    colors = PALETTES[palette]
    places: dict[str, list[Position]] = defaultdict(list)
    labels: list[Label] = []
    with_symbols = (palette != DEFAULT_PALETTE if symbols is None else symbols) and cell >= _LEAST_WITH_TEXT
    for i, row in enumerate(drawn):
        for j, value in enumerate(row):
            color = value if type(value) is int and 0 <= value < len(colors) else None
            places[_NO_COLOR if color is None else colors[color].code].append((i, j))
            if color is None:
                labels.append(_sign("?", INK, i, j, cell))
            elif with_symbols:
                labels.append(_symbol(colors, color, i, j, cell))
    height, width = len(drawn), max(map(len, drawn), default=0)
    edge = 1 if cell >= _LEAST_WITH_LINES else 2
    frame = Box(0, 0, width * cell + edge, height * cell + edge, _LINES)
    shapes: list[Shape] = [frame, *_cells(places, cell), *labels]
    for i, j in sorted(marks):
        if 0 <= i < height and 0 <= j < len(drawn[i]):
            shapes += _mark(i, j, cell)
    return Picture(frame.width, frame.height, tuple(shapes), _grid_words(grid, marks))


def patches_picture(
    patches: Sequence[Patch],
    shape: tuple[int, int] = (1, 1),
    *,
    cell: float = CELL,
    palette: str = DEFAULT_PALETTE,
    symbols: bool | None = None,
) -> Picture:
    """Objects or patches in one frame, the later ones over the earlier ones; several are numbered.

    Args:
        patches: the cells of each.
        shape: rows and columns of the frame, which begins at (0, 0); it grows to hold cells that lie outside.
        cell: units from one cell to the next.
        palette: ``arc`` or ``colorblind``.
        symbols: as for :func:`grid_picture`; where several patches are numbered the numbers take their place.

    Raises:
        KeyError: there is no such palette.
    """
    numbered = {(i, j): (color, number) for number, patch in enumerate(patches, 1) for i, j, color in patch}
    top, left = (min([0, *(place[axis] for place in numbered)]) for axis in (0, 1))
    top, left = max(top, -MOST_SIDE), max(left, -MOST_SIDE)
    height, width = (
        min(MOST_SIDE, max([size, *(place[axis] + 1 for place in numbered)]) - start)
        for axis, (size, start) in enumerate(zip(shape, (top, left), strict=True))
    )
    height, width = max(1, height), max(1, width)
    inside = {
        (i - top, j - left): found
        for (i, j), found in sorted(numbered.items(), key=lambda item: item[0])
        if 0 <= i - top < height and 0 <= j - left < width
    }
    with_symbols = palette != DEFAULT_PALETTE if symbols is None else symbols
    shapes: list[Shape] = [Box(0, 0, width * cell + 1, height * cell + 1, "#c9c9c4"), _empty(height, width, cell)]
    shapes += _patch_shapes(inside, PALETTES[palette], cell, len(patches) > 1, with_symbols)
    if top or left:
        shapes.append(Box(-left * cell, -top * cell, shape[1] * cell + 1, shape[0] * cell + 1, None, INK, 2))
    return Picture(width * cell + 1, height * cell + 1, tuple(shapes), _patch_words(numbered, len(patches)))


def rows_in_words(grid: Rows) -> str:
    """A grid as text: its rows with ``/`` between, a value that is no color as ``?``."""
    return "/".join("".join(str(v) if type(v) is int and 0 <= v <= 9 else "?" for v in row) for row in grid)


def _cells(places: Mapping[str, Sequence[Position]], cell: float) -> list[Cells]:
    return [Cells(1, 1, cell, _side(cell), code, tuple(found)) for code, found in sorted(places.items())]


def _empty(height: int, width: int, cell: float) -> Cells:
    return Cells(1, 1, cell, _side(cell), _EMPTY, tuple((i, j) for i in range(height) for j in range(width)))


def _side(cell: float) -> float:
    """Units of a cell without the line beside it; small cells have none, for little but lines would be seen."""
    return cell - 1 if cell >= _LEAST_WITH_LINES else cell


def _patch_shapes(
    inside: Mapping[Position, tuple[int | None, int]], colors: Palette, cell: float, is_numbered: bool, symbols: bool
) -> list[Shape]:
    places: dict[str, list[Position]] = defaultdict(list)
    labels = []
    for (i, j), (color, number) in inside.items():
        is_color = type(color) is int and 0 <= color < len(colors)
        places[colors[color].code if is_color and color is not None else _PLAIN].append((i, j))
        ink = INK if is_color and color is not None and colors[color].is_light else PAPER
        if is_numbered and cell >= _LEAST_WITH_TEXT:
            labels.append(_sign(str(number) if number < 100 else "*", ink, i, j, cell))
        elif symbols and is_color and color is not None:
            labels.append(_symbol(colors, color, i, j, cell))
    return [*_cells(places, cell), *labels]


def _symbol(colors: Palette, color: int, i: int, j: int, cell: float) -> Label:
    found = colors[color]
    return _sign(found.symbol, INK if found.is_light else PAPER, i, j, cell)


def _sign(text: str, ink: str, i: int, j: int, cell: float) -> Label:
    size = cell * (0.7 if len(text) == 1 else 0.5)
    return Label((j + 0.5) * cell + 0.5, (i + 0.5) * cell + 0.5, text, ink, size, is_centered=True)


def _mark(i: int, j: int, cell: float) -> list[Shape]:
    """A white frame in a black one: on every color one of them is seen."""
    width = max(1.0, cell / 10)
    outer = Box(j * cell + 1, i * cell + 1, cell - 1, cell - 1, None, "#000000", width)
    inner = Box(outer.x + width, outer.y + width, outer.width - 2 * width, outer.height - 2 * width, None, PAPER, width)
    return [outer, inner]


def _grid_words(grid: Rows, marks: Collection[Position]) -> tuple[str, ...]:
    height, width = len(grid), max(map(len, grid), default=0)
    drawn = [row[:MOST_SIDE] for row in grid[:MOST_SIDE]]
    words = [f"grid of {height} x {width}: {rows_in_words(drawn)}"]
    if height > MOST_SIDE or width > MOST_SIDE:
        words.append(f"only the first {MOST_SIDE} rows and columns are shown")
    if marks:
        some = ", ".join(f"row {i + 1} column {j + 1}" for i, j in sorted(marks)[:20])
        words.append(f"{len(marks)} marked: {some}{', and more' if len(marks) > 20 else ''}")
    return tuple(words)


def _patch_words(numbered: Mapping[Position, tuple[int | None, int]], count: int) -> tuple[str, ...]:
    what = "1 patch" if count == 1 else f"{count} patches"
    some = ", ".join(
        f"row {i + 1} column {j + 1}{'' if color is None else f' color {color}'}"
        for (i, j), (color, _) in sorted(numbered.items(), key=lambda item: item[0])[:60]
    )
    more = f" and {len(numbered) - 60} more" if len(numbered) > 60 else ""
    return (f"{what}, {len(numbered)} cells: {some}{more}" if numbered else f"{what}, no cells",)


