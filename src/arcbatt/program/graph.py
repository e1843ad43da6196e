"""The graph: programs as nodes, every distinct expression exactly once (hash-consing).

Nodes are ints, counted from 0 in the order in which they were added; a node's operands always come before it, so
there are no cycles. A graph only grows. Nothing here recurses: programs may be any number of statements deep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.values import MAX_INT, MIN_INT, LimitError, weigh
from arcbatt.errors import InputError
from arcbatt.program.names import is_reserved
from arcbatt.program.refusals import quote

__all__ = ["CALL", "CONSTANT", "DEPENDS_C", "DEPENDS_I", "DEPENDS_S", "MAX_ARGUMENTS", "PRIMITIVE", "VARIABLE",
           "Constant", "Graph"]  # fmt: skip

VARIABLE: Final = 0
"""Kind of node: ``I``, ``S`` or ``C``."""
CONSTANT: Final = 1
"""Kind of node: an int, a bool, or a tuple of constants."""
PRIMITIVE: Final = 2
"""Kind of node: a primitive as a value, whether it is called or handed on."""
CALL: Final = 3
"""Kind of node: the call of a primitive or of a function that another call built."""

DEPENDS_S: Final = 1
DEPENDS_I: Final = 2
DEPENDS_C: Final = 4
_LEVELS: Final = {"S": DEPENDS_S, "I": DEPENDS_I, "C": DEPENDS_C}

MAX_ARGUMENTS: Final = 255
"""Most arguments of one call; no function of the DSL takes more than five."""

Constant: TypeAlias = "bool | int | tuple[Constant, ...]"


class Graph:
    """All expressions of some programs, each once.

    The four lists have one entry a node and are there to be read in hot loops, never to be changed:

    Attributes:
        kinds: ``VARIABLE``, ``CONSTANT``, ``PRIMITIVE`` or ``CALL``.
        operands: for a call the callee and its arguments, in order; empty for the others.
        values: the name of a variable or primitive, the value of a constant, None for a call.
        levels: what the node depends on, a mask of ``DEPENDS_S``, ``DEPENDS_I`` and ``DEPENDS_C``; 0 means nothing.

    Example:
        >>> graph = Graph()
        >>> mirror, grid = graph.primitive("vmirror"), graph.variable("I")
        >>> graph.call(mirror, grid) == graph.call(mirror, grid)
        True
    """

    __slots__ = ("_ids", "kinds", "levels", "operands", "values")

    def __init__(self) -> None:
        self.kinds: list[int] = []
        self.operands: list[tuple[int, ...]] = []
        self.values: list[Any] = []
        self.levels: list[int] = []
        # Calls are keyed by their operands, constants by their spelling (True and 1 differ in it), names by kind.
        self._ids: dict[tuple[Any, ...] | str, int] = {}

    def __len__(self) -> int:
        return len(self.kinds)

    def __repr__(self) -> str:
        return f"<Graph {len(self)} node{'s' * (len(self) != 1)}>"

    def variable(self, name: str) -> int:
        """The node of ``I``, ``S`` or ``C``.

        Raises:
            InputError: it is another name.
        """
        if name not in _LEVELS:
            raise InputError(f"a variable is I, S or C, not {name!r}")
        return self._leaf(VARIABLE, name, _LEVELS[name])

    def constant(self, value: Constant) -> int:
        """The node of a constant; ``1`` and ``True`` are two constants, so are ``(1,)`` and ``(True,)``.

        Raises:
            InputError: it is no int of 64 bits, bool or tuple of them, or too large or too deep a tuple.
        """
        _check_constant(value)
        return self._leaf(CONSTANT, value, 0)

    def primitive(self, name: str) -> int:
        """The node of a primitive, as a function value.

        Raises:
            InputError: the registry has no primitive of that name, or a program's text has another use for the name.
        """
        known = self._ids.get(("primitive", name))
        if known is not None:
            return known
        if name not in REGISTRY:
            raise InputError(f"there is no primitive named {name!r}")
        if is_reserved(name):
            raise InputError(f"a primitive cannot be named {name!r}: programs use that name for something else")
        return self._leaf(PRIMITIVE, name, 0)

    def call(self, callee: int, *args: int) -> int:
        """The node that calls a primitive, or a function that another call builds, with these arguments.

        Raises:
            InputError: the callee is a variable or a constant, or takes another number of arguments.
            IndexError: an operand is no node of this graph.
        """
        key = (callee, *args)
        known = self._ids.get(key)
        return self._add_call(key) if known is None else known

    def kind(self, node: int) -> int:
        """``VARIABLE``, ``CONSTANT``, ``PRIMITIVE`` or ``CALL``."""
        return self.kinds[node]

    def args(self, node: int) -> tuple[int, ...]:
        """Callee and arguments of a call; empty for any other node."""
        return self.operands[node]

    def value(self, node: int) -> Any:
        """Name of a variable or primitive, value of a constant, None for a call."""
        return self.values[node]

    def level(self, node: int) -> int:
        """What the node depends on: a mask of ``DEPENDS_S``, ``DEPENDS_I`` and ``DEPENDS_C``."""
        return self.levels[node]

    def order(self, *roots: int) -> list[int]:
        """All nodes that the roots reach, each once, in canonical order.

        Canonical order is depth-first and post-order, the callee before the arguments and those from left to right:
        a property of the programs, not of the order in which nodes were added. Linear in the nodes reached.
        """
        operands = self.operands
        found: list[int] = []
        seen: set[int] = set()
        stack = list(reversed(roots))
        while stack:
            node = stack.pop()
            if node < 0:  # all operands of ~node are done
                found.append(~node)
            elif node not in seen:
                seen.add(node)
                inner = operands[node]
                if inner:
                    stack.append(~node)
                    stack.extend(inner[::-1])
                else:
                    found.append(node)
        return found

    def calls(self, *roots: int) -> list[int]:
        """The calls among :meth:`order`, in canonical order."""
        kinds = self.kinds
        return [node for node in self.order(*roots) if kinds[node] == CALL]

    def copy(self, root: int, into: Graph, known: dict[int, int] | None = None) -> int:
        """Adds everything that a root reaches to another graph.

        Args:
            root: node of this graph.
            into: the graph that grows; nodes that it has already are found, not added.
            known: nodes copied so far, from here to there; it is added to, so that copying many roots with the same
                mapping visits every node once.

        Returns:
            The root's node in ``into``.
        """
        known = {} if known is None else known
        kinds, operands, values, levels, ids = self.kinds, self.operands, self.values, self.levels, into._ids
        for node in self._missing(root, known):
            if operands[node]:
                key = tuple([known[part] for part in operands[node]])
                there = ids.get(key)
                known[node] = into._add_call(key) if there is None else there
            else:  # checked when it came into this graph
                kind, value = kinds[node], values[node]
                leaf = _leaf_key(kind, value)
                there = ids.get(leaf)
                known[node] = into._append(leaf, kind, (), value, levels[node]) if there is None else there
        return known[root]

    def alone(self, root: int) -> tuple[Graph, int]:
        """A new graph of what a root reaches and nothing else, its nodes in canonical order, and the root's node there.

        The same as :meth:`copy` into an empty graph, without looking at what this graph has checked already.
        """
        order = self.order(root)
        places = {node: place for place, node in enumerate(order)}
        made = Graph()
        made.kinds = [self.kinds[node] for node in order]
        made.values = [self.values[node] for node in order]
        made.levels = [self.levels[node] for node in order]
        made.operands = [tuple([places[part] for part in self.operands[node]]) for node in order]
        for place, operands in enumerate(made.operands):
            made._ids[operands or _leaf_key(made.kinds[place], made.values[place])] = place
        return made, places[root]

    def _missing(self, root: int, known: dict[int, int]) -> Iterator[int]:
        """Nodes under a root that are not in ``known`` yet, operands first; the caller adds each before the next."""
        stack = [root]
        while stack:
            node = stack.pop()
            if node < 0:
                yield ~node
            elif node not in known:
                inner = self.operands[node]
                if inner:
                    stack.append(~node)
                    stack.extend(inner[::-1])
                else:
                    yield node

    def _leaf(self, kind: int, value: Any, level: int) -> int:
        key = _leaf_key(kind, value)
        known = self._ids.get(key)
        return self._append(key, kind, (), value, level) if known is None else known

    def _add_call(self, key: tuple[int, ...]) -> int:
        if min(key) < 0:
            raise IndexError(min(key))
        levels = self.levels
        level = 0
        for node in key:
            level |= levels[node]
        self.check_call(key[0], len(key) - 1)
        return self._append(key, CALL, key, None, level)

    def check_call(self, callee: int, count: int) -> None:
        """Refuses what cannot be called with so many arguments.

        Raises:
            InputError: the callee is a variable or a constant, or takes another number of arguments.
        """
        kind = self.kinds[callee]
        if kind == PRIMITIVE:
            expected = REGISTRY[self.values[callee]].arity
            if count != expected:
                raise InputError(f"{self.values[callee]} takes {expected} argument{'s' * (expected != 1)}, not {count}")
        elif kind != CALL:
            raise InputError(f"{quote(str(self.values[callee]))} is no function")
        elif count > MAX_ARGUMENTS:
            raise InputError(f"a call takes at most {MAX_ARGUMENTS} arguments, not {count}")

    def _append(self, key: tuple[Any, ...] | str, kind: int, operands: tuple[int, ...], value: Any, level: int) -> int:
        node = len(self.kinds)
        self.kinds.append(kind)
        self.operands.append(operands)
        self.values.append(value)
        self.levels.append(level)
        self._ids[key] = node
        return node


def _leaf_key(kind: int, value: Any) -> tuple[str, str] | str:
    if kind == CONSTANT:
        return repr(value)
    return ("variable" if kind == VARIABLE else "primitive", value)


def _check_constant(value: object) -> None:
    level: Iterable[object] = (value,)
    if type(value) is tuple:
        try:
            weigh(value)  # bounds size and depth before anything looks at all parts
        except LimitError as error:
            raise InputError(f"constant: {error}") from None
    while level:
        inner: list[object] = []
        for part in level:
            if type(part) is tuple:
                inner.extend(part)
            elif type(part) is int:
                if not MIN_INT <= part <= MAX_INT:
                    raise InputError("constant: integer beyond 64 bits")
            elif type(part) is not bool:
                raise InputError(f"a constant is an int, a bool or a tuple of them, not {type(part).__name__}")
        level = inner
