"""The tables, the same for every database.

Text that has structure (arguments, failures, summaries) is JSON in a text column: no database's own JSON type is used.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, String, Table, Text

__all__ = [
    "ADDED",
    "METADATA",
    "VERSION",
    "differ_scores",
    "done_tasks",
    "evolution_generations",
    "evolution_members",
    "evolution_pool",
    "evolutions",
    "lineage",
    "program_names",
    "programs",
    "runs",
    "scores",
]

VERSION = 2
"""Version of this schema. A change to it raises the number, comes with an upgrade and an old sample in the tests."""

METADATA = MetaData()

_NAME = 200

programs = Table(
    "programs",
    METADATA,
    Column("md5", String(32), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("direction", String(2)),
    Column("name", String(_NAME), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("origin", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Index("programs_by_name", "name"),
)

program_names = Table(
    "program_names",
    METADATA,
    Column("md5", String(32), primary_key=True),
    Column("name", String(_NAME), primary_key=True),
    Index("program_names_by_name", "name"),
    sqlite_with_rowid=False,
)
"""The names of a program beyond the first."""

scores = Table(
    "scores",
    METADATA,
    Column("task", String(_NAME), primary_key=True),
    Column("md5", String(32), primary_key=True),
    Column("demo_right", Integer, nullable=False),
    Column("demo_count", Integer, nullable=False),
    Column("test_right", Integer),
    Column("test_count", Integer, nullable=False),
    Column("fuel", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("t_log", Integer, nullable=False),
    Column("failures", Text, nullable=False),
    Index("scores_by_md5", "md5"),
    sqlite_with_rowid=False,
)

differ_scores = Table(
    "differ_scores",
    METADATA,
    Column("task", String(_NAME), primary_key=True),
    Column("solver_md5", String(32), primary_key=True),
    Column("differ_md5", String(32), primary_key=True),
    Column("iz", BigInteger),
    Column("zo", BigInteger),
    Column("t_log", Integer),
    sqlite_with_rowid=False,
)

lineage = Table(
    "lineage",
    METADATA,
    Column("child", String(32), primary_key=True),
    Column("parent", String(32), primary_key=True),
    Column("mutation", String(_NAME), primary_key=True),
    Index("lineage_by_parent", "parent"),
    sqlite_with_rowid=False,
)

runs = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", String(_NAME), nullable=False),
    Column("series", Integer, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("data_revision", String(_NAME), nullable=False),
    Column("engine", String(_NAME), nullable=False),
    Column("versions", Text, nullable=False),
    Column("metrics", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("started", String(32), nullable=False),
    Column("finished", String(32)),
    Index("runs_by_key", "key"),
)

done_tasks = Table(
    "done_tasks",
    METADATA,
    Column("run_id", Integer, primary_key=True),
    Column("task", String(_NAME), primary_key=True),
    Column("summary", Text, nullable=False),
    sqlite_with_rowid=False,
)

evolutions = Table(
    "evolutions",
    METADATA,
    Column("series", Integer, primary_key=True),
    Column("settings", Text, nullable=False),
    Column("state", Text, nullable=False),
)
"""One row for each series of runs that evolves."""

evolution_pool = Table(
    "evolution_pool",
    METADATA,
    Column("series", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

evolution_members = Table(
    "evolution_members",
    METADATA,
    Column("series", Integer, primary_key=True),
    Column("task", String(_NAME), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The populations: members with their texts, since a member need not be among the programs."""

evolution_generations = Table(
    "evolution_generations",
    METADATA,
    Column("series", Integer, primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("told", Text, nullable=False),
    sqlite_with_rowid=False,
)

ADDED = {2: (evolutions, evolution_pool, evolution_members, evolution_generations)}
"""The tables that came with a version after the first."""
