"""Samples, tasks and sets of tasks as pictures and HTML: how they show themselves in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arcbatt.arc.grid import Grid
from arcbatt.arc.samples import Sample, Samples
from arcbatt.drawing.grids import CELL, grid_picture
from arcbatt.drawing.layout import below, beside, text_picture, titled
from arcbatt.drawing.markup import Markup, drawn, element, listed, table
from arcbatt.drawing.palette import DEFAULT_PALETTE
from arcbatt.drawing.shapes import FAINT, Picture
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc.taskset import TaskSet

__all__ = [
    "ARROW", "MOST_TASKS", "fitting_cell", "sample_picture", "samples_html", "samples_picture", "task_set_html",
    "thumbnail",
]  # fmt: skip

ARROW: Final = "\N{RIGHTWARDS ARROW}"
MOST_TASKS: Final = 8
"""Most tasks of a set that are drawn."""

_LARGEST = 260.0
_THUMBNAIL = 60.0


def sample_picture(
    sample: Sample, *, cell: float | None = None, palette: str = DEFAULT_PALETTE, name: str = ""
) -> Picture:
    """A sample: its input, an arrow and its output, or that it is unknown.

    Args:
        sample: the sample.
        cell: units from one cell to the next; None: as large as fits, at most 20.
        palette: ``arc`` or ``colorblind``.
        name: what stands above, before ``input``; "" for no titles.
    """
    size = fitting_cell(sample.input, sample.output) if cell is None else cell
    parts = [grid_picture(sample.input, cell=size, palette=palette)]
    if sample.output is None:
        parts.append(text_picture(["unknown"], color=FAINT))
    else:
        parts.append(grid_picture(sample.output, cell=size, palette=palette))
    if name:
        parts = [titled(part, title) for part, title in zip(parts, (f"{name} input", "output"), strict=True)]
    return beside(parts, between=ARROW, widest=float("inf"))


def samples_picture(task: Samples, *, palette: str = DEFAULT_PALETTE) -> Picture:
    """All samples of a task or challenge, one below the other, each with its name."""
    return below(
        [sample_picture(sample, palette=palette, name=task.sample_name(i)) for i, sample in enumerate(task.samples)],
        gap=16,
    )


def samples_html(task: Samples) -> Markup:
    """A task or challenge: its id, and a picture of each sample."""
    rows = [
        (task.sample_name(index), drawn(sample_picture(sample), f"{task.id} {task.sample_name(index)}"))
        for index, sample in enumerate(task.samples)
    ]
    return listed(f"task {task.id}", table(("sample", f"input {ARROW} output"), rows))


def task_set_html(tasks: TaskSet) -> Markup:
    """A set: its name and size, and the first sample of its first tasks; a malformed one with its fault."""
    count = len(tasks)
    rows = [(task_id, _first_sample(tasks, task_id)) for task_id in tasks.ids[:MOST_TASKS]]
    parts = [table(("task", "demo 1"), rows)] if rows else []
    if count > MOST_TASKS:
        parts.append(element("p", f"The first {MOST_TASKS} of {count:,} tasks; tasks[id] shows one."))
    return listed(f"{tasks.name}: {count:,} {'task' if count == 1 else 'tasks'}", *parts)


def thumbnail(task: Samples) -> Markup:
    """The first demo sample of a task, small."""
    sample = task.demo[0]
    size = min(8.0, fitting_cell(sample.input, sample.output, largest=_THUMBNAIL))
    return drawn(sample_picture(sample, cell=size), f"{task.id} demo 1")


def fitting_cell(*grids: Grid | None, largest: float = _LARGEST) -> float:
    """Units a cell, 2 to 20, so that none of the grids is much larger than so many units."""
    side = max((max(len(grid), *map(len, grid)) for grid in grids if grid), default=1)
    return float(max(2, min(int(CELL), int(largest // side))))


def _first_sample(tasks: TaskSet, task_id: str) -> Markup:
    try:
        return thumbnail(tasks[task_id])
    except InputError as fault:
        return element("span", str(fault))
