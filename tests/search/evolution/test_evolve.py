"""Whole evolutions: the same with any number of processes and however often they were broken off."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample, Task, TaskSet, load_path
from arcbatt.engine import Limits
from arcbatt.errors import ArcbattError, InputError
from arcbatt.results.json_form import to_json
from arcbatt.runs import RunOptions
from arcbatt.search.evolution import EvolutionSettings, generation
from arcbatt.search.evolution.breeding import EvolutionPlan
from arcbatt.search.evolution.ending import Ending, EndReason, Pace
from arcbatt.search.evolution.evolution_log import EvolutionLog
from arcbatt.search.evolution.evolution_request import EvolutionRequest
from arcbatt.search.evolution.evolution_state import EvolutionState
from arcbatt.search.evolution.evolve import EvolutionReport, EvolutionWatcher, evolve
from arcbatt.search.evolution.generation_line import GenerationLine, StepTiming
from arcbatt.search.mutation import MutationSettings
from arcbatt.store import Store, open_store
from support.evolution import POOL, programs, task_of, with_false_test_outputs
from support.tasks import write_task

SMALL = EvolutionSettings(keep=8, rounds=2, children=12, donors=3)
PLAN = EvolutionPlan(1, SMALL, MutationSettings())
OPTIONS = RunOptions("auto", Limits(fuel=50_000), jobs=1, memory_bytes=None)
LINE = to_json(GenerationLine(0, 1, 1, (), 0, 0, 0, (), (), (), (), StepTiming(0.0, 0.0, 0.0)))
BODIES = {
    "t1": "vmirror(replace(I, ONE, TWO))", "t2": "fill(rot180(I), SEVEN, ofcolor(I, ONE))", "t3": "vmirror(I)",
    "t4": "hconcat(rot90(rot90(I)), replace(I, THREE, ONE))",
}  # fmt: skip


def tasks_in(folder: Path, change: Callable[[Task], Task] = lambda task: task) -> TaskSet:
    for task_id, body in BODIES.items():
        write_task(folder, change(task_of(body, task_id)))
    return load_path(folder)


@pytest.fixture
def tasks(tmp_path: Path) -> TaskSet:
    return tasks_in(tmp_path / "tasks")


def request_of(tasks: TaskSet, plan: EvolutionPlan = PLAN, **other: Any) -> EvolutionRequest:
    fields = {"leave_solved": False, "tasks_per_generation": 2, "programs": programs(POOL), "options": OPTIONS}
    return EvolutionRequest(tasks=tasks, plan=plan, **{**fields, **other})


def run(
    workspace: Path, request: EvolutionRequest, ending: Ending, *, resume: bool = False, jobs: int = 1, **other: Any
) -> EvolutionReport:
    def open_log(series: int, lines: Sequence[str]) -> EvolutionLog:
        return EvolutionLog(workspace / f"log-{series}.jsonl", lines)

    request = replace(request, options=replace(request.options, resume=resume, jobs=jobs))
    with open_store(workspace, create=True) as store:
        return evolve(request, ending, store, open_log=open_log, **other)


def by_id(store: Store, values: dict[str, Any]) -> dict[str, Any]:
    """What is kept by digest, by the ids of the tasks."""
    ids = {key.digest: key.id for key in store.tasks()}
    return {ids[digest]: value for digest, value in sorted(values.items(), key=lambda item: ids[item[0]])}


def content(workspace: Path, series: int = 1) -> dict[str, Any]:
    """Everything that an evolution left, but what depends on the machine."""
    with open_store(workspace, create=False) as store:
        lines = (workspace / f"log-{series}.jsonl").read_text().splitlines()
        assert lines == store.generations(series)
        state = json.loads(store.evolutions()[-1].state)
        named = {name: by_id(store, state[name]) for name in ("nearness", "solved") if name in state}
        return {
            "populations": by_id(store, store.populations(series)),
            "programs": store.programs(),
            "lineage": store.lineage(),
            "scores": sorted(
                ((score.task.id, replace(score.result, seconds=None)) for score in store.scores()),
                key=lambda item: (item[0], item[1].rank),
            ),
            "differ_scores": by_id(store, {
                digest: [replace(score, digest="0" * 32) for score in store.differ_scores(digest)]
                for digest in (key.digest for key in store.tasks())
            }),
            "lines": [without_timing(line) for line in lines],
            "state": {**state, **named},
        }  # fmt: skip


def without_timing(line: str) -> dict[str, Any]:
    return {key: value for key, value in json.loads(line).items() if key != "timing"}


def without_test_results(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "scores": [(task, replace(result, test=())) for task, result in content["scores"]]}


def test_any_number_of_processes_gives_the_same(tmp_path: Path, tasks: TaskSet) -> None:
    for jobs in (1, 2):
        report = run(tmp_path / f"{jobs}", request_of(tasks), Ending(generations=5), jobs=jobs)
        assert (report.reason, report.bugs, report.state.generation) == (EndReason.GENERATIONS, (), 5)
    assert content(tmp_path / "1") == content(tmp_path / "2")
    other = replace(PLAN, seed=2)
    run(tmp_path / "other", request_of(tasks, other), Ending(generations=5))
    assert content(tmp_path / "other")["populations"] != content(tmp_path / "1")["populations"]


def test_each_task_of_each_step_has_its_time(tmp_path: Path, tasks: TaskSet) -> None:
    run(tmp_path / "ws", request_of(tasks), Ending(generations=1), jobs=2)
    run(tmp_path / "ws", request_of(tasks), Ending(generations=3), jobs=2, resume=True)
    with open_store(tmp_path / "ws", create=False) as store:
        times, lines = store.task_times(2), [json.loads(line) for line in store.generations(1)]
        ids = {key.digest: key.id for key in store.tasks()}
    for step, line in enumerate(lines):
        found = [time for time in times if time.step == step]
        assert sorted(ids[time.digest] for time in found) == sorted(line["tasks"])
        assert {time.run_id for time in found} == {1 if step <= 1 else 2}
        assert sum(time.programs or 0 for time in found) == line["programs"]
        assert sum(time.cpu_s or 0 for time in found) == pytest.approx(line["timing"]["cpu_s"], abs=0.001)
    assert {time.worker for time in times} <= {1, 2}
    for last, first in product(times, times):
        if last.run_id == first.run_id and last.step < first.step:
            assert last.end_s <= first.start_s  # a step begins when the one before is saved


def test_broken_off_and_resumed_it_is_the_same(tmp_path: Path, tasks: TaskSet) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    run(whole, request_of(tasks), Ending(generations=5))
    run(broken, request_of(tasks), Ending(generations=0))
    for last in (2, 2, 5):
        report = run(broken, request_of(tasks), Ending(generations=last), resume=True)
    assert report.resumed == 3
    assert content(broken) == content(whole)


def test_interrupted_at_any_moment_it_goes_on(tmp_path: Path, tasks: TaskSet) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    run(whole, request_of(tasks), Ending(generations=3))

    class Interrupting(EvolutionWatcher):
        def step_done(self, line: GenerationLine, state: EvolutionState, seconds_left: float | None) -> None:
            raise KeyboardInterrupt

    for _ in range(3):
        report = run(broken, request_of(tasks), Ending(generations=3), resume=True, watcher=Interrupting())
        assert report.reason is EndReason.INTERRUPTED
    run(broken, request_of(tasks), Ending(generations=3), resume=True)
    assert content(broken) == content(whole)
    with open_store(broken, create=False) as store:
        assert [record.status for record in store.runs()] == ["interrupted"] * 3 + ["finished"]


def without_test_outputs(task: Task) -> Task:
    return replace(task, test=tuple(Sample(sample.input) for sample in task.test))


def test_false_test_outputs_find_the_same_programs(tmp_path: Path, tasks: TaskSet) -> None:
    run(tmp_path / "true", request_of(tasks), Ending(generations=4))
    false = tasks_in(tmp_path / "false tasks", with_false_test_outputs)
    run(tmp_path / "false", request_of(false), Ending(generations=4))
    unknown = tasks_in(tmp_path / "unknown tasks", without_test_outputs)
    run(tmp_path / "unknown", request_of(unknown), Ending(generations=4))
    found = [without_test_results(content(tmp_path / name)) for name in ("true", "false", "unknown")]
    assert found[0] == found[1] == found[2]


def test_it_ends_with_its_reason(tmp_path: Path, tasks: TaskSet) -> None:
    only = request_of(tasks.select(["t3"]))
    assert run(tmp_path / "a", only, Ending(generations=9)).reason is EndReason.SOLVED_ALL
    stuck = request_of(tasks.select(["t4"]), replace(PLAN, settings=replace(SMALL, children=1, rounds=1)))
    report = run(tmp_path / "c", stuck, Ending(no_progress=3))
    assert report.reason is EndReason.NO_PROGRESS
    assert report.state.generation - report.state.progress == 3


def test_solved_tasks_are_reported_with_their_generation(tmp_path: Path, tasks: TaskSet) -> None:
    report = run(tmp_path / "ws", request_of(tasks.select(["t3", "t1"]), leave_solved=True), Ending(generations=30))
    assert report.reason is EndReason.SOLVED_ALL
    solved = {key.id: report.state.solved[key.digest] for key in report.tasks}
    assert solved["t3"] == 0
    assert solved["t1"] > 0
    lines = content(tmp_path / "ws")["lines"]
    assert {task: line["generation"] for line in lines for task in line["newly_solved"]} == solved
    assert all("t3" not in line["tasks"] for line in lines[1:])
    with open_store(tmp_path / "ws", create=False) as store:
        (best, *_) = store.scores(tasks["t1"].digest)
        assert best.result.solves_demo
        assert {score.result.md5 for score in store.scores()} == {program.md5 for program in store.programs("solver")}


def test_what_others_asked_for_is_not_resumed(tmp_path: Path, tasks: TaskSet) -> None:
    run(tmp_path / "ws", request_of(tasks), Ending(generations=0))
    other = replace(PLAN, seed=2, settings=replace(SMALL, keep=9))
    with pytest.raises(InputError, match=r"the newest one has seed 1 \(now 2\); members 8 \(now 9\)$"):
        run(tmp_path / "ws", request_of(tasks, other), Ending(generations=0), resume=True)
    with pytest.raises(InputError, match=r"newest one has other tasks$"):
        run(tmp_path / "ws", request_of(tasks.slice(0, 1)), Ending(generations=0), resume=True)
    slower = replace(OPTIONS, limits=replace(OPTIONS.limits, timeout_s=7.0))
    with pytest.raises(InputError, match=r"newest one has timeout .* \(now 7.0\)$"):
        run(tmp_path / "ws", request_of(tasks, options=slower), Ending(generations=0), resume=True)
    with open_store(tmp_path / "ws", create=False) as store:
        assert len(store.runs()) == 1


def test_other_samples_under_the_same_ids_are_other_tasks(tmp_path: Path, tasks: TaskSet) -> None:
    run(tmp_path / "ws", request_of(tasks), Ending(generations=1))
    swapped = {"t1": "t2", "t2": "t1"}
    for task_id, other_id in swapped.items():
        write_task(tmp_path / "swapped", replace(tasks[other_id], id=task_id))
    other = load_path(tmp_path / "swapped")
    with pytest.raises(InputError, match="other tasks"):
        run(tmp_path / "ws", request_of(other), Ending(generations=1), resume=True)
    report = run(tmp_path / "ws", request_of(other), Ending(generations=0))
    assert {key.digest for key in report.tasks} == {tasks[task_id].digest for task_id in swapped}
    with open_store(tmp_path / "ws", create=False) as store:
        assert set(store.populations(report.series)) == {tasks[task_id].digest for task_id in swapped}


def test_tasks_with_the_same_samples_are_one(tmp_path: Path, tasks: TaskSet) -> None:
    write_task(tmp_path / "tasks", replace(tasks["t1"], id="t1again"))
    both = load_path(tmp_path / "tasks")
    report = run(tmp_path / "ws", request_of(both), Ending(generations=1))
    assert [key.id for key in report.tasks] == ["t1", "t2", "t3", "t4"]


def test_killed_before_its_evolution_was_noted_it_is_the_same_series(
    tmp_path: Path, tasks: TaskSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    run(whole, request_of(tasks), Ending(generations=1))
    with open_store(killed, create=True) as store, monkeypatch.context() as patched:
        patched.setattr(type(store), "begin_evolution", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            evolve(request_of(tasks), Ending(generations=1), store)
        assert [record.status for record in store.runs()] == ["failed"]
    report = run(killed, request_of(tasks), Ending(generations=1), resume=True)
    assert report.series == 1
    assert content(killed) == content(whole)


class TestTime:
    """The time is kept, generation 0 included; what was done by then counts and goes on to the same bytes."""

    @pytest.fixture
    def small_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(generation, "PART", 1)

    class Slow(EvolutionWatcher):
        """Moves the clock with each step that is saved."""

        def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
            self.passed = 0.0
            self.seconds = seconds
            self.warnings: list[tuple[float, float]] = []
            self.lefts: list[float | None] = []
            real = time.monotonic
            monkeypatch.setattr(Pace, "elapsed_s", property(lambda pace: real() - pace.start + self.passed))
            monkeypatch.setattr(Pace, "part_s", property(lambda pace: seconds))

        def step_done(self, line: GenerationLine, state: EvolutionState, seconds_left: float | None) -> None:
            self.passed += self.seconds
            self.lefts.append(seconds_left)

        def time_is_short(self, needed_s: float, left_s: float) -> None:
            self.warnings.append((needed_s, left_s))

    def test_no_time_does_nothing(self, tmp_path: Path, tasks: TaskSet) -> None:
        report = run(tmp_path / "ws", request_of(tasks), Ending(seconds=0))
        assert (report.reason, report.state) == (EndReason.TIME, EvolutionState())

    @pytest.mark.usefixtures("small_parts")
    def test_parts_of_generation_0_that_were_done_count(
        self, tmp_path: Path, tasks: TaskSet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole, short = tmp_path / "whole", tmp_path / "short"
        run(whole, request_of(tasks), Ending(generations=3))
        with monkeypatch.context() as patched:
            watcher = self.Slow(patched, 1000.0)
            report = run(short, request_of(tasks), Ending(seconds=1500.0), watcher=watcher)
        assert (report.reason, report.state.generation, report.state.parts) == (EndReason.TIME, -1, 2)
        (warning,) = watcher.warnings
        assert warning[0] == 3000.0  # three parts are left after the first
        report = run(short, request_of(tasks), Ending(generations=3), resume=True)
        assert (report.resumed, report.state.parts) == (0, 4)
        assert content(short) == content(whole)
        assert [line["part"] for line in content(short)["lines"]] == [1, 2, 3, 4, 1, 1, 1]

    def test_a_generation_that_does_not_fit_is_not_begun(self) -> None:
        pace = Pace(time.monotonic() - 60.0)
        bred = EvolutionState(steps=3, generation=2, parts=1)
        assert Ending(seconds=100.0).reason(bred, False, pace) is None
        pace.add(1, 50.0)
        assert Ending(seconds=100.0).reason(bred, False, pace) is EndReason.TIME
        assert Ending(seconds=200.0).reason(bred, False, pace) is None

    def test_the_seconds_left_are_those_of_the_first_limit(self) -> None:
        pace = Pace(time.monotonic())
        new = EvolutionState(steps=1, parts=1)
        assert Ending(generations=9).expected_s(new, 4, pace) is None
        pace.add(0, 5.0)
        assert Ending(generations=0).expected_s(new, 4, pace) == 15.0
        bred = EvolutionState(steps=6, generation=2, parts=4)
        pace.add(1, 7.0)
        assert Ending(generations=5).expected_s(bred, 4, pace) == 21.0
        assert Ending().expected_s(bred, 4, pace) is None
        assert Ending(seconds=0).expected_s(bred, 4, pace) == 0.0


def test_a_second_evolution_builds_on_the_first_and_leaves_it_alone(tmp_path: Path, tasks: TaskSet) -> None:
    workspace = tmp_path / "ws"
    run(workspace, request_of(tasks), Ending(generations=2))
    before = content(workspace)
    report = run(workspace, request_of(tasks, replace(PLAN, seed=7)), Ending(generations=1))
    with open_store(workspace, create=False) as store:
        assert by_id(store, store.populations(1)) == before["populations"]
        assert {program.text for program in before["programs"]} <= set(store.evolution_pool(report.series))
    # the older one goes on where it was
    report = run(workspace, request_of(tasks), Ending(generations=3), resume=True)
    assert (report.series, report.resumed) == (1, 3)


def test_a_log_that_was_lost_or_cut_is_whole_again(tmp_path: Path, tasks: TaskSet) -> None:
    workspace = tmp_path / "ws"
    run(workspace, request_of(tasks), Ending(generations=2))
    whole, log = content(workspace), workspace / "log-1.jsonl"
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:1]) + '{"cut')
    run(workspace, request_of(tasks), Ending(generations=2), resume=True)
    assert content(workspace) == whole
    log.unlink()
    run(workspace, request_of(tasks), Ending(generations=2), resume=True)
    assert content(workspace) == whole


def test_a_log_does_not_take_the_place_of_another_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("mine\n")
    with pytest.raises(InputError, match="is there already"):
        EvolutionLog(path, [])
    with pytest.raises(InputError, match="no log of an evolution"):
        EvolutionLog(path, [LINE])
    with pytest.raises(InputError, match="cannot write"):
        EvolutionLog(tmp_path / "nowhere" / "log", [])
    assert path.read_text() == "mine\n"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for lines in ([], [LINE]):
        with pytest.raises(InputError, match="no regular file"):
            EvolutionLog(pipe, lines)
    assert pipe.is_fifo()


@pytest.mark.parametrize(("statement", "told"), [
    ("""UPDATE evolutions SET state = '{"generation": 1}'""", "state of the evolution is damaged"),
    ("""UPDATE evolutions SET state = replace(state, '"progress":', '"progress":"","y":')""", "progress"),
    ("UPDATE evolution_members SET text = 'import os'", "no program here"),
    ("UPDATE evolution_members SET text = (SELECT text FROM evolution_pool WHERE text LIKE '%differ%')", "the differ"),
    ("DELETE FROM evolution_pool", "no solver to begin with"),
    ("UPDATE evolution_pool SET text = substr(text, 1, 40) WHERE place > 0", "pool of the evolution"),
])  # fmt: skip
def test_a_strangers_evolution_is_refused_in_a_line(
    tmp_path: Path, tasks: TaskSet, statement: str, told: str
) -> None:
    run(tmp_path / "ws", request_of(tasks), Ending(generations=1))
    with closing(sqlite3.connect(tmp_path / "ws" / "arcbatt.db")) as connection, connection:
        connection.execute(statement)
    with pytest.raises(ArcbattError, match=told):
        run(tmp_path / "ws", request_of(tasks), Ending(generations=2), resume=True)


def test_an_interrupt_after_a_save_loses_nothing(
    tmp_path: Path, tasks: TaskSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(log: EvolutionLog, line: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(EvolutionLog, "add", interrupted)
    report = run(tmp_path / "ws", request_of(tasks), Ending(generations=2))
    assert (report.reason, report.state.generation) == (EndReason.INTERRUPTED, 0)
    assert [line["generation"] for line in content(tmp_path / "ws")["lines"]] == [0]


def test_an_ending_is_a_number() -> None:
    with pytest.raises(InputError, match="seconds of 0 or more"):
        Ending(seconds=float("nan"))


def test_there_must_be_a_solver(tmp_path: Path, tasks: TaskSet) -> None:
    differs = [program for program in programs(POOL) if program.kind == "differ"]
    with pytest.raises(InputError, match="no solver to begin with"):
        run(tmp_path / "ws", request_of(tasks, programs=differs), Ending(generations=1))
