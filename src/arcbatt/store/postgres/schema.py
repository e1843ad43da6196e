"""The tables in a PostgreSQL database: in a schema of their own, with a mark that says whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from arcbatt.errors import StoreError
from arcbatt.store.sql.damage import DamagedRow
from arcbatt.store.sql.schema import VERSION, Column, Table, create_index, tables_of

if TYPE_CHECKING:
    from arcbatt.store.postgres.connection import PostgresConnection

__all__ = ["SCHEMA", "added_since", "create_schema", "create_tables", "found_version", "upgrade"]

SCHEMA: Final = "arcbatt"
"""Name of the schema that holds the tables; a database holds one store."""

_MARK: Final = "arcbatt store"

_ABOUT: Final = Table("about", (Column("mark", "TEXT"), Column("version", "BIGINT")), key=("mark",))
"""One row: that the tables are arcbatt's, and the version of their schema."""

_LAST_WRITES: Final = Table(
    "last_writes",
    (Column("session", "TEXT"), Column("number", "BIGINT"), Column("day", "BIGINT")),
    key=("session",),
)
"""The number of each open store's last write: whoever lost the answer to a COMMIT finds there whether it came to be.

``day`` counts from 1970; rows of some days before go when a store is opened.
"""

_TYPES: Final = {"TEXT": 'TEXT COLLATE "C"', "BLOB": "BYTEA", "INTEGER": "BIGINT"}
_SHOWN: Final = {"TEXT": "text C", "BLOB": "bytea", "INTEGER": "bigint", "BIGINT": "bigint",
                 "DOUBLE PRECISION": "double precision"}  # fmt: skip

_IDENTITY: Final = """
SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 'arcbatt'),
       (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'arcbatt'),
       (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'arcbatt' AND c.relname = 'about' AND c.relkind = 'r')
"""
_VERSION: Final = "SELECT mark, version FROM arcbatt.about LIMIT 2"

# Everything in the schema, as kind, name and what it is. What could run on a read or a write (rules, triggers,
# expressions, functions and operators that the search path finds) has no place there.
_CONTENT: Final = """
WITH ours AS (
    SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'arcbatt'
)
SELECT 'table', c.relname::text, string_agg(
    a.attname::text || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(' ' || l.collname::text, '')
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || CASE WHEN a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '' THEN ' computed' ELSE '' END,
    ', ' ORDER BY a.attname::text COLLATE "C")
    || CASE WHEN c.relrowsecurity OR c.relhasrules OR c.relispartition OR c.relkind <> 'r' OR c.relpersistence <> 'p'
       THEN ' and more' ELSE '' END
FROM ours c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relkind NOT IN ('i', 'I') GROUP BY c.oid, c.relname, c.relrowsecurity, c.relhasrules, c.relispartition,
    c.relkind, c.relpersistence
UNION ALL
SELECT 'index', c.relname::text, pg_get_indexdef(c.oid) FROM ours c WHERE c.relkind IN ('i', 'I')
UNION ALL
SELECT 'trigger', t.tgname::text, '' FROM pg_trigger t JOIN ours c ON c.oid = t.tgrelid
UNION ALL
SELECT 'constraint', k.conname::text, '' FROM pg_constraint k JOIN ours c ON c.oid = k.conrelid
WHERE k.contype NOT IN ('p', 'n')
UNION ALL
SELECT 'child', i.inhrelid::regclass::text, '' FROM pg_inherits i JOIN ours c ON c.oid = i.inhparent
UNION ALL
SELECT 'function', p.proname::text, '' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'arcbatt'
UNION ALL
SELECT 'operator', o.oprname::text, '' FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE n.nspname = 'arcbatt'
UNION ALL
SELECT 'type', t.typname::text, '' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = 'arcbatt' AND t.typrelid = 0 AND t.typelem = 0
"""


