"""A big battery in pieces: programs that share much side by side, so many at a time as memory holds.

What programs share is evaluated once in each piece that has it. So they are put in an order in which those with the
same first steps come together: the calls of each in canonical order, compared like words. A mutated program has most of
its steps in common with its parent, and the two stand side by side however far apart they were handed in.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arcbatt.battery.battery import Battery
from arcbatt.program.flat_graph import FlatGraph
from arcbatt.program.graph import Graph

__all__ = ["Piece", "cut", "sharing_order"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some solvers of a battery.

    Attributes:
        graph: what they are made of; its roots are the solvers.
        places: for each of its roots the place of the solver in the battery, from 0.
    """

    graph: FlatGraph
    places: array[int]


def sharing_order(graph: Graph, roots: Sequence[int]) -> list[int]:
    """The places of roots in an order in which those with the same first calls come together.

    The same programs in the same graph give the same order. Time and memory are linear in the calls of all roots, but
    for the sorting.
    """
    keys = [_word(graph.calls(root)) for root in roots]
    return sorted(range(len(roots)), key=keys.__getitem__)


def cut(battery: Battery, most_nodes: int) -> list[Piece]:
    """The solvers of a battery in pieces, each in exactly one.

    Args:
        battery: read only.
        most_nodes: most nodes of a piece; a program that has more is a piece by itself.
    """
    roots = list(battery.solvers.values())
    return [
        Piece(FlatGraph(battery.graph, [roots[place] for place in places]), array("I", places))
        for places in _cut(battery.graph, roots, most_nodes)
    ]


def _cut(graph: Graph, roots: Sequence[int], most_nodes: int) -> Iterator[list[int]]:
    """The places of the roots of each piece."""
    places: list[int] = []
    nodes: set[int] = set()
    for place in sharing_order(graph, roots):
        reached = graph.order(roots[place])
        new = sum(node not in nodes for node in reached)
        if places and len(nodes) + new > most_nodes:
            yield places
            places, nodes = [], set()
        places.append(place)
        nodes.update(reached)
    if places:
        yield places


def _word(numbers: Sequence[int]) -> bytes:
    """Bytes that sort as the numbers do."""
    word = array("I", numbers)
    if sys.byteorder == "little":
        word.byteswap()
    return word.tobytes()
