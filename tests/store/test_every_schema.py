"""Samples of every schema there was: read as they are, upgraded, killed in the middle of it, and gone on with."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from store_samples import begin, digest, key, solver, task_record, task_time
from test_copying import content

from arcbatt.store import open_store
from arcbatt.store.sql.schema import TABLES, VERSION
from arcbatt.store.sqlite.upgrade import migration

FORK = multiprocessing.get_context("fork")
DATA = Path(__file__).parent / "data"
SAMPLES = sorted(path.name for path in DATA.glob("schema_*.db"))


@pytest.fixture(params=SAMPLES)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace with a sample."""
    shutil.copy(DATA / request.param, tmp_path / "arcbatt.db")
    return tmp_path


def rows(workspace: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by table."""
    with closing(sqlite3.connect(workspace / "arcbatt.db")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


def version(workspace: Path) -> int:
    with closing(sqlite3.connect(workspace / "arcbatt.db")) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_every_version_has_a_sample() -> None:
    assert {int(name[7]) for name in SAMPLES} == set(range(1, VERSION))


def test_it_reads_the_same_before_and_after_the_upgrade(workspace: Path) -> None:
    before = (workspace / "arcbatt.db").read_bytes()
    with open_store(workspace, create=False, read_only=True) as store:
        old = content(store)
        assert store.claims.drivers() == []
    assert (workspace / "arcbatt.db").read_bytes() == before
    assert old["programs"]
    assert old["scores"]
    with open_store(workspace, create=False) as store:
        assert content(store) == old
    assert version(workspace) == VERSION
    with open_store(workspace, create=False, read_only=True) as store:
        assert content(store) == old
    assert rows(workspace).keys() == {table.name for table in TABLES}


def test_it_goes_on(workspace: Path) -> None:
    with open_store(workspace, create=False) as store:
        first, second = begin(store), begin(store, resume=True)
        for run, name in ((first, "x"), (second, "y")):
            store.claims.join(run)
            assert store.claims.claim(run, [digest("x"), digest("y")], 1) == [digest(name)]
            store.save_task(run, task_record(key(name), [solver(8)]), time=task_time(run, name), claimed=True)
        assert len(store.claims.settled(first)) == 2
        assert [time.run_id for time in store.task_times(first)] == [first, second]


@pytest.mark.parametrize("place", ["_migrate", "create_tables"])
def test_killed_in_the_middle_of_the_upgrade_it_is_as_before(workspace: Path, place: str) -> None:
    before, old_version = rows(workspace), version(workspace)
    with open_store(workspace, create=False, read_only=True) as store:
        expected = content(store)

    def upgrade() -> None:
        inner = getattr(migration, place)

        def killed(*arguments: Any, **named: Any) -> None:
            inner(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(migration, place, killed)
        open_store(workspace, create=False)

    for _ in range(2):
        process = FORK.Process(target=upgrade)
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert (rows(workspace), version(workspace)) == (before, old_version)
        with open_store(workspace, create=False, read_only=True) as store:
            assert content(store) == expected
    with open_store(workspace, create=False) as store:
        assert content(store) == expected
    assert version(workspace) == VERSION
