"""Pictures as PNG files, written with the standard library: the same shapes as in SVG, with letters of their own.

No converter of SVG is at hand wherever Python is, and what one of them draws depends on the fonts of the machine. A
picture here is boxes, squares and letters of one width, so that a screen of palette numbers and a file of letters do;
the bytes are the same everywhere.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from arcbatt.drawing.shapes import ADVANCE, Box, Cells, Label, Picture

__all__ = ["MOST_PIXELS", "TooLargeError", "png_bytes"]

MOST_PIXELS: Final = 60_000_000
"""Most pixels of a file; a picture that would have more is drawn smaller."""

_SCALES: Final = (2.5, 5 / 3, 5 / 6)
"""Pixels a unit: letters of the usual size get dots of 3, 2 or 1 pixels."""
_DOTS_WIDE, _DOTS_HIGH, _DOTS_OF_CAPITALS = 6, 8, 7
_LEVEL = 6
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


class TooLargeError(ValueError):
    """A picture that has more than :data:`MOST_PIXELS` pixels even when it is drawn as small as can be read."""


def png_bytes(picture: Picture) -> bytes:
    """A picture as the bytes of a PNG file, 2.5 pixels a unit, fewer where it is large; the same for the same picture.

    A character that has no letter here is drawn as an empty box.

    Raises:
        TooLargeError: it is too large for any of the scales.
    """
    area = max(picture.width, 1) * max(picture.height, 1)
    scale = next((scale for scale in _SCALES if area * scale * scale <= MOST_PIXELS), None)
    if scale is None:
        raise TooLargeError(f"a picture of {picture.width:.0f} x {picture.height:.0f} is too large for a PNG file")
    screen = _Screen(max(1, round(picture.width * scale)), max(1, round(picture.height * scale)), scale)
    for shape in picture.shapes:
        screen.draw(shape)
    return screen.png()


class _Screen:
    """Pixels as numbers of colors, which are numbered as they come."""

    def __init__(self, width: int, height: int, scale: float) -> None:
        self.width, self.height, self.scale = width, height, scale
        self._rows = [bytearray(width) for _ in range(height)]
        self._colors = {"#ffffff": 0}

    def draw(self, shape: Box | Cells | Label) -> None:
        if isinstance(shape, Box):
            self._box(shape)
        elif isinstance(shape, Cells):
            for i, j in shape.places:
                x, y = shape.x + j * shape.step, shape.y + i * shape.step
                self._fill(x, y, x + shape.side, y + shape.side, shape.fill)
        else:
            self._label(shape)

    def png(self) -> bytes:
        palette = b"".join(bytes.fromhex(code[1:]) for code in self._colors)
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self._rows), _LEVEL)
        chunks = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)

    def _box(self, box: Box) -> None:
        right, bottom = box.x + box.width, box.y + box.height
        if box.fill is not None:
            self._fill(box.x, box.y, right, bottom, box.fill)
        if box.line is not None:
            width = box.thickness
            self._fill(box.x, box.y, right, box.y + width, box.line)
            self._fill(box.x, bottom - width, right, bottom, box.line)
            self._fill(box.x, box.y, box.x + width, bottom, box.line)
            self._fill(right - width, box.y, right, bottom, box.line)

    def _label(self, label: Label) -> None:
        advance = label.size * ADVANCE * self.scale
        dot = max(1, int(advance / _DOTS_WIDE + 0.01))
        left = label.x * self.scale - (len(label.text) * dot * _DOTS_WIDE - dot) / 2 if label.is_centered else None
        top = round(label.y * self.scale - dot * _DOTS_OF_CAPITALS / 2)
        for number, character in enumerate(label.text):
            x = label.x * self.scale + number * advance if left is None else left + number * dot * _DOTS_WIDE
            self._letter(character, round(x), top, dot, label.color, label.is_bold)

    def _letter(self, character: str, x: int, y: int, dot: int, color: str, is_bold: bool) -> None:
        number = self._number(color)
        thicker = max(1, dot // 3) if is_bold else 0
        for i, j in _dots(character):
            self._fill_pixels(x + j * dot, y + i * dot, x + (j + 1) * dot + thicker, y + (i + 1) * dot, number)

    def _fill(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        scale = self.scale
        edges = [round(edge * scale) for edge in (left, top, right, bottom)]
        self._fill_pixels(edges[0], edges[1], max(edges[2], edges[0] + 1), max(edges[3], edges[1] + 1),
                          self._number(color))  # fmt: skip

    def _fill_pixels(self, left: int, top: int, right: int, bottom: int, number: int) -> None:
        left, right = max(left, 0), min(right, self.width)
        if left >= right:
            return
        run = bytes([number]) * (right - left)
        for row in self._rows[max(top, 0) : max(bottom, 0)]:
            row[left:right] = run

    def _number(self, color: str) -> int:
        return self._colors.setdefault(color, len(self._colors))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _dots(character: str) -> tuple[tuple[int, int], ...]:
    """The (row, column) of each dot of a letter."""
    letters = _letters()
    return () if character.isspace() else letters.get(character, letters[_UNKNOWN])


@cache
def _letters() -> dict[str, tuple[tuple[int, int], ...]]:
    return dict(_read_letters(files("arcbatt.drawing").joinpath("letters.txt").read_text(encoding="ascii")))


def _read_letters(text: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, *rows = line.split()
            dots = tuple((i, j) for i, row in enumerate(rows[:_DOTS_HIGH]) for j, dot in enumerate(row) if dot == "#")
            yield chr(int(code, 16)), dots
