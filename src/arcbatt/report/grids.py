"""Grids in the terminal: digits on the ARC colors, several side by side, differing cells marked.

Everything can be read without colors too (``NO_COLOR``, a pipe, a printer): a cell is its digit, a marked cell stands
in brackets or carries a star. rich is imported by the functions that draw with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from arcbatt.drawing.grids import differing_cells
from arcbatt.drawing.palette import PALETTE
from arcbatt.report.words import broken

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

__all__ = ["Block", "SideBySide", "differing_cells", "grid_text", "side_by_side"]

Rows = Sequence[Sequence[Any]]
Position = tuple[int, int]
Block = tuple[str, Rows, Collection[Position] | None]
"""A title, a grid, and the (row, column) positions to mark in it, counted from 0 (None: none)."""

_GAP = "   "
_LEAST_TITLE = 20
"""Columns that a title needs to be broken between words."""
_MARKED = {3: "[{}]", 2: "{}*", 1: "*"}
_STYLES = [f"{'black' if color.is_light else 'bright_white'} on {color.code}" for color in PALETTE]
_PLAIN = {3: " {} ", 2: "{} ", 1: "{}"}


def grid_text(grid: Rows, marks: Collection[Position] | None = None, cell_width: int | None = None) -> Text:
    """A grid as text, one line a row: digits on their ARC colors, ``.plain`` without.

    It is as wide as its cells; :func:`side_by_side` also fits one grid into a narrow terminal.

    Args:
        grid: rows of colors; a value that is no color, from a program's output, is shown as ``?``.
        marks: positions (row, column) to mark, counted from 0; those outside the grid are passed over.
        cell_width: characters a cell: 3 marks as ``[7]``, 2 as ``7*``, 1 as ``*`` in the cell's place.
            None: 3 if there are marks, 2 otherwise.
    """
    from rich.text import Text

    width = cell_width or (3 if marks else 2)
    text = Text("\n").join(_row_texts(grid, marks or (), width))
    text.no_wrap, text.overflow = True, "crop"
    return text


def side_by_side(blocks: Iterable[Block], between: str = _GAP) -> SideBySide:
    """Titled grids beside each other for :meth:`rich.console.Console.print`, as many in a band as the console is wide.

    Args:
        blocks: a title, a grid and its marks each, in the order to show.
        between: what stands between two grids, shown in the middle row: ``" -> "`` from an input to its output.
    """
    return SideBySide(tuple(blocks), between)


class SideBySide:
    """A rich renderable of titled grids. The cells of all of them narrow from 3 or 2 characters if one does not fit."""

    def __init__(self, blocks: Sequence[Block], between: str = _GAP) -> None:
        self.blocks = blocks
        self.between = between

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        columns = _columns(self.blocks, options.max_width)
        band: list[list[Text]] = []
        used = 0
        for column in columns:
            width = column[0].cell_len
            if band and used + len(self.between) + width > options.max_width:
                yield from _band_lines(band, self.between)
                band, used = [], 0
            used += width + (len(self.between) if band else 0)
            band.append(column)
        yield from _band_lines(band, self.between)


def _row_texts(grid: Rows, marks: Collection[Position], width: int) -> list[Text]:
    from rich.text import Text

    def cell_text(i: int, j: int, cell: Any) -> tuple[str, str]:
        is_color = type(cell) is int and 0 <= cell < len(PALETTE)
        digit, style = (str(cell), _STYLES[cell]) if is_color else ("?", "")
        if (i, j) in marks:
            return _MARKED[width].format(digit), f"bold underline {style}"
        return _PLAIN[width].format(digit), style

    return [Text.assemble(*(cell_text(i, j, cell) for j, cell in enumerate(row))) for i, row in enumerate(grid)]


def _columns(blocks: Sequence[Block], max_width: int) -> list[list[Text]]:
    """Each block as lines of one width: its title, then its rows; the widest cells that let every grid fit."""
    from rich.text import Text

    widest = max((len(row) for _, grid, _ in blocks for row in grid), default=0)
    wanted = 3 if any(marks for _, _, marks in blocks) else 2
    cell_width = next((width for width in range(wanted, 1, -1) if width * widest <= max_width), 1)
    columns = []
    for title, grid, marks in blocks:
        rows = _row_texts(grid, marks or (), cell_width)
        if _LEAST_TITLE <= max_width < max((row.cell_len for row in rows), default=0):
            title = f"{title} (the first {max_width} of {max(map(len, grid))} columns)"
        titles = [Text(line, "bold") for line in _title_lines(title, max_width)]
        lines = [*titles, *rows]
        width = min(max_width, max(line.cell_len for line in lines))
        for line in lines:
            line.pad_right(width - line.cell_len)
        columns.append(lines)
    return columns


def _title_lines(title: str, max_width: int) -> list[str]:
    """A title as lines, broken between words; cut only where hardly any word would fit."""
    return broken(title, max_width) if max_width >= _LEAST_TITLE else [title[:max_width]]


def _band_lines(band: Sequence[Sequence[Text]], between: str) -> Iterator[Text]:
    """The lines of some columns beside each other, an empty line at the end."""
    from rich.text import Text

    height = max(map(len, band), default=0)
    middle = height // 2
    for i in range(height):
        cells = [column[i] if i < len(column) else Text(" " * column[0].cell_len) for column in band]
        separator = Text(between if i == middle else " " * len(between))
        line = separator.join(cells)
        line.no_wrap, line.overflow = True, "crop"
        yield line
    if band:
        yield Text()
