"""What lines are written to: a terminal of some width, or a pipe, a file, a log, where each stays whole."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Sequence
from typing import TextIO

from arcbatt.report.words import broken, printable

__all__ = ["command_lines", "fitted", "is_live", "next_lines", "width_of", "write_line"]

_NO = ("", "0", "false", "no")


def is_live(stream: TextIO) -> bool:
    """Whether a line that was written there can be drawn again: a terminal that moves its cursor, and no log of CI."""
    if not stream.isatty() or os.environ.get("TERM", "") in ("dumb", "unknown"):
        return False
    return os.environ.get("CI", "").lower() in _NO


def width_of(stream: TextIO) -> int | None:
    """Columns of a terminal; None for what has no width: a pipe or a file."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def fitted(text: str, stream: TextIO) -> str:
    """A text for people as it is written to a stream: on a terminal its lines are broken between words."""
    width = width_of(stream)
    if width is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in broken(line, width))


def write_line(text: str, stream: TextIO) -> None:
    """Writes a line, with ``?`` for what does not print; on a terminal it is broken between words."""
    stream.write(f"{fitted(printable(text), stream)}\n")
    stream.flush()


def next_lines(commands: Sequence[str], stream: TextIO) -> list[str]:
    """What to do next, as lines: ``next:`` and a command, then the other commands below it.

    Each works as it stands: one that does not fit a terminal goes on behind a backslash, as shells read it.

    Args:
        commands: as they are typed, quoted.
        stream: where the lines will be written.
    """
    lines: list[str] = []
    for command in commands:
        start = "      " if lines else "next: "
        lines += command_lines(printable(command), width_of(stream), start)
    return lines


def command_lines(command: str, width: int | None, start: str = "") -> list[str]:
    """A command as lines of a width (None: no bound), broken between its words with a backslash.

    Args:
        command: as it is typed; quoted words stay whole.
        width: most characters of a line, if a word is not longer.
        start: stands before the first line; the others are indented by its length and four more.
    """
    if width is None or len(start) + len(command) <= width:
        return [f"{start}{command}"]
    lines, line, indent = [], start, " " * (len(start) + 4)
    for word in _words(command):
        if line.strip() and line not in (start, indent) and len(line) + 1 + len(word) + 2 > width:
            lines.append(f"{line} \\")
            line = indent
        line += word if line in (start, indent) else f" {word}"
    return [*lines, line]


def _words(command: str) -> list[str]:
    """The words of a command as they are typed, an option together with its value."""
    words = [shlex.quote(word) for word in shlex.split(command)]
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].startswith("-") and " " not in joined[-1] and not word.startswith("-"):
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined
