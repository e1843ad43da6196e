"""The programs whose nodes mutation may take in, joined in one graph."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from arcbatt.program.graph import DEPENDS_C, DEPENDS_I, Graph
from arcbatt.program.program import Program
from arcbatt.program.type_terms import Type, fits
from arcbatt.program.types import type_of
from arcbatt.search.mutation.fitting import Takes, misfits_of, takes_of

__all__ = ["Pool"]


class Pool:
    """Nodes of programs by type: calls that fit throughout and are not too large. Nothing depends on set order.

    Attributes:
        graph: the nodes of all programs.
        programs: the programs, each once.
    """

    def __init__(self, programs: Sequence[Program], max_taken: int) -> None:
        """Joins programs; linear in their nodes.

        Args:
            programs: from any graphs, in an order that the results depend on.
            max_taken: most calls of a node that is offered, shared ones counted as often as they are used.
        """
        self.graph = Graph()
        roots: dict[int, Program] = {}
        copied: dict[int, dict[int, int]] = {}
        for program in programs:
            root = program.graph.copy(program.root, self.graph, copied.setdefault(id(program.graph), {}))
            roots.setdefault(root, program)
        self.programs = list(roots.values())
        self._roots = list(roots)
        self.types: list[Type] = []
        self._offered = self._typed(max_taken)
        self._offered_set = frozenset(self._offered)
        self._fitting: dict[tuple[str, bool], list[int]] = {}
        self._parts: dict[int, list[int]] = {}

    def fitting(self, wanted: str, *, with_c: bool) -> list[int]:
        """Nodes whose type fits a type name, in the order in which they came.

        Args:
            wanted: a type name; for ``Any`` there is none.
            with_c: whether nodes that depend on ``C`` do.
        """
        found = self._fitting.get((wanted, with_c))
        if found is None:
            levels = self.graph.levels
            found = self._fitting[wanted, with_c] = [
                node
                for node in self._offered
                if wanted != "Any" and fits(self.types[node].name, wanted) and (with_c or not levels[node] & DEPENDS_C)
            ]
        return found

    def parts(self, index: int, wanted: str, *, with_c: bool) -> list[int]:
        """The nodes of one program among :meth:`fitting`, in canonical order, but those that depend on no input."""
        parts = self._parts.get(index)
        if parts is None:
            offered = self._offered_set
            parts = self._parts[index] = [node for node in self.graph.order(self._roots[index]) if node in offered]
        levels, needed = self.graph.levels, DEPENDS_I | DEPENDS_C
        return [
            node
            for node in parts
            if levels[node] & needed
            and fits(self.types[node].name, wanted)
            and (with_c or not levels[node] & DEPENDS_C)
        ]

    def draw(self, rng: Random) -> int | None:
        """The index of a program, None when there is none."""
        return rng.randrange(len(self.programs)) if self.programs else None

    def _typed(self, max_taken: int) -> list[int]:
        """Types all nodes; returns the calls that fit throughout and have few enough calls."""
        graph, types = self.graph, self.types
        takes: list[Takes] = []
        sizes: list[int] = []
        offered: list[int] = []
        for node, operands in enumerate(graph.operands):
            types.append(type_of(graph, node, types))
            takes.append(takes_of(graph, node, takes))
            size = int(bool(operands)) + sum([sizes[part] for part in operands])
            if misfits_of(graph, node, types, takes):
                size = max_taken + 1
            sizes.append(min(size, max_taken + 1))
            if operands and size <= max_taken:
                offered.append(node)
        return offered
