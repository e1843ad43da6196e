"""A whole store into an empty one, of any kind: every row of every table, in one transaction.

Rows go over in pages, so that memory is bounded by a page; each value is checked to be of its column's type, and each
program to be the one that its MD5 names, as of a stranger's store. What else may be wrong in a store, `arcbatt store
check` finds: a copy is as good as what it was made from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from arcbatt.errors import InputError
from arcbatt.store.records.task_records import ProgramRecord
from arcbatt.store.sql.damage import DamagedRow
from arcbatt.store.sql.schema import TABLES, Table
from arcbatt.store.sql.statements import chunks, execute_many, in_list, insert_into, value
from arcbatt.store.sql.table_pages import pages_of
from arcbatt.store.workspace.interrupts import raise_if_interrupted

if TYPE_CHECKING:
    from arcbatt.store.base import Origin
    from arcbatt.store.sql.sql_store import SqlStore
    from arcbatt.store.sql.statements import Connection
    from arcbatt.store.sql.transactions import Transactions

__all__ = ["copy_store"]

_BY_HAND: Final = ("program_texts", "claims")
"""Tables that are not copied row by row: texts go with their programs, and nobody works on a copy."""
_FIXED: Final = {
    "drivers": "UPDATE drivers SET is_live = 0",
    "runs": "UPDATE runs SET status = 'interrupted' WHERE status = 'running'",
}
"""What is done to a table once it is copied: nobody works on a copy."""


def copy_store(
    source: SqlStore, target: SqlStore, *, on_row: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Copies everything in a store into an empty one; all of it is there afterwards, or nothing.

    The source is read as one snapshot, whoever writes to it meanwhile. Ctrl-C ends the copy, and the target stays
    empty.

    Args:
        source: open, for reading alone is enough.
        target: open for writing, and empty.
        on_row: called now and then with the number of rows that are copied, and of all.

    Returns:
        the number of rows.

    Raises:
        InputError: the target is not empty.
        StoreError: reading or writing fails, or a row of the source is none that arcbatt writes.
    """
    opened, into = source.transactions, target.transactions
    with opened.reading() as reader, into.writing() as writer:
        _check_empty(writer, into)
        tables = [table for table in TABLES if opened.has_table(reader, table.name)]
        total = sum(int(value(reader, f"SELECT count(*) FROM {table.name}")) for table in tables)
        done = 0
        for table in tables:
            for rows in pages_of(reader, table):
                raise_if_interrupted()
                _put(reader, writer, into, table, rows)
                done += len(rows)
                on_row(done, total)
            if table.name in _FIXED:
                writer.execute(_FIXED[table.name])
    return done


def _check_empty(connection: Connection, transactions: Transactions) -> None:
    for table in TABLES:
        if value(connection, f"SELECT 1 FROM {table.name} LIMIT 1") is not None:
            raise InputError(
                f"{transactions.place}: there is something in this store, and a copy needs an empty one. Name another "
                "place; `arcbatt export` and `arcbatt import` put programs and scores into a store that has some"
            )


def _put(
    reader: Connection, writer: Connection, into: Transactions, table: Table, rows: list[dict[str, Any]]
) -> None:
    if table.name == "programs":
        _put_programs(reader, writer, into, rows)
    elif table.name not in _BY_HAND:
        execute_many(writer, insert_into(table.name, [column.name for column in table.columns]), rows)


def _put_programs(
    reader: Connection, writer: Connection, into: Transactions, rows: list[dict[str, Any]]
) -> None:
    texts: dict[str, Any] = {}
    for chunk in chunks([row["md5"] for row in rows]):
        listed, parameters = in_list(chunk)
        texts.update(reader.execute(f"SELECT md5, text FROM program_texts WHERE md5 IN {listed}", parameters))
    by_origin: dict[Origin, list[ProgramRecord]] = {"import": [], "run": []}
    for row in rows:
        origin = row.pop("origin")
        if origin not in by_origin:
            raise DamagedRow(f"program {row['md5']:.40}: origin {origin!r:.80}")
        try:
            by_origin[origin].append(ProgramRecord(text=texts.get(row["md5"]), **row))  # type: ignore[arg-type]
        except InputError as error:
            raise DamagedRow(str(error)) from error
    for origin, records in by_origin.items():
        into.put_programs(writer, records, origin)
