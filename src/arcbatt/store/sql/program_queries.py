"""Reading programs, their names, totals and lineage, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from arcbatt.store.sql.damage import DamagedRow, made
from arcbatt.store.sql.statements import Connection, Row, chunks, in_list

if TYPE_CHECKING:
    from arcbatt.store.records.task_records import LineageRecord, ProgramRecord, ProgramTotal

__all__ = [
    "select_by_name", "select_by_prefix", "select_known", "select_lineage", "select_names", "select_programs",
    "select_totals", "sorted_by_worth",
]  # fmt: skip

_PROGRAMS = (
    "SELECT p.md5, t.text, p.kind, p.direction, p.name, p.size "
    "FROM programs p LEFT JOIN program_texts t ON t.md5 = p.md5 "
)
_TOTALS = (
    "SELECT p.md5, coalesce(sum(s.demo_right), 0), count(s.md5), "
    "coalesce(sum(CASE WHEN s.demo_right = s.demo_count THEN 1 ELSE 0 END), 0), "
    "coalesce(max(CAST(s.demo_right AS DOUBLE PRECISION) / s.demo_count), 0.0) "
    "FROM programs p LEFT JOIN scores s ON s.md5 = p.md5 WHERE p.kind = 'solver' GROUP BY p.md5 ORDER BY p.md5"
)
_WORTH = (
    "SELECT md5, sum(CASE WHEN demo_right = demo_count THEN 1 ELSE 0 END), sum(demo_right), sum(near) "
    "FROM scores WHERE md5 IN {md5s} GROUP BY md5"
)


def select_programs(connection: Connection, kind: str | None) -> list[ProgramRecord]:
    """All programs or those of a kind, sorted by md5."""
    if kind is None:
        return _programs(connection, "", {})
    return _programs(connection, "WHERE p.kind = :kind", {"kind": kind})


def select_by_prefix(connection: Connection, prefix: str) -> list[ProgramRecord]:
    """The programs whose md5 begins with 1 to 32 hexadecimal digits, sorted by md5."""
    bounds = {"first": prefix.ljust(32, "0"), "last": prefix.ljust(32, "f")}
    return _programs(connection, "WHERE p.md5 BETWEEN :first AND :last", bounds)


def select_by_name(connection: Connection, name: str) -> list[ProgramRecord]:
    """The programs that were ever seen under a name, sorted by md5."""
    named = "SELECT md5 FROM programs WHERE name = :name UNION SELECT md5 FROM program_names WHERE name = :name"
    return _programs(connection, f"WHERE p.md5 IN ({named})", {"name": name})


def _programs(connection: Connection, where: str, parameters: Mapping[str, object]) -> list[ProgramRecord]:
    from arcbatt.store.records.task_records import ProgramRecord

    return made(ProgramRecord, connection.execute(f"{_PROGRAMS}{where} ORDER BY p.md5", parameters))


def sorted_by_worth(connection: Connection, records: list[ProgramRecord]) -> list[ProgramRecord]:
    """The programs, best first by their scores: tasks with all demo samples solved, demo samples solved over all
    tasks, right cells, smaller size, md5.
    """
    worth: dict[str, Row] = {}
    for chunk in chunks([record.md5 for record in records]):
        md5s, parameters = in_list(chunk)
        worth.update((row[0], row[1:]) for row in connection.execute(_WORTH.format(md5s=md5s), parameters))
    none = (0, 0, 0)
    return sorted(
        records, key=lambda r: (*(-number for number in worth.get(r.md5, none)), r.size, r.md5)
    )


def select_known(connection: Connection, md5s: Iterable[str]) -> dict[str, tuple[str, str]]:
    """First name and origin of those of the programs that are stored, by md5."""
    known: dict[str, tuple[str, str]] = {}
    for chunk in chunks(sorted(md5s)):
        listed, parameters = in_list(chunk)
        rows = connection.execute(f"SELECT md5, name, origin FROM programs WHERE md5 IN {listed}", parameters)
        known.update({md5: (name, origin) for md5, name, origin in rows})
    return known


def select_names(connection: Connection, md5: str) -> list[str]:
    """The names of a program: the first, then the others sorted."""
    first = connection.execute("SELECT name FROM programs WHERE md5 = :md5", {"md5": md5}).fetchall()
    further = connection.execute("SELECT name FROM program_names WHERE md5 = :md5 ORDER BY name", {"md5": md5})
    names = [name for (name,) in (*first, *further)]
    if not all(isinstance(name, str) and name.isprintable() for name in names):
        raise DamagedRow(f"a name of {md5} is no text")
    return names


def select_totals(connection: Connection) -> list[ProgramTotal]:
    """Every solver with its scores summed up, sorted by md5."""
    from arcbatt.store.records.task_records import ProgramTotal

    return made(ProgramTotal, connection.execute(_TOTALS))


def select_lineage(connection: Connection, md5: str | None) -> list[LineageRecord]:
    """Lineage sorted by child, parent, mutation."""
    from arcbatt.store.records.task_records import LineageRecord

    where = "" if md5 is None else "WHERE child = :md5 OR parent = :md5 "
    query = f"SELECT child, parent, mutation FROM lineage {where}ORDER BY child, parent, mutation"
    return made(LineageRecord, connection.execute(query, {"md5": md5} if md5 is not None else {}))
