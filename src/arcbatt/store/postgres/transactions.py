"""An open PostgreSQL database: its connection, made anew where it was lost, and the transactions on it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import psycopg

from arcbatt.errors import StoreError
from arcbatt.store.postgres.connection import IDLE_S, PostgresConnection
from arcbatt.store.postgres.faults import Undone, reason_of, translated
from arcbatt.store.postgres.locks import RUN_LOCK, WRITE_LOCK
from arcbatt.store.postgres.schema import SCHEMA, added_since, create_schema, create_tables, found_version, upgrade
from arcbatt.store.sql.claims import drop_ended_drivers
from arcbatt.store.sql.program_queries import select_known
from arcbatt.store.sql.program_saving import insert_programs
from arcbatt.store.sql.schema import VERSION
from arcbatt.store.workspace.interrupts import interrupts_held

if TYPE_CHECKING:
    from arcbatt.store.base import Origin
    from arcbatt.store.place import PostgresAddress
    from arcbatt.store.records.task_records import ProgramRecord
    from arcbatt.store.sql.statements import Connection
    from arcbatt.store.sql.transactions import Entry

__all__ = ["PostgresTransactions"]

_READ: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# READ COMMITTED: each statement sees what was committed before it. Under the lock that is one state, the newest; a
# snapshot of the whole transaction would be of the moment before the lock was had.
_WRITE: Final = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; "
    f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_S}s'; SELECT pg_advisory_xact_lock({WRITE_LOCK})"
)
_TODAY: Final = "floor(extract(epoch FROM now()) / 86400)::bigint"
_DAYS_KEPT: Final = 7
_INTERRUPT: Final = (
    "UPDATE runs SET status = 'interrupted' WHERE status = 'running' "
    f"AND pg_try_advisory_xact_lock({RUN_LOCK}, (id % 2147483647)::int)"
)
_RUNNING: Final = "SELECT count(*) FROM runs WHERE status = 'running'"
_MOMENT_S: Final = 0.1
_LAST_WRITE: Final = "SELECT number FROM last_writes WHERE session = :session"
_SIZE: Final = (
    "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n "
    f"ON n.oid = c.relnamespace WHERE n.nspname = '{SCHEMA}' AND c.relkind = 'r'"
)
_NAMES: Final = (
    "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    f"WHERE n.nspname = '{SCHEMA}' AND c.relkind = 'r' ORDER BY 1"
)
_SETTLE_S: Final = 120.0
_PAUSE_S: Final = 0.5


class PostgresTransactions:
    """Reads and writes of a database, one after the other.

    A read is a snapshot (REPEATABLE READ). Writes of all stores on the database come one after the other: each holds an
    advisory lock of the database until its transaction ends, as SQLite's BEGIN IMMEDIATE does, so that no two ever work
    on a state that the other one changes. A store that waits longer than :data:`BUSY_TIMEOUT_S` for it gives up; the
    server ends a session that holds it and says nothing for :data:`IDLE_S`.

    **Lost connections.** The next read or write connects anew. One that was under way raises :class:`Undone`, where it
    is certain that nothing of it was stored. When the answer to a COMMIT is lost, the row that each write leaves in
    ``last_writes`` tells whether it came to be; where nobody can tell, that is said.

    **Runs.** As long as a store works on a run it holds an advisory lock of the run's number, which goes with its
    session. Who opens a database for writing marks the runs that are said to be running and whose lock is free as
    interrupted.

    One connection, one lock: threads queue up.

    Args:
        address: of the database.
        create: make the tables where they are missing.
        read_only: write nothing.

    Raises:
        StoreError: see :func:`arcbatt.store.open_store`.
    """

    def __init__(self, address: PostgresAddress, *, create: bool, read_only: bool) -> None:
        self._address = address
        self._read_only = read_only
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._is_open = True
        self._session = os.urandom(16).hex()
        self._writes = 0
        self._runs: set[int] = set()
        self._begun: list[int] = []
        with translated(address):
            self._connection = PostgresConnection(address, writes=not read_only)
            try:
                self._prepare(create=create)
            except BaseException:
                self._connection.close()
                raise

    @property
    def place(self) -> str:
        """The address without its password."""
        return str(self._address)

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        """One snapshot, however many queries."""
        with self._lock, translated(self._address), self._undone_if_lost():
            self._check_usable()
            with interrupts_held():
                connection = self._connected()
                connection.send(_READ)
                try:
                    yield connection
                finally:
                    self._rollback()

    @contextmanager
    def writing(self, removed: Sequence[Entry] = ()) -> Iterator[PostgresConnection]:
        """A transaction that may write; there are no files of ``removed``."""
        with self._lock, translated(self._address):
            self._check_usable()
            if self._read_only:
                raise StoreError(f"{self._address}: opened for reading only")
            with self._undone_if_lost():
                connection = self._begin()
                with interrupts_held():
                    try:
                        yield connection
                    except BaseException:
                        self._rollback()
                        raise
                    is_stored = self._commit(connection)
            if not is_stored:
                self._settle()

    def put_programs(
        self, connection: Connection, records: Sequence[ProgramRecord], origin: Origin
    ) -> Collection[str]:
        """Puts programs, within :meth:`writing`; returns the MD5 of those that were known."""
        known = select_known(connection, {record.md5 for record in records})
        insert_programs(connection, records, known, origin)
        return known.keys()

    def will_remove(self, entries: Sequence[Entry]) -> None:
        """Does nothing: a program has no file."""

    def hold_run(self, connection: Connection, run_id: int) -> None:
        """Notes, within :meth:`writing`, that this store works on a run from now on."""
        self._take_run(connection, run_id)
        self._begun.append(run_id)

    def release_run(self, connection: Connection, run_id: int) -> None:
        """Notes, within :meth:`writing`, that the work on a run is over."""
        if run_id in self._runs:
            self._runs.discard(run_id)
            connection.execute(f"SELECT pg_advisory_unlock({RUN_LOCK}, (:id % 2147483647)::int)", {"id": run_id})

    def has_table(self, connection: Connection, name: str) -> bool:
        """Always: for reading alone, those that an earlier version has not are there as temporary ones."""
        return True

    def faults(self, connection: Connection) -> Iterator[str]:
        """Nothing: the server looks after its own files, and there are no others."""
        yield from ()

    def size(self) -> int:
        """Bytes of all tables with their indexes."""
        with self.reading() as connection:
            ((size,),) = connection.execute(_SIZE).fetchall()
        return int(size)

    def compact(self) -> None:
        """Writes the tables anew without what they do not use; others wait meanwhile."""
        with self._lock, translated(self._address), self._undone_if_lost():
            self._check_usable()
            connection = self._connected()
            for name in (row[0] for row in connection.execute(_NAMES).fetchall()):
                connection.send(f'VACUUM (FULL, ANALYZE) {SCHEMA}."{name}"')

    def close(self) -> None:
        """Gives everything up; closing twice does no harm."""
        with self._lock, interrupts_held():
            # a forked child leaves everything to its parent
            if self._is_open and os.getpid() == self._process:
                self._is_open = False
                with suppress(psycopg.Error):
                    self._connection.close()

    def _prepare(self, *, create: bool) -> None:
        """Sees to it that the tables are there, and finishes what killed processes began."""
        connection = self._connection
        connection.send(_READ)
        version = found_version(connection, self.place)
        self._rollback()
        if version == 0 and not create:
            raise StoreError(f"{self._address}: no store here. `arcbatt run` or `arcbatt import` makes one")
        if self._read_only:
            if version < VERSION:
                create_tables(connection, added_since(version), is_temporary=True)
            return
        connection.send(_WRITE)
        if version < VERSION:
            # another process may have been quicker
            version = found_version(connection, self.place)
            if version == 0:
                create_schema(connection)
            elif version < VERSION:
                upgrade(connection, version)
        connection.execute(_INTERRUPT)
        drop_ended_drivers(connection)
        is_any_left = connection.execute(_RUNNING).fetchall() != [(0,)]
        connection.execute(f"DELETE FROM last_writes WHERE day < {_TODAY} - {_DAYS_KEPT}")
        if not self._commit(connection):
            raise StoreError(f"{self._address}: the connection was lost. Repeat")
        if is_any_left:
            # of a process that was killed just now, the server gives the locks up in a moment
            time.sleep(_MOMENT_S)
            connection.send(_WRITE)
            connection.execute(_INTERRUPT)
            drop_ended_drivers(connection)
            connection.send("COMMIT")

    def _connected(self) -> PostgresConnection:
        """The connection, outside of a transaction; a new one where it was lost.

        Raises:
            Undone: there is none to be had now.
        """
        if self._connection.is_lost:
            self._reconnect()
        elif self._connection.is_in_transaction:  # an interrupt came between two steps
            self._rollback()
        return self._connection

    def _reconnect(self) -> None:
        try:
            connection = PostgresConnection(self._address, writes=not self._read_only)
        except StoreError as error:
            raise Undone(str(error)) from error
        try:
            version = found_version(connection, self.place)
            if version < VERSION and not self._read_only:
                raise StoreError(f"{self._address}: another database is there now than was opened. Begin anew")
            if version < VERSION:
                create_tables(connection, added_since(version), is_temporary=True)
            for run_id in self._runs:
                self._take_run(connection, run_id)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _begin(self) -> PostgresConnection:
        self._begun.clear()
        connection = self._connected()
        try:
            connection.send(_WRITE)
        except BaseException:
            self._rollback()
            raise
        return connection

    def _commit(self, connection: PostgresConnection) -> bool:
        """Commits; whether that is certain. It is not when the connection was lost before the answer came."""
        self._writes += 1
        try:
            done = connection.send(
                "INSERT INTO last_writes (session, number, day) "
                f"VALUES ('{self._session}', {self._writes}, {_TODAY}) "
                "ON CONFLICT (session) DO UPDATE SET number = excluded.number, day = excluded.day; COMMIT"
            )
        except psycopg.Error:
            if connection.is_lost:
                return False
            self._rollback()
            raise
        if done.statusmessage != "COMMIT":
            raise StoreError(f"{self._address}: the server undid a transaction. Repeat it")
        self._runs.update(self._begun)
        return True

    def _settle(self) -> None:
        """Finds out whether the last write was committed, whose answer was lost.

        Raises:
            Undone: it was not.
            StoreError: nobody can tell.
        """
        deadline = time.monotonic() + _SETTLE_S
        while True:
            try:
                connection = self._begin_again()
                rows = connection.execute(_LAST_WRITE, {"session": self._session}).fetchall()
                break
            except (psycopg.Error, StoreError) as error:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"{self._address}: the connection was lost before it was known whether the last write was "
                        "stored. Look with `arcbatt list`, then go on with --resume"
                    ) from error
                time.sleep(_PAUSE_S)
        self._rollback()
        if rows != [(self._writes,)]:
            raise self._undone("the server went before the transaction was committed")
        for run_id in self._begun:
            self._take_run(connection, run_id)
        self._runs.update(self._begun)

    def _begin_again(self) -> PostgresConnection:
        # whoever has the lock knows that the lost transaction came to its end
        connection = self._connected()
        connection.send(_WRITE)
        return connection

    def _rollback(self) -> None:
        """Ends what was begun; a connection that cannot even do that is given up, and with it what was begun."""
        connection = self._connection
        if connection.is_lost or not connection.is_in_transaction:
            return
        with interrupts_held(), suppress(psycopg.Error):
            if not connection.is_busy:
                with suppress(psycopg.Error):
                    connection.send("ROLLBACK")
            if connection.is_in_transaction:  # an interrupt came in the middle of a statement, twice
                connection.close()

    @contextmanager
    def _undone_if_lost(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            if self._connection.is_lost:
                raise self._undone(reason_of(self._address, error)) from error
            raise

    def _undone(self, reason: str) -> Undone:
        return Undone(
            f"{self._address}: the connection was lost ({reason}). What was stored before is unharmed: "
            "see to the server, then repeat"
        )

    def _take_run(self, connection: Connection, run_id: int) -> None:
        connection.execute(f"SELECT pg_try_advisory_lock({RUN_LOCK}, (:id % 2147483647)::int)", {"id": run_id})

    def _check_usable(self) -> None:
        if os.getpid() != self._process:
            raise StoreError(f"{self._address}: opened in another process: open the store after forking")
        if not self._is_open:
            raise StoreError(f"{self._address}: closed")
