"""Texts of a page: grids as digits, and bounds on what may come from a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arcbatt.report.words import printable

__all__ = ["MOST_TEXT", "bounded", "grid_digits", "one_line"]

MOST_TEXT: Final = 20_000
"""Characters of a program's text that are shown."""
_MOST_LINE: Final = 300
_DIGITS: Final = b"0123456789".ljust(256, b"?")
"""The digit of each color, by its number."""


def grid_digits(grid: Sequence[Sequence[int]]) -> str:
    """A grid of colors as its rows of digits, joined by ``/``."""
    return b"/".join([bytes(row).translate(_DIGITS) for row in grid]).decode()


def bounded(text: str, most: int = MOST_TEXT) -> str:
    """The text, or so many characters of it and how many more there are."""
    return text if len(text) <= most else f"{text[:most]}\n... and {len(text) - most:,} more characters"


def one_line(text: str, most: int = _MOST_LINE) -> str:
    """The text on one printable line of at most so many characters."""
    text = printable(text)
    return text if len(text) <= most else f"{text[: most - 3]}..."
