"""Rows out of the tables of a run, where the tables or the programs are not those that belong together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import load_path
from arcbatt.compare import side_of_run
from arcbatt.errors import InputError
from arcbatt.pipeline import run_battery
from arcbatt.report.run_rows import failure_rows, newest_run, run_scores, run_tasks
from arcbatt.runs import RunOptions
from arcbatt.store import ListQuery, Store, open_store
from support.tasks import battery, mirror_task, write_task


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "work", create=True)
    run_battery(battery(), load_path(write_task(tmp_path / "tasks", mirror_task())), RunOptions(jobs=1), made)
    return made


def query() -> ListQuery:
    return ListQuery()


@pytest.mark.parametrize("ask", [
    lambda store: run_scores(store, 1, query()),
    lambda store: run_tasks(store, 1, query()),
    lambda store: failure_rows(store, 1, query()),
    lambda store: failure_rows(store, 1, ListQuery(name="solve_*")),
    lambda store: side_of_run(store, 1, "run 1"),
])  # fmt: skip
@pytest.mark.parametrize("count", [0, 1, 6])
def test_programs_that_are_not_those_of_the_tables_are_refused(
    store: Store, ask: Callable[[Store], Any], count: int
) -> None:
    assert ask(store)
    store.save_run_programs(1, store.run_programs(1)[:count])
    with pytest.raises(InputError, match=f"expected {count} programs"):
        ask(store)


def test_an_unknown_run_is_refused(store: Store) -> None:
    for ask in (run_scores, run_tasks, failure_rows):
        with pytest.raises(InputError, match="7"):
            ask(store, 7, query())


def test_the_newest_run_is_the_one_that_kept_results(store: Store, tmp_path: Path) -> None:
    assert newest_run(store) == 1
    with open_store(tmp_path / "empty", create=True) as empty, pytest.raises(InputError, match="no run here"):
        newest_run(empty)


def test_another_id_of_the_same_samples_names_the_task(store: Store, tmp_path: Path) -> None:
    run_battery(battery(), load_path(write_task(tmp_path / "more", mirror_task("other"))), RunOptions(jobs=1), store)
    assert {row.task for row in run_scores(store, 2, ListQuery(task="other"))} == {"other"}
    assert {row.task for row in run_scores(store, 2, ListQuery(task="mirr*"))} == {"mirrored"}
    assert run_scores(store, 2, ListQuery(task="neither")) == []
