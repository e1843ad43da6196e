"""Attempts at tasks as HTML: the grids, how probable they are, and on what they stand."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from arcbatt.arc import Grid
from arcbatt.arc.pictures import fitting_cell
from arcbatt.drawing.grids import grid_picture
from arcbatt.drawing.markup import Markup, Part, drawn, element, joined, listed, table

if TYPE_CHECKING:
    from arcbatt.search.solving.solve_tasks import SolveReport
    from arcbatt.search.solving.solved_task import Attempt, SolvedTask

__all__ = ["MOST_TASKS", "solve_report_html", "solved_task_html"]

MOST_TASKS: Final = 10
"""Most tasks of a report that are shown."""
_LARGE, _SMALL = 160.0, 70.0


def solved_task_html(solved: SolvedTask) -> Markup:
    """A task that was solved: two attempts at each test output, drawn, with what they stand on."""
    lines = [f"{len(solved.programs):,} programs are right on all demo samples"]
    if solved.failure is not None:
        lines.append(f"given up, so that there are guesses alone: {solved.failure.message}")
    lines += [f"bug: {bug}" for bug in solved.bugs[:5]]
    rows: list[tuple[Part, ...]] = [
        (f"test {number}{_verdict(solved, number - 1)}", *(_attempt(attempt, _LARGE) for attempt in pair))
        for number, pair in enumerate(solved.attempts, 1)
    ]
    parts = [element("p", line) for line in lines]
    return listed(f"task {solved.task}", *parts, table(("", "attempt 1", "attempt 2"), rows))


def solve_report_html(report: SolveReport) -> Markup:
    """A report of solving: its totals, and the attempts at its first tasks, small."""
    right = sum(any(solved.programs) for solved in report.solved.values())
    lines = [f"{len(report.submission):,} tasks, {right:,} with programs that are right on all demo samples"]
    if report.is_interrupted:
        lines.append("interrupted: the rest has guesses")
    if report.error is not None:
        lines.append(f"ended by an error, so that the rest has guesses: {report.error}")
    lines += [f"bug: {bug}" for bug in report.bugs[:5]]
    parts = [element("p", line) for line in lines]
    rows = [_task_row(task, report) for task in islice(report.submission, MOST_TASKS)]
    if rows:
        parts.append(table(("task", "attempts at the first test output", ""), rows))
    if len(report.submission) > MOST_TASKS:
        parts.append(element("p", f"The first {MOST_TASKS} of {len(report.submission):,} tasks."))
    return listed("attempts", *parts)


def _task_row(task: str, report: SolveReport) -> tuple[Part, ...]:
    solved = report.solved.get(task)
    if solved is not None and solved.attempts:
        return (f"{task}{_verdict(solved, 0)}", *(_attempt(attempt, _SMALL) for attempt in solved.attempts[0]))
    return (task, "guesses", "")


def _attempt(attempt: Attempt, largest: float) -> Markup:
    words = attempt.basis
    if attempt.probability is not None:
        words += f", {attempt.probability:.0%} probable"
    if attempt.count:
        words += f", {attempt.count:,} program{'s' * (attempt.count != 1)}"
    return joined(_grid(attempt.grid, largest), element("br"), words)


def _grid(grid: Grid, largest: float) -> Markup:
    return drawn(grid_picture(grid, cell=fitting_cell(grid, largest=largest)), "attempt")


def _verdict(solved: SolvedTask, index: int) -> str:
    right = solved.right[index] if index < len(solved.right) else None
    return "" if right is None else ": right" if right else ": wrong"
