"""A whole store copied to another place: between both kinds, from every schema there was, killed in the middle."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_samples import begin, check_files, differ, generation, key, solver, table, task_record, task_time

from arcbatt.errors import InputError, StoreError
from arcbatt.results.task_table import RunProgram
from arcbatt.store import LineageRecord, ListQuery, PhaseSeconds, PostgresAddress, Store, StorePlace, open_store
from arcbatt.store.exchange.copying import copy_store
from arcbatt.store.exchange.export import export
from arcbatt.store.sql.sql_store import SqlStore
from support.command import tree
from support.postgres import PostgresServer, database_of

FORK = multiprocessing.get_context("fork")
DATA = Path(__file__).parent / "data"


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], StorePlace]]:
    """Makes places of a kind."""
    opened = []

    def make(kind: str) -> StorePlace:
        if kind == "sqlite":
            opened.append(None)
            return tmp_path / f"ws{len(opened)}"
        server: PostgresServer = request.getfixturevalue("postgres")
        database = database_of(server)
        opened.append(database)
        return PostgresAddress(database.__enter__())

    yield make
    for database in opened:
        if database is not None:
            database.__exit__(None, None, None)


def fill(store: Store) -> None:
    """Something of everything."""
    store.add_programs([solver(9, name="solve_ü"), solver(9, name="solve_other"), differ(3)])
    run, programs = begin(store), [solver(number) for number in range(1, 8)]
    store.name_tasks([key("a"), key("again", samples="a")])
    store.save_run_programs(run, [RunProgram(p.md5, p.name, p.size, p.text) for p in programs])
    for number, name in enumerate("abc"):
        record = task_record(name, programs[: 3 + number], [differ(1), differ(2, "zo")], right=number)
        store.save_task(run, replace(record, table=table(len(programs), seed=number)), time=task_time(run, name))
    store.finish_run(run, "finished", None, {"main.run_batt": PhaseSeconds(0.5, None)})
    store.claims.join(begin(store, resume=True))
    evolving = begin(store, "evolve")
    store.begin_evolution(evolving, '{"seed":1}', [solver(1).text, differ(1).text])
    store.save_generation(evolving, generation(0, {"t": [3, 4], "u": [5]}), times=[task_time(evolving, "t")])
    lineage = [LineageRecord(solver(6).md5, solver(3).md5, "swap")]
    store.save_generation(evolving, generation(1, {"t": [6, 3]}, lineage=lineage))
    store.finish_run(evolving, "interrupted", None, {})


def content(store: Store) -> dict[str, Any]:
    """All that the readers give."""
    runs = store.runs()
    series = [evolution.series for evolution in store.evolutions()]
    return {
        "programs": store.programs(), "names": [store.names(program.md5) for program in store.programs()],
        "tasks": store.tasks(), "ids": [store.task_ids(task.digest) for task in store.tasks()],
        "scores": store.scores(), "differ scores": store.differ_scores(), "lineage": store.lineage(),
        "runs": [replace(run, status="interrupted") if run.status == "running" else run for run in runs],
        "done": [store.done_tasks(run.key) for run in runs],
        "programs of runs": [store.run_programs(run.id) for run in runs],
        "tables": [list(store.tables(run.id)) for run in runs], "times": [store.task_times(run.id) for run in runs],
        "evolutions": store.evolutions(), "pools": [store.evolution_pool(number) for number in series],
        "populations": [store.populations(number) for number in series],
        "generations": [store.generations(number) for number in series], "totals": store.best_scores(),
        "listings": [store.list_scores(ListQuery()), store.list_tasks(ListQuery()), store.list_programs(ListQuery())],
    }  # fmt: skip


def copied(source: StorePlace, target: StorePlace) -> int:
    with open_store(source, create=False, read_only=True) as old, open_store(target, create=True) as new:
        assert isinstance(old, SqlStore)
        assert isinstance(new, SqlStore)
        return copy_store(old, new)


@pytest.mark.parametrize(
    ("first", "second"), [(first, second) for first in ("sqlite", "postgres") for second in ("sqlite", "postgres")]
)
def test_a_copy_has_everything(new_place: Callable[[str], StorePlace], first: str, second: str, tmp_path: Path) -> None:
    source, target = new_place(first), new_place(second)
    with open_store(source, create=True) as store:
        fill(store)
        expected = content(store)
        export(store, tmp_path / "from")
    assert copied(source, target) > 60
    with open_store(target, create=False) as store:
        assert content(store) == expected
        assert store.claims.drivers() == []
        export(store, tmp_path / "to")
        if isinstance(target, Path):
            check_files(store)
        # and it goes on
        run = begin(store, resume=True)
        store.save_task(run, task_record("d", [solver(1)]), time=task_time(run, "d"))
        assert len(store.done_tasks("key")) == 4
        store.save_generation(3, generation(2, {"t": [4, 5]}))
    assert tree(tmp_path / "from") == tree(tmp_path / "to")
    with open_store(source, create=False) as store:
        assert content(store) == expected


@pytest.mark.parametrize("sample", sorted(path.name for path in DATA.glob("schema_*.db")))
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_store_of_every_earlier_schema_is_copied(
    new_place: Callable[[str], StorePlace], sample: str, kind: str, tmp_path: Path
) -> None:
    old, target = tmp_path / "old", new_place(kind)
    old.mkdir()
    shutil.copy(DATA / sample, old / "arcbatt.db")
    with open_store(old, create=False, read_only=True) as store:
        expected = content(store)
    copied(old, target)
    with open_store(target, create=False) as store:
        assert content(store) == expected
    assert (old / "arcbatt.db").read_bytes() == (DATA / sample).read_bytes()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_what_is_not_empty_is_refused(new_place: Callable[[str], StorePlace], kind: str) -> None:
    source, target = new_place("sqlite"), new_place(kind)
    with open_store(source, create=True) as store:
        fill(store)
    with open_store(target, create=True) as store:
        store.add_programs([solver(1)])
        before = content(store)
    with pytest.raises(InputError, match="there is something in this store, and a copy needs an empty one"):
        copied(source, target)
    with open_store(target, create=False) as store:
        assert content(store) == before


def test_damage_is_told_and_nothing_copied(tmp_path: Path) -> None:
    for number, statement in enumerate((
        "UPDATE program_texts SET text = 'def solve(S, I):\n    return I\n'", "UPDATE runs SET key = x'00'",
        "UPDATE scores SET fuel = 'much'",
        "UPDATE programs SET md5 = '../x' WHERE md5 = (SELECT min(md5) FROM programs)",
        "UPDATE programs SET origin = 'x'", "DELETE FROM program_texts",
    )):  # fmt: skip
        source, target = tmp_path / f"from{number}", tmp_path / f"to{number}"
        with open_store(source, create=True) as store:
            fill(store)
        with closing(sqlite3.connect(source / "arcbatt.db")) as connection:
            connection.execute(statement)
            connection.commit()
        with pytest.raises(StoreError, match="damaged"):
            copied(source, target)
        with open_store(target, create=False) as store:
            assert set(store.counts().values()) == {0}
        assert list(target.glob("*_md5/*")) == []


def large(place: Path) -> None:
    with open_store(place, create=True) as store:
        fill(store)
        store.add_programs([solver(number) for number in range(100, 4000)])


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_killed_copy_leaves_an_empty_store(new_place: Callable[[str], StorePlace], kind: str) -> None:
    source, target = new_place("sqlite"), new_place(kind)
    assert isinstance(source, Path)
    large(source)
    with open_store(target, create=True):
        pass
    finished = 0
    for number in range(6):
        process = FORK.Process(target=copied, args=(source, target))
        process.start()
        time.sleep(0.05 + 0.1 * number)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        with open_store(target, create=False) as store:
            counts = store.counts()
            assert set(counts.values()) == {0} or counts["solvers"] > 3900
        if counts["solvers"]:
            finished += 1
            break
        if isinstance(target, Path):
            assert list(target.glob("*_md5/*")) == []
    if not finished:
        copied(source, target)
    with open_store(source, create=False) as old, open_store(target, create=False) as new:
        assert content(new) == content(old)


def test_an_interrupt_ends_a_copy(tmp_path: Path) -> None:
    large(tmp_path / "from")
    rows: list[int] = []

    def interrupt(done: int, total: int) -> None:
        rows.append(done)
        if len(rows) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with open_store(tmp_path / "from", create=False, read_only=True) as old:
        with open_store(tmp_path / "to", create=True) as new:
            assert isinstance(old, SqlStore)
            assert isinstance(new, SqlStore)
            with pytest.raises(KeyboardInterrupt):
                copy_store(old, new, on_row=interrupt)
        assert len(rows) == 3
    with open_store(tmp_path / "to", create=False) as store:
        assert set(store.counts().values()) == {0}
    copied(tmp_path / "from", tmp_path / "to")


def test_a_store_that_is_written_to_meanwhile_is_copied_as_it_was(tmp_path: Path) -> None:
    large(tmp_path / "from")
    with open_store(tmp_path / "from", create=False) as store:
        expected = content(store)
        over = threading.Event()

        def write() -> None:
            number = 0
            while not over.wait(0.002):
                number += 1
                store.add_programs([solver(10_000 + number)])

        thread = threading.Thread(target=write)
        begun: list[int] = []

        def start(done: int, total: int) -> None:
            if not begun:
                begun.append(done)
                thread.start()

        with (
            open_store(tmp_path / "from", create=False, read_only=True) as old,
            open_store(tmp_path / "to", create=True) as new,
        ):
            assert isinstance(old, SqlStore)
            assert isinstance(new, SqlStore)
            copy_store(old, new, on_row=start)
        over.set()
        thread.join()
        assert len(store.programs()) > len(expected["programs"])
    with open_store(tmp_path / "to", create=False) as store:
        assert content(store) == expected
