"""Rows as columns of plain text: quick on 100,000 rows, and whole on narrow terminals and in pipes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from arcbatt.report.words import broken

__all__ = ["Column", "columns_text"]

_GAP = "  "
_LEAST = 8
"""Narrowest that a column becomes which can be cut."""
_ENOUGH = 24
"""Characters of a cell that can be cut which are shown before another column is left out for more."""
_LEAST_TEXT = 18
"""Narrowest that a column of sentences becomes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a listing.

    Attributes:
        title: its heading.
        is_right: whether its cells stand at the right, as numbers do.
        can_be_cut: whether its cells are cut, with ``...``, where the rows would not fit.
        drop: columns are left out where the rows would not fit, those of 1 first, then those of 2 and so on; None for
            never.
        is_text: whether its cells are sentences, which are broken between words rather than cut; for a last column.
    """

    title: str
    is_right: bool = False
    can_be_cut: bool = False
    drop: int | None = None
    is_text: bool = False


def columns_text(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None = None) -> Iterator[str]:
    """Lines: the headings, then one a row.

    Where a line would not fit, columns that can be left out are, which a last line tells; then sentences go on below,
    and what can be cut is cut.

    Args:
        columns: the columns.
        rows: for each row one cell a column, without line breaks.
        width: characters that a line may have, if that can be achieved; None for no bound.
    """
    widths = [
        max([len(column.title), *(len(row[place]) for row in rows)]) for place, column in enumerate(columns)
    ]
    kept = list(range(len(columns))) if width is None else _kept(columns, widths, width)
    shown = [columns[place] for place in kept]
    widths = [widths[place] for place in kept]
    if width is not None:
        widths = _narrowed(shown, widths, width)
    yield _line([column.title for column in shown], shown, widths)
    for row in rows:
        yield from _row_lines([row[place] for place in kept], shown, widths)
    left_out = [column.title for place, column in enumerate(columns) if place not in kept]
    if left_out and width is not None:
        yield from broken(f"the terminal is too narrow for these columns: {', '.join(left_out)}", width)


def _kept(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[int]:
    """The places of the columns that are shown."""
    kept = list(range(len(columns)))
    for rank in sorted({column.drop for column in columns if column.drop is not None}):
        needed = [_needed(columns[place], widths[place]) for place in kept]
        if sum(needed) + len(_GAP) * (len(kept) - 1) <= width:
            break
        kept = [place for place in kept if columns[place].drop != rank]
    return kept


def _needed(column: Column, width: int) -> int:
    """Characters that a column should have before others are left out for it."""
    if column.is_text:
        return min(width, _LEAST_TEXT)
    return min(width, _ENOUGH) if column.can_be_cut else width


def _row_lines(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """A row as one line, and further ones below its last column where that is a longer sentence."""
    if not columns[-1].is_text or len(cells[-1]) <= widths[-1]:
        yield _line(cells, columns, widths)
        return
    first, *more = wrap(cells[-1], widths[-1], break_long_words=False, break_on_hyphens=False)
    yield _line([*cells[:-1], first], columns, [*widths[:-1], max(widths[-1], len(first))])
    indent = " " * (sum(widths[:-1]) + len(_GAP) * (len(widths) - 1))
    for line in more:
        yield indent + line


def _narrowed(columns: Sequence[Column], widths: list[int], width: int) -> list[int]:
    """Takes from the widest of the columns that can be cut until the line fits, or none can give any more."""
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while over > 0:
        cut = [
            place for place, column in enumerate(columns)
            if (column.is_text and widths[place] > _LEAST_TEXT) or (column.can_be_cut and widths[place] > _LEAST)
        ]  # fmt: skip
        if not cut:
            break
        widest = max(cut, key=lambda place: widths[place])
        widths[widest] -= 1
        over -= 1
    return widths


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    shown = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        text = cell if len(cell) <= width else f"{cell[: width - 3]}..."
        shown.append(text.rjust(width) if column.is_right else text.ljust(width))
    return _GAP.join(shown).rstrip()
