"""The tables, as data, and the SQL that makes them: the same for every database except the names of types.

Text sorts by code points: a database whose own order is another gives these columns the collation ``C``.
Text that has structure (arguments, results, summaries) is JSON in a text column: no database's own JSON type is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["TABLES", "VERSION", "Column", "Index", "Table", "create_index", "create_table", "tables_of"]

VERSION: Final = 5
"""Version of this schema. A change to it raises the number, comes with an upgrade and an old sample in the tests."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its SQL type, and whether it may be NULL."""

    name: str
    type: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """An index over columns, each perhaps with ``DESC``."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its primary key and indexes.

    Attributes:
        has_number: the key is one integer that the database counts up.
        since: version of the schema that has it first; 3 for all that were there when this way of adding began.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: tuple[Index, ...] = ()
    has_number: bool = False
    since: int = 3


def create_table(table: Table) -> str:
    """The statement that makes a table, as SQLite has it."""
    lines = [f"{c.name} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    without = "" if table.has_number else " WITHOUT ROWID"
    return f"CREATE TABLE {table.name} ({', '.join(lines)}){without}"


def create_index(table: Table, index: Index) -> str:
    """The statement that makes an index."""
    return f"CREATE INDEX {index.name} ON {table.name} ({', '.join(index.columns)})"


def _text(name: str, *, nullable: bool = False) -> Column:
    return Column(name, "TEXT", nullable)


def _integer(name: str, *, nullable: bool = False) -> Column:
    # BIGINT is 64 bits in every database
    return Column(name, "BIGINT", nullable)


def _seconds(name: str, *, nullable: bool = False) -> Column:
    return Column(name, "DOUBLE PRECISION", nullable)


def _bytes(name: str) -> Column:
    return Column(name, "BLOB")


_PROGRAMS = Table(
    "programs",
    (_text("md5"), _text("kind"), _text("direction", nullable=True), _text("name"), _integer("size"), _text("origin")),
    key=("md5",),
    indexes=(Index("programs_by_name", ("name",)),),
)
"""What the listings look at; texts are kept apart, so that a look through all programs reads little."""

_PROGRAM_TEXTS = Table("program_texts", (_text("md5"), _text("text")), key=("md5",))

_PROGRAM_NAMES = Table(
    "program_names",
    (_text("md5"), _text("name")),
    key=("md5", "name"),
    indexes=(Index("program_names_by_name", ("name",)),),
)
"""The names of a program beyond the first."""

_TASKS = Table(
    "tasks",
    (
        _text("digest"),
        _integer("demo_count", nullable=True),
        _integer("test_count", nullable=True),
        _integer("is_migrated"),
    ),
    key=("digest",),
    indexes=(Index("tasks_by_migration", ("is_migrated",)),),
)
"""Counts are NULL for a task that an earlier version knew by its id alone, without any score."""

_TASK_NAMES = Table(
    "task_names",
    (_text("digest"), _text("id"), _integer("is_first")),
    key=("digest", "id"),
    indexes=(Index("task_names_by_id", ("id",)),),
)
"""Every id under which a task's samples were met; ``is_first`` is 1 for one of them and 0 for the others."""

_SCORES = Table(
    "scores",
    (
        _text("digest"),
        _text("md5"),
        _integer("demo_right"),
        _integer("demo_count"),
        _integer("near"),
        _integer("test_right", nullable=True),
        _integer("test_count"),
        _integer("size"),
        _integer("fuel"),
        _seconds("seconds", nullable=True),
        _integer("t_log", nullable=True),
        _integer("failed"),
    ),
    key=("digest", "md5"),
    indexes=(
        Index("scores_by_md5", ("md5", "demo_right", "demo_count", "near")),
        Index("scores_by_rank", ("digest", "demo_right DESC", "near DESC", "size", "fuel", "md5")),
    ),
)
"""What listings and eviction look at; ``near`` is the sum of shares, ``failed`` the number of samples that failed."""

_SCORE_RESULTS = Table("score_results", (_text("digest"), _text("md5"), _text("result")), key=("digest", "md5"))
"""The whole result of each score as JSON."""

_DIFFER_SCORES = Table(
    "differ_scores",
    (
        _text("digest"),
        _text("solver_md5"),
        _text("differ_md5"),
        _integer("iz", nullable=True),
        _integer("zo", nullable=True),
        _integer("t_log", nullable=True),
    ),
    key=("digest", "solver_md5", "differ_md5"),
)

