"""Random programs, well-typed and ill-typed, and random values: what property tests throw at engines."""

from __future__ import annotations

import random
from typing import Any

import arcbatt.dsl
from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import Graph

PRIMITIVES = [item for item in REGISTRY if item.theme != "user"]
_NUMBERS = [0, 1, 2, 3, 5, -1, -2, 7, 10, 29, 100, 10_000, 2**31, 2**62, -(2**63), 2**63 - 1]


def random_grid(rng: random.Random, largest: int = 8) -> tuple[tuple[int, ...], ...]:
    """A grid of a few colors."""
    height, width = rng.randint(1, largest), rng.randint(1, largest)
    colors = rng.sample(range(10), rng.randint(1, 4))
    return tuple(tuple(rng.choice(colors) for _ in range(width)) for _ in range(height))


def random_pairs(rng: random.Random) -> tuple[Any, ...]:
    """A value for S."""
    return tuple((random_grid(rng), random_grid(rng)) for _ in range(rng.randint(1, 3)))


def random_program(rng: random.Random, graph: Graph, calls: int, variables: str = "IS") -> int:
    """Adds a random program of at most so many calls to a graph and gives its root.

    Half of the arguments fit by type name, so that values get deep into the program; the rest is anything.
    """
    made: list[tuple[int, str]] = [(graph.variable(name), "Grid" if name != "S" else "Tuple") for name in variables]
    root = made[0][0]
    for _ in range(calls):
        primitive = rng.choice(PRIMITIVES)
        node = graph.call(
            graph.primitive(primitive.name), *(_argument(rng, graph, made, type_) for type_ in primitive.types)
        )
        if primitive.result == "Callable" and rng.random() < 0.3:
            node = graph.call(node, _argument(rng, graph, made, "Any"))
        made.append((node, primitive.result))
        root = node
    return root


def _argument(rng: random.Random, graph: Graph, made: list[tuple[int, str]], type_: str) -> int:
    choice = rng.random()
    fitting = [node for node, made_type in made[-12:] if _fits(made_type, type_)]
    if choice < 0.6 and fitting:
        return rng.choice(fitting)
    if type_ == "Callable" and choice < 0.95:
        return graph.primitive(rng.choice(PRIMITIVES).name)
    if type_ in ("Integer", "Boolean", "IntegerTuple", "Numerical") and choice < 0.9:
        return graph.constant(_constant(rng, type_))
    if choice < 0.8:
        return rng.choice(made)[0]
    if choice < 0.9:
        return graph.constant(rng.choice(list(CONSTANTS.values())))
    return graph.primitive(rng.choice(PRIMITIVES).name)


def _constant(rng: random.Random, type_: str) -> Any:
    if type_ == "Boolean":
        return rng.random() < 0.5
    if type_ == "Integer" or (type_ == "Numerical" and rng.random() < 0.5):
        return rng.choice(_NUMBERS) if rng.random() < 0.2 else rng.randint(-3, 9)
    return (rng.randint(-3, 9), rng.randint(-3, 9))


def _fits(made: str, wanted: str) -> bool:
    groups = (
        {"Grid", "Element", "Piece", "Container", "Any", "Tuple"},
        {"Object", "Indices", "Patch", "Piece", "Element", "Container", "FrozenSet", "Any"},
        {"Objects", "IndicesSet", "Container", "ContainerContainer", "FrozenSet", "Any"},
        {"Integer", "Boolean", "IntegerTuple", "Numerical", "Any"},
        {"Tuple", "TupleTuple", "Container", "ContainerContainer", "Any"},
        {"Callable"},
    )
    return any(made in group and wanted in group for group in groups)


assert arcbatt.dsl  # imported for the primitives it registers
