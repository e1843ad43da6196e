"""What programs gave on tasks, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arcbatt.arc.pictures import thumbnail
from arcbatt.drawing.markup import Markup, Part, element, listed, table
from arcbatt.results.html import RESULT_HEADS, result_cells, result_html

if TYPE_CHECKING:
    from arcbatt.arc import Task
    from arcbatt.evaluation import Evaluated, Evaluation

__all__ = ["MOST_TASKS", "evaluated_html", "evaluation_html"]

MOST_TASKS: Final = 12
"""Most tasks of an evaluation that are shown."""


def evaluated_html(item: Evaluated) -> Markup:
    """A program on a task: its numbers, and what it came to on each sample."""
    return result_html(item.result, f"{item.result.name} on {item.task.id}")


def evaluation_html(found: Evaluation) -> Markup:
    """An evaluation: its first tasks, each with a thumbnail and the best program on it."""
    rows = [
        (item.task.id, _thumbnail(found.samples.get(item.task.digest)), *result_cells(item.result))
        for item in found.best(MOST_TASKS)
    ]
    parts = [table(("task", "demo 1", *RESULT_HEADS), rows, "the best program on each task")] if rows else []
    if len(found.tasks) > MOST_TASKS:
        parts.append(element("p", f"The first {MOST_TASKS} of {len(found.tasks):,} tasks."))
    if found.refusals:
        parts.append(element("p", f"refused: {'; '.join(str(refusal) for refusal in found.refusals[:5])}"))
    return listed(repr(found).strip("<>"), *parts)


def _thumbnail(task: Task | None) -> Part:
    return "" if task is None else thumbnail(task)
