"""Stores to work on: a fresh one for each trial, and what one holds in a form that two can be compared by."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from arcbatt.store import open_store

__all__ = ["Place", "contents_of", "place_options", "store_server"]


class Place:
    """Where one trial keeps its store.

    Attributes:
        folder: the workspace.
        server: that the database is on; None for the workspace alone.
        database: its name there.
    """

    def __init__(self, folder: Path, server: Any = None) -> None:
        self.folder = folder
        self.server = server
        self.database = "" if server is None else server.new_database()

    def word(self) -> str:
        """The place as ``--store`` takes it."""
        return str(self.folder) if self.server is None else self.server.address(self.database)

    def drop(self) -> None:
        """Removes the database, where it is not in the workspace."""
        if self.server is not None:
            self.server.drop(self.database)


@contextmanager
def store_server(store: str) -> Iterator[Any]:
    """What a kind of store needs beside the workspace.

    Args:
        store: ``sqlite``, or ``postgres``: a server of the suite's own.

    Raises:
        OSError: there can be no such server here.
    """
    if store == "sqlite":
        yield None
        return
    sys.path.append(str(Path(__file__).parents[2] / "tests"))
    try:
        from support.postgres import missing_postgres, postgres_server
    except ImportError as error:
        raise OSError(f"no server of its own: {error}") from None
    why = missing_postgres()
    if why is not None:
        raise OSError(why)
    yield from postgres_server()


def place_options(place: Place) -> list[str]:
    """The words of a command that name the place."""
    return ["--workspace" if place.server is None else "--store", place.word()]


def contents_of(place: Place) -> dict[str, Any]:
    """All that a store holds and that depends on no machine, read through its own checks.

    Raises:
        StoreError: something of it cannot be read.
    """
    with open_store(place.word(), create=False, read_only=True) as store:
        counts = store.counts()
        runs = store.runs()
        keys = sorted({run.key for run in runs})
        newest = {run.key: run for run in runs}
        for run in runs:
            store.run_programs(run.id)
            store.task_times(run.id)
        series = [evolution.series for evolution in store.evolutions()]
        return {
            "counts": {name: count for name, count in counts.items() if name != "runs"},
            "programs": [(program, store.names(program.md5)) for program in store.programs()],
            "tasks": [(task, store.task_ids(task.digest)) for task in store.tasks()],
            "scores": [replace(score, result=replace(score.result, seconds=None)) for score in store.scores()],
            "differ scores": [replace(score, t_log=None) for score in store.differ_scores()],
            "done": {key: store.done_tasks(key) for key in keys},
            "tables": {key: [(task, table.verdicts) for task, table in store.tables(run.id)]
                       for key, run in newest.items()},
            "lineage": store.lineage(),
            "ends": {key: run.status for key, run in newest.items()},
            "populations": [store.populations(number) for number in series],
            "generations": [[_without_timing(line) for line in store.generations(number)] for number in series],
        }  # fmt: skip


def _without_timing(line: str) -> Mapping[str, Any]:
    read = json.loads(line)
    read.pop("timing", None)
    return dict(read)
