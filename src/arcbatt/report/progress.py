"""The one view of a job while it goes on: lines on standard output, and a progress bar on a terminal alone."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from arcbatt.report.words import broken, printable

if TYPE_CHECKING:
    from typing import Self

    from rich.console import RenderableType
    from rich.progress import Progress

__all__ = ["JobView"]

_FEW = 2
"""So many tasks need no progress bar."""


class JobView:
    """Shows a job over tasks; a context manager around the work. What a job shows of a task is its own class's.

    Args:
        count: number of tasks.
        quiet: show the end only.
        verbose: show more of each task.
        to_stderr: leave standard output to something else.
    """

    def __init__(self, count: int, *, quiet: bool = False, verbose: bool = False, to_stderr: bool = False) -> None:
        self.count = count
        self.quiet = quiet
        self.verbose = verbose
        self._out = sys.stderr if to_stderr else sys.stdout
        self._progress: Progress | None = None

    def __enter__(self) -> Self:
        if not self.quiet:
            self._progress = _task_progress(self.count, self._out)
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    @property
    def width(self) -> int:
        """Columns that a block is drawn in."""
        from rich.console import Console

        return Console(file=self._out).width

    def advance(self, description: str = "") -> None:
        """Moves the bar by one task; the description stands between the bar and the time left."""
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], advance=1, description=description)

    def line(self, text: str = "") -> None:
        """Prints a line, above the bar if there is one; on a terminal it is broken between words.

        Text, not markup, and nothing that does not print: names and reasons come from strangers' files.
        """
        text = printable(text)
        if self._out.isatty():
            text = "\n".join(broken(text, shutil.get_terminal_size().columns))
        if self._progress is None:
            self._out.write(f"{text}\n")
            self._out.flush()
        else:
            self._progress.console.print(text, markup=False, emoji=False)

    def show(self, block: RenderableType) -> None:
        """Prints a table or another block."""
        from rich.console import Console

        Console(file=self._out, highlight=False, soft_wrap=True).print(block)

    def bugs(self, lines: list[str]) -> None:
        """Prints what a program did not reproduce alone."""
        for line in lines:
            self.line(f"BUG in arcbatt, please report it: {line}")


def _task_progress(count: int, out: TextIO) -> Progress | None:
    """A bar that was started, for tasks that are done one after the other; None where there is nothing to show it on.

    Args:
        count: number of tasks.
        out: where lines are printed; the bar is there too if that is a terminal, else on standard error.
    """
    if count <= _FEW or not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("tasks"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"),
        TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    console = Console(file=out if out.isatty() else sys.stderr, highlight=False, soft_wrap=True)
    progress = Progress(*columns, console=console, transient=True)
    progress.start()
    progress.add_task("", total=count)
    return progress
