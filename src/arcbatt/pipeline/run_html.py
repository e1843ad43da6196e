"""The report of a run as HTML."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from arcbatt.drawing.markup import Markup, Part, element, listed, table

if TYPE_CHECKING:
    from arcbatt.pipeline.run_report import RunReport
    from arcbatt.pipeline.task_summary import TaskSummary

__all__ = ["MOST_TASKS", "run_html"]

MOST_TASKS: Final = 20
"""Most tasks of a run that are shown."""


def run_html(report: RunReport) -> Markup:
    """A run: its totals, and what its first tasks came to."""
    totals = report.totals
    solved = "?" if totals.solved is None else f"{totals.solved:,}"
    lines = [
        f"{totals.tasks:,} tasks, {totals.done:,} done, {totals.failed:,} given up; {solved} solved, "
        f"{totals.demo_solved:,} with all demo samples solved; {totals.stored:,} scores stored",
    ]
    if report.is_interrupted:
        lines.append("interrupted: the tasks that were not reached are absent")
    lines += [f"bug: {bug}" for bug in report.bugs[:5]]
    rows = [_row(summary) for summary in islice(report.summaries.values(), MOST_TASKS)]
    parts = [element("p", line) for line in lines]
    if rows:
        parts.append(table(("task", "solve demo", "solve all", "best program", "demo", "cells"), rows))
    if len(report.summaries) > MOST_TASKS:
        parts.append(element("p", f"The first {MOST_TASKS} of {len(report.summaries):,} tasks."))
    return listed(f"run {report.run_id}", *parts)


def _row(summary: TaskSummary) -> tuple[Part, ...]:
    if summary.failure is not None:
        return (summary.task, "", "", f"given up: {summary.failure.message}", "", "")
    all_solved = "?" if summary.solve_all is None else f"{summary.solve_all:,}"
    best, nearest = summary.best, summary.nearest
    found = nearest if nearest is not None else best
    return (
        summary.task, f"{summary.solve_demo:,}", all_solved, "none" if found is None else found.name,
        "" if found is None else f"{found.demo_right}/{summary.demo_count}",
        "" if found is None else f"{int(found.near * 1000) / 10:g} %",
    )  # fmt: skip
