"""An open workspace: its database, its program files, its locks; and the transactions on them."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from arcbatt.errors import StoreError
from arcbatt.store.records.checks import is_md5
from arcbatt.store.sql.claims import drop_ended_drivers
from arcbatt.store.sql.program_queries import select_known
from arcbatt.store.sql.program_saving import insert_programs
from arcbatt.store.sql.run_queries import interrupt_running
from arcbatt.store.sql.schema import VERSION
from arcbatt.store.sql.statements import value
from arcbatt.store.sqlite.connection import BUSY_TIMEOUT_S, connected, prepare
from arcbatt.store.sqlite.faults import refused, translated
from arcbatt.store.workspace.files import FOLDERS, Journal, ProgramFiles, journals_of_others
from arcbatt.store.workspace.interrupts import interrupts_held
from arcbatt.store.workspace.network import warn_of_network
from arcbatt.store.workspace.presence import Presence

if TYPE_CHECKING:
    from arcbatt.store.base import Origin
    from arcbatt.store.records.task_records import ProgramRecord
    from arcbatt.store.sql.statements import Connection
    from arcbatt.store.sql.transactions import Entry

__all__ = ["SqliteTransactions"]

_MOST_FAULTS = 20
_TEXTS = "SELECT p.kind, p.md5, t.text FROM programs p JOIN program_texts t ON t.md5 = p.md5 ORDER BY p.kind, p.md5"


class SqliteTransactions:
    """Reads and writes of a workspace, one after the other.

    The database is in WAL mode, flushed at checkpoints: a killed process loses nothing that was committed, a power cut
    perhaps the last transactions, but neither breaks it. Each write begins with the right to write, so that
    two processes never work on a state that the other one changes. One connection, one lock: threads queue up.

    Args:
        workspace: folder of the store.
        database: path of the database in it.
        create: make both where they are missing.
        read_only: write nothing, and clean nothing up.

    Raises:
        StoreError: see :func:`arcbatt.store.open_store`.
    """

    def __init__(self, workspace: Path, database: Path, *, create: bool, read_only: bool) -> None:
        self._workspace = workspace
        self.database = database
        self._read_only = read_only
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._is_open = True
        token = os.urandom(8).hex()
        self._files = ProgramFiles(workspace, token)
        self._journal = Journal(workspace, token)
        with ExitStack() as stack:
            stack.enter_context(translated(database))
            self._connection = self._opened(stack, create=create)
            self._closing = stack.pop_all()

    @property
    def place(self) -> str:
        """Path of the database."""
        return str(self.database)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot, however many queries."""
        with self._lock, interrupts_held(), translated(self.database):
            self._check_usable()
            try:
                self._connection.execute("BEGIN")
                yield self._connection
            finally:
                self._rollback()

    @contextmanager
    def writing(self, removed: Sequence[Entry] = ()) -> Iterator[sqlite3.Connection]:
        """A transaction that may write; afterwards the files of ``removed``, filled in by then, go."""
        with self._lock, interrupts_held(), translated(self.database):
            self._check_usable()
            if self._read_only:
                raise StoreError(f"{self.database}: opened for reading only")
            # what could not be tidied up before
            self._tidy(self._journal.entries)
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # the first error is what matters; what cannot be tidied up now stays in the journal
                with suppress(Exception):
                    self._rollback()
                    self._tidy(self._journal.entries)
                raise
            # all is stored: what fails from here on is no failure of the caller's, and the next write tries again
            with suppress(Exception):
                self._tidy(removed)

    def put_programs(
        self, connection: Connection, records: Sequence[ProgramRecord], origin: Origin
    ) -> Collection[str]:
        """Puts files, then rows, within :meth:`writing`; returns the md5 of those that were known."""
        unique = {record.md5: record for record in records}
        known = select_known(connection, unique)
        # the content of a file without a row is anybody's guess; one with a row is only ever renamed into place whole
        needed = [r for r in unique.values() if r.md5 not in known or not self._files.is_whole(r)]
        self._journal.note([(record.kind, record.md5) for record in needed])
        for record in needed:
            self._files.write(record)
        insert_programs(connection, records, known, origin)
        return known.keys()

    def will_remove(self, entries: Sequence[Entry]) -> None:
        """Notes, within :meth:`writing`, the programs whose files go once the transaction is committed."""
        self._journal.note(entries)

    def hold_run(self, connection: Connection, run_id: int) -> None:
        """Does nothing: as long as a store is open, nobody takes the runs of its workspace for interrupted."""

    def release_run(self, connection: Connection, run_id: int) -> None:
        """Does nothing."""

    def has_table(self, connection: Connection, name: str) -> bool:
        """See :meth:`Transactions.has_table`."""
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"
        return value(connection, query, name=name) is not None

    def faults(self, connection: Connection) -> Iterator[str]:
        """What SQLite itself finds, and files of programs that are missing, others, or more."""
        try:
            checked = [found for (found,) in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})").fetchall()]
        except sqlite3.DatabaseError as error:  # where the check itself comes upon the broken page
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            checked = [str(error)]
        yield from (f"{self.database}: {found}" for found in checked if found != "ok")
        known = set()
        for kind, md5, text in connection.execute(_TEXTS):
            if kind in FOLDERS and is_md5(md5) and isinstance(text, str):
                known.add((kind, md5))
                if self._files.content(kind, md5) != text.encode(errors="surrogateescape"):
                    yield f"{self._files.path(kind, md5)}: the program's file is missing, or another text"
        for kind, name in self._files.names():
            if (kind, name.removesuffix(".py")) not in known:
                yield f"{self._workspace / FOLDERS[kind] / name}: a file of no stored program; it may be yours"

    def size(self) -> int:
        """Bytes of the database and its log."""
        found = (self.database.with_name(self.database.name + ending) for ending in ("", "-wal"))
        return sum(path.stat().st_size for path in found if path.exists())

    def compact(self) -> None:
        """Writes the database anew without what it does not use."""
        with self._lock, translated(self.database):
            self._check_usable()
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Gives everything up; closing twice does no harm."""
        with self._lock, interrupts_held():
            # a forked child leaves everything to its parent
            if self._is_open and os.getpid() == self._process:
                self._is_open = False
                with suppress(Exception):
                    # if that fails, the journal stays for the next store
                    self._tidy(self._journal.entries)
                with translated(self.database):
                    self._closing.close()

    def _opened(self, stack: ExitStack, *, create: bool) -> sqlite3.Connection:
        presence = None
        if not self._read_only:
            _check_workspace(self._workspace, create=create)
            warn_of_network(self._workspace)
            presence = Presence(self._workspace, BUSY_TIMEOUT_S)
            stack.callback(presence.close)
        connection = connected(self.database, create=create, read_only=self._read_only)
        stack.callback(connection.close)
        version = prepare(connection, self.database, create=create)
        if version < VERSION:
            from arcbatt.store.sqlite.upgrade.migration import upgraded

            connection = upgraded(connection, version, self.database, read_only=self._read_only)
            stack.callback(connection.close)
        if presence is not None:
            self._files.make_folders()
            stack.callback(self._journal.close)
            if presence.alone:
                self._clean_up(connection)
                presence.share()
        return connection

    def _clean_up(self, connection: sqlite3.Connection) -> None:
        """Finishes what killed processes began; only while no other store is open on the workspace."""
        connection.execute("BEGIN IMMEDIATE")
        interrupt_running(connection)
        drop_ended_drivers(connection)
        for path, token, entries in journals_of_others(self._workspace):
            known = select_known(connection, {md5 for _, md5 in entries})
            self._files.tidy(entries, known, token)
            path.unlink(missing_ok=True)
        connection.execute("COMMIT")

    def _tidy(self, entries: Sequence[Entry]) -> None:
        """Removes the files of programs that have no row, sure that nobody adds them meanwhile; clears the journal."""
        if entries:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                known = select_known(self._connection, {md5 for _, md5 in entries})
                self._files.tidy(entries, known)
            finally:
                self._rollback()
        self._journal.clear()

    def _rollback(self) -> None:
        # SQLite ends a transaction by itself when the disk is full
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _check_usable(self) -> None:
        if os.getpid() != self._process:
            raise StoreError(f"{self.database}: opened in another process: open the store after forking")
        if not self._is_open:
            raise StoreError(f"{self.database}: closed")


def _check_workspace(workspace: Path, *, create: bool) -> None:
    try:
        if create:
            workspace.mkdir(parents=True, exist_ok=True)
        elif not workspace.is_dir():
            raise StoreError(f"{workspace}: no workspace here. `arcbatt run` or `arcbatt import` makes one")
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise refused(workspace, error) from error
