"""What the tables of earlier versions were called and held, to know a database of theirs when it comes."""

from __future__ import annotations

from typing import Final

__all__ = ["FIRST_ADDED_TO", "OLD_COLUMNS", "OLD_INDEXES"]

FIRST_ADDED_TO: Final = 3
"""The first version that later ones have only added tables to: :func:`arcbatt.store.sql.schema.tables_of` knows it."""

_VERSION_1: Final = {
    "programs": ("md5", "kind", "direction", "name", "size", "origin", "text"),
    "program_names": ("md5", "name"),
    "scores": (
        "task", "md5", "demo_right", "demo_count", "test_right", "test_count", "fuel", "seconds", "t_log", "failures",
    ),
    "differ_scores": ("task", "solver_md5", "differ_md5", "iz", "zo", "t_log"),
    "lineage": ("child", "parent", "mutation"),
    "runs": (
        "id", "key", "series", "arguments", "data_revision", "engine", "versions", "metrics", "status", "started",
        "finished",
    ),
    "done_tasks": ("run_id", "task", "summary"),
}  # fmt: skip
_ADDED_2: Final = {
    "evolutions": ("series", "settings", "state"),
    "evolution_pool": ("series", "place", "text"),
    "evolution_members": ("series", "task", "place", "text"),
    "evolution_generations": ("series", "generation", "told"),
}

OLD_COLUMNS: Final = {1: _VERSION_1, 2: _VERSION_1 | _ADDED_2}
"""The columns of each table, by schema version, of those whose tables have changed since."""

OLD_INDEXES: Final = (
    "lineage_by_parent", "program_names_by_name", "programs_by_name", "runs_by_key", "scores_by_md5",
)  # fmt: skip
"""The indexes, the same in both of these versions."""
