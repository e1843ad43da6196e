"""Grammars: what is refused, and what the default ones are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from arcbatt.arc import Sample, Task, load_set
from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.parse import parse_programs
from arcbatt.search.enumeration import Grammar, Kind, Leaf, Production, default_grammar, grid_grammar
from arcbatt.search.enumeration.prior import costs_of, marginal_counts
from arcbatt.search.enumeration.task_grammars import read_signatures
from arcbatt.search.enumeration.vocabulary import LEFT_OUT
from arcbatt.search.prior import count_programs

TASK = Task("t", (Sample(((0, 1),), ((0, 7),)),), (Sample(((0, 4),)),))
GRID = (Kind("Grid", "grid", True),)


def test_the_default_grammar_covers_the_vocabulary_but_for_what_it_says() -> None:
    built_in = {primitive.name for primitive in REGISTRY if primitive.theme != "user"}
    left_out = {name for names in LEFT_OUT.values() for name in names}
    assert set(default_grammar(TASK).primitives) == built_in - left_out


def test_default_grammars_are_the_same_whenever_they_are_made() -> None:
    assert default_grammar(TASK) == default_grammar(TASK)
    assert {production.result for production in grid_grammar(TASK).productions} == {"Grid"}


def test_test_outputs_do_not_show_in_a_grammar() -> None:
    false = replace(TASK, test=(Sample(((0, 4),), ((9, 9),)),))
    assert default_grammar(false) == default_grammar(TASK)


def test_colors_are_those_of_the_task_and_new_ones_of_outputs_cost_least() -> None:
    costs = {leaf.value: leaf.cost for leaf in default_grammar(TASK).leaves if leaf.kind == "Color"}
    assert list(costs) == [0, 1, 4, 7]
    assert costs[7] <= costs[0] <= costs[1] == costs[4]
    assert costs[7] < costs[1]


def test_grammars_of_all_tasks_are_within_bounds() -> None:
    for task in list(load_set().values())[::40]:
        grammar = default_grammar(task)
        assert all(1 <= item.cost <= 40 for item in (*grammar.leaves, *grammar.productions))


def test_a_signature_stands_for_every_choice_of_its_words() -> None:
    made = list(read_signatures("combine: Patch Patch -> Patch ~!\nfirst: List -> Element1\nnot a line"))
    assert made[:2] == [
        Production("combine", ("Object", "Object"), "Object", 1, (0, 1), True),
        Production("combine", ("Indices", "Indices"), "Indices", 1, (0, 1), True),
    ]
    assert [str(item) for item in made[2:]] == [
        "first(Grids) -> Grid", "first(ObjectTuple) -> Object", "first(Numbers) -> Count",
    ]  # fmt: skip


def test_a_restricted_grammar_has_nothing_of_other_kinds() -> None:
    grammar = default_grammar(TASK).restricted("Grid", "Count")
    assert {kind.name for kind in grammar.kinds} == {"Grid", "Count"}
    assert {leaf.kind for leaf in grammar.leaves} == {"Grid", "Count"}
    assert "upscale(Grid, Count) -> Grid" in map(str, grammar.productions)
    with pytest.raises(InputError, match="Nothing"):
        grammar.restricted("Nothing")


def test_costs_are_bits() -> None:
    assert costs_of([4, 2, 1, 1]) == [1, 2, 3, 3]
    assert costs_of([4, 2, 1, 1], bits=0.5) == [2, 4, 6, 6]
    assert costs_of([1]) == [1]


def test_counts_tell_calls_from_functions_handed_on_and_numbers_from_colors() -> None:
    text = "def solve_a(I): return fill(upscale(I, TWO), THREE, mapply(rot90, hsplit(I, TWO)))"
    counts = marginal_counts(count_programs(parse_programs(text), {}))
    names = ("fill", "rot90", "hsplit")
    assert [(counts.called(name), counts.handed(name)) for name in names] == [(1, 0), (0, 1), (1, 0)]
    assert [counts.constant(number) for number in (2, 3)] == [2, 0]
    assert (counts.symbols["#color"], counts.symbols["I"]) == (1, 2)


def test_numbers_of_the_library_are_the_weights() -> None:
    """An offset by more than a cell is dearer than a direction; what programs often call is cheap."""
    grammar = default_grammar(TASK)
    offsets = {leaf.value: leaf.cost for leaf in grammar.leaves if leaf.kind == "Offset"}
    assert offsets[0, 1] < offsets[2, 2]
    grids = {item.primitive: item.cost for item in grammar.productions if item.result == "Grid"}
    assert grids["fill"] < grids["downscale"]


@pytest.mark.parametrize(
    ("kinds", "leaves", "productions", "told"),
    [
        ((), (), (), "kinds"),
        ((*GRID, Kind("Grid", "count")), (), (), "different names"),
        ((Kind("Grid", "gird"),), (), (), "gird"),
        (GRID, (Leaf("constant", 1, "Count"),), (), "Count"),
        (GRID, (Leaf("variable", "I", "Grid", 0),), (), "cost"),
        (GRID, (Leaf("primitive", "rot91", "Grid"),), (), "rot91"),
        (GRID, (), (Production("rot91", ("Grid",), "Grid"),), "rot91"),
        (GRID, (), (Production("rot90", ("Grid", "Grid"), "Grid"),), "1 argument"),
        (GRID, (), (Production("rot90", ("Grid",), "Gird"),), "Gird"),
        (GRID, (), (Production("rot90", ("Grid",), "Grid", 10**9),), "cost"),
    ],
)
def test_odd_grammars_are_refused(
    kinds: tuple[Kind, ...], leaves: tuple[Leaf, ...], productions: tuple[Production, ...], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        Grammar(kinds, leaves, productions)
