"""Inlined text: a program as one nested expression, for reading.

It can be exponentially longer than the graph, since every shared expression is written out each time; so it is written
from the left until a bound and cut there.
"""

from __future__ import annotations

from typing import Final

from arcbatt.program.graph import CONSTANT, Graph
from arcbatt.program.text import constant_text

__all__ = ["CUT", "MAX_NESTING", "inlined_text"]

CUT: Final = "..."
"""What a cut text ends with; an uncut one never does."""
MAX_NESTING: Final = 150
"""Most calls inside each other; Python's parser reads 200."""


def inlined_text(graph: Graph, root: int, limit: int = 10_000) -> str:
    """A node as one nested expression.

    Args:
        graph: where the node lives.
        root: the node.
        limit: most characters, the mark of the cut included; at least its three.

    Returns:
        The expression, which parses to the same node; or its beginning and :data:`CUT` where it would be longer than
        that or nested deeper than :data:`MAX_NESTING`. Costs no more than the length of what is returned.
    """
    pieces: list[str] = []
    left = limit
    todo: list[str | tuple[int, int]] = [(root, 0)]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            node, depth = item
            if depth > MAX_NESTING:
                return "".join(pieces)[: max(limit - len(CUT), 0)] + CUT
            inner = graph.operands[node]
            if inner:
                todo += _call(inner, depth + 1)
                continue
            value = graph.values[node]
            item = constant_text(value) if graph.kinds[node] == CONSTANT else str(value)
        pieces.append(item)
        left -= len(item)
        if left < 0:
            return "".join(pieces)[: max(limit - len(CUT), 0)] + CUT
    return "".join(pieces)


def _call(operands: tuple[int, ...], depth: int) -> list[str | tuple[int, int]]:
    """What a call is written as, last piece first."""
    pieces: list[str | tuple[int, int]] = [")"]
    for argument in reversed(operands[1:]):
        pieces += ((argument, depth), ", ")
    if len(operands) > 1:
        pieces.pop()
    return [*pieces, "(", (operands[0], depth)]
