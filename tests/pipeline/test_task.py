"""One task through all phases, here and over a pool."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from arcbatt.arc import Sample, Task, load_set
from arcbatt.battery.battery import Battery
from arcbatt.engine import Limits, select_engine
from arcbatt.engine.outcome import FailureKind
from arcbatt.engine.verdict import Verdict
from arcbatt.execute import InlineExecutor, Item, ItemFailure, Result
from arcbatt.library import starter_programs
from arcbatt.pipeline import METRICS, KeptProgram, TaskRun, run_task
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.runs import OpenedBattery, RunOptions, open_workers
from arcbatt.runs.opened_battery import battery_opener
from support.programs import random_program
from support.tasks import battery, mirror_task
from support.twins import ENGINES

ALL = RunOptions(min_score=0)


def run(programs: Battery, task: Task, options: RunOptions = ALL) -> TaskRun:
    return run_task(programs, task, InlineExecutor(OpenedBattery(programs, options)), options)


@pytest.fixture(scope="module", params=ENGINES)
def result(request: pytest.FixtureRequest) -> TaskRun:
    return run(battery(), mirror_task(), replace(ALL, engine=request.param))


def kept(result: TaskRun) -> dict[str, KeptProgram]:
    return {item.result.name: item for item in result.summary.kept}


class TestScores:
    def test_candidates_are_the_solvers_that_give_a_grid(self, result: TaskRun) -> None:
        assert set(kept(result)) == {"solve_mirror", "solve_turn", "solve_same", "solve_half", "solve_from_pairs"}

    def test_equal_bodies_are_one_after_the_filter(self, result: TaskRun) -> None:
        assert (result.summary.candidates, result.summary.filtered) == (6, 5)
        assert kept(result)["solve_mirror"].names == ("solve_mirror", "solve_mirror_again")

    def test_candidates_that_give_the_same_are_counted_as_one_class(self, result: TaskRun) -> None:
        assert result.summary.outcome_classes == 4

    def test_counts_right_samples(self, result: TaskRun) -> None:
        scores = {name: (item.result.demo_right, item.result.test_right) for name, item in kept(result).items()}
        assert scores["solve_mirror"] == scores["solve_turn"] == (2, 1)
        assert scores["solve_same"] == (0, 0)
        assert scores["solve_from_pairs"] == (1, 0)

    def test_best_first_then_less_fuel(self, result: TaskRun) -> None:
        assert result.summary.best.name == "solve_mirror"
        assert [item.result.name for item in result.summary.kept][:2] == ["solve_mirror", "solve_turn"]

    def test_counts_solving_programs_by_body(self, result: TaskRun) -> None:
        assert (result.summary.solve_demo, result.summary.solve_all) == (2, 2)

    def test_unknown_test_outputs_are_unknown(self) -> None:
        summary = run(battery(), mirror_task(test_known=False)).summary
        assert summary.solve_all is None
        assert summary.best.test_right is None
        assert summary.solve_demo == 2

    def test_keeps_no_more_than_told_and_none_below_the_least_score(self) -> None:
        assert len(run(battery(), mirror_task(), RunOptions(keep=3, min_score=0)).summary.kept) == 3
        few = run(battery(), mirror_task(), RunOptions())
        assert set(kept(few)) == {"solve_mirror", "solve_turn", "solve_from_pairs"}


class TestTestOutputs:
    def test_enter_no_choice(self, result: TaskRun) -> None:
        """A run on a task with false test outputs keeps and stores the same programs with the same demo scores."""
        task = mirror_task()
        false = dataclasses.replace(task, test=(Sample(task.test[0].input, ((9,),)),))
        other = run(battery(), false, RunOptions(keep=3, min_score=0))
        same = run(battery(), task, RunOptions(keep=3, min_score=0))
        assert [item.result.md5 for item in other.summary.kept] == [item.result.md5 for item in same.summary.kept]
        assert other.record is not None
        assert same.record is not None
        assert other.record.programs == same.record.programs
        assert [replace(score, digest="0" * 32) for score in other.record.differ_scores] == [
            replace(score, digest="0" * 32) for score in same.record.differ_scores
        ]
        assert {item.result.test_right for item in other.summary.kept} == {0}

    def test_reach_no_program(self) -> None:
        """S holds the demo pairs only, for test samples too."""
        task = mirror_task()
        programs = battery("def solve_a(S, I):\n    return last(last(S))\n")
        (item,) = run(programs, dataclasses.replace(task, demo=task.demo[:1])).summary.kept
        assert (item.result.demo_right, item.result.test_right) == (1, 0)


class TestRecord:
    def test_holds_what_was_kept(self, result: TaskRun) -> None:
        record = result.record
        assert record is not None
        solvers = {program.md5 for program in record.programs if program.kind == "solver"}
        assert solvers == {item.result.md5 for item in result.summary.kept} == {found.md5 for found in record.results}
        assert {program.name for program in record.programs if program.kind == "differ"} == {
            "differ_palette_iz", "differ_cells_zo"}  # fmt: skip

    def test_differ_scores_tell_solved_from_unsolved(self, result: TaskRun) -> None:
        assert result.record is not None
        name_of = {program.md5: program.name for program in result.record.programs}
        scores = {
            (name_of[score.solver_md5], name_of[score.differ_md5]): (score.iz, score.zo)
            for score in result.record.differ_scores
        }
        assert scores["solve_mirror", "differ_cells_zo"] == (None, 2)
        assert scores["solve_same", "differ_cells_zo"] == (None, 0)
        assert scores["solve_mirror", "differ_palette_iz"] == (0, None)  # mirroring changes no palette
        assert scores["solve_from_pairs", "differ_cells_zo"] == (None, 1)

    def test_distances_are_zero_for_the_right_ones(self, result: TaskRun) -> None:
        assert kept(result)["solve_mirror"].distances == {"differ_palette_iz": 0, "differ_cells_zo": 0}
        assert kept(result)["solve_same"].distances["differ_cells_zo"] > 0

    def test_t_log_follows_its_definition(self, result: TaskRun) -> None:
        from math import log

        assert result.record is not None
        for found in result.record.results:
            assert found.seconds is not None
            assert found.t_log == 11 - int(log(found.seconds))


class TestTiming:
    def test_has_every_metric_with_the_columns_that_apply(self, result: TaskRun) -> None:
        table = result.timing.table()
        assert list(table) == list(METRICS)
        assert table["main.run_batt"].wall_s is not None
        assert table["run_batt.phase4_demo_parallel"].cpu_s is None
        assert table["run_batt.phase4_demo_cpu"].wall_s is None

    def test_trace_is_chrome_trace_json(self, result: TaskRun) -> None:
        events = result.timing.trace()["traceEvents"]
        assert {"demo 1", "demo 2", "test 1", "run_batt"} <= {event["name"] for event in events}
        assert all(event["ph"] == "X" and event["dur"] >= 0 and event["args"]["task"] == "mirrored" for event in events)
        assert [event["ts"] for event in events] == sorted(event["ts"] for event in events)


def test_a_cautious_run_keeps_the_light_programs() -> None:
    programs = battery(HEAVY)
    options = RunOptions(limits=Limits(fuel=20_000_000))
    summary = run_task(programs, mirror_task(), InlineExecutor(OpenedBattery(programs, options)), options, True).summary
    assert [item.result.name for item in summary.kept] == ["solve_light"]
    assert (summary.cut_off, summary.solve_all) == (1, 1)


HEAVY = """
def solve_heavy(I):
    return power(power(power(power(vmirror, 99), 99), 99), 99)(I)

