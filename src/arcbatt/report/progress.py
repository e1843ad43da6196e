"""The one view of a job while it goes on: lines on standard output, and how far it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arcbatt.report.meter import Meter
from arcbatt.report.terminal import fitted, next_lines
from arcbatt.report.words import printable

if TYPE_CHECKING:
    from typing import Self

    from rich.console import RenderableType

__all__ = ["JobView"]

_FEW = 2
"""So many tasks need no progress bar at once."""


class JobView:
    """Shows a job over tasks; a context manager around the work. What a job shows of a task is its own class's.

    Args:
        count: number of tasks.
        quiet: show the end only.
        verbose: show more of each task.
        to_stderr: leave standard output to something else.
        limit_s: seconds after which the job ends in any case; None for no such bound.
    """

    def __init__(
        self, count: int, *, quiet: bool = False, verbose: bool = False, to_stderr: bool = False,
        limit_s: float | None = None,
    ) -> None:  # fmt: skip
        self.count = count
        self.quiet = quiet
        self.verbose = verbose
        self._out = sys.stderr if to_stderr else sys.stdout
        waits = {} if count <= _FEW else {"bar_after_s": 0.0}
        self._meter = Meter("tasks", count, is_quiet=quiet, limit_s=limit_s, out=self._out, **waits)

    def __enter__(self) -> Self:
        self._meter.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._meter.__exit__()

    @property
    def width(self) -> int:
        """Columns that a block is drawn in."""
        from rich.console import Console

        return Console(file=self._out).width

    def advance(self, description: str = "") -> None:
        """One task more is done; the description stands between the bar and the time left."""
        self._meter.advance(note=description)

    def taken_over(self, count: int) -> None:
        """So many tasks need not be done again."""
        self._meter.total = self.count - count

    def others(self, count: int, words: str) -> None:
        """Other drivers did so many tasks more; the words say what is waited for, "" while there is work here."""
        self._meter.advance(count, note=f"{words}," if words else "")

    def line(self, text: str = "") -> None:
        """Prints a line, above the bar if there is one; on a terminal it is broken between words.

        Text, not markup, and nothing that does not print: names and reasons come from strangers' files.
        """
        self._meter.write(fitted(printable(text), self._out))

    def next(self, commands: Sequence[str]) -> None:
        """Prints what to do next: commands as they are typed, quoted."""
        for line in next_lines(commands, self._out):
            self._meter.write(line)

    def show(self, block: RenderableType) -> None:
        """Prints a table or another block."""
        from rich.console import Console

        Console(file=self._out, highlight=False, soft_wrap=True).print(block)

    def bugs(self, lines: list[str]) -> None:
        """Prints what a program did not reproduce alone."""
        for line in lines:
            self.line(f"BUG in arcbatt, please report it: {line}")
