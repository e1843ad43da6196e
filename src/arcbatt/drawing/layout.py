"""Pictures put together: titles, rows that break into bands, columns, blocks of text, a margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from arcbatt.drawing.shapes import ADVANCE, FAINT, INK, LINE_HEIGHT, PAPER, TEXT_SIZE, Box, Label, Picture, Shape

__all__ = ["WIDEST", "below", "beside", "framed", "text_picture", "titled"]

WIDEST: Final = 960.0
"""Units after which a row breaks, unless the caller says otherwise."""

Span = tuple[str, bool]
"""A piece of a line, and whether it is highlighted."""

_HIGHLIGHT = "#0b4f9c"
_LETTER = TEXT_SIZE * ADVANCE


def text_picture(
    lines: Iterable[str | Sequence[Span]], *, color: str = INK, is_bold: bool = False, is_spoken: bool = True
) -> Picture:
    """Lines of text, equally wide letters; spans that are highlighted are bold and blue.

    Args:
        lines: texts, or sequences of spans.
        color: of what is not highlighted.
        is_bold: whether all of it stands out.
        is_spoken: whether it is among the words; False where they say it already.
    """
    shapes: list[Shape] = []
    words: list[str] = []
    longest = 0
    for number, line in enumerate(lines):
        spans: Sequence[Span] = [(line, False)] if isinstance(line, str) else line
        place = 0
        for text, is_marked in spans:
            if text.strip():
                ink, bold = (_HIGHLIGHT, True) if is_marked else (color, is_bold)
                x = (place + len(text) - len(text.lstrip())) * _LETTER
                shapes.append(Label(x, (number + 0.5) * LINE_HEIGHT, text.strip(), ink, is_bold=bold))
            place += len(text)
        longest = max(longest, place)
        words.append("".join(text for text, _ in spans))
    return Picture(longest * _LETTER, len(words) * LINE_HEIGHT, tuple(shapes), tuple(words) if is_spoken else ())


def titled(picture: Picture, *titles: str, is_bold: bool = True) -> Picture:
    """The picture below its title lines."""
    return below([text_picture(titles, is_bold=is_bold), picture], gap=3)


def beside(
    pictures: Sequence[Picture], *, gap: float = 24.0, between: str = "", widest: float = WIDEST
) -> Picture:
    """Pictures in a row, upper edges level; a row that would be wider breaks into bands.

    Args:
        pictures: in the order to show.
        gap: units between two of them.
        between: a character in the middle of each gap: an arrow from an input to its output.
        widest: units; a picture that is wider by itself stays whole.
    """
    bands: list[list[Picture]] = []
    used = 0.0
    for picture in pictures:
        if bands and used + gap + picture.width <= widest:
            bands[-1].append(picture)
            used += gap + picture.width
        else:
            bands.append([picture])
            used = picture.width
    rows = [_band(band, gap, between) for band in bands]
    return rows[0] if len(rows) == 1 else below(rows, gap=12)


def below(pictures: Iterable[Picture], *, gap: float = 12.0) -> Picture:
    """Pictures below each other, left edges level."""
    shapes: list[Shape] = []
    words: list[str] = []
    y = width = 0.0
    for picture in pictures:
        if y and picture.height:
            y += gap
        shapes += picture.moved(0, y)
        words += picture.words
        y += picture.height
        width = max(width, picture.width)
    return Picture(width, y, tuple(shapes), tuple(words))


def framed(picture: Picture, margin: float = 16.0, paper: str = PAPER) -> Picture:
    """The picture on paper with a margin, so that its texts are readable whatever is behind it."""
    width, height = picture.width + 2 * margin, picture.height + 2 * margin
    return Picture(width, height, (Box(0, 0, width, height, paper), *picture.moved(margin, margin)), picture.words)


def _band(pictures: Sequence[Picture], gap: float, between: str) -> Picture:
    shapes: list[Shape] = []
    words: list[str] = []
    x = 0.0
    height = max((picture.height for picture in pictures), default=0.0)
    for number, picture in enumerate(pictures):
        if number:
            if between:
                shapes.append(Label(x + gap / 2, height / 2, between, FAINT, is_centered=True))
            x += gap
        shapes += picture.moved(x, 0)
        words += picture.words
        x += picture.width
    return Picture(x, height, tuple(shapes), tuple(words))
