from __future__ import annotations

from random import Random

import pytest
from hypothesis import strategies as st

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CALL, Graph
from arcbatt.program.program import Program

LITERALS = [0, 1, 2, -1, -2, 5, 42, -300, 2**63 - 1, -(2**63), True, False, (), (1, 0), (True, 0), (0, 2), (3, 1), (7,)]
LITERALS += [(False, True), ((1, 2), (3, (True, ()))), (-5, -(2**63))]


def random_program(seed: int, size: int, graph: Graph, kind: str) -> Program:
    """A program of any shape a graph can hold, sensible or not, of at most ``size`` steps."""
    rng = Random(seed)
    names = [item.name for item in REGISTRY]
    pool = [graph.variable(name) for name in ("I", "S", "C")[: 3 if kind == "differ" else 2]]
    made: list[int] = []
    for _ in range(size):
        step = rng.random()
        if step < 0.15:
            pool.append(graph.constant(rng.choice(LITERALS)))
        elif step < 0.25:
            pool.append(graph.primitive(rng.choice(names)))
        else:
            computed = [node for node in made if graph.kind(node) == CALL]
            if computed and step < 0.4:
                callee, count = rng.choice(computed), rng.randrange(4)
            else:
                name = rng.choice(names)
                callee, count = graph.primitive(name), REGISTRY[name].arity
            made.append(graph.call(callee, *[rng.choice(pool[-8:] + pool[:3] + made[-4:]) for _ in range(count)]))
    root = rng.choice(pool + made) if rng.random() < 0.1 or not made else made[-1]
    return Program(graph, root, kind, rng.choice(["iz", "zo"]) if kind == "differ" else None)


@st.composite
def _programs(draw: st.DrawFn) -> Program:
    seed, size = draw(st.integers(0, 2**32)), draw(st.integers(0, 40))
    return random_program(seed, size, Graph(), draw(st.sampled_from(["solver", "differ"])))


@pytest.fixture(scope="session")
def programs() -> st.SearchStrategy[Program]:
    """Random programs, each in a graph of its own, beside nodes that it does not use."""
    return _programs()