_LINEAGE = Table(
    "lineage",
    (_text("child"), _text("parent"), _text("mutation")),
    key=("child", "parent", "mutation"),
    indexes=(Index("lineage_by_parent", ("parent",)),),
)

_RUNS = Table(
    "runs",
    (
        Column("id", "INTEGER"),
        _text("key"),
        _integer("series"),
        _text("command"),
        _text("arguments"),
        _text("data"),
        _text("data_revision"),
        _text("engine"),
        _text("versions"),
        _text("status"),
        _text("started"),
        _text("finished", nullable=True),
        _text("totals", nullable=True),
        _text("phases"),
    ),
    key=("id",),
    indexes=(Index("runs_by_key", ("key",)), Index("runs_by_series", ("series",))),
    has_number=True,
)

_DONE_TASKS = Table("done_tasks", (_integer("run_id"), _text("digest"), _text("summary")), key=("run_id", "digest"))

_RUN_PROGRAMS = Table(
    "run_programs", (_integer("run_id"), _integer("place"), _bytes("programs")), key=("run_id", "place")
)
"""The programs of a run in pieces of a bounded size: compressed JSON; ``place`` is that of a piece's first program."""

_RUN_TABLES = Table(
    "run_tables",
    (_integer("run_id"), _text("digest"), _bytes("verdicts"), _bytes("nanoseconds"), _integer("demo_count")),
    key=("run_id", "digest"),
)

_EVOLUTIONS = Table("evolutions", (_integer("series"), _text("settings"), _text("state")), key=("series",))
"""One row for each series of runs that evolves."""

_EVOLUTION_POOL = Table(
    "evolution_pool", (_integer("series"), _integer("place"), _text("text")), key=("series", "place")
)

_EVOLUTION_MEMBERS = Table(
    "evolution_members",
    (_integer("series"), _text("digest"), _integer("place"), _text("text")),
    key=("series", "digest", "place"),
)
"""The populations: members with their texts, since a member need not be among the programs."""

_EVOLUTION_GENERATIONS = Table(
    "evolution_generations",
    (_integer("series"), _integer("generation"), _text("line")),
    key=("series", "generation"),
)

_TASK_TIMES = Table(
    "task_times",
    (
        _integer("run_id"),
        _text("digest"),
        _integer("step"),
        _integer("worker"),
        _seconds("start_s"),
        _seconds("wall_s"),
        _seconds("cpu_s", nullable=True),
        _integer("programs", nullable=True),
    ),
    key=("run_id", "digest", "step"),
    since=4,
)
"""When each task was done. All that depends on the machine stands here and in the seconds of scores and phases."""

_DRIVERS = Table(
    "drivers",
    (_integer("run_id"), _integer("series"), _integer("session"), _integer("beat"), _integer("is_live")),
    key=("run_id",),
    indexes=(Index("drivers_by_series", ("series",)), Index("drivers_by_session", ("session",))),
    since=5,
)
"""The runs that work, or worked, on a series beside each other. ``session`` is the same for all that were there at one
time, the number of the run that was first, and 0 for one that has its series to itself; ``beat`` counts up while a
driver lives, ``is_live`` is 0 once it has left or was taken for dead."""

_CLAIMS = Table(
    "claims",
    (_integer("series"), _text("digest"), _integer("run_id"), _text("given_up", nullable=True)),
    key=("series", "digest"),
    indexes=(Index("claims_by_run", ("run_id",)),),
    since=5,
)
"""Which driver does a task, or did it; ``given_up`` is the summary of one whose work failed. They go with the last
driver of a series."""

TABLES: Final = (
    _PROGRAMS, _PROGRAM_TEXTS, _PROGRAM_NAMES, _TASKS, _TASK_NAMES, _SCORES, _SCORE_RESULTS, _DIFFER_SCORES, _LINEAGE,
    _RUNS, _DONE_TASKS, _RUN_PROGRAMS, _RUN_TABLES, _EVOLUTIONS, _EVOLUTION_POOL, _EVOLUTION_MEMBERS,
    _EVOLUTION_GENERATIONS, _TASK_TIMES, _DRIVERS, _CLAIMS,
)  # fmt: skip
"""All tables."""


def tables_of(version: int) -> tuple[Table, ...]:
    """The tables of a version of the schema, from 3 on: each version since then has added some and changed none."""
    return tuple(table for table in TABLES if table.since <= version)
