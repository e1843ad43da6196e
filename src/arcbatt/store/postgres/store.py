"""The store in a PostgreSQL database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from arcbatt.store.base import Store
from arcbatt.store.claims import Claims
from arcbatt.store.postgres.connection import PostgresConnection
from arcbatt.store.postgres.faults import Undone, translated
from arcbatt.store.postgres.schema import found_version
from arcbatt.store.postgres.transactions import PostgresTransactions
from arcbatt.store.sql.sql_claims import SqlClaims
from arcbatt.store.sql.sql_store import SqlStore

if TYPE_CHECKING:
    from arcbatt.store.place import PostgresAddress

__all__ = ["PAUSES_S", "PostgresStore", "has_store"]

PAUSES_S: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 5.0, 10.0, 15.0, 20.0)
"""Before each further attempt at what was undone: about a minute in all, the time that a server takes to restart."""


class PostgresStore(SqlStore):
    """The store in a database; see :func:`arcbatt.store.open_store` for the arguments.

    A method whose transaction was undone, since the connection was lost or the server made way for others, begins again
    once the server answers: at most 11 times within about a minute. It is repeated only when it is certain that nothing
    of it was stored, so nothing is ever stored twice. Then, or when nobody can tell, it raises :class:`StoreError`.

    What can go wrong besides: :class:`arcbatt.store.postgres.transactions.PostgresTransactions`.
    """

    def __init__(self, address: PostgresAddress, *, create: bool, read_only: bool = False) -> None:
        transactions = PostgresTransactions(address, create=create, read_only=read_only)
        super().__init__(transactions)
        self.claims = _PostgresClaims(transactions)


class _PostgresClaims(SqlClaims):
    """The claims of a store in a database; what was undone begins again likewise."""


def _repeated(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def attempts(self: PostgresStore | _PostgresClaims, *arguments: Any, **named: Any) -> Any:
        # an iterator gives what it has once
        kept = [list(value) if isinstance(value, Iterator) else value for value in arguments]
        for pause in PAUSES_S:
            try:
                return method(self, *kept, **named)
            except Undone:
                time.sleep(pause)
        return method(self, *kept, **named)

    return attempts


for _name in sorted(Store.__abstractmethods__ - {"close"}):
    setattr(PostgresStore, _name, _repeated(getattr(SqlStore, _name)))
for _name in sorted(Claims.__abstractmethods__):
    setattr(_PostgresClaims, _name, _repeated(getattr(SqlClaims, _name)))


def has_store(address: PostgresAddress) -> bool:
    """See :func:`arcbatt.store.has_store`."""
    with translated(address), closing(PostgresConnection(address, writes=False)) as connection:
        return found_version(connection, str(address)) > 0
