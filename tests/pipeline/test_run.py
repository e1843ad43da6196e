"""Many tasks: order, saving, resuming, and what the run's fingerprint covers."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Task
from arcbatt.engine import Limits
from arcbatt.execute import InlineExecutor, ItemFailure, PoolExecutor
from arcbatt.pipeline import RunReport, TaskSummary
from arcbatt.pipeline.run import run_tasks
from arcbatt.pipeline.task_summary import final_summary
from arcbatt.results.json_form import to_json
from arcbatt.runs import Fingerprint, OpenedBattery, RunOptions
from arcbatt.runs.opened_battery import battery_opener
from arcbatt.runs.recorded import RecordedRun
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import RunStart, open_store
from support.tasks import PROGRAMS, battery, mirror_task, shifted

TASKS = [shifted(mirror_task(f"mirror{number}"), number) for number in range(9)]
"""Nine tasks, of different samples each."""


def run(
    folder: Path, executor: Any, tasks: list[Task] = TASKS, **others: Any
) -> tuple[RunReport, list[str], list[str]]:
    """(report, tasks in the order reported, tasks with scores in the store)"""
    reported: list[str] = []
    with open_store(folder, create=True) as store:
        begun = store.begin_run(RunStart("key", "run", (), "set", "revision", "python", {}))
        report = run_tasks(battery(), tasks, executor, RunOptions(), RecordedRun(store, begun),
                           on_task=lambda summary: reported.append(summary.task), **others)  # fmt: skip
        return report, reported, sorted({score.task.id for score in store.scores()})


def here() -> InlineExecutor:
    return InlineExecutor(OpenedBattery(battery(), RunOptions()))


def test_reports_in_the_order_of_the_tasks_and_saves_each(tmp_path: Path) -> None:
    report, reported, stored = run(tmp_path, here())
    names = [task.id for task in TASKS]
    assert list(report.summaries) == reported == stored == names


def test_is_the_same_over_a_pool_by_tasks(tmp_path: Path) -> None:
    inline, _, _ = run(tmp_path / "a", here())
    with PoolExecutor(battery_opener(OpenedBattery, battery())(RunOptions()), jobs=2) as pool:
        parallel, reported, stored = run(tmp_path / "b", pool)
    assert parallel.summaries == inline.summaries
    assert sorted(reported) == stored
    assert parallel.timing.table()["run_batt.phase3b_file_ops"].wall_s is not None


def test_the_tables_are_the_same_bytes_with_any_workers(tmp_path: Path) -> None:
    tables = []
    for jobs in (1, 2, 5):
        with (
            open_store(tmp_path / str(jobs), create=True) as store,
            open_battery_workers(battery(), RunOptions(jobs=jobs)) as workers,
        ):
            begun = store.begin_run(RunStart("key", "run", (), "set", "revision", "auto", {}))
            run_tasks(battery(), TASKS, workers, RunOptions(jobs=jobs), RecordedRun(store, begun))
            tables.append([(key, table.verdicts, table.demo_count) for key, table in store.tables(begun)])
    assert len(tables[0]) == len(TASKS)
    assert tables[0] == tables[1] == tables[2]


def test_skips_what_is_done_and_gives_its_summary_back(tmp_path: Path) -> None:
    done = {TASKS[3].digest: WHOLE, "0" * 32: WHOLE}
    report, reported, stored = run(tmp_path, here(), done=done)
    assert report.resumed == ["mirror3"]
    assert "mirror3" not in reported
    assert "mirror3" not in stored
    assert list(report.summaries) == [task.id for task in TASKS]
    assert report.summaries["mirror3"] == dataclasses.replace(WHOLE, task="mirror3")


def test_ctrl_c_is_reported_with_what_was_done(tmp_path: Path) -> None:
    class Interrupted(InlineExecutor):
        count = 0

        def run(self, items: Any) -> Any:
            for item in items:
                Interrupted.count += 1
                if Interrupted.count > 12:
                    raise KeyboardInterrupt
                yield from super().run([item])

    report, reported, stored = run(tmp_path, Interrupted(OpenedBattery(battery(), RunOptions())))
    assert report.is_interrupted
    assert list(report.summaries) == reported == stored
    assert 0 < len(reported) < len(TASKS)


def test_two_ids_of_the_same_samples_are_one_task_in_the_store(tmp_path: Path) -> None:
    report, reported, stored = run(tmp_path, here(), [mirror_task("a"), mirror_task("b")])
    assert reported == ["a", "b"]
    assert stored == ["a"]  # the first name that the samples were met under
    assert dataclasses.replace(report.summaries["b"], task="a", failures=()) == dataclasses.replace(
        report.summaries["a"], failures=()
    )


def key(programs: str = PROGRAMS, **options: Any) -> str:
    given = RunOptions(**{"limits": Limits(timeout_s=60.0), **options})
    return Fingerprint.of("run", given, battery(programs).programs()).key


@pytest.mark.parametrize("change", [
    {"limits": Limits(fuel=5)}, {"limits": Limits(timeout_s=1.0)}, {"keep": 5}, {"min_score": 0},
    {"joins_store": False}, {"primitive_files": (__file__,)},
])  # fmt: skip
def test_the_key_changes_with_what_changes_results(change: dict[str, Any]) -> None:
    assert key(**change) != key()


def test_the_key_changes_with_the_programs_and_the_command() -> None:
    assert key(PROGRAMS + "def solve_x(I):\n    return rot90(I)\n") != key()
    assert Fingerprint.of("solve", RunOptions(limits=Limits(timeout_s=60.0)), battery().programs()).key != key()


def test_the_key_does_not_change_with_the_engine_the_workers_or_the_order_of_programs() -> None:
    parts = PROGRAMS.strip().split("\n\n")
    turned = "\n\n".join(reversed(parts)) + "\n"
    assert key(turned, engine="python", jobs=7, memory_bytes=None, resume=True, arguments=("run",)) == key()


WHOLE = TaskSummary("a", "f" * 32, 1, 1, 3, 0, candidates=1, filtered=1, outcome_classes=1)


def test_a_whole_summary_is_final() -> None:
    assert final_summary(to_json(WHOLE)) == WHOLE


@pytest.mark.parametrize("change", [
    {"cut_off": 1}, {"failure": {"kind": "timeout", "message": "m"}}, {"kept": 5}, {"task": 5}, {"solve_all": "x"},
    {"candidates": None}, {"solve_demo": "1"}, {"kept": [{"result": {}}]}, {"nearest": []}, {"failures": [5]},
])  # fmt: skip
def test_a_summary_that_was_cut_off_or_tampered_with_is_done_again(change: dict[str, Any]) -> None:
    assert final_summary(json.dumps({**json.loads(to_json(WHOLE)), **change})) is None


@pytest.mark.parametrize("name", ["task", "digest", "demo_count", "test_count", "solvers", "differs"])
def test_a_summary_that_lacks_something_is_done_again(name: str) -> None:
    whole = json.loads(to_json(WHOLE))
    assert final_summary(json.dumps({field: value for field, value in whole.items() if field != name})) is None


def test_a_task_that_was_given_up_is_not_final() -> None:
    from arcbatt.engine.outcome import FailureKind

    given_up = dataclasses.replace(WHOLE, failure=ItemFailure(FailureKind.TIMEOUT, "no answer"))
    assert final_summary(to_json(given_up)) is None
