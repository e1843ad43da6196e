"""Whether a database has changed, for who looks again and again: cheaper than to open a store each time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import psycopg

from arcbatt.store.postgres.connection import PostgresConnection
from arcbatt.store.postgres.faults import translated
from arcbatt.store.postgres.locks import RUN_LOCK

if TYPE_CHECKING:
    from arcbatt.store.place import PostgresAddress

__all__ = ["DatabaseNews"]

_IS_THERE: Final = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('arcbatt.last_writes')"
_WRITES: Final = "SELECT count(*), md5(string_agg(session || ' ' || number, ',' ORDER BY session)) FROM last_writes"
_WORKED_ON: Final = (
    "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
    f"WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.classid = {RUN_LOCK} AND l.objsubid = 2"
)


class DatabaseNews:
    """Looks at a database over a connection of its own, made when it is needed, and again when it was lost or closed.

    Several threads may use it. Its methods raise :class:`arcbatt.errors.StoreError` where the server cannot be reached.
    """

    def __init__(self, address: PostgresAddress) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._connection: PostgresConnection | None = None

    def signature(self) -> tuple[Any, ...]:
        """What changes with every write to the store; empty where there is none yet."""
        with self._connected() as connection:
            if connection.execute(_IS_THERE).fetchall() == [(0,)]:
                return ()
            return tuple(connection.execute(_WRITES).fetchall())

    def is_written(self) -> bool:
        """Whether some process works on a run."""
        with self._connected() as connection:
            return connection.execute(_WORKED_ON).fetchall() != [(0,)]

    def close(self) -> None:
        """Ends the connection; the next question makes another."""
        with self._lock, suppress(psycopg.Error):
            if self._connection is not None:
                self._connection.close()

    @contextmanager
    def _connected(self) -> Iterator[PostgresConnection]:
        with self._lock, translated(self._address):
            if self._connection is None or self._connection.is_lost:
                self._connection = PostgresConnection(self._address, writes=False)
            yield self._connection
