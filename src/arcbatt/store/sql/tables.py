"""Keeping what all programs of a run gave: the run's programs and a table a task, inside the caller's transaction."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arcbatt.errors import InputError
from arcbatt.store.records.checks import check_count, check_short, check_text
from arcbatt.store.sql.damage import DamagedRow, made
from arcbatt.store.sql.run_queries import series_of
from arcbatt.store.sql.statements import Connection, insert_into, one

if TYPE_CHECKING:
    from arcbatt.results import TaskKey, TaskTable
    from arcbatt.results.task_table import RunProgram

__all__ = ["insert_run_programs", "insert_table", "select_run_programs", "select_table", "select_table_keys"]

_PIECE: Final = 8 * 1024 * 1024  # characters of text in a piece, one program more at most
_MAX_PIECE: Final = 128 * 1024 * 1024  # bytes of JSON that a piece is read to
_LEVEL: Final = 1

_TABLE = (
    "SELECT t.verdicts, t.nanoseconds, t.demo_count FROM run_tables t JOIN runs r ON r.id = t.run_id "
    "WHERE r.series = :series AND t.run_id <= :run_id AND t.digest = :digest ORDER BY t.run_id DESC LIMIT 1"
)
_KEYS = (
    "SELECT DISTINCT t.digest, n.id, k.demo_count, k.test_count FROM run_tables t JOIN runs r ON r.id = t.run_id "
    "JOIN tasks k ON k.digest = t.digest JOIN task_names n ON n.digest = t.digest AND n.is_first = 1 "
    "WHERE r.series = :series AND t.run_id <= :run_id ORDER BY n.id, t.digest"
)
_PROGRAMS = "SELECT programs FROM run_programs WHERE run_id = :run_id ORDER BY place"
_NEWEST = (
    "SELECT p.run_id FROM run_programs p JOIN runs r ON r.id = p.run_id "
    "WHERE r.series = :series AND p.run_id <= :run_id ORDER BY p.run_id DESC LIMIT 1"
)


def insert_run_programs(connection: Connection, run_id: int, programs: Sequence[RunProgram]) -> None:
    """Notes the programs of a run, in place of those that it had.

    Raises:
        InputError: no such run.
    """
    from arcbatt.results.json_form import to_json

    series_of(connection, run_id)
    connection.execute("DELETE FROM run_programs WHERE run_id = :run_id", {"run_id": run_id})
    for place, piece in _pieces(programs):
        row = {"run_id": run_id, "place": place, "programs": zlib.compress(to_json(piece).encode(), _LEVEL)}
        connection.execute(insert_into("run_programs", row), row)


def _pieces(programs: Sequence[RunProgram]) -> Iterator[tuple[int, Sequence[RunProgram]]]:
    start = length = 0
    for place, program in enumerate(programs):
        length += len(program.text)
        if length > _PIECE:
            yield start, programs[start : place + 1]
            start, length = place + 1, 0
    if start < len(programs):
        yield start, programs[start:]


def select_run_programs(connection: Connection, run_id: int) -> tuple[RunProgram, ...]:
    """The programs of a run; of one that saved none, those of the newest run that it resumed."""
    from arcbatt.results.json_form import from_json
    from arcbatt.results.task_table import RunProgram

    newest = one(connection, _NEWEST, series=series_of(connection, run_id), run_id=run_id)
    if newest is None:
        return ()
    found: list[RunProgram] = []
    try:
        for (piece,) in connection.execute(_PROGRAMS, {"run_id": newest[0]}):
            found += from_json(tuple[RunProgram, ...], _expanded(piece), f"programs of run {run_id}")
        for program in found:
            check_run_program(program)
    except InputError as error:
        raise DamagedRow(str(error)) from error
    return tuple(found)


def check_run_program(program: RunProgram) -> None:
    """Checks a program of a run.

    Raises:
        InputError: its text has another MD5, or a field is out of bounds.
    """
    where = f"program {program.md5!r:.80} of a run"
    check_text(program.text, program.md5, where)
    check_short(program.name, where)
    check_count(program.size, where)


def _expanded(piece: object) -> bytes:
    if not isinstance(piece, bytes):
        raise DamagedRow(f"programs of a run: expected bytes, got {type(piece).__name__}")
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(piece, _MAX_PIECE)
    except zlib.error as error:
        raise DamagedRow(f"programs of a run: {error}") from error
    if not machine.eof:
        raise DamagedRow("programs of a run: cut short or too large")
    return content


def insert_table(connection: Connection, run_id: int, digest: str, table: TaskTable) -> None:
    """Notes the table of a task, in place of the one that the run had for it."""
    where = {"run_id": run_id, "digest": digest}
    connection.execute("DELETE FROM run_tables WHERE run_id = :run_id AND digest = :digest", where)
    row = where | {name: getattr(table, name) for name in ("verdicts", "nanoseconds", "demo_count")}
    connection.execute(insert_into("run_tables", row), row)


def select_table(connection: Connection, run_id: int, last: int, digest: str) -> TaskTable | None:
    """The table of a task: the newest one of a run's series up to its last run."""
    from arcbatt.results.task_table import TaskTable

    row = one(connection, _TABLE, series=series_of(connection, run_id), run_id=last, digest=digest)
    if row is None:
        return None
    verdicts, nanoseconds, demo_count = row
    if not isinstance(verdicts, bytes) or not isinstance(nanoseconds, bytes) or type(demo_count) is not int:
        raise DamagedRow(f"the table of run {run_id} for task {digest:.40} is none")
    table = TaskTable(verdicts, nanoseconds, demo_count)
    try:
        _ = table.samples, table.seconds  # what is no table is known here and not later
    except InputError as error:
        raise DamagedRow(str(error)) from error
    return table


def select_table_keys(connection: Connection, run_id: int, last: int) -> list[TaskKey]:
    """The tasks that a run's series up to its last run has tables of, sorted by id, then digest."""
    from arcbatt.results.task_key import TaskKey

    return made(TaskKey, connection.execute(_KEYS, {"series": series_of(connection, run_id), "run_id": last}))
