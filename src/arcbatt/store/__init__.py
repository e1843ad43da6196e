"""Where programs, scores, lineage and runs are kept.

:func:`open_store` returns the :class:`Store` of a workspace; what goes in and comes out are the records of
:mod:`arcbatt.store.records`. Importing this package is cheap: records are imported when they are first used, the
database when a store is opened, the results of programs when the first one is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from arcbatt.errors import InputError
from arcbatt.store.base import DEFAULT_KEEP, Store
from arcbatt.store.place import PostgresAddress, StorePlace, place_of

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
    "LineageRecord", "ListQuery", "PhaseSeconds", "PostgresAddress", "ProgramRecord", "ProgramRow", "ProgramTotal",
    "RunRecord", "RunStart", "RunTotals", "ScoreRecord", "ScoreRow", "SortKey", "Store", "StorePlace", "TaskRecord",
    "TaskRow", "TaskTime", "has_store", "open_store", "place_of", "programs_per_s",
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


def has_store(place: str | StorePlace) -> bool:
    """Whether a place has a store.

    Of a folder: something is there under the database's name; whether it is a sound store, only opening it shows.

    Raises:
        InputError: the address is malformed, or its driver is not installed.
        StoreError: the database cannot be reached, or holds another program's schema of that name.
    """
    found = _place(place)
    if isinstance(found, Path):
        return (found / DATABASE_NAME).exists()
    return bool(_postgres().has_store(found))


def open_store(place: str | StorePlace, *, create: bool, read_only: bool = False) -> Store:
    """The store of a place, to be closed by the caller (it is a context manager).

    Args:
        place: folder of the store, usually ``.arcbatt``, or the address of a PostgreSQL database,
            ``postgresql://USER@HOST/DATABASE``.
        create: make the folder and an empty store where they are missing; a database has to be there.
        read_only: open for the listings alone. Nothing is cleaned up, and nothing is written apart from the
            ``-wal`` and ``-shm`` files that SQLite needs for reading beside a writer. ``create`` is ignored.
            A store that an earlier version wrote is read from a copy in memory as it is then.

    Raises:
        StoreError: the workspace is missing (and ``create`` is false), is a file, cannot be read or written, or its
            database is damaged, of another program or of a newer version; the server cannot be reached.
        InputError: the address is malformed, or its driver is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store:
        ...     store.counts()["solvers"]
        0
    """
    found = _place(place)
    if not isinstance(found, Path):
        opened: Store = _postgres().PostgresStore(found, create=create and not read_only, read_only=read_only)
        return opened
    from arcbatt.store.sqlite.store import SqliteStore

    return SqliteStore(found, create=create and not read_only, read_only=read_only)


def _place(place: str | StorePlace) -> StorePlace:
    return place_of(place) if isinstance(place, str) else place


def _postgres() -> Any:
    """The module of the store in PostgreSQL, whose driver need not be installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:  # the package, or the library that it stands on
        raise InputError(
            f"a store in PostgreSQL needs the driver psycopg ({error}): pip install \"arcbatt[postgres]\""
        ) from error
    from arcbatt.store.postgres import store

    return store
