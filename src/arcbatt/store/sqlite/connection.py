"""Connecting to the SQLite file of a workspace, after a look at what it is."""

from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Collection
from pathlib import Path

from arcbatt.errors import StoreError
from arcbatt.store.sql.schema import VERSION, Table, create_index, create_table, tables_of
from arcbatt.store.sqlite.faults import damaged
from arcbatt.store.sqlite.upgrade.old_schemas import FIRST_ADDED_TO, OLD_COLUMNS, OLD_INDEXES
from arcbatt.store.workspace.paths import check_no_links

__all__ = [
    "APPLICATION_ID", "BUSY_TIMEOUT_S", "MAX_VALUE", "check_tables", "connected", "create_tables", "in_memory_copy",
    "prepare",
]  # fmt: skip

APPLICATION_ID = 0x41524342
"""Marks an SQLite file as arcbatt's: the letters ARCB."""

BUSY_TIMEOUT_S = 30.0
"""How long a write waits for the write of another process."""

MAX_VALUE = 64 * 1024 * 1024
"""Longest single value, in bytes, that is read or written."""

# What arcbatt's own tables of earlier versions never contain; in a stranger's it could run on every read or write.
_SUSPECT = re.compile(r"\b(check|default|generated|collate|references|virtual|as)\b", re.IGNORECASE)
_INDEX = re.compile(r'CREATE INDEX \w+ ON \w+ \("?\w+"?\)')


def connected(database: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """A connection without transactions of its own accord: the caller sends BEGIN and COMMIT.

    Nothing of the file's content is looked at yet: call :func:`prepare` before anything else.

    Raises:
        StoreError: SQLite is too old, or there is no regular file with the header of an SQLite database (and none to
            be created).
        sqlite3.Error: SQLite cannot open it.
    """
    if sqlite3.sqlite_version_info < (3, 35):
        raise StoreError(f"SQLite {sqlite3.sqlite_version}: expected 3.35 or later. Take a Python that comes with it")
    _check_file(database, create=create)
    address = database.absolute().as_uri()
    if not read_only:
        connection = _open(address + ("?mode=rwc" if create else "?mode=rw"))
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection
    connection = _open(address + "?mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        pending = database.with_name(database.name + "-wal")
        reason = error.sqlite_errorcode & 0xFF
        if reason not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or pending.exists():
            raise
        # A folder without the right to write: with no writer's log there, the file alone is the whole content.
        connection = _open(address + "?immutable=1")
    return connection


def in_memory_copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of a database in memory, with the same bounds."""
    copy = _open(":memory:")
    connection.backup(copy)
    return copy


def prepare(connection: sqlite3.Connection, database: Path, *, create: bool) -> int:
    """Checks that the database is a store, makes it one if it is new and ``create`` is true, and gives its version.

    Raises:
        StoreError: it is another program's, of a newer version, or its tables are not arcbatt's.
    """
    if create:
        # WAL can only be set outside of a transaction; the check comes first, for a stranger's file stays untouched
        _check_identity(connection, database)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if _check_identity(connection, database) == 0:
            create_tables(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    elif _check_identity(connection, database) == 0:
        raise StoreError(f"{database}: the database is empty. `arcbatt run` or `arcbatt import` fills one")
    return check_tables(connection, database)


def create_tables(connection: sqlite3.Connection, present: Collection[Table] = ()) -> None:
    """Makes the tables of this version that are not present, in the caller's transaction."""
    for table in tables_of(VERSION):
        if table in present:
            continue
        connection.execute(create_table(table))
        for index in table.indexes:
            connection.execute(create_index(table, index))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def check_tables(connection: sqlite3.Connection, database: Path) -> int:
    """The version of the schema; refuses what does not belong to it.

    Triggers, views, and tables and indexes that are not arcbatt's could hang it or change its data. A table of version
    3 or a later one has the very text that :func:`create_tables` gave it.
    """
    version = _check_identity(connection, database)
    found = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if not str(name).startswith("sqlite_stat") and (not str(name).startswith("sqlite_") or sql is not None):
            found[kind, name] = sql
    if version >= FIRST_ADDED_TO:
        _check_definitions(found, _definitions(version), database)
    else:
        _check_old(connection, found, version, database)
    return version


def _check_file(database: Path, *, create: bool) -> None:
    """Looks at what lies under the database's name before SQLite opens it."""
    check_no_links(database)
    try:
        status = database.stat()
    except FileNotFoundError:
        if create:
            return
        raise StoreError(f"{database}: no store here. `arcbatt run` or `arcbatt import` makes one") from None
    if not stat.S_ISREG(status.st_mode):
        raise StoreError(f"{database}: expected a database file, got something else. Name another workspace")
    with database.open("rb") as file:
        header = file.read(16)
    if header and header != b"SQLite format 3\0":
        raise damaged(database, "no SQLite file")


def _open(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    connection.execute("PRAGMA trusted_schema = OFF")
    # as standard SQL has it
    connection.execute("PRAGMA case_sensitive_like = ON")
    return connection


def _check_identity(connection: sqlite3.Connection, database: Path) -> int:
    """The schema version; 0 says that the database is new, without any table."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == 0 and version == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise StoreError(f"{database}: this is the database of another program. Name another workspace")
    if version > VERSION:
        raise StoreError(
            f"{database}: written by a newer arcbatt (schema version {version}, this one knows up to {VERSION}). "
            "Upgrade arcbatt or name another workspace"
        )
    if version < 1:
        raise damaged(database, f"schema version {version}")
    return int(version)


def _definitions(version: int) -> dict[tuple[str, str], str]:
    tables = tables_of(version)
    expected = {("table", table.name): create_table(table) for table in tables}
    return expected | {("index", i.name): create_index(table, i) for table in tables for i in table.indexes}


def _check_definitions(
    found: dict[tuple[str, str], object], expected: dict[tuple[str, str], str], database: Path
) -> None:
    for entry, sql in found.items():
        if entry not in expected:
            raise damaged(database, f"an unexpected {entry[0]!s:.20} {entry[1]!s:.80}")
        if sql != expected[entry]:
            raise damaged(database, f"an unexpected definition of {entry[1]!s:.80}")
    _check_complete(set(found), set(expected), database)


def _check_complete(found: set[tuple[str, str]], expected: set[tuple[str, str]], database: Path) -> None:
    missing = expected - found
    if missing:
        raise damaged(database, f"{min(missing)[1]} is missing")


def _check_old(
    connection: sqlite3.Connection, found: dict[tuple[str, str], object], version: int, database: Path
) -> None:
    columns = OLD_COLUMNS[version]
    expected = {("table", name) for name in columns} | {("index", name) for name in OLD_INDEXES}
    for (kind, name), sql in found.items():
        if (kind, name) not in expected:
            raise damaged(database, f"an unexpected {kind!s:.20} {name!s:.80}")
        if not isinstance(sql, str) or not (_INDEX.fullmatch(sql) if kind == "index" else not _SUSPECT.search(sql)):
            raise damaged(database, f"an unexpected definition of {name!s:.80}")
    _check_complete(set(found), expected, database)
    for table, names in columns.items():
        described = connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
        if tuple(column[1] for column in described) != names:
            raise damaged(database, f"unexpected columns of {table}")
