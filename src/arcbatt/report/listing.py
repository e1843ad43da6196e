"""What ``arcbatt list`` shows: for each kind of row its columns, and the cells of a row in them.

A column of a listing is changed here, in the table of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from arcbatt.report.columns import Column, columns_text
from arcbatt.report.words import percent, printable
from arcbatt.results import FailureGroup
from arcbatt.store import ProgramRow, RunRecord, ScoreRow, TaskRow

__all__ = ["LISTINGS", "Listing", "listing_text"]

_DIGITS = 8
"""Digits of an MD5 that a table shows: enough to name a program by."""


@dataclass(frozen=True, slots=True)
class Listing:
    """How rows of one kind are shown: their columns, each with the cell that a row has in it."""

    columns: tuple[tuple[Column, Callable[[Any], str]], ...]


def listing_text(listing: Listing, rows: Sequence[Any], width: int | None) -> Iterator[str]:
    """Lines of a table: headings, and a line a row. ``width``: see :func:`~arcbatt.report.columns.columns_text`."""
    cells = [[printable(cell(row)) for _, cell in listing.columns] for row in _with_digests(rows)]
    return columns_text([column for column, _ in listing.columns], cells, width)


def _with_digests(rows: Sequence[Any]) -> Sequence[Any]:
    """The rows, with digits of the samples' digest behind an id that stands for several tasks among them."""
    digests: dict[str, set[str]] = {}
    for row in rows:
        if isinstance(row, ScoreRow | TaskRow):
            digests.setdefault(row.task, set()).add(row.digest)
    shared = {task for task, found in digests.items() if len(found) > 1}
    if not shared:
        return rows
    return [replace(row, task=f"{row.task} ({row.digest[:6]})") if row.task in shared else row for row in rows]


def _right(right: int | None, count: int) -> str:
    return f"{'?' if right is None else right}/{count}"


def _score_cells(row: ScoreRow | TaskRow) -> tuple[str, str, str]:
    """Demo samples, cells, test samples; dashes where there is no score."""
    if row.demo_right is None or row.near is None:
        return "-", "-", "-"
    return _right(row.demo_right, row.demo_count), percent(row.near), _right(row.test_right, row.test_count)


def _when(run: RunRecord) -> str:
    return run.started[:16].replace("T", " ")


def _of_totals(field: str) -> Callable[[RunRecord], str]:
    def cell(run: RunRecord) -> str:
        value = None if run.totals is None else getattr(run.totals, field)
        return "-" if value is None else str(value)

    return cell


_NAME = Column("program", can_be_cut=True)
_TASK = Column("task", can_be_cut=True)
_CELLS = Column("cells", is_right=True)
_DEMO, _TEST = Column("demo", is_right=True), Column("test", is_right=True)

_SCORES: Final = Listing((
    (_TASK, lambda row: row.task),
    (_NAME, lambda row: row.name),
    (Column("md5"), lambda row: row.md5[:_DIGITS]),
    (_DEMO, lambda row: _score_cells(row)[0]),
    (_CELLS, lambda row: _score_cells(row)[1]),
    (_TEST, lambda row: _score_cells(row)[2]),
    (Column("failed", is_right=True, drop=3), lambda row: str(row.failed)),
    (Column("calls", is_right=True, drop=2), lambda row: str(row.size)),
    (Column("fuel", is_right=True, drop=1), lambda row: str(row.fuel)),
))  # fmt: skip
_TASKS: Final = Listing((
    (_TASK, lambda row: row.task),
    (Column("programs", is_right=True, drop=1), lambda row: str(row.scores)),
    (_DEMO, lambda row: _score_cells(row)[0]),
    (_CELLS, lambda row: _score_cells(row)[1]),
    (_TEST, lambda row: _score_cells(row)[2]),
    (Column("best", can_be_cut=True), lambda row: row.name or "-"),
    (Column("md5", drop=2), lambda row: (row.md5 or "-")[:_DIGITS]),
))  # fmt: skip
_PROGRAMS: Final = Listing((
    (_NAME, lambda row: row.name),
    (Column("md5"), lambda row: row.md5[:_DIGITS]),
    (Column("calls", is_right=True, drop=1), lambda row: str(row.size)),
    (Column("tasks", is_right=True), lambda row: str(row.tasks)),
    (Column("solved", is_right=True), lambda row: str(row.solved)),
    (_CELLS, lambda row: "-" if row.near is None else percent(row.near)),
))  # fmt: skip
_DIFFERS: Final = Listing((
    (Column("differ", can_be_cut=True), lambda row: row.name),
    (Column("md5"), lambda row: row.md5[:_DIGITS]),
    (Column("direction"), lambda row: row.direction or "-"),
    (Column("calls", is_right=True), lambda row: str(row.size)),
))  # fmt: skip
_RUNS: Final = Listing((
    (Column("run", is_right=True), lambda run: str(run.id)),
    (Column("started"), _when),
    (Column("status"), lambda run: run.status),
    (Column("tasks", is_right=True, drop=3), _of_totals("tasks")),
    (Column("demo", is_right=True, drop=2), _of_totals("demo_solved")),
    (Column("solved", is_right=True), _of_totals("solved")),
    (Column("programs", is_right=True, drop=1), _of_totals("programs")),
    (Column("command", is_text=True), lambda run: " ".join(run.arguments) or run.command),
))  # fmt: skip
_FAILURES: Final = Listing((
    (Column("count", is_right=True), lambda row: f"{row.count:,}"),
    (Column("kind"), lambda row: str(row.kind)),
    (Column("primitive"), lambda row: row.call or "-"),
    (_NAME, lambda row: row.program),
    (replace(_TASK, drop=1), lambda row: row.task),
    (Column("first reason", is_text=True), lambda row: row.message),
))  # fmt: skip

LISTINGS: Final[dict[type, Listing]] = {
    ScoreRow: _SCORES, TaskRow: _TASKS, ProgramRow: _PROGRAMS, RunRecord: _RUNS, FailureGroup: _FAILURES,
}
"""How rows of each type are shown; differs are programs shown otherwise, see :data:`DIFFERS`."""

DIFFERS: Final = _DIFFERS
