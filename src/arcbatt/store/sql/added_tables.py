"""Whether a table is there that a later version added: an old store that is opened for reading alone has none."""

from __future__ import annotations

from arcbatt.store.sql.statements import Connection, value

__all__ = ["is_there"]

_IS_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"


def is_there(connection: Connection, table: str) -> bool:
    """Whether the database has a table."""
    return value(connection, _IS_THERE, name=table) is not None
