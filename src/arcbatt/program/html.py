"""A program as HTML: how it shows itself in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arcbatt.drawing.markup import Markup, element, joined, listed
from arcbatt.dsl.pictures import primitive_spans

if TYPE_CHECKING:
    from arcbatt.program.program import Program

__all__ = ["MOST_LINES", "program_html"]

MOST_LINES: Final = 100
"""Most lines of a program that are shown."""
_LONGEST: Final = 500


def program_html(program: Program) -> Markup:
    """A program: name, size, MD5, and its canonical text with the names of primitives highlighted."""
    lines = program.text.splitlines()
    more = f"\nand {len(lines) - MOST_LINES:,} more lines" if len(lines) > MOST_LINES else ""
    text = element("pre", *(_line(line) for line in lines[:MOST_LINES]), more)
    calls = f"{program.size:,} call{'s' * (program.size != 1)}"
    return listed(program.name, element("p", f"{calls}, {program.md5}"), text)


def _line(line: str) -> Markup:
    short = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
    return joined(*(element("b", text) if is_name else text for text, is_name in primitive_spans(short)), "\n")