def solve_light(I):
    return vmirror(I)
"""


class _Failing(InlineExecutor):
    def run(self, items: Any) -> Iterator[Result]:
        for item in items:
            assert isinstance(item, Item)
            yield Result(item.key, None, ItemFailure(FailureKind.TIMEOUT, "no answer"))


def test_a_task_whose_work_was_given_up_is_a_recorded_failure() -> None:
    programs = battery()
    result = run_task(programs, mirror_task(), _Failing(OpenedBattery(programs, RunOptions())), RunOptions())
    assert result.record is None
    assert result.summary.failure == ItemFailure(FailureKind.TIMEOUT, "no answer")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_outcome_that_is_not_reproduced_is_a_bug_and_is_not_stored(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = type(select_engine(engine).open(Graph()))
    honest = scope.judge_one

    def forged(self: Any, root: int, expected: Any) -> tuple[Verdict, Any]:
        verdict, grid = honest(self, root, expected)
        return replace(verdict, fuel=verdict.fuel + 1), grid

    monkeypatch.setattr(scope, "judge_one", forged)
    result = run(battery(), mirror_task(), replace(ALL, engine=engine))
    assert len(result.summary.bugs) == 5
    assert "mirrored" in result.summary.bugs[0]
    assert "demo 1" in result.summary.bugs[0]
    assert result.record is not None
    assert result.record.programs == ()


def test_every_program_of_a_mutated_battery_reproduces_what_was_scored() -> None:
    """Random programs and mutants of the starters; what the battery says of them is what they do alone."""
    rng = random.Random(7)
    graph = Graph()
    programs = [Program(graph, random_program(rng, graph, 6, "IS"), "solver", None, f"solve_r{n}") for n in range(150)]
    changes = (("ONE", "TWO"), ("T", "F"), ("rot90", "rot180"), ("hmirror", "vmirror"), ("ZERO", "FIVE"))
    mutants = []
    for program in starter_programs():
        for old, new in changes:
            text = re.sub(rf"\b{old}\b", new, program.text, count=1)
            mutants.extend(parse_programs(text) if text != program.text else [])
    named = [mutant.renamed(f"{mutant.name}_m{number}") for number, mutant in enumerate(mutants)]
    mutated = Battery.of([*programs, *named, *starter_programs()])
    options = RunOptions(keep=10_000, min_score=0, limits=Limits(fuel=50_000))
    tasks = load_set("arc1-train")
    for task_id in ("007bbfb7", tasks.ids[100]):
        result = run(mutated, tasks[task_id], options)
        assert result.summary.bugs == ()
        assert result.summary.filtered == len(result.summary.kept) > 50


def test_the_result_is_the_same_over_a_pool(result: TaskRun) -> None:
    programs = battery()
    with open_workers(battery_opener(OpenedBattery, programs), replace(ALL, jobs=2)) as pool:
        over_pool = run_task(programs, mirror_task(), pool, ALL)
    assert over_pool.summary == result.summary  # but for the words of messages, which are each engine's own
    assert over_pool.record is not None
    assert result.record is not None
    assert over_pool.record.programs == result.record.programs
    assert over_pool.record.differ_scores == result.record.differ_scores
