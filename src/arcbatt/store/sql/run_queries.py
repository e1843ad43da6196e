"""Reading and writing runs and the tasks they are done with, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from arcbatt.errors import InputError
from arcbatt.store.sql.damage import DamagedRow, made
from arcbatt.store.sql.statements import Connection, insert_into, value

if TYPE_CHECKING:
    from arcbatt.store.records.run_records import PhaseSeconds, RunRecord, RunStart, RunTotals
    from arcbatt.store.sql.statements import Row

__all__ = ["end_run", "insert_run", "interrupt_running", "mark_done", "select_done_tasks", "select_runs", "series_of"]

_T = TypeVar("_T")

_STARTED = ("key", "command", "arguments", "data", "data_revision", "engine", "versions")
_COLUMNS = ("id", *_STARTED, "series", "status", "started", "finished", "totals", "phases")
# counted here and not by the database, of which each has its own way; a run that was undone leaves no gap
_NEXT = "SELECT coalesce(max(id), 0) + 1 FROM runs"
_INSERT = insert_into("runs", ("id", "series", *_STARTED, "status", "started", "phases"))
_NEWEST = "SELECT series FROM runs WHERE key = :key ORDER BY id DESC LIMIT 1"
# the key again, for in a stranger's database a series may cross keys
_DONE = (
    "SELECT d.digest, d.summary FROM done_tasks d JOIN runs r ON r.id = d.run_id "
    "WHERE r.series = :series AND r.key = :key ORDER BY d.run_id"
)
# interrupted without a time of its end: another store took it for dead
_END = (
    "UPDATE runs SET status = :status, totals = :totals, phases = :phases, finished = :finished "
    "WHERE id = :id AND finished IS NULL"
)


def insert_run(connection: Connection, start: RunStart, started: str, *, resume: bool) -> int:
    """Inserts a running run and gives it its series; returns its id."""
    from arcbatt.results.json_form import to_json

    row = {name: getattr(start, name) for name in _STARTED}
    row |= {"arguments": to_json(start.arguments), "versions": to_json(dict(start.versions))}
    series = value(connection, _NEWEST, key=start.key) if resume else None
    run_id = int(value(connection, _NEXT))
    place = {"id": run_id, "series": run_id if series is None else series}
    connection.execute(_INSERT, {**row, **place, "status": "running", "started": started, "phases": "{}"})
    return run_id


def end_run(
    connection: Connection,
    run_id: int,
    status: str,
    finished: str,
    totals: RunTotals | None,
    phases: Mapping[str, PhaseSeconds],
) -> None:
    """Notes the end of a run that has not ended.

    Raises:
        InputError: no such run, or it has ended.
    """
    from arcbatt.results.json_form import to_json

    row = {
        "id": run_id, "status": status, "finished": finished, "totals": None if totals is None else to_json(totals),
        "phases": to_json(dict(phases)),
    }  # fmt: skip
    if connection.execute(_END, row).rowcount != 1:
        raise InputError(f"run {run_id}: no such run in this store, or it has ended already")


def interrupt_running(connection: Connection) -> None:
    """Marks runs that are said to be running as interrupted; for a store that is alone on its workspace."""
    connection.execute("UPDATE runs SET status = 'interrupted' WHERE status = 'running'")


def series_of(connection: Connection, run_id: int) -> int:
    """The series of a run.

    Raises:
        InputError: no such run.
    """
    series = value(connection, "SELECT series FROM runs WHERE id = :id", id=run_id)
    if series is None:
        raise InputError(f"run {run_id}: no such run in this store")
    if type(series) is not int:
        raise DamagedRow(f"run {run_id}: series {series!r:.80}")
    return series


def select_runs(connection: Connection, key: str | None) -> list[RunRecord]:
    """Runs sorted by id."""
    where = "" if key is None else "WHERE key = :key "
    query = f"SELECT {', '.join(_COLUMNS)} FROM runs {where}ORDER BY id"
    return made(_run, connection.execute(query, {} if key is None else {"key": key}))


def _run(*row: Any) -> RunRecord:
    from arcbatt.store.records.run_records import PhaseSeconds, RunRecord, RunTotals

    columns = dict(zip(_COLUMNS, row, strict=True))
    where = f"run {columns['id']!s:.20}"
    columns["arguments"] = _loaded(tuple[str, ...], columns["arguments"], f"{where}: arguments")
    columns["versions"] = _loaded(dict[str, str], columns["versions"], f"{where}: versions")
    columns["phases"] = _loaded(dict[str, PhaseSeconds], columns["phases"], f"{where}: phases")
    if columns["totals"] is not None:
        columns["totals"] = _loaded(RunTotals, columns["totals"], f"{where}: totals")
    return RunRecord(**columns)


def _loaded(kind: type[_T], text: object, where: str) -> _T:
    from arcbatt.results.json_form import from_json

    if not isinstance(text, str):
        raise DamagedRow(f"{where}: expected JSON text, got {type(text).__name__}")
    return from_json(kind, text, where)


def mark_done(connection: Connection, run_id: int, digest: str, summary: str) -> None:
    """Notes that a run is done with a task.

    Raises:
        InputError: no such run.
    """
    series_of(connection, run_id)
    row = {"run_id": run_id, "digest": digest, "summary": summary}
    connection.execute("DELETE FROM done_tasks WHERE run_id = :run_id AND digest = :digest", _place(row))
    connection.execute(insert_into("done_tasks", row), row)


def _place(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row[name] for name in ("run_id", "digest")}


def select_done_tasks(connection: Connection, key: str) -> dict[str, str]:
    """The summaries of the tasks done in the newest series of runs of a key, sorted by digest."""
    series = value(connection, _NEWEST, key=key)
    found: dict[str, str] = {}
    rows: list[Row] = connection.execute(_DONE, {"series": series, "key": key}).fetchall()
    for digest, summary in rows:
        if not isinstance(digest, str) or not isinstance(summary, str):
            raise DamagedRow("a done task without its digest or summary")
        found[digest] = summary
    return dict(sorted(found.items()))
