"""Fragments: parts of known programs that an enumeration has from the start.

A search that begins with every expression of a library need not find again what its programs have in common, and sees
what each of them gives on the task, right or not. The library's graph is evaluated as any battery is: each node once.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from copy import copy
from typing import Final

from arcbatt.arc import Challenge
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine import Limits
from arcbatt.engine.native import NativeEngine, NativeScope
from arcbatt.program.graph import DEPENDS_C, DEPENDS_I, PRIMITIVE, Graph
from arcbatt.program.program import Program

__all__ = ["Fragments"]

BASE_COST: Final = 8
"""Cost of a fragment without a call."""
CALL_COST: Final = 1
"""What each call adds; far less than it costs to enumerate it, since it has proved itself."""
MOST_COST: Final = 24
"""No fragment costs more."""
MOST_FRAGMENTS: Final = 5_000
"""No more programs are taken in once there are so many fragments."""
_FUEL: Final = 2_000_000
_TIMEOUT_S: Final = 10.0


class Fragments:
    """All expressions in some programs that read ``I``, each once.

    Attributes:
        graph: their nodes.
        roots: the nodes, in the order of the programs and canonical order within.
        costs: as the grammar counts, by the number of calls in each.
    """

    graph: Graph
    roots: list[int]
    costs: list[int]

    def __init__(self, programs: Iterable[Program]) -> None:
        """Takes programs apart.

        Args:
            programs: of any graphs; those that call a user's own primitives are passed over, and so is what comes when
                there are :data:`MOST_FRAGMENTS`.
        """
        self.graph = Graph()
        levels = self.graph.levels
        seen: set[int] = set()
        self._parts: list[tuple[str, list[int]]] = []
        known: dict[int, dict[int, int]] = {}
        for program in programs:
            if len(seen) >= MOST_FRAGMENTS:
                break
            if not _is_built_in(program):
                continue
            root = program.graph.copy(program.root, self.graph, known.setdefault(id(program.graph), {}))
            calls = self.graph.calls(root)
            part = [node for node in calls if levels[node] & DEPENDS_I and not levels[node] & DEPENDS_C]
            self._parts.append((program.name, part))
            seen.update(part)
        self._cost_of = {
            node: min(BASE_COST + CALL_COST * len(self.graph.calls(node)), MOST_COST) for node in sorted(seen)
        }
        self._take(())

    def without(self, names: Container[str]) -> Fragments:
        """Those that some other program has too, in the order that they have without the programs of these names.

        The graph is shared. A union of lists of nodes: cheap enough for each task.

        Args:
            names: of programs that were handed in; other names mean nothing.
        """
        rest = copy(self)
        rest._take(names)
        return rest

    def _take(self, left_out: Container[str]) -> None:
        """Makes roots and costs out of all programs but some."""
        roots = dict.fromkeys(node for name, part in self._parts if name not in left_out for node in part)
        self.roots = list(roots)
        self.costs = [self._cost_of[node] for node in self.roots]

    def scope(self, task: Challenge) -> NativeScope:
        """A scope of its own in which the fragments can be run on the task."""
        return NativeEngine(Limits(_FUEL, _TIMEOUT_S)).open(self.graph).bind(S=task.pairs)


def _is_built_in(program: Program) -> bool:
    """Whether a program calls no primitive of a user's own, which might hang."""
    graph = program.graph
    names = [graph.values[node] for node in graph.order(program.root) if graph.kinds[node] == PRIMITIVE]
    return all(REGISTRY[name].theme != "user" for name in names)
