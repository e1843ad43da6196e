"""What a run keeps of all its programs on all its tasks."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from store_samples import begin, digest, key, md5_of, solver, table, task_record

from arcbatt.errors import InputError, StoreError
from arcbatt.results import TaskTable
from arcbatt.results.task_table import RunProgram
from arcbatt.store import Store
from arcbatt.store.sql import tables as module
from arcbatt.store.sqlite.connection import MAX_VALUE


def run_program(number: int, text: str = "") -> RunProgram:
    text = text or solver(number).text
    return RunProgram(md5_of(text), f"solve_{number}", number % 7, text)


def save(store: Store, run: int, task: str, found: TaskTable | None) -> None:
    store.save_task(run, replace(task_record(task, []), table=found))


def test_programs_and_tables_come_back(store: Store) -> None:
    run = begin(store)
    programs = tuple(map(run_program, range(30)))
    store.save_run_programs(run, programs)
    save(store, run, "t", table(30, seed=1))
    save(store, run, "u", None)
    save(store, run, "a", table(30, seed=2))
    assert store.run_programs(run) == programs
    found = store.table(run, digest("t"))
    assert found == table(30, seed=1)
    assert found is not None
    assert found.result(3, programs[3]).md5 == programs[3].md5
    assert store.table(run, digest("u")) is None
    assert list(store.tables(run)) == [(key("a"), table(30, seed=2)), (key("t"), table(30, seed=1))]


def test_a_later_table_replaces_the_earlier_one(store: Store) -> None:
    run = begin(store)
    save(store, run, "t", table(3, seed=1))
    save(store, run, "t", table(3, seed=2))
    store.save_run_programs(run, [run_program(1)])
    store.save_run_programs(run, [run_program(2)])
    assert store.table(run, digest("t")) == table(3, seed=2)
    assert store.run_programs(run) == (run_program(2),)


def test_a_resumed_run_has_the_tables_of_its_series(store: Store) -> None:
    first, other = begin(store), begin(store, "other")
    store.save_run_programs(first, [run_program(1)])
    save(store, first, "t", table(3, seed=1))
    save(store, first, "u", table(3, seed=2))
    save(store, other, "v", table(3, seed=3))
    resumed = begin(store, resume=True)
    save(store, resumed, "u", table(3, seed=4))
    save(store, resumed, "w", table(3, seed=5))
    assert store.run_programs(resumed) == (run_program(1),)
    assert {task.id: found for task, found in store.tables(resumed)} == {
        "t": table(3, seed=1), "u": table(3, seed=4), "w": table(3, seed=5),
    }  # fmt: skip
    assert {task.id: found for task, found in store.tables(first)} == {"t": table(3, seed=1), "u": table(3, seed=2)}
    assert store.run_programs(other) == ()


def test_a_run_that_is_not_there_is_named(store: Store) -> None:
    for ask in (store.run_programs, store.tables, lambda run: store.table(run, digest("t"))):
        with pytest.raises(InputError, match="run 7: no such run"):
            ask(7)
    with pytest.raises(InputError, match="run 7: no such run"):
        store.save_run_programs(7, [])


def test_more_programs_than_one_value_takes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 500)
    run = begin(store)
    programs = tuple(map(run_program, range(100)))
    store.save_run_programs(run, programs)
    assert store.run_programs(run) == programs


def test_a_text_that_expands_without_end_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_PIECE", 1000)
    run = begin(store)
    store.save_run_programs(run, [run_program(number) for number in range(100)])
    with pytest.raises(StoreError, match="too large"):
        store.run_programs(run)


def test_a_table_too_large_for_the_database_says_so_and_leaves_nothing(store: Store) -> None:
    run = begin(store)
    huge = TaskTable(b"\0" * (MAX_VALUE + 1), zlib.compress(b""), 3)
    with pytest.raises(StoreError, match="too large"):
        save(store, run, "t", huge)
    assert store.done_tasks("key") == {}


def test_programs_that_are_not_theirs_are_refused(store: Store) -> None:
    run = begin(store)
    store.save_run_programs(run, [replace(run_program(1), md5=md5_of("other"))])
    with pytest.raises(StoreError, match="damaged"):
        store.run_programs(run)
