"""Lines of text as a part of a picture."""

from __future__ import annotations

from collections.abc import Sequence

from arcbatt.drawing.layout import text_picture, titled
from arcbatt.drawing.shapes import Picture
from arcbatt.report.words import broken, printable

__all__ = ["text_part"]

_WIDTH = 120


def text_part(heading: str, lines: Sequence[str]) -> tuple[str, Picture]:
    """Lines under a heading, broken where they are too long; what does not print is shown as ``?``."""
    text = text_picture([part for line in lines for part in broken(printable(line), _WIDTH)])
    return heading, titled(text, heading)
