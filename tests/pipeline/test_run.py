"""Many tasks: order, saving, resuming, and what the run's fingerprint covers."""

from __future__ import annotations

import dataclasses
import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Task
from arcbatt.engine import Limits
from arcbatt.engine.outcome import FailureKind
from arcbatt.execute import InlineExecutor, ItemFailure, PoolExecutor, Result, ThreadExecutor
from arcbatt.pipeline import RunReport, TaskSummary
from arcbatt.pipeline.run import run_tasks
from arcbatt.pipeline.task_summary import final_summary
from arcbatt.results.json_form import to_json
from arcbatt.runs import Fingerprint, OpenedBattery, RunOptions
from arcbatt.runs.opened_battery import battery_opener
from arcbatt.runs.recorded import RecordedRun
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import RunStart, TaskTime, open_store
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


def times_of(folder: Path, run_id: int = 1) -> list[TaskTime]:
    with open_store(folder, create=False, read_only=True) as store:
        return store.task_times(run_id)


@pytest.mark.parametrize("kind", ["threads", "pool"])
def test_many_tasks_have_the_times_of_the_workers_that_did_them(tmp_path: Path, kind: str) -> None:
    opener = battery_opener(OpenedBattery, battery())(RunOptions())
    start = time.monotonic()
    with PoolExecutor(opener, 2) if kind == "pool" else ThreadExecutor(opener, OpenedBattery.stop, 2) as workers:
        report, _, _ = run(tmp_path, workers)
    elapsed_s, times = time.monotonic() - start, times_of(tmp_path)
    assert {one.digest for one in times} == {task.digest for task in TASKS}
    assert {one.worker for one in times} <= {1, 2}
    assert {one.programs for one in times} == {len(battery().solvers)}
    assert all(0 <= one.start_s <= one.end_s <= elapsed_s for one in times)
    cpu_s, of_phases = sum(one.cpu_s or 0 for one in times), report.timing.cpu["main.run_batt"]
    assert 0.9 * of_phases <= cpu_s <= of_phases + 1
    for worker in (1, 2):
        own = [one for one in times if one.worker == worker]
        assert all(first.end_s <= second.start_s + 1e-5 for first, second in pairwise(own))


def test_few_tasks_that_are_spread_stand_under_the_first_worker(tmp_path: Path) -> None:
    with PoolExecutor(battery_opener(OpenedBattery, battery())(RunOptions()), jobs=2) as pool:
        report, _, _ = run(tmp_path, pool, TASKS[:3])
    times = times_of(tmp_path)
    assert [(one.digest, one.worker) for one in times] == [(task.digest, 1) for task in TASKS[:3]]
    assert all(first.end_s <= second.start_s + 1e-5 for first, second in pairwise(times))
    assert sum(one.cpu_s or 0 for one in times) == pytest.approx(report.timing.cpu["main.run_batt"], abs=0.001)


def test_what_the_store_has_does_not_depend_on_workers_but_for_times_and_seconds(tmp_path: Path) -> None:
    found = []
    for jobs in (1, 2):
        with PoolExecutor(battery_opener(OpenedBattery, battery())(RunOptions()), jobs=jobs) as pool:
            run(tmp_path / str(jobs), pool)
        with open_store(tmp_path / str(jobs), create=False) as store:
            summaries = {digest: without_seconds(json.loads(text)) for digest, text in store.done_tasks("key").items()}
            scores = [dataclasses.replace(score.result, seconds=None) for score in store.scores()]
            found.append((summaries, scores, store.programs(), store.differ_scores()))
            assert len(store.task_times(1)) == len(TASKS)
            assert not any(word in text for text in store.done_tasks("key").values() for word in ("start_s", "worker"))
    assert found[0] == found[1]


def without_seconds(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_seconds(item) for name, item in value.items() if name != "seconds"}
    return [without_seconds(item) for item in value] if isinstance(value, list) else value


def test_a_task_that_is_given_up_has_no_time(tmp_path: Path) -> None:
    class GivingUp(InlineExecutor):
        jobs = 2

        def run(self, items: Any) -> Any:
            for result in super().run(items):
                failure = ItemFailure(FailureKind.TIMEOUT, "no answer")
                yield Result(result.key, None, failure) if result.key == "mirror4" else result

    report, _, _ = run(tmp_path, GivingUp(OpenedBattery(battery(), RunOptions())))
    assert report.totals.failed == 1
    assert [one.digest for one in times_of(tmp_path)] == [task.digest for task in TASKS if task.id != "mirror4"]


def test_an_interrupted_and_resumed_run_has_the_times_of_both(tmp_path: Path) -> None:
    class Interrupted(InlineExecutor):
        jobs = 2

        def run(self, items: Any) -> Any:
            for number, result in enumerate(super().run(items)):
                if number == 4:
                    raise KeyboardInterrupt
                yield result

    run(tmp_path, Interrupted(OpenedBattery(battery(), RunOptions())))
    with open_store(tmp_path, create=True) as store:
        done = {digest: final_summary(text) for digest, text in store.done_tasks("key").items()}
        start = RunStart("key", "run", (), "set", "revision", "python", {})
        resumed = RecordedRun(store, store.begin_run(start, resume=True))
        run_tasks(battery(), TASKS, here(), RunOptions(), resumed, done=done)
        assert [(one.run_id, one.digest) for one in store.task_times(2)] == [
            (1 if number < 4 else 2, task.digest) for number, task in enumerate(TASKS)
        ]
        assert len(store.task_times(1)) == 4


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
    given_up = dataclasses.replace(WHOLE, failure=ItemFailure(FailureKind.TIMEOUT, "no answer"))
    assert final_summary(to_json(given_up)) is None
