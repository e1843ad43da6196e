"""Lines of text that a command prints."""

from __future__ import annotations

import sys

__all__ = ["say"]


def say(line: str, *, err: bool = False) -> None:
    """Prints a line for people: whole in a pipe or a file, on a terminal broken between words."""
    from arcbatt.report.terminal import write_line

    write_line(line, sys.stderr if err else sys.stdout)
