"""Pictures as SVG: the same bytes for the same picture, every text escaped, a title and a description for all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Any, Final

from arcbatt.drawing.grids import CELL, grid_picture
from arcbatt.drawing.palette import DEFAULT_PALETTE
from arcbatt.drawing.shapes import Box, Cells, Label, Picture

__all__ = ["grid_svg", "svg_text", "xml_text"]

_FONT: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_CAPITALS: Final = 0.36
"""From the middle of the capital letters to the line on which they stand, as part of the size."""


def grid_svg(
    grid: Sequence[Sequence[Any]],
    *,
    title: str = "",
    marks: Collection[tuple[int, int]] = (),
    cell: float = CELL,
    palette: str = DEFAULT_PALETTE,
    symbols: bool | None = None,
) -> str:
    """A grid as an SVG element, for a file or a page; what the grid holds is its description.

    Args:
        grid: rows of colors; see :func:`arcbatt.drawing.grids.grid_picture`.
        title: what a screen reader says and a pointer shows; "" for ``grid``.
        marks: positions (row, column) to mark with a frame, counted from 0.
        cell: pixels from one cell to the next.
        palette: ``arc`` or ``colorblind``.
        symbols: whether each cell carries the symbol of its color; None: in the palette for the color-blind.

    Raises:
        KeyError: there is no such palette.

    Example:
        >>> grid_svg(((1,),), title="a & b")[:66]
        '<svg xmlns="http://www.w3.org/2000/svg" width="21" height="21" vie'
    """
    picture = grid_picture(grid, marks=marks, cell=cell, palette=palette, symbols=symbols)
    return svg_text(picture, title or "grid")


def svg_text(picture: Picture, title: str) -> str:
    """A picture as an SVG element, ending without a newline.

    Args:
        picture: what to draw.
        title: what a screen reader says; any text.
    """
    width, height = _number(max(picture.width, 1)), _number(max(picture.height, 1))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" font-family="{_FONT}" shape-rendering="crispEdges">',
        f"<title>{xml_text(title)}</title>",
    ]
    if picture.words:
        lines.append(f"<desc>{xml_text('; '.join(picture.words))}</desc>")
    for shape in picture.shapes:
        if isinstance(shape, Box):
            lines.append(_box(shape))
        elif isinstance(shape, Cells):
            lines.append(_cells(shape))
        else:
            lines.append(_label(shape))
    return "\n".join([*lines, "</svg>"])


def xml_text(text: str) -> str:
    """A text for XML and HTML: escaped, on one line, with ``?`` for what XML has no place for.

    Control characters, lone surrogates and marks that turn the direction of writing are among that.
    """
    return escape("".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text))


def _box(box: Box) -> str:
    fill = box.fill or "none"
    if box.line is None:
        return (
            f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
            f'height="{_number(box.height)}" fill="{fill}"/>'
        )
    half = box.thickness / 2
    return (
        f'<rect x="{_number(box.x + half)}" y="{_number(box.y + half)}" '
        f'width="{_number(max(box.width - box.thickness, 0))}" height="{_number(max(box.height - box.thickness, 0))}" '
        f'fill="{fill}" stroke="{box.line}" stroke-width="{_number(box.thickness)}"/>'
    )


def _cells(cells: Cells) -> str:
    """One path for all of them, which a browser draws faster than as many elements."""
    side = _number(cells.side)
    parts = []
    for i, j, count in _runs(cells):
        width = _number(cells.side + (count - 1) * cells.step)
        parts.append(
            f"M{_number(cells.x + j * cells.step)} {_number(cells.y + i * cells.step)}h{width}v{side}h-{width}z"
        )
    return f'<path fill="{cells.fill}" d="{"".join(parts)}"/>'


def _runs(cells: Cells) -> list[tuple[int, int, int]]:
    """Row, first column and number of cells that are drawn as one: neighbors of a row, where no line parts them."""
    runs: list[tuple[int, int, int]] = []
    for i, j in sorted(cells.places):
        if runs and cells.side == cells.step and runs[-1][0] == i and sum(runs[-1][1:]) == j:
            runs[-1] = (i, runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _label(label: Label) -> str:
    is_text = not label.is_centered
    anchor = "" if is_text else ' text-anchor="middle"'
    weight = ' font-weight="bold"' if label.is_bold else ""
    # The length is stated, since letters of one font are wider than those of another.
    length = f' textLength="{_number(label.width)}" lengthAdjust="spacingAndGlyphs"' if is_text else ""
    y = label.y + _CAPITALS * label.size
    return (
        f'<text x="{_number(label.x)}" y="{_number(y)}" font-size="{_number(label.size)}" fill="{label.color}"'
        f'{anchor}{weight}{length} xml:space="preserve">{xml_text(label.text)}</text>'
    )


def _number(value: float) -> str:
    """A number as short as it goes: at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
