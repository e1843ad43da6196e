from __future__ import annotations

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.dsl.registry import REGISTRY
from arcbatt.library import starter_programs
from arcbatt.program.graph import CALL, DEPENDS_C, PRIMITIVE, Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.program.types import fits, infer
from arcbatt.search.mutation import Mutation, MutationSettings, Mutator, TaskHints, misfits
from arcbatt.search.seeds import seeded
from support.mutations import only, program
from support.programs import random_program

HINTS = TaskHints(added=(6,), removed=(4,), colors=(6, 4, 0), numbers=(5,), pairs=((7, 7),))
STARTERS = starter_programs()


def wrong_arguments(program: Program) -> set[tuple[str, int, str]]:
    """Arguments of a known type that is not the declared one: the plain check, by itself."""
    graph, types = program.graph, infer(program.graph, program.root)
    found = set()
    for node in graph.order(program.root):
        if graph.kinds[node] == CALL and graph.kinds[graph.operands[node][0]] == PRIMITIVE:
            item = REGISTRY[graph.values[graph.operands[node][0]]]
            for position, part in enumerate(graph.operands[node][1:]):
                if types[part] != "Any" and not fits(types[part], item.types[position]):
                    found.add((item.name, position, types[part]))
    return found


def check(parent: Program, child: Mutation, largest: int) -> None:
    """What holds of every child."""
    made = child.program
    assert made.md5 != parent.md5
    assert (made.kind, made.direction) == (parent.kind, parent.direction)
    assert child.parents[0] == parent.md5
    assert made.size <= max(largest, parent.size)
    (read,) = parse_programs(made.text)
    assert read.text == made.text
    assert wrong_arguments(made) <= wrong_arguments(parent)
    assert misfits(made.graph, made.root) <= misfits(parent.graph, parent.root)
    assert made.kind == "differ" or not made.graph.levels[made.root] & DEPENDS_C
    assert len(made.graph) == len(made.graph.order(made.root))


@pytest.mark.parametrize("hints", [None, HINTS])
def test_children_of_the_starter_programs_fit_and_differ(hints: TaskHints | None) -> None:
    mutator = Mutator(STARTERS, MutationSettings(mean_steps=2.0, max_calls=20))
    made = 0
    for index, parent in enumerate(STARTERS):
        for number in range(3):
            child = mutator.mutate(parent, hints, seeded(1, index, number))
            if child is not None:
                made += 1
                check(parent, child, 20)
    assert made > 2.9 * len(STARTERS)


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.booleans())
def test_children_of_random_programs_fit_and_differ(seed: int, is_differ: bool) -> None:
    rng = Random(seed)
    graph = Graph()
    variables = "ISC" if is_differ else "IS"
    roots = [random_program(rng, graph, rng.randint(1, 8), variables) for _ in range(4)]
    kind, direction = ("differ", "iz") if is_differ else ("solver", None)
    pool = [Program(graph, root, kind, direction) for root in roots]
    mutator = Mutator(pool, MutationSettings(mean_steps=2.0, max_calls=12))
    for parent in pool:
        child = mutator.mutate(parent, HINTS if rng.random() < 0.5 else None, rng)
        if child is not None:
            check(parent, child, 12)


def test_a_child_hangs_on_nothing_that_the_mutator_did_before() -> None:
    used = Mutator(STARTERS)
    for index, parent in enumerate(STARTERS[:60:6]):
        for number in range(200):
            used.mutate(parent, HINTS, seeded(2, index, number))
    for index, parent in enumerate(STARTERS[:60:6]):
        fresh = Mutator(STARTERS)
        assert told(fresh.mutate(parent, None, seeded(3, index))) == told(used.mutate(parent, None, seeded(3, index)))


def told(child: Mutation | None) -> tuple[str, str, tuple[str, ...]] | None:
    return None if child is None else (child.program.text, child.operator, child.parents)


def test_a_parent_in_another_graph_has_the_same_children() -> None:
    mutator = Mutator(STARTERS)
    for index, parent in enumerate(STARTERS[::10]):
        (alone,) = parse_programs(parent.text)
        assert told(mutator.mutate(parent, HINTS, seeded(4, index))) == told(
            mutator.mutate(alone, HINTS, seeded(4, index))
        )


def test_the_hash_seed_makes_no_difference() -> None:
    code = (
        "from arcbatt.library import starter_programs\n"
        "from arcbatt.search.mutation import Mutator\n"
        "from arcbatt.search.seeds import seeded\n"
        "programs = starter_programs()\n"
        "mutator = Mutator(programs)\n"
        "made = [mutator.mutate(program, None, seeded(5, n)) for n, program in enumerate(programs)]\n"
        "print([child and (child.program.md5, child.operator) for child in made])\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 10_000


def test_several_mutations_come_in_a_row() -> None:
    mutator = Mutator(STARTERS, MutationSettings(mean_steps=4.0))
    steps = [
        child.operator.count("+") + 1
        for number in range(200)
        if (child := mutator.mutate(STARTERS[number % 50], None, seeded(6, number)))
    ]
    assert 3 < sum(steps) / len(steps) < 5


def test_one_use_or_all_uses_are_replaced() -> None:
    parent = program("hconcat(vmirror(I), hmirror(I))")
    for everywhere, expected in ((1.0, "hconcat(vmirror(rot90(I)), hmirror(rot90(I)))"), (0.0, None)):
        rates = MutationSettings(only("node"), mean_steps=1.0, everywhere=everywhere)
        mutator = Mutator([program("rot90(I)")], rates)
        made = {mutator.mutate(parent, None, Random(seed)).program.text for seed in range(100)}
        assert (program("hconcat(vmirror(rot90(I)), hmirror(rot90(I)))").text in made) == (expected is not None)
        assert (program("hconcat(vmirror(rot90(I)), hmirror(I))").text in made) == (expected is None)


def test_where_nothing_can_change_there_is_no_child() -> None:
    assert Mutator([], MutationSettings(only("constant"))).mutate(program("rot90(I)"), None, Random(0)) is None
    assert Mutator([], MutationSettings(only("cross"))).mutate(program("rot90(I)"), None, Random(0)) is None


def test_a_differ_still_gives_a_pair_and_still_compares() -> None:
    mutator = Mutator(STARTERS, MutationSettings(mean_steps=3.0))
    differs = [starter for starter in STARTERS if starter.kind == "differ"]
    for number in range(200):
        parent = differs[number % len(differs)]
        child = mutator.mutate(parent, None, seeded(7, number))
        if child is not None:
            made = child.program
            assert made.direction == parent.direction
            assert made.graph.values[made.graph.operands[made.root][0]] == "astuple"
            assert made.graph.levels[made.root] == made.graph.levels[made.root] | parent.graph.levels[parent.root]


def test_a_solver_still_gives_a_grid_and_still_looks_at_the_input() -> None:
    mutator = Mutator(STARTERS, MutationSettings(mean_steps=3.0))
    for number in range(300):
        parent = STARTERS[number % 100]
        child = mutator.mutate(parent, None, seeded(8, number))
        if child is not None:
            made = child.program
            before = infer(parent.graph, parent.root)[parent.root]
            assert infer(made.graph, made.root)[made.root] in ("Grid", "Any", before)
            assert "I" in made.text.partition("\n")[2]
