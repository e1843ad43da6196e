"""What is evaluated to measure: programs that are chains of cheap calls, always the same ones, on a fixed grid."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from arcbatt.arc import Grid
from arcbatt.engine.cuda.layout import pack_value
from arcbatt.engine.cuda.plan import Plan, make_plan
from arcbatt.program.graph import Graph

__all__ = ["FORMS", "MeasuredBattery", "chains", "measured_grid", "measured_slot"]

_SIDE: Final = 15
_STEPS: Final = {
    "N": ("increment", "invert"), "G": ("rot90", "hmirror", "vmirror"), "M": ("dmirror", "hmirror", "vmirror"),
    "O": ("dmirror", "hmirror", "vmirror"),
}  # fmt: skip
"""By the form: what takes a value of it and gives another, at the usual price. None gives sets of objects."""
FORMS: Final = tuple(_STEPS)
"""Forms that chains can be made of."""


@dataclass(frozen=True, slots=True)
class MeasuredBattery:
    """Programs to be evaluated.

    Attributes:
        graph: what they are made of.
        roots: one for each program.
        plan: all their calls, for a device.
    """

    graph: Graph
    roots: list[int]
    plan: Plan


def chains(form: str, programs: int, length: int) -> MeasuredBattery:
    """Different chains of calls that give values of a form; the first calls of each lead to it from the input.

    Args:
        form: one of :data:`FORMS`.
        programs: how many, 1 to 100.
        length: calls of that form in each, at least 1; a few are shared.
    """
    rng, graph = random.Random(1), Graph()
    roots = []
    for number in range(programs):
        node = graph.call(
            graph.primitive("replace"), graph.variable("I"), graph.constant(number % 10), graph.constant(number // 10)
        )
        if form != "G":
            node = _first(graph, form, node)
        for _ in range(length - 1):
            node = graph.call(graph.primitive(rng.choice(_STEPS[form])), node)
        roots.append(node)
    return MeasuredBattery(graph, roots, make_plan(graph, roots))


def _first(graph: Graph, form: str, grid: int) -> int:
    """The call that gives the first value of a form, for a grid."""
    if form == "M":
        return graph.call(graph.primitive("ofcolor"), grid, graph.constant(0))
    return graph.call(graph.primitive("height" if form == "N" else "asobject"), grid)


def measured_grid() -> Grid:
    """A grid of 15 x 15 in all colors."""
    rng = random.Random(1)
    return tuple(tuple(rng.randrange(10) for _ in range(_SIDE)) for _ in range(_SIDE))


def measured_slot() -> bytes:
    """The grid as devices take it."""
    packed = pack_value(measured_grid())
    assert packed is not None
    return packed[1]
