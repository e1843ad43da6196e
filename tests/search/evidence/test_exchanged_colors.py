"""Exchanged colors: which colors are named, which exchanges there are, and known numbers on small tasks."""

from __future__ import annotations

import random
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Challenge
from arcbatt.engine import Engine, available_engines, select_engine
from arcbatt.search.evidence.exchanged_colors import ExchangedColors, exchanged_colors, exchanges, named_colors
from arcbatt.search.evidence.meter import EvidenceMeter
from support.evidence import PLENTY, batch_of, grid_of, programs_of
from support.programs import random_grid

FILLED = Challenge.of(
    "filled",
    [
        (grid_of("0003", "0110", "0000"), grid_of("0003", "0220", "0000")),
        (grid_of("0300", "0001"), grid_of("0300", "0002")),
    ],
    [grid_of("13")],
)


@pytest.fixture(params=available_engines())
def engine(request: pytest.FixtureRequest) -> Engine:
    return select_engine(request.param)


@pytest.mark.parametrize(("body", "named"), [
    ("I", set()), ("replace(I, ONE, TWO)", {1, 2}), ("canvas(ZERO, (3, 5))", {0}), ("upscale(I, TEN)", set()),
    ("objects(I, T, F, T)", set()),
])  # fmt: skip
def test_ints_that_may_be_colors_are_named(body: str, named: set[int]) -> None:
    (program,) = programs_of(body)
    assert named_colors(program.graph, program.root) == named


def test_colors_are_moved_by_one_and_by_two_and_the_most_common_swapped() -> None:
    counts = [0, 5, 9, 2, 0, 0, 0, 7, 0, 0]
    assert exchanges(counts, frozenset()) == [
        (0, 2, 3, 7, 4, 5, 6, 1, 8, 9), (0, 3, 7, 1, 4, 5, 6, 2, 8, 9), (0, 1, 7, 3, 4, 5, 6, 2, 8, 9),
    ]  # fmt: skip
    assert exchanges(counts, frozenset({1, 3})) == [(0, 1, 7, 3, 4, 5, 6, 2, 8, 9)]
    assert exchanges(counts, frozenset({1, 2, 3})) == []


@given(st.lists(st.integers(0, 5), min_size=10, max_size=10), st.frozensets(st.integers(0, 9)))
def test_exchanges_are_different_permutations_of_the_unnamed_colors_that_occur(
    counts: list[int], named: frozenset[int]
) -> None:
    found = exchanges(counts, named)
    assert len(set(found)) == len(found) <= 3
    for exchange in found:
        moved = {color for color in range(10) if exchange[color] != color}
        assert sorted(exchange) == list(range(10))
        assert moved
        assert not moved & named
        assert all(counts[color] for color in moved)


def test_a_program_that_names_its_colors_holds_and_an_accident_does_not(engine: Engine) -> None:
    batch = batch_of(
        engine, FILLED,
        "replace(I, ONE, TWO)",  # 0 and 3 are free
        "replace(I, ONE, divide(SIX, THREE))",  # 0 and 2 are free, and 2 is not named
        "replace(I, ONE, increment(minimum(palette(replace(I, ZERO, ONE)))))",  # 2 and 3 are free
    )  # fmt: skip
    assert exchanged_colors(engine, FILLED, batch, EvidenceMeter(PLENTY)) == [
        ExchangedColors(1, 1), ExchangedColors(0, 1), ExchangedColors(0, 1),
    ]  # fmt: skip


def test_none_where_none_can_be_tried(engine: Engine) -> None:
    batch = batch_of(engine, FILLED, "replace(replace(replace(I, ONE, TWO), THREE, ONE), ONE, THREE)")
    assert exchanged_colors(engine, FILLED, batch, EvidenceMeter(PLENTY)) == [None]


def test_the_demo_samples_that_a_program_sees_are_changed_too(engine: Engine) -> None:
    task = Challenge.of("constant", [(grid_of("12"), grid_of("345"))] * 2, [grid_of("11")])
    batch = batch_of(engine, task, "last(first(S))")
    assert exchanged_colors(engine, task, batch, EvidenceMeter(PLENTY)) == [ExchangedColors(3, 3)]


def test_the_meter_bounds_it(engine: Engine) -> None:
    batch = batch_of(engine, FILLED, *["replace(I, ONE, TWO)"] * 3, "vmirror(replace(I, ONE, TWO))")
    meter = EvidenceMeter(batch.fuel[0] * 2)
    assert exchanged_colors(engine, FILLED, batch, meter) == [ExchangedColors(1, 1)] * 2 + [None] * 2
    assert meter.spent <= meter.fuel


@pytest.mark.parametrize("seed", range(6))
def test_programs_that_name_no_color_and_know_no_order_of_colors_hold(engine: Engine, seed: int) -> None:
    rng = random.Random(seed)
    body = rng.choice(["vmirror(I)", "tophalf(rot90(I))", "hconcat(I, dmirror(dmirror(I)))", "upscale(I, TWO)"])
    (program,) = programs_of(body)
    inputs = [random_grid(rng) for _ in range(4)]
    scope = engine.open(program.graph)
    pairs = [(grid, scope.bind(I=grid).run([program.root])[0].value) for grid in inputs]
    task = Challenge.of("made", [pair for pair in pairs if pair[1]], inputs[:1])
    (found,) = exchanged_colors(engine, task, batch_of(engine, task, body), EvidenceMeter(PLENTY))
    colors = set(chain.from_iterable(chain.from_iterable(chain.from_iterable(task.pairs))))
    if len(colors - named_colors(program.graph, program.root)) < 2:
        assert found is None
    else:
        assert found is not None
        assert found.right == found.tried > 0


def test_the_order_of_programs_changes_no_number(engine: Engine) -> None:
    bodies = ["replace(I, ONE, TWO)", "I", "vmirror(I)", "replace(I, ONE, divide(SIX, THREE))", "height(I)"]
    forward = exchanged_colors(engine, FILLED, batch_of(engine, FILLED, *bodies), EvidenceMeter(PLENTY))
    backward = exchanged_colors(engine, FILLED, batch_of(engine, FILLED, *bodies[::-1]), EvidenceMeter(PLENTY))
    assert forward == backward[::-1]
