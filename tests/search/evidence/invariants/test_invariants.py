"""Likely invariants: each one by a case of its own, and what holds of all of them."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.arc import Challenge, Grid, Sample, Task, load_set
from arcbatt.search.evidence.invariants import LikelyInvariants, invariant_names, likely_invariants
from arcbatt.search.evidence.invariants.catalog import ALL
from support.invariant_cases import CASES, challenge, grid, pair


def held(task: Challenge) -> set[str]:
    return {invariant.name for invariant in likely_invariants(task).held}


def broken(likely: LikelyInvariants, text: str) -> set[str]:
    return {invariant.name for invariant in likely.broken(*pair(text))}


@pytest.mark.parametrize("name", CASES)
def test_holds_is_kept_and_is_broken(name: str) -> None:
    demos, kept, breaking = CASES[name]
    likely = likely_invariants(challenge(demos))
    assert name in {invariant.name for invariant in likely.held}
    assert name not in broken(likely, kept)
    assert name in broken(likely, breaking)


def test_every_invariant_has_a_case() -> None:
    assert set(CASES) == set(invariant_names())


def test_names_are_keys() -> None:
    names = invariant_names()
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", name) for name in names)
    assert all(set(invariant.implied_by) < set(names) - {invariant.name} for invariant in ALL)


@pytest.mark.parametrize("name", CASES)
def test_says_what_holds_and_what_breaks_it_in_a_line(name: str) -> None:
    (invariant,) = [one for one in likely_invariants(challenge(CASES[name][0])).held if one.name == name]
    for sentence in (invariant.text, invariant.breach):
        assert sentence == sentence.strip()
        assert sentence.isprintable()
        assert not sentence.endswith(".")
    assert invariant.text != invariant.breach


@pytest.mark.parametrize(("name", "demos"), [
    ("output-shape-constant", ["01 > 1"]),  # one demo says nothing about what is constant
    ("output-shape-scaled", ["01 > 01|01", "20 > 02|20"]),  # the shape is constant
    ("output-palette-constant", ["01 > 18"]),
    ("foreground-stays", ["010 > 010"]),  # nothing changes at all
    ("full-lines-stay", ["0100 > 0110", "2000 > 2200"]),  # there is no full line
    ("no-single-cells", ["0110 > 1100", "2200 > 0022"]),  # the input has none either
    ("output-symmetric-left-right", ["12 > 11", "34 > 33"]),  # one color is always symmetric
    ("output-symmetric-top-bottom", ["12 > 121", "34 > 3443"]),  # one row is always so
    ("output-objects-symmetric", ["1000 > 1110", "0200 > 0222"]),  # so is a bar
    ("lines-rearranged", ["0100 > 1000", "0022 > 2200"]),  # with one row it says that the counts are kept
    ("output-in-input", ["012|345 > 3", "678|901 > 9"]),  # a single cell of a color that the input has
    ("no-new-color", ["01 > 10", "20 > 02"]),  # the palette is the input's
    ("outputs-different", ["01 > 11", "10 > 11"]),
    ("object-by-form", ["1000 > 1200", "0010 > 0012"]),  # every object becomes the same: there is nothing to depend on
    ("object-by-form", ["1000 > 3000", "0020 > 0020"]),  # no demo has an object of another one
    ("region-by-size", ["100 > 100", "020 > 020"]),  # nothing changes
    ("output-windows-known", ["1 > 01|10", "2 > 02|20"]),  # no demo has a window of another one
    ("output-neighbours-known", ["1 > 0011|0101", "2 > 1100|1010"]),  # any two of the colors are neighbours
    ("changed-to-role", ["11200 > 11211", "11200 > 11211"]),  # it is always color 1
])  # fmt: skip
def test_what_says_nothing_is_left_out(name: str, demos: list[str]) -> None:
    assert name not in held(challenge(demos))


def test_parameters_are_told() -> None:
    likely = likely_invariants(challenge(["0012 > 8842", "0102 > 8402"]))
    texts = {invariant.name: invariant.text for invariant in likely.held}
    assert texts["color-added"] == "the output has colors 4 and 8, which no input has"
    assert texts["colors-stay"] == "no cell of color 2 changes"
    assert texts["color-map"] == "in every cell color 1 becomes 4"


def test_what_is_no_grid_breaks_all() -> None:
    likely = likely_invariants(challenge(["01 > 10", "20 > 02"]))
    for output in ((), ((),), ((1, 2), (3,)), ((11,),), tuple([(0,)] * 31)):
        assert likely.broken(((0, 3),), output) == likely.held


cells = st.integers(0, 3)


def grids(most: int = 6) -> st.SearchStrategy[Grid]:
    sides = st.integers(1, most)
    return st.tuples(sides, sides).flatmap(
        lambda shape: st.tuples(*[st.tuples(*[cells] * shape[1])] * shape[0])
    )


@st.composite
def changed(draw: st.DrawFn) -> tuple[Grid, Grid]:
    """A grid and one of the same shape that differs in some colors, as most tasks have them."""
    before = draw(grids())
    table = draw(st.tuples(*[cells] * 4))
    return before, tuple([tuple([table[cell] for cell in row]) for row in before])


pairs = st.lists(changed() | st.tuples(grids(), grids()), min_size=1, max_size=4)


@given(pairs, grids())
@settings(max_examples=150)
def test_no_demo_breaks_anything(demos: list[tuple[Grid, Grid]], test: Grid) -> None:
    likely = likely_invariants(Challenge.of("random", demos, [test]))
    for before, after in demos:
        assert likely.broken(before, after) == ()


@given(st.lists(changed() | st.tuples(grids(4), grids(4)), min_size=2, max_size=3), grids(), grids())
@settings(max_examples=100)
def test_the_order_of_demos_decides_nothing(
    demos: list[tuple[Grid, Grid]], before: Grid, after: Grid
) -> None:
    all_orders = [likely_invariants(Challenge.of("random", order, [before])) for order in permutations(demos)]
    assert all(likely == all_orders[0] for likely in all_orders)
    assert len({likely.broken(before, after) for likely in all_orders}) == 1


@given(pairs, grids(30), grids(30))
@settings(max_examples=100)
def test_any_grids_are_judged(demos: list[tuple[Grid, Grid]], before: Grid, after: Grid) -> None:
    likely = likely_invariants(Challenge.of("random", demos, []))
    found = likely.broken(before, after)
    assert set(found) <= set(likely.held)
    assert [invariant for invariant in likely.held if invariant in found] == list(found)
    # The test inputs are known beforehand or not: it is the same.
    assert likely_invariants(Challenge.of("random", demos, [before])).broken(before, after) == found


def test_false_test_outputs_change_nothing() -> None:
    task = load_set("arc1-train")["0d3d703e"]
    false = Task("false", task.demo, tuple(Sample(sample.input, ((9,),)) for sample in task.test))
    assert likely_invariants(false.challenge) == likely_invariants(task.challenge)


def test_an_accident_is_told_from_the_answer() -> None:
    task = load_set("arc1-train")["00d62c1b"]
    likely = likely_invariants(task.challenge)
    (test,) = task.test
    assert test.output is not None
    assert likely.broken(test.input, test.output) == ()
    filled = tuple([tuple([4 if cell == 0 else cell for cell in row]) for row in test.input])
    assert {"output-palette-constant", "cells-changed-share"} & {
        invariant.name for invariant in likely.broken(test.input, filled)
    }  # fmt: skip
    assert "output-not-input" in {invariant.name for invariant in likely.broken(test.input, test.input)}


def test_reads_grids_row_by_row() -> None:
    assert grid("01|20") == ((0, 1), (2, 0))
