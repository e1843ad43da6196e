"""Whole evolutions: the same with any number of processes and however often they were broken off."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Task, TaskSet, load_path
from arcbatt.engine import Limits
from arcbatt.errors import ArcbattError, InputError
from arcbatt.pipeline import Settings
from arcbatt.search.evolution import EvolutionSettings
from arcbatt.search.evolution.ending import Ending, EndReason
from arcbatt.search.evolution.generation import State
from arcbatt.search.evolution.job import EvolutionReport, evolve
from arcbatt.search.evolution.log import EvolutionLog
from arcbatt.search.evolution.request import Request
from arcbatt.search.evolution.work import Plan
from arcbatt.search.mutation import MutationSettings
from arcbatt.store import open_store
from support.evolution import POOL, programs, task_of, with_false_test_outputs
from support.tasks import write_task

SMALL = EvolutionSettings(keep=8, rounds=2, children=12, donors=3)
PLAN = Plan(1, SMALL, MutationSettings(), Settings("auto", Limits(fuel=50_000)))
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


def request_of(tasks: TaskSet, plan: Plan = PLAN, **other: Any) -> Request:
    fields = {"leave_solved": False, "tasks_per_generation": 2, "programs": programs(POOL), "joins_store": True}
    return Request(tasks=tasks, plan=plan, **{**fields, **other})


def run(workspace: Path, request: Request, ending: Ending, **other: Any) -> EvolutionReport:
    def make_log(series: int, lines: list[dict[str, Any]]) -> EvolutionLog:
        return EvolutionLog(workspace / f"log-{series}.jsonl", lines)

    fields = {"jobs": 1, "memory_bytes": None, "make_log": make_log}
    with open_store(workspace, create=True) as store:
        return evolve(request, ending, store, **{**fields, **other})


def content(workspace: Path, series: int = 1) -> dict[str, Any]:
    """Everything that an evolution left, but what depends on the machine."""
    with open_store(workspace, create=False) as store:
        lines = [json.loads(line) for line in (workspace / f"log-{series}.jsonl").read_text().splitlines()]
        assert lines == store.generations(series)
        return {
            "populations": store.populations(series),
            "programs": store.programs(),
            "lineage": store.lineage(),
            "scores": [replace(score, seconds=0.0, t_log=0) for score in store.scores()],
            "differ_scores": store.differ_scores(),
            "lines": [{key: value for key, value in line.items() if key != "timing"} for line in lines],
            "state": store.evolutions()[-1].state,
        }


def without_test_scores(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "scores": [replace(score, test_right=None) for score in content["scores"]]}


def test_any_number_of_processes_gives_the_same(tmp_path: Path, tasks: TaskSet) -> None:
    for jobs in (1, 2):
        report = run(tmp_path / f"{jobs}", request_of(tasks), Ending(generations=5), jobs=jobs)
        assert (report.reason, report.bugs, report.state.generation) == (EndReason.GENERATIONS, (), 5)
    assert content(tmp_path / "1") == content(tmp_path / "2")
    other = replace(PLAN, seed=2)
    run(tmp_path / "other", request_of(tasks, other), Ending(generations=5))
    assert content(tmp_path / "other")["populations"] != content(tmp_path / "1")["populations"]


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

    def interrupt(told: Mapping[str, Any], state: State, left: float | None) -> None:
        raise KeyboardInterrupt

    for _ in range(3):
        report = run(broken, request_of(tasks), Ending(generations=3), resume=True, on_generation=interrupt)
        assert report.reason is EndReason.INTERRUPTED
    run(broken, request_of(tasks), Ending(generations=3), resume=True)
    assert content(broken) == content(whole)
    with open_store(broken, create=False) as store:
        assert [record.status for record in store.runs()] == ["interrupted"] * 3 + ["finished"]


def test_false_test_outputs_find_the_same_programs(tmp_path: Path, tasks: TaskSet) -> None:
    run(tmp_path / "true", request_of(tasks), Ending(generations=4))
    false = tasks_in(tmp_path / "false tasks", with_false_test_outputs)
    run(tmp_path / "false", request_of(false), Ending(generations=4))
    unknown = tasks_in(tmp_path / "unknown tasks", Task.without_test_outputs)
    run(tmp_path / "unknown", request_of(unknown), Ending(generations=4))
    found = [without_test_scores(content(tmp_path / name)) for name in ("true", "false", "unknown")]
    assert found[0] == found[1] == found[2]


def test_it_ends_with_its_reason(tmp_path: Path, tasks: TaskSet) -> None:
    only = request_of(tasks.select(["t3"]))
    assert run(tmp_path / "a", only, Ending(generations=9)).reason is EndReason.SOLVED_ALL
    assert run(tmp_path / "b", request_of(tasks), Ending(seconds=0)).reason is EndReason.TIME
    stuck = request_of(tasks.select(["t4"]), replace(PLAN, settings=replace(SMALL, children=1, rounds=1)))
    report = run(tmp_path / "c", stuck, Ending(no_progress=3))
    assert report.reason is EndReason.NO_PROGRESS
    assert report.state.generation - report.state.progress == 3


def test_solved_tasks_are_told_with_their_generation(tmp_path: Path, tasks: TaskSet) -> None:
    report = run(tmp_path / "ws", request_of(tasks.select(["t3", "t1"]), leave_solved=True), Ending(generations=30))
    assert report.reason is EndReason.SOLVED_ALL
    assert report.state.solved["t3"] == 0
    assert report.state.solved["t1"] > 0
    lines = content(tmp_path / "ws")["lines"]
    assert {task: line["generation"] for line in lines for task in line["newly_solved"]} == report.state.solved
    assert all("t3" not in line["tasks"] for line in lines[1:])
    with open_store(tmp_path / "ws", create=False) as store:
        (best, *_) = store.scores("t1")
        assert best.demo_right == best.demo_count
        assert {score.md5 for score in store.scores()} == {program.md5 for program in store.programs("solver")}


def test_what_others_asked_for_is_not_resumed(tmp_path: Path, tasks: TaskSet) -> None:
    run(tmp_path / "ws", request_of(tasks), Ending(generations=0))
    other = replace(PLAN, seed=2, settings=replace(SMALL, keep=9))
    with pytest.raises(InputError, match=r"seed 1 \(now 2\); evolution: keep 8 \(now 9\)"):
        run(tmp_path / "ws", request_of(tasks, other), Ending(generations=0), resume=True)
    with pytest.raises(InputError, match=r"newest one has other tasks\."):
        run(tmp_path / "ws", request_of(tasks.slice(0, 1)), Ending(generations=0), resume=True)


def test_a_second_evolution_builds_on_the_first_and_leaves_it_alone(tmp_path: Path, tasks: TaskSet) -> None:
    workspace = tmp_path / "ws"
    run(workspace, request_of(tasks), Ending(generations=2))
    before = content(workspace)
    report = run(workspace, request_of(tasks, replace(PLAN, seed=7)), Ending(generations=1))
    with open_store(workspace, create=False) as store:
        assert store.populations(1) == before["populations"]
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
        EvolutionLog(path, [{"generation": 0}])
    with pytest.raises(InputError, match="cannot write"):
        EvolutionLog(tmp_path / "nowhere" / "log", [])
    assert path.read_text() == "mine\n"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for lines in ([], [{"generation": 0}]):
        with pytest.raises(InputError, match="no regular file"):
            EvolutionLog(pipe, lines)
    assert pipe.is_fifo()


@pytest.mark.parametrize(("statement", "told"), [
    ("""UPDATE evolutions SET state = '{"generation": 1}'""", "state of the evolution is damaged"),
    ("""UPDATE evolutions SET state = replace(state, '"progress":', '"progress":"","y":')""", "expected a whole"),
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
    def interrupted(log: EvolutionLog, line: Mapping[str, Any]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(EvolutionLog, "add", interrupted)
    report = run(tmp_path / "ws", request_of(tasks), Ending(generations=2))
    assert (report.reason, report.state.generation) == (EndReason.INTERRUPTED, 0)
    assert [line["generation"] for line in content(tmp_path / "ws")["lines"]] == [0]


def test_an_ending_is_a_number() -> None:
    with pytest.raises(InputError, match="limits of 0 or more"):
        Ending(seconds=float("nan"))


def test_there_must_be_a_solver(tmp_path: Path, tasks: TaskSet) -> None:
    differs = [program for program in programs(POOL) if program.kind == "differ"]
    with pytest.raises(InputError, match="no solver to begin with"):
        run(tmp_path / "ws", request_of(tasks, programs=differs), Ending(generations=1))
