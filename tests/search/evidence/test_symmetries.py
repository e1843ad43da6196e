"""Symmetries: known numbers on small tasks, the same by both engines, within the meter."""

from __future__ import annotations

import random

import pytest

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Engine, available_engines, select_engine
from arcbatt.search.evidence.meter import EvidenceMeter
from arcbatt.search.evidence.symmetries import SYMMETRIES, symmetries_of_tests, symmetries_passed
from arcbatt.search.ranking.leads import measured
from support.evidence import PLENTY, batch_of, grid_of, programs_of
from support.programs import random_grid
from support.tasks import mirror_task

MIRROR = mirror_task().challenge
EQUIVARIANT = (
    "I", "replace(I, ONE, TWO)", "fill(I, FIVE, ofcolor(I, mostcolor(I)))", "rot180(I)",
    "fill(I, THREE, delta(ofcolor(I, ONE)))", "upscale(I, TWO)", "compress(I)", "switch(I, leastcolor(I), NINE)",
    "subgrid(ofcolor(I, mostcolor(I)), I)", "paint(I, recolor(FOUR, box(asindices(I))))",
)  # fmt: skip


@pytest.fixture(params=available_engines())
def engine(request: pytest.FixtureRequest) -> Engine:
    return select_engine(request.param)


def test_the_seven_are_different_and_keep_the_cells() -> None:
    grid = grid_of("123", "456")
    images = {symmetry(grid) for symmetry in SYMMETRIES}
    assert len(images | {grid}) == 8
    assert {tuple(sorted(cell for row in image for cell in row)) for image in images} == {(1, 2, 3, 4, 5, 6)}
    assert {symmetry(symmetry(grid)) == grid for symmetry in SYMMETRIES} == {True, False}


def test_a_mirror_left_to_right_holds_under_the_three_that_keep_columns_upright(engine: Engine) -> None:
    batch = batch_of(engine, MIRROR, "vmirror(I)", "rot90(rot270(vmirror(I)))", "I", "height(I)", "last(first(S))")
    assert symmetries_passed(engine, MIRROR, batch, EvidenceMeter(PLENTY)) == [3, 3, 0, 0, 0]


def test_the_demo_samples_that_a_program_sees_are_transformed_too(engine: Engine) -> None:
    task = Challenge.of("constant", [(grid_of("12"), grid_of("123"))] * 2, [grid_of("11")])
    batch = batch_of(engine, task, "last(first(S))", "last(last(S))")
    assert symmetries_passed(engine, task, batch, EvidenceMeter(PLENTY)) == [7, 7]


def test_a_sample_after_the_first_is_looked_at(engine: Engine) -> None:
    alike, other = grid_of("11", "11"), grid_of("12", "11")
    task = Challenge.of("second", [(alike, alike), (other, grid_of("21", "11"))], [alike])
    batch = batch_of(engine, task, "vmirror(I)")
    assert symmetries_passed(engine, task, batch, EvidenceMeter(PLENTY)) == [3]


@pytest.mark.parametrize("body", EQUIVARIANT)
def test_a_program_of_parts_that_know_no_direction_holds_under_all(engine: Engine, body: str) -> None:
    rng = random.Random(body)
    (program,) = programs_of(body)
    inputs = [tuple(tuple(rng.choice((1, 1, 1, 2, 3)) for _ in range(5)) for _ in range(4)) for _ in range(3)]
    scope = engine.open(program.graph)
    outputs = [scope.bind(I=grid).run([program.root])[0].value for grid in inputs]
    task = Challenge.of("made", zip(inputs, outputs, strict=True), inputs[:1])
    batch = batch_of(engine, task, body)
    assert symmetries_passed(engine, task, batch, EvidenceMeter(PLENTY)) == [7]
    assert symmetries_of_tests(engine, task, batch, [outputs[:1]], EvidenceMeter(PLENTY)) == [(7,)]


def test_tests_need_no_expected_output(engine: Engine) -> None:
    bodies = ("vmirror(I)", "I", "tophalf(I)", "first(ofcolor(I, NINE))", "height(I)")
    task = Challenge.of("two", MIRROR.pairs, [*MIRROR.inputs, grid_of("1")])
    leads = measured(engine, task, programs_of(*bodies), "given")
    batch = batch_of(engine, task, *bodies)
    found = symmetries_of_tests(engine, task, batch, [lead.outputs for lead in leads], EvidenceMeter(PLENTY))
    assert found == [(3, 7), (7, 7), (1, None), (None, None), (None, None)]


def test_outputs_of_equal_programs_are_judged_apart(engine: Engine) -> None:
    task = MIRROR
    batch = batch_of(engine, task, "I", "I")
    wrong: Grid = grid_of("12", "34")
    found = symmetries_of_tests(engine, task, batch, [task.inputs, (wrong,)], EvidenceMeter(PLENTY))
    assert found == [(7,), (0,)]


def test_the_meter_bounds_it_and_the_rest_gets_none(engine: Engine) -> None:
    bodies = ("vmirror(I)", "rot90(rot270(vmirror(I)))", "vmirror(I)")
    batch = batch_of(engine, MIRROR, *bodies)
    meter = EvidenceMeter(7 * batch.fuel[0])
    assert symmetries_passed(engine, MIRROR, batch, meter) == [3, None, None]
    assert 0 < meter.spent <= meter.fuel
    assert symmetries_passed(engine, MIRROR, batch, EvidenceMeter(0)) == [None, None, None]
    outputs = [lead.outputs for lead in measured(engine, MIRROR, programs_of(*bodies), "given")]
    assert symmetries_of_tests(engine, MIRROR, batch, outputs, EvidenceMeter(0)) == [None, None, None]


def test_the_order_of_programs_changes_no_number(engine: Engine) -> None:
    rng = random.Random(5)
    bodies = [*EQUIVARIANT, "vmirror(I)", "tophalf(I)", "crop(I, ORIGIN, TWO_BY_TWO)", "dmirror(I)"]
    inputs = [random_grid(rng) for _ in range(4)]
    task = Challenge.of("random", [(grid, grid) for grid in inputs[:3]], inputs[3:])
    numbers = {}
    for _ in range(3):
        rng.shuffle(bodies)
        found = symmetries_passed(engine, task, batch_of(engine, task, *bodies), EvidenceMeter(PLENTY))
        for body, number in zip(bodies, found, strict=True):
            assert numbers.setdefault(body, number) == number
    assert numbers["I"] == 7


def test_both_engines_spend_the_same() -> None:
    spent = set()
    for name in available_engines():
        engine, meter = select_engine(name), EvidenceMeter(PLENTY)
        symmetries_passed(engine, MIRROR, batch_of(engine, MIRROR, "vmirror(I)", "dmirror(I)", "I"), meter)
        spent.add(meter.spent)
    assert len(spent) == 1
