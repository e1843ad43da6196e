"""All rows of a table as they are, some at a time, for what looks at a store as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from arcbatt.store.sql.damage import DamagedRow

if TYPE_CHECKING:
    from arcbatt.store.sql.schema import Column, Table
    from arcbatt.store.sql.statements import Connection, Row

__all__ = ["pages_of"]

_PAGES: Final = {
    "run_tables": 4, "run_programs": 1, "done_tasks": 50, "score_results": 200, "evolution_pool": 200,
    "evolution_members": 200, "evolution_generations": 200, "programs": 200,
}  # fmt: skip
"""Rows that are in memory at a time, of tables whose rows may be long."""
_PAGE: Final = 2000
"""The same of the others."""


def pages_of(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, sorted by key and some at a time, each value of its column's type.

    Raises:
        DamagedRow: a value is of another type.
    """
    names = [column.name for column in table.columns]
    key = ", ".join(table.key)
    after = f"WHERE ({key}) > ({', '.join(f':{name}' for name in table.key)}) "
    order = f"ORDER BY {key} LIMIT {_PAGES.get(table.name, _PAGE)}"
    start = f"SELECT {', '.join(names)} FROM {table.name} "
    rows: list[Row] = connection.execute(f"{start}{order}").fetchall()
    while rows:
        page = [_checked(table, row) for row in rows]
        yield page
        last = dict(zip(names, rows[-1], strict=True))
        last = {name: last[name] for name in table.key}
        rows = connection.execute(f"{start}{after}{order}", last).fetchall()


def _checked(table: Table, row: Row) -> dict[str, Any]:
    found = dict(zip((column.name for column in table.columns), row, strict=True))
    for column in table.columns:
        if not _fits(column, found[column.name]):
            where = ", ".join(f"{found[name]!r:.40}" for name in table.key)
            raise DamagedRow(f"{table.name} {where}: {column.name} is {found[column.name]!r:.80}")
    return found


def _fits(column: Column, value: object) -> bool:
    if value is None:
        return column.nullable
    if column.type == "TEXT":
        return isinstance(value, str) and "\0" not in value
    if column.type == "BLOB":
        return isinstance(value, bytes)
    if column.type == "DOUBLE PRECISION":
        return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]
    return type(value) is int
