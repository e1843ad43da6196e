"""Reading and writing when a run did its tasks, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.sql.damage import made
from arcbatt.store.sql.run_queries import series_of
from arcbatt.store.sql.statements import Connection, execute_many, insert_into

if TYPE_CHECKING:
    from arcbatt.store.records.task_times import TaskTime

__all__ = ["check_times", "insert_times", "select_times"]

_COLUMNS = ("run_id", "digest", "worker", "start_s", "wall_s", "cpu_s", "step", "programs")
_INSERT = insert_into("task_times", _COLUMNS)
_DELETE = "DELETE FROM task_times WHERE run_id = :run_id AND digest = :digest AND step = :step"
_TIMES = (
    f"SELECT {', '.join(f't.{name}' for name in _COLUMNS)} FROM task_times t JOIN runs r ON r.id = t.run_id "
    "WHERE r.series = :series AND t.run_id <= :run_id AND t.step >= :step "
    "ORDER BY t.run_id, t.start_s, t.digest, t.step"
)


def check_times(times: Sequence[TaskTime], run_id: int, step: int, digests: Sequence[str] | None = None) -> None:
    """Checks that times are of a run and a step (and of these tasks), at most one for each task.

    Raises:
        InputError: they are not.
    """
    where = f"times of run {run_id}, step {step}"
    if len({time.digest for time in times}) < len(times):
        raise InputError(f"{where}: a task is given twice")
    for time in times:
        if (time.run_id, time.step) != (run_id, step) or (digests is not None and time.digest not in digests):
            raise InputError(f"{where}: got one of run {time.run_id}, step {time.step}, task {time.digest}")


def insert_times(connection: Connection, times: Sequence[TaskTime]) -> None:
    """Notes times, each in place of the one that the run had for that task and step."""
    rows = [{name: getattr(time, name) for name in _COLUMNS} for time in times]
    execute_many(connection, _DELETE, [{name: row[name] for name in ("run_id", "digest", "step")} for row in rows])
    execute_many(connection, _INSERT, rows)


def select_times(
    connection: Connection, run_id: int, last: int, from_step: int, *, is_there: bool
) -> list[TaskTime]:
    """The times of a run's series up to its last run, from a step on, sorted by run, start, digest, step.

    Raises:
        InputError: no such run.
    """
    from arcbatt.store.records.task_times import TaskTime

    series = series_of(connection, run_id)
    if not is_there:  # of schema 3, opened for reading alone
        return []
    return made(TaskTime, connection.execute(_TIMES, {"series": series, "run_id": last, "step": from_step}))
