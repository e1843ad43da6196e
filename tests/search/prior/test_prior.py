"""The prior: what is dearer than what, and that nothing but the program and the demo samples enters."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Challenge, Sample, Task, load_set
from arcbatt.dsl.registry import REGISTRY, primitive
from arcbatt.dsl.types import Grid
from arcbatt.library import starter_programs
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.prior import UNITS_PER_BIT, Prior, count_programs, load_prior
from arcbatt.search.prior.choices import REFERENCE, choices
from arcbatt.search.prior.color_roles import color_roles
from arcbatt.search.prior.literals import number_share, pair_share
from arcbatt.search.prior.units import units_of

PRIOR = load_prior()
TASK = Task(
    "t",
    (
        Sample(((0, 0, 0), (0, 3, 4), (4, 6, 6)), ((0, 0, 7),)),
        Sample(((0, 0, 0), (0, 3, 6), (6, 4, 4)), ((4, 0, 7),)),
    ),
    (Sample(((0, 5),)),),
)
"""0 is the background, 3 the rarest, 7 new, 4 and 6 neither."""


def solver(expression: str) -> Program:
    return parse_programs(f"def solve_t(I): return {expression}")[0]


def bits(expression: str, task: Task | Challenge | None = TASK) -> int:
    return PRIOR.program_bits(solver(expression), task)


@pytest.mark.parametrize("outer", ["vmirror", "rot90", "trim", "tophalf", "dmirror"])
@pytest.mark.parametrize("inner", ["vmirror(I)", "hconcat(I, hmirror(I))", "fill(I, TWO, ofcolor(I, ONE))"])
def test_a_nested_extension_is_dearer(outer: str, inner: str) -> None:
    assert bits(f"{outer}({inner})") > bits(inner)


@pytest.mark.parametrize("role", ["ZERO", "THREE", "SEVEN"])
def test_a_color_that_is_a_role_is_cheaper_than_another(role: str) -> None:
    assert color_roles(TASK) == (
        "background", "absent", "absent", "rarest", "seen", "absent", "seen", "new", "absent", "absent",
    )  # fmt: skip
    cheap, seen, absent = (bits(f"replace(I, {color}, EIGHT)") for color in (role, "FOUR", "NINE"))
    assert cheap <= seen - UNITS_PER_BIT < absent
    assert bits(f"replace(I, {role}, EIGHT)", None) == bits("replace(I, FOUR, EIGHT)", None)


@pytest.mark.parametrize("coordinates", ["(3, 4)", "(5, 2)", "THREE_BY_THREE", "TWO_BY_ZERO"])
def test_coordinates_are_dearer_than_colors(coordinates: str) -> None:
    asked = PRIOR.breakdown(solver(f"fill(I, FOUR, initset({coordinates}))"), TASK)
    costs = {item.place: item.units for item in asked}
    assert costs["initset 1"] > costs["fill 2"]


def test_small_literals_and_directions_are_cheap() -> None:
    assert number_share(0) > number_share(1) > number_share(3) > number_share(9) > number_share(-9)
    assert pair_share((0, 1)) == pair_share((-1, -1)) > pair_share((2, 2)) > pair_share((5, 7))
    assert bits("objects(I, T, F, T)") < bits("objects(I, THREE, F, T)")


@given(st.integers(1, 6))
def test_shares_of_literals_are_no_more_than_one(most: int) -> None:
    numbers = range(-most, most + 1)
    assert sum(map(number_share, numbers)) < 1
    assert sum(pair_share((a, b)) for a in numbers for b in numbers) < 1


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_units_are_bits_to_the_nearest(a: int, b: int) -> None:
    probability = Fraction(min(a, b), max(a, b))
    units = units_of(probability)
    assert units >= 1
    if units > 1:
        assert Fraction(2) ** (-1 - 2 * units) < probability ** (2 * UNITS_PER_BIT) <= Fraction(2) ** (1 - 2 * units)


def test_halves_are_bits() -> None:
    assert [units_of(Fraction(1, 2**power)) for power in range(4)] == [1, 64, 128, 192]


def test_the_place_decides() -> None:
    """``size`` is what objects are chosen by; hardly anything is chosen by whether it is ``even``."""
    assert bits("argmax(objects(I, T, F, T), size)") < bits("argmax(objects(I, T, F, T), even)")
    assert bits("objects(I, T, F, T)") < bits("objects(trim(I), T, F, T)")


def test_what_a_binding_fixes_stands_at_the_place_of_the_bound_primitive() -> None:
    places = {choice.place: choice.symbol for choice in choices(solver("rbind(fill, I)"))}
    assert places["fill 3"] == "I"
    recolored = solver("mapply(lbind(recolor, TWO), objects(I, T, T, T))")
    places = {choice.place: choice.symbol for choice in choices(recolored)}
    assert places["recolor 1"] == "#color"


def test_a_shared_call_is_paid_once() -> None:
    inner = "fill(I, TWO, ofcolor(I, ONE))"
    once, twice = bits(f"vmirror({inner})"), bits(f"hconcat({inner}, {inner})")
    assert twice < once + bits(inner)
    asked = PRIOR.breakdown(solver(f"hconcat({inner}, {inner})"), TASK)
    assert [item.text for item in asked].count("fill") == 1
    assert asked[-1].text == "& fill"
    assert asked[-1].place == "hconcat 2"


def test_every_starter_has_finite_positive_bits() -> None:
    tasks = load_set()
    for program in starter_programs():
        task = tasks.get(program.name.removeprefix("solve_"))
        asked = PRIOR.breakdown(program, None if task is None else task.challenge)
        assert min(item.units for item in asked) >= 1
        assert sum(item.units for item in asked) == PRIOR.program_bits(program, task)
        assert 0 < PRIOR.program_bits(program, None) < 10**5


def test_shares_of_colors_sum_to_one() -> None:
    for task in (TASK, *list(load_set().values())[::40]):
        assert sum(PRIOR.color_shares(task)) == 1


def test_test_samples_do_not_enter() -> None:
    other = replace(TASK, test=(Sample(((9, 9), (1, 2)), ((5,),)), Sample(((3,),), ((3,),))))
    for color in range(10):
        assert bits(f"replace(I, {color}, FIVE)", other) == bits(f"replace(I, {color}, FIVE)", TASK.challenge)


def test_odd_programs_have_a_price() -> None:
    for text in ("I", "compose(vmirror, hmirror)(I)", "canvas(ZERO, (30, (1, True)))", "identity(())"):
        assert bits(text) > 0
    (differ,) = parse_programs("def differ_zo(S, I, C): return equality(I, C)")
    assert PRIOR.program_bits(differ, None) > 0
    deep = solver("I")
    node = deep.root
    for _ in range(5_000):
        node = deep.graph.call(deep.graph.primitive("vmirror"), node)
    assert PRIOR.program_bits(Program(deep.graph, node), TASK) > bits("vmirror(I)")


def test_users_primitives_get_the_price_of_what_was_never_seen() -> None:
    @primitive
    def upside_down(grid: Grid) -> Grid:
        return grid[::-1]

    object.__setattr__(REGISTRY["upside_down"], "theme", "user")
    try:
        assert bits("upside_down(I)") > bits("hmirror(I)")
        assert bits("upside_down(upside_down(I))") > bits("upside_down(I)")
    finally:
        REGISTRY.remove("upside_down")


def test_the_counts_make_the_prior() -> None:
    mirrors = [solver("vmirror(I)")] * 50
    prior = Prior(count_programs(mirrors, {}))
    assert prior.program_bits(mirrors[0], None) < PRIOR.program_bits(mirrors[0], None)
    assert prior.program_bits(solver("rot90(I)"), None) > 5 * UNITS_PER_BIT
    assert Prior(count_programs([], {})).program_bits(mirrors[0], None) > 17 * UNITS_PER_BIT


def test_references_are_counted() -> None:
    program = solver("hconcat(vmirror(I), vmirror(I))")
    assert [choice.symbol for choice in choices(program)].count(REFERENCE) == 1
    assert count_programs([program], {}).references == 1


def test_the_same_in_another_process_with_another_hash_seed() -> None:
    code = (
        "from arcbatt.arc import load_set\n"
        "from arcbatt.library import starter_solvers\n"
        "from arcbatt.search.prior import load_prior\n"
        "tasks, prior = load_set(), load_prior()\n"
        "print([prior.program_bits(p, tasks[p.name[6:]]) for p in starter_solvers()[::5]])\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
