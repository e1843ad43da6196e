"""Ranking: each rule, the weights, and that nothing but task and programs decides the order."""

from __future__ import annotations

import random

import pytest

from arcbatt.arc import Challenge, Grid, Sample
from arcbatt.program.parse import parse_programs
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving.oddities import oddities
from arcbatt.search.solving.output_ranking import (
    blindness_bits,
    cost,
    failure_bits,
    length_bits,
    literal_bits,
    oddity_bits,
    ranked,
    ranked_near_misses,
)

TASK = Challenge(
    "task",
    (Sample(((1, 0),), ((0, 1),)), Sample(((2, 0),), ((0, 2),))),
    (Sample(((3, 0),)), Sample(((4, 0),))),
)


def lead(body: str, *outputs: Grid | None, demo_right: int = 2, share: int = 20_000) -> Lead:
    (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
    return Lead(program, "given", (demo_right, share), 1, outputs or (((0, 3),), ((0, 4),)))


def grids(leads: list[Lead], index: int = 0, task: Challenge = TASK) -> list[Grid]:
    return [choice.output for choice in ranked(task, leads, index)]


X, Y, Z = ((1, 2),), ((2, 2),), ((1, 1),)


@pytest.mark.parametrize(("body", "bits"), [("I", 0), ("vmirror(I)", 2), ("vmirror(vmirror(hmirror(I)))", 6)])
def test_length(body: str, bits: int) -> None:
    assert length_bits(lead(body).program) == bits


@pytest.mark.parametrize(("body", "bits"), [
    ("I", 0), ("replace(I, ONE, TWO)", 2), ("replace(I, ONE, ONE)", 1), ("replace(I, leastcolor(I), TWO)", 1),
    ("shift(I, RIGHT)", 0), ("objects(I, T, F, T)", 0),
])  # fmt: skip
def test_literals(body: str, bits: int) -> None:
    assert literal_bits(lead(body).program) == bits


def test_a_program_that_reads_no_input_is_blind() -> None:
    assert blindness_bits(lead("last(first(S))").program) == blindness_bits(lead("canvas(ONE, UNITY)").program) == 16
    assert blindness_bits(lead("fill(I, ONE, last(first(S)))").program) == 0


def test_failing_on_a_test_input_costs() -> None:
    assert [failure_bits(lead("I", *outputs)) for outputs in ((X, Y), (X, None), (None, None))] == [0, 8, 16]


class TestOddities:
    def broken(self, task: Challenge, output: Grid) -> int:
        return sum(is_odd(task.test[0].input, output) for is_odd in oddities(task))

    def test_each_rule_that_the_demo_samples_obey(self) -> None:
        assert self.broken(TASK, ((0, 3),)) == 0
        assert self.broken(TASK, ((0, 9),)) == 1  # a color from nowhere
        assert self.broken(TASK, ((0, 1),)) == 0  # a color of the demo outputs
        assert self.broken(TASK, ((3, 0),)) == 1  # nothing changed
        assert self.broken(TASK, ((0,),)) == 2  # neither the input's shape nor that of the outputs

    def test_a_rule_that_a_demo_sample_breaks_is_none(self) -> None:
        task = Challenge("task", (*TASK.demo, Sample(((1,),), ((1,),)), Sample(((1,),), ((1, 1),))), TASK.test)
        assert self.broken(task, ((3, 0),)) == self.broken(task, ((0,),)) == 0

    def test_enter_the_cost(self) -> None:
        assert oddity_bits(TASK, lead("I", ((0, 9),), ((4, 0),))) == 16
        assert cost(TASK, lead("vmirror(I)", ((0, 9),), None)) == 2 + 8 + 8


class TestOrder:
    def test_the_shorter_wins(self) -> None:
        assert grids([lead("vmirror(hmirror(I))", X, X), lead("vmirror(I)", Y, Y)]) == [Y, X]

    def test_of_equal_ones_the_agreeing_win(self) -> None:
        leads = [lead("vmirror(I)", X, X), lead("hmirror(I)", Y, Y), lead("dmirror(I)", Y, Y)]
        assert grids(leads) == [Y, X]
        assert grids([*leads, lead("cmirror(I)", X, X), lead("rot90(I)", X, X)]) == [X, Y]

    def test_near_copies_are_no_second_opinion(self) -> None:
        copies = [lead(f"replace(I, ONE, {color})", X, X) for color in ("TWO", "SIX", "FOUR")]
        pair = [lead("replace(I, FIVE, TWO)", Y, Y), lead("switch(I, FIVE, TWO)", Y, Y)]
        assert grids([*copies, *pair]) == [Y, X]

    def test_what_gives_no_grid_for_an_input_answers_the_other(self) -> None:
        leads = [lead("vmirror(I)", None, X), lead("vmirror(hmirror(I))", Y, Y)]
        assert grids(leads, 0) == [Y]
        assert grids(leads, 1) == [Y, X]  # failing on the other input costs more than two calls

    def test_the_order_of_the_leads_does_not_matter(self) -> None:
        names = ("vmirror", "hmirror", "dmirror", "cmirror", "rot90", "rot180", "rot270", "tophalf", "lefthalf")
        pairs = [(X, Y), (Y, Z), (Z, X)] * 3
        leads = [lead(f"{name}(I)", *pair) for name, pair in zip(names, pairs, strict=True)]
        expected = grids(leads)
        assert len(expected) == 3
        for seed in range(10):
            random.Random(seed).shuffle(leads)
            assert grids([*leads, *leads[:3]]) == expected

    def test_programs_too_long_to_weigh_still_have_an_order(self) -> None:
        texts = [
            "def solve(S, I):\n    x1 = vmirror(I)\n"
            + "".join(f"    x{n} = {name}(x{n - 1})\n" for n in range(2, 2200))
            + "    return x2199\n"
            for name in ("hmirror", "rot90")
        ]
        programs = [parse_programs(text)[0] for text in texts]
        leads = [
            Lead(program, "given", (2, 20_000), 1, (grid, grid))
            for program, grid in zip(programs, (X, Y), strict=True)
        ]
        assert sorted(grids(leads)) == sorted([X, Y])
        assert grids(leads) == grids(leads[::-1])


class TestNearMisses:
    def order(self, *leads: Lead) -> list[Grid]:
        return [choice.output for choice in ranked_near_misses(TASK, leads, 0)]

    def test_what_looks_right_comes_first_then_the_nearer(self) -> None:
        odd = lead("vmirror(I)", ((0,),), X, demo_right=1, share=18_000)
        near = lead("rot180(I)", ((0, 1),), X, demo_right=1, share=14_000)
        nearer = lead("hmirror(I)", ((0, 2),), X, demo_right=1, share=16_000)
        far = lead("dmirror(I)", ((0, 0),), X, demo_right=0, share=18_000)
        assert self.order(odd, far, near, nearer) == [((0, 2),), ((0, 1),), ((0, 0),), ((0,),)]

    def test_an_output_comes_once(self) -> None:
        assert self.order(lead("vmirror(I)", X, X, demo_right=1), lead("rot180(I)", X, Y, demo_right=0)) == [X]
        assert self.order(lead("vmirror(I)", None, X, demo_right=1)) == []
