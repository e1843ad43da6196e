"""Many tasks: order, saving, resuming, and what the run's key covers."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from arcbatt.engine import Limits
from arcbatt.execute import InlineExecutor, PoolExecutor
from arcbatt.pipeline import RunReport, Settings, State, run_key, run_tasks
from arcbatt.pipeline.state import state_maker
from arcbatt.pipeline.summary import is_final
from arcbatt.store import open_store
from support.tasks import PROGRAMS, battery, mirror_task

TASKS = [mirror_task(f"mirror{number}") for number in range(9)]


def run(folder: Path, executor: Any, **options: Any) -> tuple[RunReport, list[str], list[str]]:
    """(report, tasks in the order told, tasks with scores in the store)"""
    told: list[str] = []
    with open_store(folder, create=True) as store:
        run_id = store.begin_run("key", {}, "revision", "python", {})
        report = run_tasks(battery(), TASKS, executor, Settings(), store, run_id,
                           on_task=lambda summary: told.append(summary["task"]), **options)  # fmt: skip
        return report, told, sorted({score.task for score in store.scores()})


def test_reports_in_the_order_of_the_tasks_and_saves_each(tmp_path: Path) -> None:
    report, told, stored = run(tmp_path, InlineExecutor(State(battery(), Settings())))
    names = [task.id for task in TASKS]
    assert list(report.summaries) == told == stored == names


def test_is_the_same_over_a_pool_by_tasks(tmp_path: Path) -> None:
    inline, _, _ = run(tmp_path / "a", InlineExecutor(State(battery(), Settings())))
    with PoolExecutor(state_maker(State, battery(), Settings()), jobs=2) as pool:
        parallel, told, stored = run(tmp_path / "b", pool)
    assert parallel.summaries == inline.summaries
    assert sorted(told) == stored
    assert parallel.timing.table()["run_batt.phase3b_file_ops"]["wall_s"] is not None


def test_skips_what_is_done_and_gives_its_summary_back(tmp_path: Path) -> None:
    done = {"mirror3": {"task": "mirror3", "status": "done", "kept": []}, "other": {}}
    report, told, stored = run(tmp_path, InlineExecutor(State(battery(), Settings())), done=done)
    assert report.resumed == ["mirror3"]
    assert "mirror3" not in told
    assert "mirror3" not in stored
    assert list(report.summaries) == [task.id for task in TASKS]
    assert report.summaries["mirror3"] == done["mirror3"]


def test_ctrl_c_is_reported_with_what_was_done(tmp_path: Path) -> None:
    class Interrupted(InlineExecutor):
        count = 0

        def run(self, items: Any) -> Any:
            for item in items:
                Interrupted.count += 1
                if Interrupted.count > 12:
                    raise KeyboardInterrupt
                yield from super().run([item])

    report, told, stored = run(tmp_path, Interrupted(State(battery(), Settings())))
    assert report.interrupted
    assert list(report.summaries) == told == stored
    assert 0 < len(told) < len(TASKS)


@pytest.mark.parametrize("change", [
    {"limits": Limits(fuel=5)}, {"limits": Limits(timeout_s=1.0)}, {"keep": 5}, {"min_score": 0},
])  # fmt: skip
def test_the_key_changes_with_what_changes_results(change: dict[str, Any]) -> None:
    settings = Settings(limits=Limits(timeout_s=60.0))
    key = run_key(battery(), "revision", settings)
    assert run_key(battery(), "revision", dataclasses.replace(settings, **change)) != key
    assert run_key(battery(), "other", settings) != key
    assert run_key(battery(PROGRAMS + "def solve_x(I):\n    return rot90(I)\n"), "revision", settings) != key


def test_the_key_does_not_change_with_the_engine_or_the_order_of_programs() -> None:
    parts = PROGRAMS.strip().split("\n\n")
    turned = battery("\n\n".join(reversed(parts)) + "\n")
    key = run_key(battery(), "revision", Settings())
    assert run_key(turned, "revision", Settings(engine="python")) == key


WHOLE = {"task": "a", "status": "done", "demo_count": 1, "test_count": 1, "candidates": 1, "filtered": 1, "cut_off": 0,
         "solve_demo": 0, "solve_all": None, "best": None, "kept": []}  # fmt: skip


def test_a_whole_summary_is_final() -> None:
    assert is_final(WHOLE)


@pytest.mark.parametrize("change", [
    {"cut_off": 1}, {"status": "failed"}, {"kept": 5}, {"task": 5}, {"solve_all": "x"}, {"best": []},
    {"candidates": None}, {"solve_demo": "1"},
])  # fmt: skip
def test_a_summary_that_was_cut_off_or_tampered_with_is_done_again(change: dict[str, Any]) -> None:
    assert not is_final({**WHOLE, **change})


@pytest.mark.parametrize("key", WHOLE)
def test_a_summary_that_lacks_something_is_done_again(key: str) -> None:
    assert not is_final({name: value for name, value in WHOLE.items() if name != key})
