"""Processes that are killed, interrupted, or write beside each other: real ones, forked from the test."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from store_samples import begin, check_files, differ, md5_of, solver, table, task_record, task_time

from arcbatt.errors import StoreError
from arcbatt.store import LineageRecord, StorePlace, TaskRecord, open_store

FORK = multiprocessing.get_context("fork")
KEEP = 3


def record_of(number: int) -> TaskRecord:
    """A task with programs of its own, better ones than it had before, and one that other tasks have too."""
    first = 10 + 4 * number
    solvers = [solver(number % 3), *(solver(index) for index in range(first, first + 4))]
    record = task_record(f"t{number % 7}", solvers, [differ(1), differ(2, "zo")], right=min(number // 7, 3))
    return replace(record, table=table(40, seed=number))


def save_on_and_on(place: StorePlace, said: Connection) -> None:
    with open_store(place, create=True) as store:
        done = store.done_tasks("key")
        run = begin(store, resume=True)
        said.send(("ready", len(done)))
        number = 0
        while True:
            record = record_of(number)
            said.send(("saving", record.task.digest))
            kept = store.save_task(run, record, keep=KEEP, time=task_time(run, record.task.id, start_s=float(number)))
            said.send(("saved", record.task.digest, kept))
            number += 1


def import_many(place: StorePlace, said: Connection) -> None:
    with open_store(place, create=True) as store:
        said.send(("ready", 0))
        store.add_programs([solver(number) for number in range(1500)])


def started(target: Callable[..., None], *arguments: Any) -> tuple[Any, Connection]:
    mine, its = FORK.Pipe(duplex=False)
    process = FORK.Process(target=target, args=(*arguments, its))
    process.start()
    its.close()
    assert mine.poll(60)
    assert mine.recv()[0] == "ready"
    return process, mine


def heard(said: Connection) -> list[tuple[Any, ...]]:
    messages = []
    try:
        while True:
            messages.append(said.recv())
    except EOFError:
        return messages


def assert_rows_have_files(workspace: StorePlace) -> None:
    """Looks at a workspace as the killed process left it, before any store opens it; a database has no files."""
    if not isinstance(workspace, Path):
        return
    with closing(sqlite3.connect(workspace / "arcbatt.db")) as connection:
        query = "SELECT kind, p.md5, text FROM programs p JOIN program_texts t ON t.md5 = p.md5"
        rows = connection.execute(query).fetchall()
    for kind, md5, text in rows:
        assert (workspace / f"{kind}_md5" / f"{md5}.py").read_text(encoding="utf-8") == text
    for path in workspace.glob("*_md5/*.py"):
        assert md5_of(path.read_text(encoding="utf-8")) == path.stem


def assert_in_order(place: StorePlace) -> None:
    with open_store(place, create=False) as store:
        check_files(store)
        scored = {score.result.md5 for score in store.scores()}
        assert {program.md5 for program in store.programs("solver")} == scored
        for task in store.done_tasks("key"):
            kept = {score.result.md5 for score in store.scores(task)}
            assert len(kept) == KEEP
            assert store.table(store.runs()[-1].id, task) is not None
            assert {(s.solver_md5, s.differ_md5) for s in store.differ_scores(task)} == {
                (md5, d.md5) for md5 in kept for d in (differ(1), differ(2, "zo"))
            }
        assert all(run.status == "interrupted" for run in store.runs())
    if isinstance(place, Path):
        left = {path.name for path in place.iterdir()}
        assert left == {"arcbatt.db", "arcbatt.lock", "solver_md5", "differ_md5"}


def test_a_kill_at_any_moment_loses_at_most_the_task_in_flight(place: StorePlace) -> None:
    chance = random.Random(0)
    promised: dict[str, frozenset[str]] = {}
    for _ in range(20):
        process, said = started(save_on_and_on, place)
        time.sleep(chance.uniform(0, 0.03 if isinstance(place, Path) else 0.3))
        os.kill(process.pid, signal.SIGKILL)
        messages = heard(said)
        process.join()
        assert_rows_have_files(place)
        in_flight = messages[-1][1] if messages and messages[-1][0] == "saving" else None
        promised |= {message[1]: message[2] for message in messages if message[0] == "saved"}
        assert_in_order(place)
        with open_store(place, create=False) as store:
            assert promised.keys() <= store.done_tasks("key").keys()
            timed = {found.digest for found in store.task_times(store.runs()[-1].id)}
            assert timed == store.done_tasks("key").keys()
            for task, kept in promised.items():
                if task != in_flight:
                    assert kept <= {score.result.md5 for score in store.scores(task)}
    assert promised


def test_a_killed_import_leaves_all_or_nothing(place: StorePlace) -> None:
    chance = random.Random(1)
    seen = set()
    for _ in range(8):
        process, said = started(import_many, place)
        time.sleep(chance.uniform(0, 0.05 if isinstance(place, Path) else 0.2))
        os.kill(process.pid, signal.SIGKILL)
        heard(said)
        process.join()
        assert_rows_have_files(place)
        with open_store(place, create=False) as store:
            check_files(store)
            seen.add(store.counts()["solvers"])
    assert seen <= {0, 1500}


def test_an_interrupted_store_goes_on(place: StorePlace) -> None:
    def save_until_interrupted(said: Connection) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with open_store(place, create=True) as store:
            run = begin(store, resume=True)
            number = 0
            try:
                said.send(("ready",))
                while True:
                    store.save_task(run, record_of(number), keep=KEEP)
                    number += 1
            except KeyboardInterrupt:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                store.save_task(run, record_of(number), keep=KEEP)
                store.finish_run(run, "interrupted", None, {})

    chance = random.Random(2)
    for _ in range(15):
        process, said = started(save_until_interrupted)
        time.sleep(chance.uniform(0, 0.03))
        while process.is_alive():
            # Python drops an interrupt that comes up in a destructor: then it takes another
            os.kill(process.pid, signal.SIGINT)
            process.join(2)
        said.close()
        assert process.exitcode == 0
        assert_in_order(place)
    with open_store(place, create=False) as store:
        assert all(run.finished for run in store.runs())


def test_processes_write_side_by_side(place: StorePlace) -> None:
    """They even make the store at once, and add again what the others remove."""

    def save_some(offset: int, said: Connection) -> None:
        said.send(("ready",))
        with open_store(place, create=True) as store:
            run = begin(store, f"key {offset}")
            for number in range(offset, offset + 30):
                store.save_task(run, record_of(number), keep=KEEP)
            store.finish_run(run, "finished", None, {})

    processes = [started(save_some, offset) for offset in (0, 3, 6)]
    for process, said in processes:
        process.join()
        said.close()
        assert process.exitcode == 0
    with open_store(place, create=False) as store:
        check_files(store)
        assert [run.status for run in store.runs()] == ["finished"] * 3
        assert {score.task.id for score in store.scores()} == {f"t{number}" for number in range(7)}
        assert len(store.scores()) == 7 * KEEP


def test_a_living_store_is_not_cleaned_up_by_another(place: StorePlace) -> None:
    with open_store(place, create=True) as first:
        run = begin(first)
        first.save_task(run, task_record("t", [solver(1)]))
        with open_store(place, create=True) as second:
            assert [record.status for record in second.runs()] == ["running"]
        if isinstance(place, Path):
            assert len(list(place.glob("*.pending"))) == 1
        first.finish_run(run, "finished", None, {})
    if isinstance(place, Path):
        assert list(place.glob("*.pending")) == []


def test_a_store_does_not_pass_into_a_fork(place: StorePlace) -> None:
    def use(said: Connection) -> None:
        said.send(("ready",))
        try:
            store.add_programs([solver(2)])
        except StoreError as error:
            said.send(str(error))
        store.close()

    with open_store(place, create=True) as store:
        store.add_programs([solver(1)])
        process, said = started(use)
        assert heard(said)[0].endswith("open the store after forking")
        process.join()
        store.add_lineage([LineageRecord(solver(1).md5, solver(2).md5, "swap")])
        assert store.programs() == [solver(1)]


def test_what_the_user_put_beside_stays(workspace: Path) -> None:
    process, said = started(save_on_and_on, workspace)
    os.kill(process.pid, signal.SIGKILL)
    heard(said)
    process.join()
    mine = workspace / "solver_md5" / f"{solver(999).md5}.py"
    mine.write_text(solver(999).text, encoding="utf-8")
    open_store(workspace, create=True).close()
    assert mine.exists()


def test_a_file_that_was_lost_is_written_again(workspace: Path) -> None:
    with open_store(workspace, create=True) as store:
        store.add_programs([solver(1), solver(2)])
        (workspace / "solver_md5" / f"{solver(1).md5}.py").unlink()
        (workspace / "solver_md5" / f"{solver(2).md5}.py").write_bytes(b"")
        assert store.add_programs([solver(1), solver(2)]) == [False, False]
        check_files(store)


@pytest.mark.parametrize("read_only", [False, True])
def test_opening_does_not_disturb_a_writer(place: StorePlace, read_only: bool) -> None:
    with open_store(place, create=True) as first:
        for number in range(5):
            with open_store(place, create=False, read_only=read_only) as second:
                first.add_programs([solver(number)])
                assert len(second.programs()) == number + 1
