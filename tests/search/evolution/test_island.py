"""An island: its population gets better, sees no test output, and is the same on every engine."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from arcbatt.engine import Limits, select_engine
from arcbatt.library import starter_differs
from arcbatt.search.evolution import EvolutionSettings, Island, evolve_task
from arcbatt.search.mutation import MutationSettings
from support.evolution import POOL, programs, solver, task_of, with_false_test_outputs
from support.twins import ENGINES

SMALL = EvolutionSettings(keep=12, rounds=2, children=20, donors=4)
TASK = task_of("replace(vmirror(I), ONE, SEVEN)")
SOLVERS = [program for program in programs(POOL) if program.kind == "solver"]


def island(task=TASK, engine="python", settings=SMALL, fuel=100_000) -> Island:
    return Island(task.challenge, select_engine(engine, Limits(fuel)), settings, MutationSettings(), starter_differs())


def population(here: Island) -> list[tuple[str, int, tuple[int, ...], int | None, int]]:
    return [(m.program.md5, m.demo_right, m.shares, m.distance, m.fuel) for m in here.members]


def test_a_near_miss_survives_and_what_gives_no_grid_does_not() -> None:
    here = island()
    here.admit([solver("vmirror(I)"), solver("first(I)"), solver("canvas(NINE, astuple(ONE, ONE))")])
    assert [m.program.md5 for m in here.members] == [
        solver("vmirror(I)").md5, solver("canvas(NINE, astuple(ONE, ONE))").md5,
    ]  # fmt: skip
    best = here.members[0]
    # mirrored, but the ones are still there: 2 of 6 cells, 2 of 9
    assert (best.demo_right, best.shares) == (0, (6_666, 7_777))
    assert here.evaluated == 3


def test_shares_and_distances_are_those_of_the_outputs() -> None:
    here = island(task_of("vmirror(I)"))
    here.admit([solver("vmirror(I)"), solver("I")])
    right, wrong = here.members
    assert (right.demo_right, right.shares) == (2, (10_000, 10_000))
    # ((0, 1, 1), (2, 0, 0)) mirrored keeps the middle column, 2 of 6; the second grid keeps 5 of 9
    assert (wrong.demo_right, wrong.shares) == (0, (3_333, 5_555))


def test_where_no_shape_is_right_the_differs_tell_which_is_nearer() -> None:
    here = island(task_of("vmirror(I)"))
    far, near = "canvas(NINE, astuple(ONE, ONE))", "hconcat(vmirror(I), I)"
    here.admit([solver(far), solver(near), solver("I")])
    assert [m.program.md5 for m in here.members] == [solver(body).md5 for body in ("I", near, far)]
    first, *others = (member.distance for member in here.members)
    assert first is None  # right cells tell more
    assert others == sorted(others)
    assert others[0] < others[1]


BY_HEART = "last(extract(S, matcher(first, I)))"


def test_what_knows_the_demo_samples_by_heart_is_no_near_miss() -> None:
    here = island(task_of("vmirror(I)"))
    here.admit([solver(BY_HEART), solver("I"), solver("canvas(NINE, astuple(ONE, ONE))")])
    assert [m.program.md5 for m in here.members][:2] == [
        solver("I").md5, solver("canvas(NINE, astuple(ONE, ONE))").md5,
    ]  # fmt: skip
    last = here.members[2:]
    assert all((m.demo_right, m.shares, m.knows_by_heart, m.distance) == (0, (0, 0), True, None) for m in last)


def test_what_reads_a_color_off_the_other_samples_solves() -> None:
    here = island(task_of("replace(I, ZERO, SEVEN)"))
    here.admit([solver("replace(I, ZERO, mostcolor(last(first(S))))")])
    (member,) = here.members
    assert (member.solves_demo, member.knows_by_heart) == (True, False)


def test_breeding_never_loses_the_best_and_judges_nothing_twice() -> None:
    here = island()
    here.admit(SOLVERS)
    nearness, evaluated = here.members[0].nearness, here.evaluated
    assert evaluated == len(SOLVERS)
    for generation in range(4):
        here.breed(SOLVERS, random.Random(generation))
        assert here.members[0].nearness >= nearness
        assert len(here.members) <= SMALL.keep
        assert here.evaluated > evaluated
        nearness, evaluated = here.members[0].nearness, here.evaluated
    here.admit(member.program for member in here.members)
    assert here.evaluated == evaluated


def test_the_parts_that_are_new_with_a_child_are_evaluated_too() -> None:
    settings = EvolutionSettings(keep=12, rounds=1, children=1, donors=2, composition=1, migration=1)
    here = island(task_of("hmirror(dmirror(I))"), settings=settings)
    donor = solver("vmirror(hmirror(dmirror(I)))")
    here.breed([donor], random.Random(0))
    # the donor applied to itself adds three calls, and the donor's own three are new here
    assert here.evaluated == 6
    (best, *_) = here.members
    assert (best.program.md5, best.solves_demo) == (solver("hmirror(dmirror(I))").md5, True)
    assert {line.operator for line in here.descent([best])} == {"compose+part"}


def test_a_task_is_solved_from_a_near_miss() -> None:
    found = list(islice(evolve_task(TASK.challenge, SOLVERS, select_engine(), seed=0), 12))
    assert not found[0].solvers
    assert found[-1].solvers
    (best, *_) = found[-1].solvers
    scope = select_engine("python").open(best.graph).bind(S=TASK.pairs)
    assert all(scope.bind(I=sample.input).run([best.root])[0].value == sample.output for sample in TASK.demo)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_and_every_test_output_gives_the_same(engine: str) -> None:
    runs = []
    tasks = (TASK, with_false_test_outputs(TASK))
    for name, task in zip(("python", engine), tasks, strict=True):
        here = island(task, name)
        here.admit(SOLVERS)
        here.breed(SOLVERS, random.Random(5))
        runs.append((population(here), here.descent(here.members)))
    assert runs[0] == runs[1]


def test_descent_leads_from_each_bred_member_to_what_was_handed_in() -> None:
    here = island()
    here.admit(SOLVERS)
    here.breed(SOLVERS, random.Random(1))
    lines = here.descent(here.members)
    start = {program.md5 for program in SOLVERS}
    children = {line.child for line in lines}
    assert {m.program.md5 for m in here.members} <= start | children
    assert {line.parent for line in lines} <= start | children
    assert lines == sorted(lines, key=lambda line: (line.child, line.parent, line.operator))


def test_what_time_ran_out_for_does_not_stay() -> None:
    slow = "apply(compose(lbind(rbind, contained), rbind(interval, ONE)), interval(ZERO, 20000, ONE))"
    body = f"branch(contained(ONE, {slow}), I, vmirror(I))"
    engine = select_engine("python", Limits(fuel=10**9, timeout_s=0.05))
    here = Island(TASK.challenge, engine, SMALL, MutationSettings())
    here.admit([solver(body), solver("I")])
    assert [m.program.md5 for m in here.members] == [solver("I").md5]


def test_an_empty_island_ends_by_itself() -> None:
    generations = list(evolve_task(TASK.challenge, [], select_engine(), seed=0))
    assert [(g.number, g.members, g.evaluated) for g in generations] == [(0, (), 0)]


def test_a_budget_of_programs_ends_it() -> None:
    generations = list(evolve_task(TASK.challenge, SOLVERS, select_engine(), seed=0, settings=SMALL, programs=50))
    assert generations[-1].evaluated >= 50
    assert generations[-2].evaluated < 50
    again = list(evolve_task(TASK.challenge, SOLVERS, select_engine(), seed=0, settings=SMALL, programs=50))
    assert [[m.program.md5 for m in g.members] for g in again] == [
        [m.program.md5 for m in g.members] for g in generations
    ]
