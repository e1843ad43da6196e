"""Connecting to a PostgreSQL server, and the connection as the statements of arcbatt use it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.numeric import Int8BinaryDumper, NumericBinaryLoader

from arcbatt.errors import InputError, StoreError
from arcbatt.store.place import PostgresAddress
from arcbatt.store.postgres.faults import reason_of, unreachable
from arcbatt.store.postgres.spelling import spelled

__all__ = ["BUSY_TIMEOUT_S", "MAX_VALUE", "PostgresConnection", "Rows"]

MAX_VALUE: Final = 64 * 1024 * 1024
"""Longest single value, in bytes or characters, that is written; as with SQLite."""

BUSY_TIMEOUT_S: Final = 90
"""How long a write waits for those of others. Longer than :data:`IDLE_S`, so that one that hangs is outlived."""

IDLE_S: Final = 60
"""How long the server waits for the next statement of a write before it ends the session: its machine may be gone."""

_LEAST_SERVER: Final = 13
_UNLESS_GIVEN: Final = {
    "connect_timeout": 10, "application_name": "arcbatt",
    "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000,
}  # fmt: skip

# whatever the address, the user or the database has set. The catalog comes first, so that nobody's function or
# operator in another schema is taken for one of PostgreSQL's.
_SETTINGS: Final = {
    "search_path": "pg_catalog, arcbatt, pg_temp", "client_encoding": "UTF8", "standard_conforming_strings": "on",
    "lock_timeout": f"{BUSY_TIMEOUT_S}s", "tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}  # fmt: skip
_SET_UP: Final = (
    f"SELECT {', '.join(f'pg_catalog.set_config({name!r}, {value!r}, false)' for name, value in _SETTINGS.items())}"
)
_SERVER: Final = (
    "SELECT pg_catalog.current_setting('server_encoding'), pg_catalog.current_setting('server_version_num'), "
    "pg_catalog.pg_is_in_recovery()"
)

Rows: TypeAlias = psycopg.Cursor[tuple[Any, ...]]


class PostgresConnection:
    """A connection without transactions of its own accord: the caller sends BEGIN and COMMIT.

    Args:
        address: of the database.
        writes: refuse a server that takes no writes.

    Raises:
        InputError: the address is none.
        StoreError: there is no connection to be had, or not one of a kind that can hold a store.
    """

    def __init__(self, address: PostgresAddress, *, writes: bool) -> None:
        try:
            given = conninfo_to_dict(address.url)
        except psycopg.Error as error:
            raise InputError(f"{address}: no address of a database ({reason_of(address, error)})") from error
        options = {name: value for name, value in _UNLESS_GIVEN.items() if name not in given}
        if "PGCONNECT_TIMEOUT" in os.environ:
            options.pop("connect_timeout", None)
        try:
            self._raw: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
                address.url, autocommit=True, client_encoding="UTF8", **options  # type: ignore[arg-type]
            )
        except psycopg.OperationalError as error:
            raise unreachable(address, error) from error
        try:
            self._raw.adapters.register_dumper(int, Int8BinaryDumper)
            self._raw.adapters.register_loader("numeric", _SumLoader)
            _check_server(address, self._raw.execute(_SERVER).fetchone(), writes=writes)
            self._raw.execute(_SET_UP)
        except BaseException:
            self._raw.close()
            raise

    @property
    def is_lost(self) -> bool:
        """Whether nothing more can be said over it."""
        return self._raw.closed

    @property
    def is_in_transaction(self) -> bool:
        """Whether a transaction was begun and not ended, as far as is known here."""
        return self._raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    @property
    def is_busy(self) -> bool:
        """Whether a statement is under way, as far as is known here."""
        return self._raw.info.transaction_status == psycopg.pq.TransactionStatus.ACTIVE

    def execute(self, statement: str, parameters: Mapping[str, object] | None = None, /) -> Rows:
        """Executes a statement with ``:name`` for parameters."""
        parameters = parameters or {}
        _check_sizes(parameters)
        return self._raw.execute(spelled(statement), parameters, binary=True)

    def executemany(self, statement: str, rows: Iterable[Mapping[str, object]], /) -> None:
        """Executes a statement with each row's parameters."""
        with self._raw.cursor() as cursor:
            cursor.executemany(spelled(statement), map(_checked, rows))

    def send(self, statements: str) -> Rows:
        """Executes statements without parameters, several at once with ``;``; the result of the last."""
        cursor = self._raw.execute(statements.encode())
        while cursor.nextset():
            pass
        return cursor

    def close(self) -> None:
        """Ends it."""
        self._raw.close()


class _SumLoader(NumericBinaryLoader):
    """The sum of a column of integers is a decimal number to PostgreSQL."""

    def load(self, data: Any) -> Any:
        found = super().load(data)
        return int(found) if found == found.to_integral_value() else float(found)


def _check_server(address: PostgresAddress, found: tuple[Any, ...] | None, *, writes: bool) -> None:
    assert found is not None
    encoding, version, is_copy = found
    if int(version) < _LEAST_SERVER * 10_000:
        raise StoreError(f"{address}: expected PostgreSQL {_LEAST_SERVER} or later, got {int(version) // 10_000}")
    if encoding != "UTF8":
        raise StoreError(
            f"{address}: expected a database of the encoding UTF8, got {encoding:.40}. "
            "Create one with `createdb --encoding UTF8 --template template0 NAME`"
        )
    if is_copy and writes:
        raise StoreError(f"{address}: a read-only copy of a database takes no writes. Name the primary server")


def _checked(row: Mapping[str, object]) -> Mapping[str, object]:
    _check_sizes(row)
    return row


def _check_sizes(row: Mapping[str, object]) -> None:
    for name, value in row.items():
        if isinstance(value, str | bytes) and len(value) > MAX_VALUE:
            raise StoreError(f"a value is too large for the database ({name} of {len(value)} bytes)")
