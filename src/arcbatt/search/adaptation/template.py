"""A program with some of its parts left open, to be filled in again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE, Graph

__all__ = ["Template", "Use"]

Use: TypeAlias = tuple[int, int]
"""A call and the position among its operands: 0 is the callee, 1 the first argument."""

_MOST_NODES: Final = 400


class Template:
    """A program's nodes, and a graph that what is made of it goes into.

    Args:
        graph: where the program is.
        root: its root.
        into: the graph that grows; nodes that are alike are shared there.
    """

    def __init__(self, graph: Graph, root: int, into: Graph) -> None:
        self.graph = graph
        self.root = root
        self.into = into
        self.calls = graph.calls(root)
        self._copied: dict[int, int] = {}
        self.base = graph.copy(root, into, self._copied)

    @property
    def is_large(self) -> bool:
        """Whether it is too large for its variants to be made by the hundred."""
        return len(self.calls) > _MOST_NODES

    def uses(self, kind: int) -> Iterator[Use]:
        """The uses of nodes of a kind, in canonical order of the calls."""
        kinds, operands = self.graph.kinds, self.graph.operands
        for call in self.calls:
            for position, node in enumerate(operands[call]):
                if kinds[node] == kind:
                    yield call, position

    def constants(self) -> Iterator[Use]:
        """The uses of constants."""
        return self.uses(CONSTANT)

    def primitives(self) -> Iterator[Use]:
        """The uses of primitives, called or handed over as functions."""
        return self.uses(PRIMITIVE)

    def filled(self, change: Callable[[Use], int | None]) -> int:
        """The root, in the other graph, of the program with some uses replaced.

        Args:
            change: for a use the node of the other graph that takes its place; None leaves it as it is.

        Raises:
            InputError: a primitive is called with another number of arguments than it takes.
        """
        return self.changed({use: node for use in self._open() if (node := change(use)) is not None})

    def changed(self, changes: dict[Use, int]) -> int:
        """As :meth:`filled`, with the replaced uses and their new nodes."""
        copied, operands, into = self._copied, self.graph.operands, self.into
        calls_changed = {call for call, _ in changes}
        made: dict[int, int] = {}
        for call in self.calls:
            parts = operands[call]
            if call not in calls_changed and made.keys().isdisjoint(parts):
                continue
            made[call] = into.call(
                *[
                    changes[use] if (use := (call, position)) in changes else made.get(part, copied[part])
                    for position, part in enumerate(parts)
                ]
            )
        return made.get(self.root, self.base)

    def _open(self) -> Iterator[Use]:
        kinds, operands = self.graph.kinds, self.graph.operands
        for call in self.calls:
            for position, node in enumerate(operands[call]):
                if kinds[node] != CALL:
                    yield call, position
