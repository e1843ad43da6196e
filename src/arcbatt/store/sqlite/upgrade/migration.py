"""Bringing a database of an earlier version up to this one, in one transaction.

Versions 1 and 2 knew tasks by their ids: their rows wait under digests made from the ids until the samples come, see
:mod:`arcbatt.store.sql.task_names`. What tasks their runs were done with is dropped, since a run that goes on with such
a run does its tasks again anyway: keys of runs are made in another way now.

Version 3 lacks tables and has no others: those are added, and for reading alone it is left as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from arcbatt.errors import InputError, StoreError
from arcbatt.store.records.checks import check_short
from arcbatt.store.sql.damage import DamagedRow
from arcbatt.store.sql.schema import VERSION, tables_of
from arcbatt.store.sql.score_saving import insert_scores
from arcbatt.store.sql.statements import Row, execute_many, insert_into, value
from arcbatt.store.sql.task_names import insert_unknown_task, migrated_digest, note_tasks
from arcbatt.store.sqlite.connection import check_tables, create_tables, in_memory_copy
from arcbatt.store.sqlite.upgrade.old_rows import old_key, old_result, old_run
from arcbatt.store.sqlite.upgrade.old_schemas import FIRST_ADDED_TO, OLD_COLUMNS, OLD_INDEXES

if TYPE_CHECKING:
    from arcbatt.results import ProgramResult, TaskKey

__all__ = ["upgraded"]

_MAX_COPY: Final = 2 * 1024**3
"""Largest database of an earlier version, in bytes, that is copied into memory to be read."""
_AT_ONCE: Final = 1000

_COPIED: Final = (
    "INSERT INTO programs (md5, kind, direction, name, size, origin) "
    "SELECT md5, kind, direction, name, size, origin FROM old_programs",
    "INSERT INTO program_texts (md5, text) SELECT md5, text FROM old_programs",
    "INSERT INTO program_names (md5, name) SELECT md5, name FROM old_program_names",
    "INSERT INTO lineage (child, parent, mutation) SELECT child, parent, mutation FROM old_lineage",
)
_COPIED_2: Final = (
    "INSERT INTO evolutions (series, settings, state) SELECT series, settings, state FROM old_evolutions",
    "INSERT INTO evolution_pool (series, place, text) SELECT series, place, text FROM old_evolution_pool",
    "INSERT INTO evolution_generations (series, generation, line) "
    "SELECT series, generation, told FROM old_evolution_generations",
)
_SCORES: Final = (
    "SELECT s.task, s.demo_count, s.test_count, s.md5, p.name, p.size, s.demo_right, s.test_right, s.fuel, s.seconds, "
    "s.failures FROM old_scores s JOIN old_programs p ON p.md5 = s.md5 "
    "ORDER BY s.task, s.demo_count, s.test_count, s.md5"
)
_DIFFER_SCORES: Final = (
    "SELECT d.task, s.demo_count, s.test_count, d.solver_md5, d.differ_md5, d.iz, d.zo, d.t_log "
    "FROM old_differ_scores d JOIN old_scores s ON s.task = d.task AND s.md5 = d.solver_md5"
)
_INSERT_DIFFER_SCORE: Final = insert_into(
    "differ_scores", ("digest", "solver_md5", "differ_md5", "iz", "zo", "t_log")
)
_COUNTS: Final = (
    "SELECT demo_count, test_count FROM old_scores WHERE task = :task "
    "GROUP BY demo_count, test_count ORDER BY count(*) DESC, demo_count, test_count LIMIT 1"
)


def upgraded(connection: sqlite3.Connection, version: int, database: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to the database in the form of this version: the one that is given, or one to a copy in memory.

    Args:
        connection: to a database that was found sound, outside of a transaction.
        version: of its schema, an earlier one.
        database: its path.
        read_only: leave the file as it is.

    Raises:
        StoreError: it is too large to be copied into memory.
        DamagedRow: it holds what arcbatt would not have written; nothing of it is changed.
        sqlite3.Error: reading or writing fails; nothing of it is changed.
    """
    if read_only and version >= FIRST_ADDED_TO:
        return connection  # what reads a table that was added since looks whether it is there
    if read_only:
        size = value(connection, "PRAGMA page_count") * value(connection, "PRAGMA page_size")
        if size > _MAX_COPY:
            raise StoreError(
                f"{database}: written by an earlier arcbatt and too large to be read as it is. "
                "Bring it up to date first: `arcbatt import` or `arcbatt run` on this workspace does"
            )
        connection = in_memory_copy(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # another process may have been quicker
        version = check_tables(connection, database)
        if version < VERSION:
            _migrate(connection, version)
        connection.execute("COMMIT")
    except BaseException:
        # SQLite ends a transaction by itself when the disk is full
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if read_only:
            connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    if version >= FIRST_ADDED_TO:
        create_tables(connection, present=tables_of(version))
        return
    for index in OLD_INDEXES:
        connection.execute(f"DROP INDEX {index}")
    for table in OLD_COLUMNS[version]:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    create_tables(connection)
    for statement in _COPIED + (_COPIED_2 if version > 1 else ()):
        connection.execute(statement)
    try:
        for step in (_move_scores, _move_differ_scores, _move_runs, *((_move_members,) if version > 1 else ())):
            step(connection)
    except InputError as error:
        raise DamagedRow(str(error)) from error
    for table in OLD_COLUMNS[version]:
        connection.execute(f"DROP TABLE old_{table}")


def _move_scores(connection: sqlite3.Connection) -> None:
    keys: dict[tuple[Any, ...], TaskKey] = {}
    found: list[ProgramResult] = []
    last: tuple[Any, ...] | None = None
    for *task, md5, name, size, demo_right, test_right, fuel, seconds, failures in connection.execute(_SCORES):
        if last is not None and (tuple(task) != last or len(found) >= _AT_ONCE):
            insert_scores(connection, keys[last], found)
            found.clear()
        last = tuple(task)
        if last not in keys:
            keys[last] = old_key(*last)
            note_tasks(connection, [keys[last]])
        found.append(old_result(keys[last], md5, name, size, demo_right, test_right, fuel, seconds, failures))
    if last is not None:
        insert_scores(connection, keys[last], found)


def _move_differ_scores(connection: sqlite3.Connection) -> None:
    def moved(row: Row) -> dict[str, object]:
        names = ("solver_md5", "differ_md5", "iz", "zo", "t_log")
        return {"digest": migrated_digest(*row[:3])} | dict(zip(names, row[3:], strict=True))

    _move(connection, _DIFFER_SCORES, moved, _INSERT_DIFFER_SCORE)


def _move_runs(connection: sqlite3.Connection) -> None:
    columns = OLD_COLUMNS[1]["runs"]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM old_runs ORDER BY id").fetchall()
    for row in rows:
        moved = old_run(dict(zip(columns, row, strict=True)))
        connection.execute(insert_into("runs", moved), moved)


def _move_members(connection: sqlite3.Connection) -> None:
    digests: dict[str, str] = {}
    for (task,) in connection.execute("SELECT DISTINCT task FROM old_evolution_members").fetchall():
        check_short(task, "task id")
        counts = connection.execute(_COUNTS, {"task": task}).fetchone()
        digests[task] = insert_unknown_task(connection, task) if counts is None else migrated_digest(task, *counts)

    def moved(row: Row) -> dict[str, object]:
        series, task, place, text = row
        return {"series": series, "digest": digests[task], "place": place, "text": text}

    insert = insert_into("evolution_members", ("series", "digest", "place", "text"))
    _move(connection, "SELECT series, task, place, text FROM old_evolution_members", moved, insert)


def _move(connection: sqlite3.Connection, query: str, moved: Callable[[Row], dict[str, object]], insert: str) -> None:
    cursor = connection.execute(query)
    while rows := cursor.fetchmany(_AT_ONCE):
        execute_many(connection, insert, [moved(row) for row in rows])
