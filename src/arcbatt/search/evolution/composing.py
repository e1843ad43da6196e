"""Children of two whole programs: what one gives is what the other gets, and every part is a program too."""

from __future__ import annotations

from collections.abc import Iterable

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CALL, DEPENDS_C, PRIMITIVE, VARIABLE, Graph
from arcbatt.program.program import Program
from arcbatt.program.types import infer
from arcbatt.search.mutation import Mutation

__all__ = ["composed", "grid_parts", "new_parts"]

_GRIDS = ("Grid", "Piece", "Element")
"""Declared results of primitives that give grids, at least of grids."""


def composed(outer: Program, inner: Program, most_calls: int) -> Mutation | None:
    """The program that applies ``outer`` to what ``inner`` gives: its input is the result in every place.

    Args:
        outer: a solver.
        inner: a solver.
        most_calls: of a larger child.

    Returns:
        None when the child would be larger, or when one of them gives its input back or ``outer`` does not look at it.
    """
    inputs = [node for node in outer.graph.order(outer.root) if outer.graph.values[node] == "I"]
    if not inputs or outer.root in inputs or inner.graph.kinds[inner.root] == VARIABLE:
        return None
    graph = Graph()
    known = {inputs[0]: inner.graph.copy(inner.root, graph)}
    child = Program(graph, outer.graph.copy(outer.root, graph, known))
    return None if child.size > most_calls else Mutation(child, "compose", (inner.md5, outer.md5))


def new_parts(graph: Graph, start: int, root: int) -> list[int]:
    """The calls that a program added to a graph, but its root, that give a grid as the registry declares it.

    They are evaluated with the program anyway, and one of them may be nearer than the whole.

    Args:
        graph: to which the program was added.
        start: how many nodes there were before.
        root: of the program.
    """
    kinds, values, operands = graph.kinds, graph.values, graph.operands
    return [
        node for node in range(start, len(graph))
        if kinds[node] == CALL and node != root and kinds[operands[node][0]] == PRIMITIVE
        and REGISTRY[values[operands[node][0]]].result in _GRIDS
    ]  # fmt: skip


def grid_parts(programs: Iterable[Program]) -> list[Program]:
    """The calls inside solvers that give a grid as far as types are known, each as a solver, each once, in order."""
    graph = Graph()
    known: dict[int, tuple[Graph, dict[int, int]]] = {}  # graphs are held, so that their identities stay their own
    roots = []
    for program in programs:
        copied = known.setdefault(id(program.graph), (program.graph, {}))[1]
        roots.append(program.graph.copy(program.root, graph, copied))
    types = infer(graph, *roots)
    return [
        Program(graph, node) for node in graph.calls(*roots)
        if types[node] == "Grid" and not graph.levels[node] & DEPENDS_C
    ]  # fmt: skip
