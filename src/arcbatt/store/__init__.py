"""Where programs, scores, lineage and runs are kept.

:func:`open_store` returns the :class:`Store` of a workspace; what goes in and comes out are the records of
:mod:`arcbatt.store.records`. Importing this package is cheap: records are imported when they are first used, the
database when a store is opened, the results of programs when the first one is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from arcbatt.store.base import DEFAULT_KEEP, Store

if TYPE_CHECKING:
    from arcbatt.store.records.claim_records import DriverRecord
    from arcbatt.store.records.evolution_records import EvolutionRecord, GenerationRecord
    from arcbatt.store.records.list_rows import ListQuery, ProgramRow, ScoreRow, SortKey, TaskRow
    from arcbatt.store.records.run_records import PhaseSeconds, RunRecord, RunStart, RunTotals
    from arcbatt.store.records.task_records import (
        DifferScoreRecord,
        LineageRecord,
        ProgramRecord,
        ProgramTotal,
        ScoreRecord,
        TaskRecord,
    )
    from arcbatt.store.records.task_times import TaskTime

_HOMES = {
    "records.claim_records": ("DriverRecord",),
    "records.evolution_records": ("EvolutionRecord", "GenerationRecord"),
    "records.list_rows": ("ListQuery", "ProgramRow", "ScoreRow", "SortKey", "TaskRow"),
    "records.task_records": (
        "DifferScoreRecord", "LineageRecord", "ProgramRecord", "ProgramTotal", "ScoreRecord", "TaskRecord",
    ),
    "records.task_times": ("TaskTime", "programs_per_s"),
    "records.run_records": ("PhaseSeconds", "RunRecord", "RunStart", "RunTotals"),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DATABASE_NAME", "DEFAULT_KEEP", "DifferScoreRecord", "DriverRecord", "EvolutionRecord", "GenerationRecord",
    "LineageRecord", "ListQuery", "PhaseSeconds", "ProgramRecord", "ProgramRow", "ProgramTotal", "RunRecord",
    "RunStart", "RunTotals", "ScoreRecord", "ScoreRow", "SortKey", "Store", "TaskRecord", "TaskRow", "TaskTime",
    "has_store", "open_store", "programs_per_s",
]  # fmt: skip

DATABASE_NAME = "arcbatt.db"
"""Name of the database file in the workspace."""


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"arcbatt.store.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def has_store(workspace: Path) -> bool:
    """Whether something is there under the database's name; whether it is a sound store, only opening it shows."""
    return (workspace / DATABASE_NAME).exists()


def open_store(workspace: str | Path, *, create: bool, read_only: bool = False) -> Store:
    """The store of a workspace, to be closed by the caller (it is a context manager).

    Args:
        workspace: folder of the store, usually ``.arcbatt``.
        create: make the folder and an empty store where they are missing.
        read_only: open for the listings alone. Nothing is cleaned up, and nothing is written apart from the
            ``-wal`` and ``-shm`` files that SQLite needs for reading beside a writer. ``create`` is ignored.
            A store that an earlier version wrote is read from a copy in memory as it is then.

    Raises:
        StoreError: the workspace is missing (and ``create`` is false), is a file, cannot be read or written, or its
            database is damaged, of another program or of a newer version.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store:
        ...     store.counts()["solvers"]
        0
    """
    from arcbatt.store.sqlite.store import SqliteStore

    workspace = Path(workspace)
    return SqliteStore(workspace, create=create and not read_only, read_only=read_only)
