"""A part of a graph in few bytes, to be kept beside many others and opened when it is its turn."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

from arcbatt.program.graph import Graph

__all__ = ["FlatGraph"]


class FlatGraph:
    """What some roots of a graph reach, and nothing else; about 30 bytes a node, a twentieth of a graph.

    Attributes:
        nodes: for each node here, in order, the node that it is in the graph it was taken from.
        roots: the nodes here of the roots that it was taken for, in their order.

    Example:
        >>> battery = Battery.of(parse_programs("def solve_a(I): return vmirror(rot90(I))"))
        >>> flat = FlatGraph(battery.graph, battery.roots())
        >>> len(flat), len(flat.graph()), flat.bytes < 200
        (5, 5, True)
    """

    __slots__ = ("_ends", "_kinds", "_levels", "_operands", "_values", "nodes", "roots")

    def __init__(self, graph: Graph, roots: Iterable[int]) -> None:
        """Copies; linear in what the roots reach.

        Args:
            graph: where the programs live.
            roots: their nodes.
        """
        roots = list(roots)
        nodes = graph.order(*roots)
        places = {node: place for place, node in enumerate(nodes)}
        self.nodes: array[int] = array("I", nodes)
        self.roots: array[int] = array("I", [places[root] for root in roots])
        self._kinds = bytes([graph.kinds[node] for node in nodes])
        self._levels = bytes([graph.levels[node] for node in nodes])
        self._values = [graph.values[node] for node in nodes]
        self._operands: array[int] = array("I")
        self._ends: array[int] = array("I")
        for node in nodes:
            self._operands.extend([places[part] for part in graph.operands[node]])
            self._ends.append(len(self._operands))

    def __len__(self) -> int:
        """Number of nodes."""
        return len(self.nodes)

    @property
    def bytes(self) -> int:
        """Bytes that it holds, without the objects of constants and names, which are those of the graph."""
        numbers = len(self.nodes) + len(self.roots) + len(self._operands) + len(self._ends)
        return numbers * self.nodes.itemsize + len(self._kinds) + len(self._levels) + 8 * len(self._values)

    def graph(self) -> Graph:
        """The part as a graph, to be read only: nodes cannot be added, for it does not know which it has."""
        made = Graph()
        made.kinds, made.levels, made.values = list(self._kinds), list(self._levels), list(self._values)
        operands = self._operands.tolist()
        start = 0
        for end in self._ends:
            made.operands.append(tuple(operands[start:end]))
            start = end
        return made

    def __getstate__(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            setattr(self, name, value)
