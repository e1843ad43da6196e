"""Numbers, colors, directions and offsets in words."""

from __future__ import annotations

from typing import Final

from arcbatt.drawing.palette import PALETTE

__all__ = ["DIRECTIONS", "color_word", "counted", "neighbor_word", "offset_words"]

DIRECTIONS: Final = {
    (-1, 0): "above",
    (1, 0): "below",
    (0, -1): "to the left",
    (0, 1): "to the right",
    (-1, -1): "up to the left",
    (-1, 1): "up to the right",
    (1, -1): "down to the left",
    (1, 1): "down to the right",
}
"""Where something lies that is so many rows and columns away."""


def color_word(color: int) -> str:
    """A color with its name: ``4 (yellow)``; a number that is none by itself."""
    return f"{color} ({PALETTE[color].name})" if 0 <= color < len(PALETTE) else str(color)


def counted(number: int, noun: str) -> str:
    """A number with its noun, which is given in the plural, its first word first: ``no holes``, ``1 hole``."""
    if number == 1:
        first, blank, rest = noun.partition(" ")
        return f"1 {first.removesuffix('s')}{blank}{rest}"
    return f"{number or 'no'} {noun}"


def offset_words(offset: tuple[int, int]) -> str:
    """A way: ``2 up``, ``1 down and 3 to the left``; ``nowhere`` for none."""
    down, right = offset
    words = [f"{abs(down)} {'down' if down > 0 else 'up'}"] if down else []
    if right:
        words.append(f"{abs(right)} to the {'right' if right > 0 else 'left'}")
    return " and ".join(words) or "nowhere"


def neighbor_word(offset: tuple[int, int]) -> str:
    """The cell that lies so far away: ``the cell above``, ``the cell 2 up``."""
    return f"the cell {DIRECTIONS.get(offset) or offset_words(offset)}"
