"""Calls in a graph, and calls that hold parameters of a function while its body is read.

A parameter is not a node. A call that holds one is a *term*, numbered from -1 downward, each distinct one once; what
holds none is a node of the graph. So the body of a function is read as any expression is, and its terms become nodes
when the function is written with the DSL's combinators (:mod:`arcbatt.program.reading.abstraction`).
"""

from __future__ import annotations

from collections.abc import Sequence

from arcbatt.errors import InputError
from arcbatt.program.graph import MAX_ARGUMENTS, PRIMITIVE, Graph

__all__ = ["Terms"]


class Terms:
    """The terms of one file, over one graph."""

    __slots__ = ("_ids", "_masks", "_operands", "_parameters", "graph")

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._operands: list[tuple[int, ...]] = []
        self._masks: list[int] = []
        self._parameters: list[int] = []
        self._ids: dict[tuple[int, ...], int] = {}

    def parameter(self, level: int) -> int:
        """The term of a parameter; ``level`` counts those of the functions around it, from 0."""
        while len(self._parameters) <= level:
            self._parameters.append(self._append((), 1 << len(self._parameters)))
        return self._parameters[level]

    def call(self, parts: Sequence[int]) -> int:
        """The call of the first part with the others as arguments: a node, or a term when a part is one.

        Raises:
            InputError: as :meth:`Graph.call <arcbatt.program.graph.Graph.call>`.
        """
        if not self._masks or min(parts) >= 0:
            return self.graph.call(*parts)
        key = tuple(parts)
        known = self._ids.get(key)
        if known is not None:
            return known
        if key[0] >= 0:
            self.graph.check_call(key[0], len(key) - 1)
        elif len(key) > MAX_ARGUMENTS:
            raise InputError(f"a call takes at most {MAX_ARGUMENTS} arguments, not {len(key) - 1}")
        mask = 0
        for part in key:
            if part < 0:
                mask |= self._masks[~part]
        term = self._ids[key] = self._append(key, mask)
        return term

    def primitive(self, name: str, *args: int) -> int:
        """The call of a primitive."""
        return self.call((self.graph.primitive(name), *args))

    def operands(self, term: int) -> tuple[int, ...]:
        """Callee and arguments of a call, node or term; empty for anything else."""
        return self.graph.operands[term] if term >= 0 else self._operands[~term]

    def callee(self, term: int) -> str | None:
        """The name of the primitive that a node or term calls; None when it calls none."""
        operands = self.operands(term)
        if operands and operands[0] >= 0 and self.graph.kinds[operands[0]] == PRIMITIVE:
            return str(self.graph.values[operands[0]])
        return None

    def holds(self, term: int, parameter: int) -> bool:
        """Whether a parameter stands anywhere in a term."""
        return term < 0 and bool(self._masks[~term] & self._masks[~parameter])

    def _append(self, operands: tuple[int, ...], mask: int) -> int:
        self._operands.append(operands)
        self._masks.append(mask)
        return ~(len(self._operands) - 1)
