"""The CUDA engine, its kernels run on the host, against the python engine: values, failures and fuel of programs."""

from __future__ import annotations

import random
from array import array
from typing import Any

import pytest

from arcbatt.arc import Sample, load_set
from arcbatt.battery.battery import Battery
from arcbatt.engine import Limits, select_engine
from arcbatt.engine.cuda.plan import make_plan
from arcbatt.library import starter_programs
from arcbatt.program.graph import CALL, Graph
from arcbatt.program.parse import parse_programs
from support.cuda_programs import covered_program, engine_on, object_program
from support.host_device import COMPILER, HostDevice
from support.programs import random_arc_grid, random_grid, random_pairs
from support.twins import needs_native, program_text, told

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip

FUELS = [5, 20, 60, 200, 1_000, 20_000, 200_000, None]
"""Units of fuel; None stands for the default."""


@pytest.fixture(scope="module")
def device() -> HostDevice:
    return HostDevice()


def any_grid(rng: random.Random) -> Any:
    choice = rng.random()
    if choice < 0.03:  # none that a device takes
        return rng.choice([(), ((),), ((1, 2), (3,)), ((True, 0),), ((-1, 300),), random_grid(rng, 40)])
    return random_arc_grid(rng, rng.choice([10, 30])) if choice < 0.3 else random_grid(rng, rng.choice([3, 8, 8]))


def compare(graph: Graph, roots: list[int], limits: Limits, device: HostDevice, **variables: Any) -> int:
    """Compares the outcomes of programs; how many calls the device evaluated."""
    engine = engine_on([device], limits)
    mine = engine.open(graph).bind(**variables).run(roots)
    theirs = select_engine("python", limits).open(graph).bind(**variables).run(roots)
    for root, one, other in zip(roots, mine, theirs, strict=True):
        assert told(one) == told(other), (program_text(graph, root), variables)
    return engine.traffic.calls


@pytest.mark.parametrize("seed", range(50))
def test_random_programs_have_the_same_outcomes(seed: int, device: HostDevice) -> None:
    """400 programs a seed, of one to six calls and those of their arguments; each is also run in its parts."""
    rng, calls = random.Random(seed), 0
    for _ in range(20):
        fuel = rng.choice(FUELS)
        graph = Graph()
        roots = [covered_program(rng, graph, rng.randint(1, 6), "ISC") for _ in range(20)]
        roots += [node for node in range(len(graph)) if graph.kinds[node] == CALL and rng.random() < 0.2]
        variables = {"I": any_grid(rng), "S": random_pairs(rng, any_grid), "C": any_grid(rng)}
        calls += compare(graph, roots, Limits() if fuel is None else Limits(fuel=fuel), device, **variables)
    assert calls >= 250


@pytest.mark.parametrize("seed", range(10))
def test_programs_about_objects_have_the_same_outcomes(seed: int, device: HostDevice) -> None:
    """Devices evaluate nearly all of them, and each is also run in its parts."""
    rng, calls = random.Random(seed), 0
    for _ in range(6):
        fuel = rng.choice(FUELS)
        graph = Graph()
        roots = [object_program(rng, graph) for _ in range(20)]
        roots += [node for node in range(len(graph)) if graph.kinds[node] == CALL and rng.random() < 0.3]
        limits = Limits() if fuel is None else Limits(fuel=fuel)
        calls += compare(graph, roots, limits, device, I=random_arc_grid(rng, rng.choice([6, 15, 30])), S=())
    assert calls >= 200


@pytest.mark.parametrize("seed", range(5))
def test_samples_are_judged_alike(seed: int, device: HostDevice) -> None:
    """Verdicts on several samples at once, their sums and their packed forms are the native engine's."""
    rng, graph = random.Random(seed), Graph()
    roots = [covered_program(rng, graph, rng.randint(1, 5)) for _ in range(60)]
    samples = [Sample(random_grid(rng), rng.choice([None, random_grid(rng)])) for _ in range(5)]
    found, packed = [], []
    for engine in (engine_on([device]), select_engine("native")):
        rows = [verdicts for verdicts, _ in engine.open(graph).bind(S=()).judge_samples(roots, samples)]
        found.append([list(row) for row in rows])
        packed.append((rows[0].tally(rows, 3), rows[0].pack(rows, [1] * 5)[0]))
    assert found[0] == found[1]
    assert packed[0] == packed[1]


def test_values_that_are_dropped_are_evaluated_again(device: HostDevice) -> None:
    """Once an eighth of the fuel went into a scope's values they go, those from devices too."""
    body = "hconcat(rot90(replace(I, {n}, 1)), apply(rbind(repeat, {n}), I))"
    text = "\n".join(f"def solve_{n}(I):\n    return {body.format(n=n)}" for n in range(9))
    battery = Battery.of(parse_programs(text))
    assert compare(battery.graph, battery.roots(), Limits(fuel=60), device, I=((1, 2), (3, 4)), S=()) > 0


def test_a_scope_that_is_used_twice_and_one_inside_it(device: HostDevice) -> None:
    body = "(size(ofcolor(rot90(I), 1)), equality(vmirror(I), C))"
    (program,) = parse_programs(f"def differ_a(I, C):\n    return {body}\n")
    graph, roots = program.graph, [program.root]
    inner = [node for node in range(len(graph)) if graph.levels[node] == 2 and graph.kinds[node] == CALL]
    grid = ((1, 2), (1, 4))
    for engine in (engine_on([device]), select_engine("python")):
        scope = engine.open(graph).bind(S=()).bind(I=grid)
        first = [told(item) for item in scope.run(inner)]
        assert [told(item) for item in scope.run(inner)] == first
        inside = scope.bind(C=((2, 1), (4, 1)))
        assert [told(item) for item in inside.run(roots)] == [("value", ("tuple", ("int", 2), ("bool", True)), 6)]
        assert inside.measure(roots) == [2]


def test_functions_stay_on_the_device(device: HostDevice) -> None:
    """A device makes and calls them; the native engine is handed the values of all other calls."""
    body = "merge(sfilter(objects(I, T, F, T), compose(flip, matcher(color, leastcolor(I)))))"
    (program,) = parse_programs(f"def solve_a(I):\n    return {body}\n")
    graph = program.graph
    plan = make_plan(graph, [program.root])
    handed = [graph.values[graph.operands[node][0]] for node in array("I", plan.nodes)]
    assert plan.call_count == 6
    assert sorted(handed) == ["leastcolor", "merge", "objects", "sfilter"]
    assert compare(graph, [program.root], Limits(), device, I=((0, 1, 1), (0, 0, 0), (2, 0, 3)), S=()) == 6


@pytest.mark.slow
def test_starter_programs_on_tasks(device: HostDevice) -> None:
    battery = Battery.of(starter_programs())
    calls = 0
    for task in list(load_set().values())[:400:50]:
        sample = task.samples[0]
        variables = {"S": task.pairs, "I": sample.input, "C": task.demo[0].output}
        calls += compare(battery.graph, battery.roots(), Limits(fuel=50_000), device, **variables)
    assert calls >= 1_000
