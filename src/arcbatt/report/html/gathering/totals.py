"""Sums over the tasks of a page, and notes on what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arcbatt.report.html.gathering.found import Found, Sums
from arcbatt.report.html.gathering.work import MOST_SPANS
from arcbatt.report.html.page_data import TaskData, TotalsData
from arcbatt.report.words import counted
from arcbatt.store import RunRecord

__all__ = ["notes_of", "totals_of"]


def totals_of(shown: Sequence[TaskData], run: RunRecord | None, programs: int) -> TotalsData:
    """Sums over the tasks of a page.

    Args:
        shown: its tasks.
        run: of which it is; None for a workspace.
        programs: how many it has, for where no run says how many there were.
    """
    standings = [task.standing for task in shown]
    is_known = all(_knows_test(task) for task in shown)
    count = run.totals.programs if run is not None and run.totals is not None else programs
    return TotalsData(
        len(shown), standings.count("solved") if is_known else None,
        standings.count("solved") + standings.count("demo"), standings.count("near"), standings.count("failed"), count,
    )  # fmt: skip


def _knows_test(task: TaskData) -> bool:
    """Whether it is known how many test samples are right, as far as it matters."""
    if task.standing != "demo":
        return True
    if task.attempts:
        return all(attempt.is_right is not None for attempt in task.attempts)
    return all(item.test_right is not None for item in task.programs)


def notes_of(
    found: Found, run: RunRecord | None, shown: Sequence[TaskData], sums: Mapping[str, Sums], chosen: Sequence[str],
    pieces: int,
) -> list[str]:  # fmt: skip
    """What could not be gathered and why, a line each.

    Args:
        found: what the store has.
        run: of which the page is; None for a workspace.
        shown: its tasks.
        sums: of all programs.
        chosen: MD5s of the programs that have a row.
        pieces: how many pieces of work there are.
    """
    notes = list(found.notes)
    missing = sum(not task.samples for task in shown)
    if missing:
        notes.append(f"the grids of {counted(missing, 'task')} are not at hand: --set or --data names where they are")
    if run is not None and run.totals is not None and run.totals.tasks > len(shown):
        notes.append(f"{counted(run.totals.tasks - len(shown), 'task')} of {run.totals.tasks:,} not done")
    if run is not None and run.status in ("running", "interrupted", "failed"):
        notes.append(f"run {run.id} is not whole: {run.status}")
    left_out = len(sums.keys() - set(chosen))
    if left_out:
        notes.append(f"{counted(left_out, 'program')} without a row: the others came nearer")
    if pieces > MOST_SPANS:
        notes.append(f"the timeline ends with the first {MOST_SPANS:,} of {pieces:,} pieces of work")
    return notes
