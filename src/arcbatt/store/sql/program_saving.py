"""Writing programs, names and lineage, inside the caller's transaction, which no other writer shares.

So a replacement is a deletion and an insertion, which every database understands, and not an upsert, which each
spells in its own way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from arcbatt.store.sql.statements import Connection, chunks, execute_many, in_list, insert_into

if TYPE_CHECKING:
    from arcbatt.store.base import Origin
    from arcbatt.store.records.task_records import LineageRecord, ProgramRecord

__all__ = ["add_lineage", "delete_all_unscored", "delete_unscored", "insert_programs"]

_INSERT_PROGRAM = insert_into("programs", ("md5", "kind", "direction", "name", "size", "origin"))
_INSERT_TEXT = insert_into("program_texts", ("md5", "text"))
_INSERT_NAME = insert_into("program_names", ("md5", "name"))
_INSERT_LINEAGE = insert_into("lineage", ("child", "parent", "mutation"))
_ALL_UNSCORED = (
    "SELECT md5 FROM programs WHERE kind = 'solver' AND origin = 'run' "
    "AND NOT EXISTS (SELECT 1 FROM scores WHERE scores.md5 = programs.md5)"
)
_UNSCORED = _ALL_UNSCORED + " AND md5 IN {md5s}"


def insert_programs(
    connection: Connection,
    records: Sequence[ProgramRecord],
    known: Mapping[str, tuple[str, str]],
    origin: Origin,
) -> None:
    """Inserts the programs that are not known, and the names that are.

    Args:
        connection: in a transaction.
        records: programs, the same one perhaps several times.
        known: first name and origin of those that are stored already.
        origin: who brings them.
    """
    first: dict[str, ProgramRecord] = {}
    for record in records:
        first.setdefault(record.md5, record)
    new = [_row(record) | {"origin": origin} for md5, record in first.items() if md5 not in known]
    execute_many(connection, _INSERT_PROGRAM, new)
    execute_many(connection, _INSERT_TEXT, new)
    if origin == "import":
        owned = [{"md5": md5} for md5 in first if md5 in known and known[md5][1] != "import"]
        execute_many(connection, "UPDATE programs SET origin = 'import' WHERE md5 = :md5", owned)
    first_names = {md5: record.name for md5, record in first.items()} | {md5: known[md5][0] for md5 in known}
    _insert_names(connection, {(r.md5, r.name) for r in records if r.name != first_names[r.md5]})


def _row(record: ProgramRecord) -> dict[str, object]:
    # dataclasses.asdict copies every value and takes longer than the rest of a save
    return {name: getattr(record, name) for name in ("md5", "text", "kind", "direction", "name", "size")}


def _insert_names(connection: Connection, pairs: Collection[tuple[str, str]]) -> None:
    there: set[tuple[str, str]] = set()
    for chunk in chunks(sorted({md5 for md5, _ in pairs})):
        md5s, parameters = in_list(chunk)
        there.update(connection.execute(f"SELECT md5, name FROM program_names WHERE md5 IN {md5s}", parameters))
    missing = sorted(set(pairs) - there)
    execute_many(connection, _INSERT_NAME, [{"md5": md5, "name": name} for md5, name in missing])


def delete_unscored(connection: Connection, md5s: Sequence[str]) -> list[str]:
    """Deletes those of the solvers that have no score left and were not imported; returns their md5."""
    gone: list[str] = []
    for chunk in chunks(md5s):
        listed, parameters = in_list(chunk)
        gone += [md5 for (md5,) in connection.execute(_UNSCORED.format(md5s=listed), parameters)]
    _delete(connection, gone)
    return gone


def delete_all_unscored(connection: Connection) -> list[str]:
    """Deletes every solver that has no score and was not imported; returns their md5."""
    gone = [md5 for (md5,) in connection.execute(f"{_ALL_UNSCORED} ORDER BY md5")]
    _delete(connection, gone)
    return gone


def _delete(connection: Connection, md5s: Sequence[str]) -> None:
    for chunk in chunks(md5s):
        listed, parameters = in_list(chunk)
        for table in ("program_names", "program_texts", "programs"):
            connection.execute(f"DELETE FROM {table} WHERE md5 IN {listed}", parameters)


def add_lineage(connection: Connection, records: Iterable[LineageRecord]) -> None:
    """Inserts what is not there."""
    new = {(record.child, record.parent, record.mutation) for record in records}
    for chunk in chunks(sorted({child for child, _, _ in new})):
        listed, parameters = in_list(chunk)
        query = f"SELECT child, parent, mutation FROM lineage WHERE child IN {listed}"
        new.difference_update(connection.execute(query, parameters).fetchall())
    rows = [{"child": child, "parent": parent, "mutation": mutation} for child, parent, mutation in sorted(new)]
    execute_many(connection, _INSERT_LINEAGE, rows)
