"""The graph in which a parent's children grow.

All children of a parent share it, so that only the nodes on the way from a change to the root are new, and each is
typed and checked once.
"""

from __future__ import annotations

from typing import Final

from arcbatt.errors import InputError
from arcbatt.program.graph import Constant, Graph
from arcbatt.program.program import Program
from arcbatt.program.type_terms import Type
from arcbatt.program.types import type_of
from arcbatt.search.mutation.fitting import Misfit, Takes, misfits_of, takes_of

__all__ = ["MAX_SCRATCH", "Scratch"]

MAX_SCRATCH: Final = 512
"""Nodes beyond those of the parent at which a scratch graph is cut back to the parent's."""


class Scratch:
    """A graph that grows by changes, with what is known of its nodes. Read its lists up to :meth:`grow`.

    Attributes:
        graph: the nodes; those below ``base`` are the parent's, in canonical order.
        types: the type of each node.
        takes: what each node takes when it is a function.
    """

    def __init__(self, program: Program) -> None:
        self.graph, self.root = program.graph.alone(program.root)
        self.base = len(self.graph)
        self.types: list[Type] = []
        self.takes: list[Takes] = []
        self._misfits: dict[int, tuple[Misfit, ...]] = {}
        self.grow()

    def grow(self) -> None:
        """Types the nodes that are new."""
        graph, types, takes = self.graph, self.types, self.takes
        for node in range(len(types), len(graph)):
            types.append(type_of(graph, node, types))
            takes.append(takes_of(graph, node, takes))

    def misfits(self, node: int) -> tuple[Misfit, ...]:
        """What does not fit in a node itself."""
        found = self._misfits.get(node)
        if found is None:
            found = self._misfits[node] = misfits_of(self.graph, node, self.types, self.takes)
        return found

    def constant(self, value: Constant) -> int:
        """The node of a constant."""
        node = self.graph.constant(value)
        self.grow()
        return node

    def primitive(self, name: str) -> int:
        """The node of a primitive."""
        node = self.graph.primitive(name)
        self.grow()
        return node

    def call(self, name: str, *args: int) -> int:
        """The node of the call of a primitive."""
        node = self.graph.call(self.graph.primitive(name), *args)
        self.grow()
        return node

    def take(self, graph: Graph, node: int) -> int:
        """A node of another graph, copied."""
        made = graph.copy(node, self.graph)
        self.grow()
        return made

    def changed(self, node: int, operands: tuple[int, ...]) -> int | None:
        """A call with other operands than a call that is there, typed; None when it fits less well than that one.

        Where the types of all operands stay the same, so does everything else that is known of the call.
        """
        types, takes = self.types, self.takes
        try:
            made = self.graph.call(*operands)
        except InputError:  # a primitive of another arity is called
            return None
        alike = operands[0] == self.graph.operands[node][0] and all(
            new == old or ((types[new] is types[old] or types[new] == types[old]) and takes[new] == takes[old])
            for new, old in zip(operands[1:], self.graph.operands[node][1:], strict=True)
        )
        if not alike:
            self.grow()
            wrong = self.misfits(made)
            return made if not wrong or set(wrong) <= set(self.misfits(node)) else None
        if made == len(types):
            types.append(types[node])
            takes.append(takes[node])
        return made

    def cut_back(self) -> None:
        """Forgets every node but the parent's when there are too many; nodes below ``base`` stay what they are."""
        if len(self.graph) > self.base + MAX_SCRATCH:
            self.graph, _ = self.graph.alone(self.root)
            del self.types[self.base :], self.takes[self.base :]
            self._misfits.clear()
