"""Reading of a program's graph: calls, constants, and the words for nodes, which are looked up in tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE, VARIABLE, Constant, Graph
from arcbatt.program.inline_text import inlined_text

__all__ = ["Call", "Reader", "Sayer"]

MAX_EXPRESSION: Final = 60
"""Most characters of an expression that has no words."""
MAX_WORDS: Final = 160
"""Most characters of the words for one node; what would be longer is shown as an expression."""
MAX_DEPTH: Final = 24
"""Most nodes inside each other that are put into words."""


class Call(NamedTuple):
    """A call of a primitive by its name; the name is empty for everything else."""

    name: str
    args: tuple[int, ...]


NO_CALL: Final = Call("", ())


class Reader:
    """A graph, and the words for its nodes.

    Args:
        graph: the graph.
        sayers: for each theme what finds the words for a node as that, or None: ``color``, ``grid``, ``cells``.
    """

    def __init__(self, graph: Graph, sayers: Mapping[str, Sayer]) -> None:
        self.graph = graph
        self._sayers = sayers
        self._known: dict[tuple[str, int], str] = {}
        self._depth = 0

    def call(self, node: int) -> Call:
        """The call that a node is."""
        graph = self.graph
        if graph.kinds[node] != CALL:
            return NO_CALL
        callee, *args = graph.operands[node]
        return Call(graph.values[callee], tuple(args)) if graph.kinds[callee] == PRIMITIVE else NO_CALL

    def args(self, node: int, name: str) -> tuple[int, ...]:
        """The arguments where a node is a call of this primitive, else nothing."""
        call = self.call(node)
        return call.args if call.name == name else ()

    def constant(self, node: int) -> Constant | None:
        """The value of a constant; None for other nodes."""
        return self.graph.values[node] if self.graph.kinds[node] == CONSTANT else None

    def number(self, node: int) -> int | None:
        """The value of an int, bools not among them."""
        value = self.constant(node)
        return value if type(value) is int else None

    def pair(self, node: int) -> tuple[int, int] | None:
        """The value of a pair of ints."""
        value = self.constant(node)
        if isinstance(value, tuple) and len(value) == 2 and all(type(part) is int for part in value):
            return int(str(value[0])), int(str(value[1]))
        return None

    def function(self, node: int) -> str:
        """The name of a primitive that is handed on; empty for other nodes."""
        return self.graph.values[node] if self.graph.kinds[node] == PRIMITIVE else ""

    def is_input(self, node: int) -> bool:
        """Whether it is the variable ``I``."""
        return self.graph.kinds[node] == VARIABLE and self.graph.values[node] == "I"

    def expression(self, node: int) -> str:
        """A node as a program has it, shortened, in backticks."""
        return f"`{inlined_text(self.graph, node, MAX_EXPRESSION)}`"

    def color(self, node: int) -> str:
        """A color: ``2 (red)``, ``the rarest color of the input``."""
        return self._said("color", node)

    def grid(self, node: int) -> str:
        """A grid: ``the input upside down``."""
        return self._said("grid", node)

    def cells(self, node: int) -> str:
        """A patch, an object or objects: ``the cells of 2 (red)``, ``the largest object (one color)``."""
        return self._said("cells", node)

    def _said(self, theme: str, node: int) -> str:
        key = (theme, node)
        if key not in self._known:
            self._depth += 1
            words = self._sayers[theme](self, node) if self._depth <= MAX_DEPTH else None
            self._depth -= 1
            if words is None or len(words) > MAX_WORDS:
                words = self.expression(node)
            self._known[key] = words
        return self._known[key]


Sayer: TypeAlias = Callable[[Reader, int], "str | None"]
