"""The store in an SQLite file of the workspace."""

from __future__ import annotations

from pathlib import Path

from arcbatt.store import DATABASE_NAME
from arcbatt.store.sql.sql_store import SqlStore
from arcbatt.store.sqlite.transactions import SqliteTransactions

__all__ = ["SqliteStore"]


class SqliteStore(SqlStore):
    """The store of a workspace; see :func:`arcbatt.store.open_store` for the arguments.

    What can go wrong while it opens, reads and writes: :class:`arcbatt.store.sqlite.transactions.SqliteTransactions`.

    Attributes:
        workspace: its folder.
    """

    def __init__(self, workspace: Path, *, create: bool, read_only: bool = False) -> None:
        self.workspace = workspace
        super().__init__(
            SqliteTransactions(workspace, workspace / DATABASE_NAME, create=create, read_only=read_only)
        )
