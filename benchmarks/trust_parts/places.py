"""Stores to work on: a fresh one for each trial, and what one holds in a form that two can be compared by."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from arcbatt.store import open_store
from arcbatt.store.place import PostgresAddress, place_of

__all__ = ["Place", "contents_of", "fresh_place", "place_options"]


class Place:
    """Where one trial keeps its store.

    Attributes:
        word: as ``--store`` has it; None for the workspace alone.
        folder: the workspace.
    """

    def __init__(self, folder: Path, word: str | None) -> None:
        self.folder = folder
        self.word = word

    def drop(self) -> None:
        """Removes the database, where it is not in the workspace."""
        if self.word is not None:
            _postgres(self.word.rpartition("/")[0] + "/postgres", f'DROP DATABASE IF EXISTS "{_database(self.word)}"')


def fresh_place(folder: Path, store: str) -> Place:
    """An empty store of a kind.

    Args:
        folder: an empty folder: the workspace.
        store: ``sqlite``, or ``postgresql://USER@HOST:PORT``, a server where databases may be made.
    """
    if store == "sqlite":
        return Place(folder, None)
    name = f"trust_{uuid.uuid4().hex}"
    _postgres(f"{store}/postgres", f'CREATE DATABASE "{name}"')
    return Place(folder, f"{store}/{name}")


def place_options(place: Place) -> list[str]:
    """The words of a command that name the place."""
    return ["--workspace", str(place.folder), *(("--store", place.word) if place.word else ())]


def _database(word: str) -> str:
    return word.rpartition("/")[2]


def _postgres(address: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


def contents_of(place: Place) -> dict[str, Any]:
    """All that a store holds and that depends on no machine, read through its own checks.

    Raises:
        StoreError: something of it cannot be read.
    """
    where: Path | PostgresAddress = place.folder if place.word is None else place_of(place.word)
    with open_store(where, create=False, read_only=True) as store:  # type: ignore[arg-type]
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
