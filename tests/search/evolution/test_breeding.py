"""The work on one task: a function of what it is handed, whose solvers are scored as a run would score them."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from arcbatt.battery.battery import Battery
from arcbatt.engine import Limits
from arcbatt.execute.inline import InlineExecutor
from arcbatt.pipeline import Settings, run_task
from arcbatt.pipeline.state import State
from arcbatt.program.parse import parse_programs
from arcbatt.search.evolution import EvolutionSettings
from arcbatt.search.evolution.work import Harvest, Order, Plan, Worker, solver_name, work_on_task, worker_maker
from arcbatt.search.mutation import MutationSettings
from support.evolution import POOL, programs, solver, task_of, with_false_test_outputs
from support.twins import ENGINES

SMALL = EvolutionSettings(keep=12, rounds=2, children=20, donors=3)
PLAN = Plan(3, SMALL, MutationSettings(), Settings("python", Limits(fuel=100_000)))
TEXTS = tuple(program.text for program in programs(POOL))
TASK = task_of("vmirror(replace(I, ONE, TWO))")
MIGRANTS = (solver("vmirror(rot180(I))").text,)


def harvest(order: Order, plan: Plan = PLAN) -> Harvest:
    return work_on_task(Worker(plan, TEXTS), order)


def first() -> Harvest:
    return harvest(Order(TASK, 0, (), ()))


def without_seconds(done: Harvest) -> Harvest:
    if done.record is None:
        return done
    scores = tuple(replace(score, seconds=0.0, t_log=0) for score in done.record.scores)
    return replace(done, record=replace(done.record, scores=scores))


def test_the_first_generation_judges_the_pool_and_its_parts() -> None:
    done = first()
    assert done.judged == 7  # five solvers, and hmirror(I) and rot90(I) inside of them
    assert set(done.population) >= {solver("vmirror(I)").text, solver("rot90(I)").text}
    assert done.descent == ()
    assert (done.entered, done.solves_demo, done.bugs) == (len(done.population), False, ())


def test_the_same_order_gives_the_same_in_a_worker_that_did_other_work_before() -> None:
    order = Order(TASK, 4, first().population, MIGRANTS)
    worker = pickle.loads(pickle.dumps(worker_maker(PLAN, TEXTS)))()
    work_on_task(worker, Order(task_of("rot90(I)", "other"), 1, (), MIGRANTS))
    assert without_seconds(work_on_task(worker, order)) == without_seconds(harvest(order))
    assert harvest(replace(order, generation=5)).population != harvest(order).population


@pytest.mark.parametrize("engine", ENGINES)
def test_false_test_outputs_change_nothing_but_the_report(engine: str) -> None:
    plan = replace(PLAN, run=Settings(engine, Limits(fuel=100_000)))
    populations: list[tuple[str, ...]] = [(), (), ()]
    tasks = (TASK, with_false_test_outputs(TASK), TASK.without_test_outputs())
    rights = set()
    for generation in range(8):
        done = [
            harvest(Order(task, generation, population, MIGRANTS), plan)
            for task, population in zip(tasks, populations, strict=True)
        ]
        populations = [one.population for one in done]
        assert populations[0] == populations[1] == populations[2]
        assert done[0].descent == done[1].descent == done[2].descent
        rights.add(tuple(None if one.record is None else one.record.scores[0].test_right for one in done))
    assert (1, 0, None) in rights


def test_a_solver_that_entered_is_scored_as_a_run_scores_it() -> None:
    population: tuple[str, ...] = ()
    records = []
    for generation in range(8):
        done = harvest(Order(TASK, generation, population, ()))
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
        state = State(battery, PLAN.run)
        run = run_task(battery, TASK, InlineExecutor(state), PLAN.run)
        assert run.record is not None
        mine, theirs = (
            {(s.md5, s.demo_right, s.test_right, s.fuel, tuple(s.failures.items())) for s in scored.scores}
            for scored in (record, run.record)
        )
        assert mine == theirs
        assert set(record.differ_scores) == set(run.record.differ_scores)


def test_what_does_not_reproduce_is_a_bug_and_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    from arcbatt.search.evolution import work

    real = work.validate_batch

    def broken(*arguments):
        return [
            replace(found, verdicts=(replace(found.verdicts[0], fuel=0), *found.verdicts[1:]))
            for found in real(*arguments)
        ]

    monkeypatch.setattr(work, "validate_batch", broken)
    done = harvest(Order(task_of("vmirror(I)"), 0, (), ()))
    assert done.record is None
    assert len(done.bugs) == 1
    assert "demo 1" in done.bugs[0]


def test_a_least_score_of_0_stores_near_misses_too() -> None:
    plan = replace(PLAN, run=replace(PLAN.run, min_score=0))
    done = harvest(Order(TASK, 0, (), ()), plan)
    assert done.record is not None
    assert len(done.record.scores) == len(done.population)


def test_what_knows_the_demo_samples_by_heart_is_not_stored_and_solves_nothing() -> None:
    by_heart = solver("last(extract(S, matcher(first, I)))").text
    plan = replace(PLAN, run=replace(PLAN.run, min_score=0))
    done = work_on_task(Worker(plan, [by_heart]), Order(TASK, 0, (), ()))
    assert by_heart in done.population
    assert (done.solves_demo, done.record) == (False, None)


def test_a_found_solver_is_named_after_its_task() -> None:
    assert solver_name("007bbfb7") == "solve_007bbfb7"
    assert solver_name("a-b.c") == "solve"
