"""Bringing a database of an earlier version up to this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from arcbatt.errors import StoreError
from arcbatt.store.schema import VERSION

if TYPE_CHECKING:
    from arcbatt.store.statements import Connection

__all__ = ["upgraded"]


def upgraded(connection: Connection, version: int, database: Path, *, read_only: bool) -> Connection:
    """A connection to the database as this version has it."""
    if version < VERSION:
        raise StoreError(f"{database}: of an earlier version")
    return connection
