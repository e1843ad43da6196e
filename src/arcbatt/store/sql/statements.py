"""Small helpers for SQL with named parameters, the one form that statements are written in here.

Statements keep to what standard SQL says, so that another database takes them too once ``:name`` is spelled its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

__all__ = ["Connection", "Row", "Rows", "chunks", "execute_many", "in_list", "insert_into", "one", "value"]

Row: TypeAlias = tuple[Any, ...]


class Rows(Protocol):
    """What a statement gave: rows as tuples, in its order, each once."""

    @property
    def rowcount(self) -> int:
        """Rows that it inserted, changed or deleted."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def fetchmany(self, size: int = ..., /) -> list[Any]:
        """At most so many of the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection to a database, as the statements here use it; ``:name`` stands for a parameter."""

    def execute(self, statement: str, parameters: Mapping[str, object] = ..., /) -> Rows:
        """Executes a statement."""

    def executemany(self, statement: str, rows: Iterable[Mapping[str, object]], /) -> object:
        """Executes a statement with each row's parameters."""


_CHUNK = 500  # values in one IN list; databases limit them


def insert_into(table: str, columns: Iterable[str]) -> str:
    """The statement that inserts one row, with parameters named as the columns."""
    names = list(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def execute_many(connection: Connection, statement: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Executes a statement with each row's parameters."""
    if rows:
        connection.executemany(statement, rows)


def one(connection: Connection, statement: str, **parameters: object) -> Row | None:
    """The first row of a query, None when it has none."""
    row: Row | None = connection.execute(statement, parameters).fetchone()
    return row


def value(connection: Connection, statement: str, **parameters: object) -> Any:
    """The first column of the first row of a query, None when there is no row."""
    row = one(connection, statement, **parameters)
    return None if row is None else row[0]


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in pieces that fit an IN list."""
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def in_list(values: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The text of an IN list and its parameters."""
    parameters = {f"in_{number}": value for number, value in enumerate(values)}
    return f"({', '.join(f':{name}' for name in parameters)})", parameters
