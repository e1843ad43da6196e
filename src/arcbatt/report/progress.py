"""The progress bar over tasks that several views have, for a terminal alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

__all__ = ["task_progress"]

_FEW = 2
"""So many tasks need no progress bar."""


def task_progress(count: int, out: Console) -> Progress | None:
    """A bar that was started, for tasks that are done one after the other; None where there is nothing to show it on.

    It has one item; a description of it stands between the bar and the time left.

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
    console = out if out.stderr or out.is_terminal else Console(stderr=True)
    progress = Progress(*columns, console=console, transient=True)
    progress.start()
    progress.add_task("", total=count)
    return progress
