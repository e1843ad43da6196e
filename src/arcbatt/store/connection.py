"""Connecting to the SQLite file of a workspace, after a look at what it is."""

from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, Table, create_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from arcbatt.errors import StoreError
from arcbatt.store.faults import damaged
from arcbatt.store.paths import check_no_links
from arcbatt.store.schema import ADDED, METADATA, VERSION

__all__ = ["APPLICATION_ID", "BUSY_TIMEOUT_S", "prepare", "sqlalchemy_connection"]

APPLICATION_ID = 0x41524342
"""Marks an SQLite file as arcbatt's: the letters ARCB."""

BUSY_TIMEOUT_S = 30.0
"""How long a write waits for the write of another process."""

MAX_VALUE = 64 * 1024 * 1024
"""Longest single value, in bytes, that is read or written."""

# What arcbatt's own tables never contain; in a stranger's it could run on every read or write.
_SUSPECT = re.compile(r"\b(check|default|generated|collate|references|virtual|as)\b", re.IGNORECASE)
_INDEX = re.compile(r'CREATE INDEX \w+ ON \w+ \("?\w+"?\)')


def sqlalchemy_connection(database: Path, *, create: bool, read_only: bool) -> Connection:
    """A connection without transactions of its own accord: the caller sends BEGIN and commits.

    Nothing of the file's content is looked at yet: call :func:`prepare` before anything else.

    Raises:
        StoreError: there is no regular file with the header of an SQLite database (and none to be created).
    """
    _check_file(database, create=create)
    engine = create_engine(
        "sqlite://",
        creator=lambda: _raw_connection(database, create=create, read_only=read_only),
        poolclass=NullPool,
    )
    return engine.connect()


def prepare(connection: Connection, database: Path, *, create: bool, read_only: bool) -> int:
    """Checks that the database is a store, makes it one if it is new and ``create`` is true, and gives its version.

    A store of an earlier version is brought up to this one, in one transaction, unless it is opened for reading only.

    Raises:
        StoreError: it is another program's, of another version, or its tables are not arcbatt's.
    """
    if create:
        # WAL can only be set outside of a transaction; the check comes first, for a stranger's file stays untouched
        _check_identity(connection, database)
        connection.rollback()
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.rollback()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if _check_identity(connection, database) == 0:
            _create_tables(connection)
    elif _check_identity(connection, database) == 0:
        raise StoreError(f"{database}: the database is empty. `arcbatt run` or `arcbatt import` fills one")
    version = _check_tables(connection, database)
    if version < VERSION and not read_only:
        connection.rollback()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # Another process may have been quicker.
        _upgrade(connection, _check_tables(connection, database))
        version = VERSION
    connection.commit()
    return version


def _check_file(database: Path, *, create: bool) -> None:
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


def _raw_connection(database: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    address = database.absolute().as_uri()
    if not read_only:
        connection = _connected(address + ("?mode=rwc" if create else "?mode=rw"))
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection
    connection = _connected(address + "?mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        pending = database.with_name(database.name + "-wal")
        reason = error.sqlite_errorcode & 0xFF
        if reason not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or pending.exists():
            raise
        # A folder without the right to write: with no writer's log there, the file alone is the whole content.
        connection = _connected(address + "?immutable=1")
    return connection


def _connected(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _check_identity(connection: Connection, database: Path) -> int:
    """The schema version; 0 says that the database is new, without any table."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
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
    return version


def _create_tables(connection: Connection) -> None:
    _create(connection, METADATA.sorted_tables)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _create(connection: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))


def _upgrade(connection: Connection, version: int) -> None:
    """Adds what came after a version. So far that is tables alone, so every row stays as it is."""
    for later in range(version + 1, VERSION + 1):
        _create(connection, ADDED[later])
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _check_tables(connection: Connection, database: Path) -> int:
    """The version of the schema; refuses what does not belong to it.

    Triggers, views, and tables and indexes that are not arcbatt's could hang it or change its data.
    """
    version = _check_identity(connection, database)
    missing = {table.name for later, tables in ADDED.items() if later > version for table in tables}
    tables = [table for table in METADATA.sorted_tables if table.name not in missing]
    expected = {("table", table.name) for table in tables}
    expected |= {("index", str(index.name)) for table in tables for index in table.indexes}
    found = set()
    for kind, name, sql in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master"):
        if str(name).startswith("sqlite_stat") or (str(name).startswith("sqlite_") and sql is None):
            continue
        if (kind, name) not in expected or not isinstance(sql, str):
            raise damaged(database, f"an unexpected {kind!s:.20} {name!s:.80}")
        is_fine = _INDEX.fullmatch(sql) if kind == "index" else not _SUSPECT.search(sql)
        if not is_fine:
            raise damaged(database, f"an unexpected definition of {name!s:.80}")
        found.add((kind, name))
    if found != expected:
        raise damaged(database, f"{min(expected - found)[1]} is missing")
    for table in tables:
        columns = connection.exec_driver_sql(f"PRAGMA table_xinfo({table.name})").all()
        if [column[1] for column in columns] != [column.name for column in table.columns]:
            raise damaged(database, f"unexpected columns of {table.name}")
    return version
