"""What a store needs of a database: snapshots to read, transactions to write, and a place for the texts of programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from arcbatt.store.base import Origin
    from arcbatt.store.records.task_records import ProgramRecord
    from arcbatt.store.sql.statements import Connection

__all__ = ["Entry", "Transactions"]

Entry = tuple[str, str]
"""A program: its kind and its MD5."""


class Transactions(Protocol):
    """Reads and writes of one open store, one after the other; threads queue up.

    What the database and the file system raise comes out as :class:`arcbatt.errors.StoreError`.
    """

    @property
    def place(self) -> str:
        """Where the store is, for people: a path, or an address without its password."""

    def reading(self) -> AbstractContextManager[Connection]:
        """One snapshot, however many queries."""

    def writing(self, removed: Sequence[Entry] = ()) -> AbstractContextManager[Connection]:
        """A transaction that may write: all of it is stored or nothing.

        Args:
            removed: filled in by the caller within it: programs that it deleted, whose files, if any, go afterwards.
        """

    def put_programs(
        self, connection: Connection, records: Sequence[ProgramRecord], origin: Origin
    ) -> Collection[str]:
        """Puts programs, within :meth:`writing`; returns the MD5 of those that were known."""

    def will_remove(self, entries: Sequence[Entry]) -> None:
        """Notes, within :meth:`writing`, the programs whose files go once the transaction is committed."""

    def hold_run(self, connection: Connection, run_id: int) -> None:
        """Notes, within :meth:`writing`, that this store works on a run: until it closes others take it for running."""

    def release_run(self, connection: Connection, run_id: int) -> None:
        """Notes, within :meth:`writing`, that the work on a run is over."""

    def has_table(self, connection: Connection, name: str) -> bool:
        """Whether a table is there. A store of an earlier version that is read as it is may have none of that name."""

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the database itself and the files beside it, in words, within :meth:`reading`."""

    def size(self) -> int:
        """Bytes that the database takes on its disk."""

    def compact(self) -> None:
        """Gives back to the disk what the database does not use, outside of a transaction."""

    def close(self) -> None:
        """Gives everything up; closing twice does no harm."""
