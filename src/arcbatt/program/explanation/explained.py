"""The lines that explain a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arcbatt.program.explanation.cell_rules import cell_rule
from arcbatt.program.explanation.colors import say_color
from arcbatt.program.explanation.fields import field_of
from arcbatt.program.explanation.grids import say_grid
from arcbatt.program.explanation.object_rules import object_rule
from arcbatt.program.explanation.patches import say_cells
from arcbatt.program.explanation.reader import Reader

if TYPE_CHECKING:
    from arcbatt.program.program import Program

__all__ = ["explained"]

_SAYERS: Final = {"color": say_color, "grid": say_grid, "cells": say_cells}
_WIDTH: Final = 110
"""Most characters of a rule that is told on one line."""


def explained(program: Program) -> tuple[str, ...]:
    """What a program does, in plain English.

    Args:
        program: a solver; a differ has no explanation.

    Returns:
        A line for each branch of its rule, a short rule on one; branches within branches are indented by four. Nothing
        where most of it could only be shown as expressions, which stand in backticks. Its length and time are bounded,
        however long the program is.

    Example:
        >>> from arcbatt.program.parse import parse_programs
        >>> (program,) = parse_programs("def solve(I): return fill(I, FOUR, ofcolor(firstseen(I, LEFT, ZERO), THREE))")
        >>> explained(program)
        ('each cell: 4 (yellow) where 3 (green) is seen to the left, else as in the input',)
    """
    if program.kind != "solver":
        return ()
    reader, root = Reader(program.graph, _SAYERS), program.root
    lines = object_rule(reader, root)
    if not lines and (cells := cell_rule(reader, root)):
        lines = ("each cell:", *cells)
    if not lines and (field := field_of(reader, root)):
        lines = ("each cell:", field.noun)
    if not lines:
        lines = (f"the output is {reader.grid(root)}",)
    return _joined(lines) if _is_said(lines) else ()


def _is_said(lines: tuple[str, ...]) -> bool:
    """Whether expressions are less than half of the text."""
    text = " ".join(lines)
    return 2 * sum(map(len, text.split("`")[1::2])) < len(text)


def _joined(lines: tuple[str, ...]) -> tuple[str, ...]:
    """A heading and its branches on one line where they are short and none is within another."""
    heading, *branches = lines
    is_plain = not any(line.startswith(" ") or line.endswith(":") for line in branches)
    line = f"{heading} {', '.join(branches)}"
    if not branches or (is_plain and len(line) <= _WIDTH):
        return (line.strip(),)
    return (heading, *(f"    {branch}" for branch in branches))
