"""The native engine against the python engine: every node of thousands of programs, value, failure and fuel."""

from __future__ import annotations

import random
from typing import Any

import pytest

from arcbatt.arc import Grid, Sample, load_set
from arcbatt.battery.battery import Battery
from arcbatt.dsl import compose
from arcbatt.dsl.registry import REGISTRY, primitive
from arcbatt.engine import Limits
from arcbatt.library import starter_programs
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from support.programs import random_arc_grid, random_grid, random_pairs, random_program
from support.twins import Twins, needs_native

pytestmark = needs_native

FUELS = [5, 20, 60, 200, 1_000, 20_000, 200_000, 1_000_000, None]
"""Units of fuel; None stands for the default."""


@pytest.mark.parametrize("seed", range(100))
def test_random_programs_have_the_same_outcomes_at_every_node(seed: int) -> None:
    """200 programs a seed; those in one graph share nodes."""
    rng = random.Random(seed)
    for _ in range(20):
        fuel = rng.choice(FUELS)
        twins = Twins(Limits() if fuel is None else Limits(fuel=fuel))
        graph = Graph()
        for _ in range(10):
            random_program(rng, graph, rng.randint(1, 9), "ISC")
        variables = {"I": any_grid(rng), "S": random_pairs(rng, any_grid), "C": any_grid(rng)}
        assert twins.difference(graph, **variables) is None


def any_grid(rng: random.Random) -> Grid:
    """Mostly a small grid."""
    if rng.random() < 0.3:
        return random_arc_grid(rng, rng.choice([10, 30]))
    return random_grid(rng, rng.choice([3, 8, 8]))


@pytest.mark.parametrize("seed", range(5))
def test_random_programs_are_judged_alike(seed: int) -> None:
    """Against what one of them gives, so that some are right and some near; the tallies add up to the same."""
    rng = random.Random(seed)
    graph = Graph()
    roots = [random_program(rng, graph, rng.randint(1, 4), "IS") for _ in range(60)]
    inputs = [random_grid(rng, 4) for _ in range(3)]
    tallies, cells = [], []
    for engine in Twins().engines.values():
        scope = engine.open(graph).bind(S=())
        outputs = [scope.bind(I=grid).judge_one(root, None)[1] for grid, root in zip(inputs, roots, strict=False)]
        samples = [Sample(grid, output or grid) for grid, output in zip(inputs, outputs, strict=True)]
        rows = [verdicts for verdicts, _ in scope.judge_samples(roots, samples)]
        tallies.append(rows[0].tally(rows, 2))
        cells.append([[verdict.right_cells for verdict in row] for row in rows])
    mine, theirs = tallies
    assert cells[0] == cells[1]
    assert any(count > 0 for row in cells[0] for count in row)
    assert mine == theirs


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 400, 50))
def test_the_starter_programs_have_the_same_outcomes_on_foreign_tasks(start: int) -> None:
    battery = Battery.of(starter_programs())
    twins = Twins(Limits(fuel=200_000))
    for task in list(load_set().values())[start : start + 50 : 10]:
        for sample in task.samples[:2]:
            variables: dict[str, Any] = {"S": task.pairs, "I": sample.input, "C": task.demo[0].output}
            assert twins.difference(battery.graph, battery.roots(), **variables) is None, task.id


def run_both(body: str, limits: Limits | None = None, **variables: Any) -> str | None:
    """The difference on a program given as the expression that it returns."""
    (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
    return Twins(limits).difference(program.graph, **{"I": ((0, 1, 0), (2, 1, 0)), "S": (), **variables})


FIXED = [
    "apply(increment, I)",
    "fork(apply, identity, initset)(fork(apply, identity, initset))",
    "power(power(power(increment, 50), 50), 50)(ZERO)",
]
"""Programs on which the engines once differed, or easily might."""


@pytest.mark.parametrize("body", FIXED)
@pytest.mark.parametrize("fuel", [1, 30, 1_000, 10**6])
def test_fixed_programs(body: str, fuel: int) -> None:
    assert run_both(body, Limits(fuel=fuel)) is None


@pytest.mark.parametrize("builder", ["compose", "fork", "matcher", "rbind"])
def test_a_function_of_many_equal_parts_crosses_the_border(builder: str) -> None:
    """Written out, its parts would be 2**60; it is built, handed to a primitive of a user's, and comes back."""
    item = primitive(handed_back)
    try:
        graph = Graph()
        function = graph.call(graph.primitive("compose"), *[graph.primitive("identity")] * 2)
        for _ in range(60):
            function = graph.call(graph.primitive(builder), *[function] * REGISTRY[builder].arity)
        root = graph.call(graph.primitive(item.__name__), function)
        assert Twins().difference(graph, [function, root]) is None
    finally:
        REGISTRY.remove("handed_back")


def handed_back(x: Any) -> Any:
    return compose(x, x)
