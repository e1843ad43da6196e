from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.battery.draw import draw
from arcbatt.errors import InputError


@pytest.fixture(scope="module")
def pool(program):
    return [program(f"solve_{i}", f"canvas({i}, UNITY)") for i in range(20)]


@given(seed=st.integers(0, 1000), count=st.integers(0, 30), data=st.data())
def test_the_order_of_the_input_does_not_matter(seed, count, data, pool):
    weighted = [(program, float(i % 4)) for i, program in enumerate(pool)]
    drawn = draw(weighted, count, Random(seed))
    assert drawn == draw(data.draw(st.permutations(weighted)), count, Random(seed))
    assert len(drawn) == len({program.md5 for program in drawn}) == min(count, 15)
    assert all(int(program.name[6:]) % 4 for program in drawn)


def test_different_seeds_draw_differently(pool):
    weighted = [(program, 1.0) for program in pool]
    assert len({tuple(p.name for p in draw(weighted, 5, Random(seed))) for seed in range(20)}) > 10


def test_heavier_programs_come_first_as_often_as_they_should(pool):
    weighted = list(zip(pool[:3], (1.0, 2.0, 5.0), strict=True))
    rng = Random(1)
    firsts = Counter(draw(weighted, 1, rng)[0].name for _ in range(4000))
    assert [round(firsts[f"solve_{i}"] / 500) for i in range(3)] == [1, 2, 5]
    pairs = Counter(tuple(p.name for p in draw(weighted, 2, rng)) for _ in range(4000))
    assert pairs["solve_2", "solve_1"] / 4000 == pytest.approx(5 / 8 * 2 / 3, abs=0.03)


def test_the_same_body_is_drawn_once(program):
    weights = {"solve_b": 0.0, "solve_a": 2.0, "solve_c": 2.0}
    same = [(program(name, "trim(I)"), weight) for name, weight in weights.items()]
    assert [p.name for p in draw(same, 3, Random(0))] == ["solve_a"]


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_weights_are_finite_and_not_negative(pool, weight):
    with pytest.raises(InputError, match="expected a finite number of 0 or more"):
        draw([(pool[0], 1.0), (pool[1], weight)], 1, Random(0))


def test_a_negative_count_is_refused(pool):
    with pytest.raises(InputError, match="count of 0 or more"):
        draw([(pool[0], 1.0)], -1, Random(0))


def test_tiny_and_huge_weights(pool):
    assert len(draw([(pool[0], 5e-324), (pool[1], 1e308), (pool[2], 1)], 3, Random(0))) == 3