def create_schema(connection: PostgresConnection) -> None:
    """Makes the schema, if need be, its tables and its mark, in the caller's transaction."""
    if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'arcbatt'").fetchall():
        # an administrator may have made it, for a user who may make none
        connection.execute(f"CREATE SCHEMA {SCHEMA}")
    create_tables(connection, (_ABOUT, _LAST_WRITES, *tables_of(VERSION)))
    connection.execute(f"INSERT INTO {SCHEMA}.about (mark, version) VALUES ('{_MARK}', {VERSION})")


def added_since(version: int) -> tuple[Table, ...]:
    """The tables that this version of the schema has and an earlier one has not."""
    return tuple(table for table in tables_of(VERSION) if table.since > version)


def upgrade(connection: PostgresConnection, version: int) -> None:
    """Brings the tables of an earlier version up to this one, in the caller's transaction."""
    create_tables(connection, added_since(version))
    connection.execute(f"UPDATE {SCHEMA}.about SET version = {VERSION}")


def create_tables(connection: PostgresConnection, tables: Iterable[Table], *, is_temporary: bool = False) -> None:
    """Makes tables with their indexes; temporary ones, empty and gone with the connection, have none."""
    begin = "CREATE TEMPORARY TABLE " if is_temporary else f"CREATE TABLE {SCHEMA}."
    for table in tables:
        columns = [f"{c.name} {_TYPES.get(c.type, c.type)}{'' if c.nullable else ' NOT NULL'}" for c in table.columns]
        key = f"PRIMARY KEY ({', '.join(table.key)})"
        connection.execute(f"{begin}{table.name} ({', '.join([*columns, key])})")
        for index in () if is_temporary else table.indexes:
            connection.execute(create_index(table, index))


def found_version(connection: PostgresConnection, place: str) -> int:
    """The version of the schema, after a look at everything in it; 0 where there is no schema, or an empty one.

    Raises:
        StoreError: it is another program's, or of a newer version.
        DamagedRow: its tables are not as arcbatt makes them.
    """
    ((schemas, content, marked),) = connection.execute(_IDENTITY).fetchall()
    if not schemas or not content:
        return 0
    rows = connection.execute(_VERSION).fetchall() if marked else []
    if len(rows) != 1 or rows[0][0] != _MARK or type(rows[0][1]) is not int:
        raise StoreError(
            f"{place}: the schema {SCHEMA!r} of this database belongs to another program. Name another database"
        )
    version: int = rows[0][1]
    if version > VERSION:
        raise StoreError(
            f"{place}: written by a newer arcbatt (schema version {version}, this one knows up to {VERSION}). "
            "Upgrade arcbatt or name another database"
        )
    if version < 4:
        raise DamagedRow(f"schema version {version}")
    _check_content(connection, version)
    return version


def _check_content(connection: PostgresConnection, version: int) -> None:
    found = {(kind, name): what for kind, name, what in connection.execute(_CONTENT)}
    expected = _expected(version)
    for entry, what in found.items():
        if entry not in expected:
            raise DamagedRow(f"an unexpected {entry[0]!s:.20} {entry[1]!s:.80}")
        if what != expected[entry]:
            raise DamagedRow(f"an unexpected definition of {entry[1]!s:.80}")
    missing = expected.keys() - found.keys()
    if missing:
        raise DamagedRow(f"{min(missing)[1]} is missing")


def _expected(version: int) -> dict[tuple[str, str], str]:
    expected = {}
    for table in (_ABOUT, _LAST_WRITES, *tables_of(version)):
        columns = sorted((c.name, _SHOWN[c.type] + ("" if c.nullable else " not null")) for c in table.columns)
        expected["table", table.name] = ", ".join(f"{name} {shown}" for name, shown in columns)
        where = f"ON {SCHEMA}.{table.name} USING btree"
        key = f"{table.name}_pkey"
        expected["index", key] = f"CREATE UNIQUE INDEX {key} {where} ({', '.join(table.key)})"
        for index in table.indexes:
            columns_of = ", ".join(index.columns)
            expected["index", index.name] = f"CREATE INDEX {index.name} {where} ({columns_of})"
    return expected


