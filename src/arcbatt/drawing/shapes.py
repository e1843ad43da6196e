"""What a picture is made of, before it is written as SVG or PNG: boxes, cells and labels at places.

Places and lengths are in units, of which one is a pixel of an SVG shown in its own size; they grow to the right and
downward from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

__all__ = ["ADVANCE", "FAINT", "INK", "LINE_HEIGHT", "PAPER", "TEXT_SIZE", "Box", "Cells", "Label", "Picture", "Shape"]

TEXT_SIZE: Final = 12.0
"""Size of the letters of a text."""
ADVANCE: Final = 0.6
"""Width of a letter, as part of the size; all letters are equally wide."""
LINE_HEIGHT: Final = 17.0
"""From one line of text to the next."""

INK: Final = "#1a1a1a"
FAINT: Final = "#767676"
"""As readable on black as on white: a picture without paper shows on either."""
PAPER: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle.

    Attributes:
        x, y: its upper left corner.
        width, height: how large it is.
        fill: ``#rrggbb``; None for none.
        line: color of a line inside its edge; None for none.
        thickness: of that line.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    line: str | None = None
    thickness: float = 1.0


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one color in a grid that begins at a place.

    Attributes:
        x, y: the grid's upper left corner.
        step: from one cell to the next.
        side: of a cell, which stands in the upper left corner of its step.
        fill: ``#rrggbb``.
        places: (row, column) of each cell, from 0.
    """

    x: float
    y: float
    step: float
    side: float
    fill: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text.

    Attributes:
        x: where it begins, or its middle.
        y: the middle of its capital letters.
        text: what it says; shown as it is, spaces too.
        color: ``#rrggbb``.
        size: of the letters.
        is_bold: whether it stands out.
        is_centered: whether ``x`` is its middle.
    """

    x: float
    y: float
    text: str
    color: str = INK
    size: float = TEXT_SIZE
    is_bold: bool = False
    is_centered: bool = False

    @property
    def width(self) -> float:
        """How wide it is."""
        return len(self.text) * self.size * ADVANCE


Shape: TypeAlias = "Box | Cells | Label"


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes on an area, the later ones over the earlier ones.

    Attributes:
        width, height: of the area.
        shapes: what is drawn.
        words: what it shows, for those who do not see it: lines.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    words: tuple[str, ...] = ()

    def moved(self, x: float, y: float) -> tuple[Shape, ...]:
        """Its shapes, so far to the right and downward."""
        return tuple(replace(shape, x=shape.x + x, y=shape.y + y) for shape in self.shapes)
