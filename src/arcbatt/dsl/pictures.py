"""Values of the DSL as pictures: grids, and objects, patches and sets of them in the frame of a sample."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final

from arcbatt.drawing.grids import CELL, Patch, grid_picture, patches_picture
from arcbatt.drawing.markup import Markup
from arcbatt.drawing.palette import DEFAULT_PALETTE, PALETTES
from arcbatt.drawing.shapes import Picture
from arcbatt.drawing.svg import svg_text
from arcbatt.dsl.values import ordered
from arcbatt.errors import InputError
from arcbatt.files import write_whole

__all__ = ["Drawing", "draw", "is_drawn_as_grid", "patches_of", "primitive_spans", "value_picture"]

MOST_PATCHES: Final = 40
"""Most objects of a set that are drawn."""
MOST_CELLS: Final = 4000
"""Most cells of an object that are drawn."""

_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Drawing:
    """A value as a picture, which a notebook shows by itself.

    Attributes:
        picture: its shapes.
        title: what a screen reader says.

    Example:
        >>> draw(((1, 2),), title="two cells").title
        'two cells'
    """

    picture: Picture
    title: str

    @cached_property
    def svg(self) -> str:
        """The picture as SVG; the same text for the same picture."""
        return svg_text(self.picture, self.title)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the picture to a file, ``.svg`` or ``.png``, in one step.

        Raises:
            InputError: the name ends otherwise, or the system refuses.
        """
        suffix = Path(path).suffix.lower()
        if suffix not in (".svg", ".png"):
            raise InputError(f"{os.fspath(path)}: expected a name that ends with .svg or .png")
        try:
            write_whole(Path(path), self.png() if suffix == ".png" else f"{self.svg}\n".encode())
        except OSError as error:
            raise InputError(f"{os.fspath(path)}: cannot write: {error.strerror}") from None

    def png(self) -> bytes:
        """The picture as a PNG file."""
        from arcbatt.drawing.png import png_bytes

        return png_bytes(self.picture)

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> Markup:
        return Markup(self.svg)

    def __repr__(self) -> str:
        return f"<Drawing of {self.title}>"


def draw(
    value: Any,
    *,
    marks: Collection[tuple[int, int]] = (),
    expected: Sequence[Sequence[int]] | None = None,
    title: str = "",
    cell: float = CELL,
    palette: str = DEFAULT_PALETTE,
    symbols: bool | None = None,
) -> Drawing:
    """Draws a grid, or an object, a patch or a set of them, as a picture that a notebook shows.

    Args:
        value: rows of colors (tuples or lists), or such a value of the DSL.
        marks: positions (row, column) of a grid to mark with a frame, counted from 0.
        expected: a grid to compare with: where the value differs from it, it is marked too; None for none.
        title: what a screen reader says; "" for what the value is.
        cell: pixels from one cell to the next, 2 to 100.
        palette: ``arc``, or ``colorblind`` with a symbol in each cell.
        symbols: whether cells carry the symbols of their colors; None: in the palette for the color-blind.

    Raises:
        InputError: the value is nothing that can be drawn, or the palette or the cell is none.

    Example:
        >>> drawing = draw(((1, 2), (3, 4)), expected=((1, 2), (3, 0)))
        >>> drawing
        <Drawing of grid of 2 x 2>
        >>> drawing.svg.startswith("<svg"), drawing.png()[1:4]
        (True, b'PNG')
    """
    from arcbatt.drawing.grids import differing_cells

    if palette not in PALETTES:
        raise InputError(f"palette: expected {' or '.join(PALETTES)}, got {palette!r:.40}")
    if not 2 <= cell <= 100:
        raise InputError(f"cell: expected 2 to 100 pixels, got {cell!r:.40}")
    rows = _as_rows(value)
    if rows is not None:
        marked = {*marks, *(differing_cells(rows, expected) if expected is not None else ())}
        picture = grid_picture(rows, marks=marked, cell=cell, palette=palette, symbols=symbols)
        return Drawing(picture, title or f"grid of {len(rows)} x {max(map(len, rows))}")
    found = patches_of(value)
    if found is None:
        raise InputError(f"expected a grid, an object, a patch or a set of them to draw, got {type(value).__name__}")
    picture = patches_picture(found, cell=cell, palette=palette, symbols=symbols)
    return Drawing(picture, title or ("patch" if len(found) == 1 else f"{len(found)} patches"))


def value_picture(
    value: Any, shape: tuple[int, int] = (1, 1), *, cell: float = CELL, palette: str = DEFAULT_PALETTE
) -> Picture | None:
    """A value of the DSL as a picture; None where it is nothing that can be drawn.

    Args:
        value: the value.
        shape: rows and columns of the sample's input: the frame of objects and patches.
        cell: units from one cell to the next.
        palette: ``arc`` or ``colorblind``.
    """
    if is_drawn_as_grid(value):
        return grid_picture(value, cell=cell, palette=palette)
    found = patches_of(value)
    return None if found is None else patches_picture(found, shape, cell=cell, palette=palette)


def is_drawn_as_grid(value: Any) -> bool:
    """Whether a value is a grid: rows of numbers, equally long. One row of two is a pair of numbers rather."""
    return (
        isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) and row for row in value)
        and all(type(cell) is int for row in value for cell in row) and len(set(map(len, value))) == 1
        and (len(value) > 1 or len(value[0]) != 2)
    )  # fmt: skip


def patches_of(value: Any) -> tuple[Patch, ...] | None:
    """The cells of an object, a patch, or each of a set or tuple of them; None for any other value.

    At most :data:`MOST_PATCHES` of a set, and :data:`MOST_CELLS` cells of each, in canonical order.
    """
    if not isinstance(value, frozenset | tuple) or not value:
        return None
    cells = _patch(value)
    if cells is not None:
        return (cells,)
    items = ordered(value) if isinstance(value, frozenset) else value
    found = [_patch(item) for item in items[:MOST_PATCHES]]
    if not all(isinstance(item, frozenset) for item in items) or any(patch is None for patch in found):
        return None
    return tuple(patch for patch in found if patch is not None)


def primitive_spans(line: str) -> list[tuple[str, bool]]:
    """A line of a program in pieces, each with whether it is the name of a primitive."""
    from arcbatt.dsl.registry import REGISTRY

    spans: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(line):
        if match[0] in REGISTRY:
            spans += [(line[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [(text, is_name) for text, is_name in [*spans, (line[end:], False)] if text]


def _as_rows(value: Any) -> tuple[tuple[Any, ...], ...] | None:
    """Rows of a grid in whatever sequences they stand; None for any other value."""
    if not isinstance(value, tuple | list) or not value or not all(isinstance(row, tuple | list) for row in value):
        return None
    if not all(value) or any(isinstance(cell, tuple | list | frozenset) for row in value for cell in row):
        return None
    return tuple(map(tuple, value))


def _patch(value: Any) -> tuple[tuple[int, int, int | None], ...] | None:
    if not isinstance(value, frozenset) or not value:
        return None
    cells = [_cell(item) for item in islice(ordered(value), MOST_CELLS)]
    return None if any(cell is None for cell in cells) else tuple(cell for cell in cells if cell is not None)


def _cell(item: Any) -> tuple[int, int, int | None] | None:
    """A cell of an object, ``(color, (row, column))``, or of indices, ``(row, column)``."""
    if not isinstance(item, tuple) or len(item) != 2:
        return None
    first, last = item
    if type(first) is int and type(last) is int:
        return first, last, None
    if type(first) is int and isinstance(last, tuple) and len(last) == 2 and all(type(n) is int for n in last):
        return last[0], last[1], first
    return None
