"""The work on one task: a function of what it is handed, whose solvers are scored as a run would score them."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from arcbatt.arc import Sample
from arcbatt.battery.battery import Battery
from arcbatt.engine import Limits
from arcbatt.execute.inline import InlineExecutor
from arcbatt.pipeline import run_task
from arcbatt.program.parse import parse_programs
from arcbatt.runs import OpenedBattery, RunOptions
from arcbatt.search import found_programs
from arcbatt.search.evolution import EvolutionSettings
from arcbatt.search.evolution.breeding import (
    Assignment,
    Breeder,
    EvolutionPlan,
    TaskGeneration,
    breed_task,
    breeder_opener,
)
from arcbatt.search.mutation import MutationSettings
from arcbatt.store import TaskRecord
from support.evolution import POOL, programs, solver, task_of, with_false_test_outputs
from support.twins import ENGINES

SMALL = EvolutionSettings(keep=12, rounds=2, children=20, donors=3)
PLAN = EvolutionPlan(3, SMALL, MutationSettings())
OPTIONS = RunOptions("python", Limits(fuel=100_000))
TEXTS = tuple(program.text for program in programs(POOL))
TASK = task_of("vmirror(replace(I, ONE, TWO))")
UNKNOWN = replace(TASK, test=tuple(Sample(sample.input) for sample in TASK.test))
MIGRANTS = (solver("vmirror(rot180(I))").text,)


def bred(given: Assignment, options: RunOptions = OPTIONS) -> TaskGeneration:
    return breed_task(Breeder(PLAN, TEXTS, options), given)


def first() -> TaskGeneration:
    return bred(Assignment(TASK, 0))


def untimed(record: TaskRecord) -> TaskRecord:
    return replace(record, results=tuple(replace(result, seconds=None) for result in record.results))


def without_seconds(done: TaskGeneration) -> TaskGeneration:
    return done if done.record is None else replace(done, record=untimed(done.record))


def test_the_first_generation_evaluates_the_pool_and_its_parts() -> None:
    done = first()
    assert done.evaluated == 7  # five solvers, and hmirror(I) and rot90(I) inside of them
    assert set(done.population) >= {solver("vmirror(I)").text, solver("rot90(I)").text}
    assert done.descent == ()
    assert (done.entered, done.solves_demo, done.bugs) == (len(done.population), False, ())


def test_the_same_assignment_gives_the_same_in_a_worker_that_did_other_work_before() -> None:
    given = Assignment(TASK, 4, first().population, MIGRANTS)
    worker = pickle.loads(pickle.dumps(breeder_opener(PLAN, TEXTS)(OPTIONS)))()
    breed_task(worker, Assignment(task_of("rot90(I)", "other"), 1, (), MIGRANTS))
    assert without_seconds(breed_task(worker, given)) == without_seconds(bred(given))
    assert bred(replace(given, generation=5)).population != bred(given).population


@pytest.mark.parametrize("engine", ENGINES)
def test_false_test_outputs_change_nothing_but_the_report(engine: str) -> None:
    options = RunOptions(engine, Limits(fuel=100_000))
    populations: list[tuple[str, ...]] = [(), (), ()]
    tasks = (TASK, with_false_test_outputs(TASK), UNKNOWN)
    rights = set()
    for generation in range(8):
        done = [
            bred(Assignment(task, generation, population, MIGRANTS), options)
            for task, population in zip(tasks, populations, strict=True)
        ]
        populations = [one.population for one in done]
        assert populations[0] == populations[1] == populations[2]
        assert done[0].descent == done[1].descent == done[2].descent
        rights.add(tuple(None if one.record is None else one.record.results[0].test_right for one in done))
    assert (1, 0, None) in rights


def test_a_solver_that_entered_is_scored_as_a_run_scores_it() -> None:
    population: tuple[str, ...] = ()
    records = []
    for generation in range(8):
        done = bred(Assignment(TASK, generation, population, ()))
        entered = {text for text in done.population if text not in population}
        if done.record is not None:
            records.append(done.record)
            assert {program.text for program in done.record.programs if program.kind == "solver"} <= entered
        population = done.population
        assert done.bugs == ()
    assert records
    for record in records:
        solvers = [p for program in record.programs for p in parse_programs(program.text)]
        battery = Battery.of(solvers)
        run = run_task(battery, TASK, InlineExecutor(OpenedBattery(battery, OPTIONS)), OPTIONS)
        assert run.record is not None
        mine, theirs = (
            {replace(result, name="") for result in untimed(scored).results} for scored in (record, run.record)
        )
        assert mine == theirs
        assert set(record.differ_scores) == set(run.record.differ_scores)


def test_what_does_not_reproduce_is_a_bug_and_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    real = found_programs.validate_batch

    def broken(*arguments):
        return [
            replace(found, verdicts=(replace(found.verdicts[0], fuel=0), *found.verdicts[1:]))
            for found in real(*arguments)
        ]

    monkeypatch.setattr(found_programs, "validate_batch", broken)
    done = bred(Assignment(task_of("vmirror(I)"), 0, (), ()))
    assert done.record is None
    assert len(done.bugs) == 1
    assert "demo 1" in done.bugs[0]


def test_a_least_score_of_0_stores_near_misses_too() -> None:
    done = bred(Assignment(TASK, 0), replace(OPTIONS, min_score=0))
    assert done.record is not None
    assert len(done.record.results) == len(done.population)


def test_what_knows_the_demo_samples_by_heart_is_not_stored_and_solves_nothing() -> None:
    by_heart = solver("last(extract(S, matcher(first, I)))").text
    done = breed_task(Breeder(PLAN, [by_heart], replace(OPTIONS, min_score=0)), Assignment(TASK, 0))
    assert by_heart in done.population
    assert (done.solves_demo, done.record) == (False, None)


def test_found_solvers_of_a_task_have_different_names() -> None:
    record = bred(Assignment(TASK, 0), replace(OPTIONS, min_score=0)).record
    assert record is not None
    solvers = [program for program in record.programs if program.kind == "solver"]
    assert [program.name for program in solvers] == [f"solve_{TASK.id}_{program.md5[:8]}" for program in solvers]
    assert [result.name for result in record.results] == [program.name for program in solvers]
    assert len(solvers) > 3


def test_the_id_of_a_task_decides_nothing_but_names() -> None:
    population = first().population
    named, other = (bred(Assignment(task, 3, population, MIGRANTS)) for task in (TASK, replace(TASK, id="other")))
    assert (named.population, named.descent) == (other.population, other.descent)
