"""A program as a sequence of choices: at each place what stands there, from the root down, left to right.

A place is the primitive that takes an argument and the argument's position. What ``lbind`` and ``rbind`` fix stands at
the place of the bound primitive that it fixes. A call that was chosen before is a reference to it: programs are graphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE, Graph
from arcbatt.program.program import Program
from arcbatt.search.mutation.roles import parameter_role, role_of

__all__ = [
    "COLOR", "LITERALS", "NUMBER", "OTHER", "PAIR", "REFERENCE", "ROOT", "Choice", "call_of", "choices", "kind_of",
]  # fmt: skip

ROOT: Final = "root 1"
"""The place of a program's result."""
REFERENCE: Final = "&"
"""Symbol of a call that stands at an earlier place too."""
COLOR: Final = "#color"
NUMBER: Final = "#number"
PAIR: Final = "#pair"
OTHER: Final = "#other"
LITERALS: Final = (COLOR, NUMBER, PAIR, OTHER)
"""Symbols of literals by what they are; which one it is costs further bits. Bools are their own symbols."""
_BUILT: Final = "built"
"""In a place: the callee is a function that a call built; position 0 is that function's own."""


class Choice(NamedTuple):
    """What stands at a place.

    Attributes:
        place: the primitive that takes it and the position from 1, such as ``fill 2``.
        symbol: ``fill()`` for a call, ``fill`` for a primitive that is handed on, ``I``, ``#True``, one of
            :data:`LITERALS`, or :data:`REFERENCE`.
        node: the node in the program's graph.
        value: a literal's value; None for all else.
    """

    place: str
    symbol: str
    node: int
    value: Any


def call_of(name: str) -> str:
    """The symbol of a primitive's call; the name itself is that of the primitive as a function."""
    return f"{name}()"


def choices(program: Program) -> Iterator[Choice]:
    """The choices that make a program, in an order that is a property of the program; linear in its places."""
    graph = program.graph
    seen: set[int] = set()
    stack = [(program.root, ROOT, "")]
    while stack:
        node, place, literal = stack.pop()
        if graph.kinds[node] != CALL:
            yield _leaf(graph, node, place, literal)
        elif node in seen:
            yield Choice(place, REFERENCE, node, None)
        else:
            seen.add(node)
            callee = graph.operands[node][0]
            is_plain = graph.kinds[callee] == PRIMITIVE
            yield Choice(place, call_of(graph.values[callee] if is_plain else _BUILT), node, None)
            stack.extend(_inside(graph, node, is_plain=is_plain)[::-1])


def _leaf(graph: Graph, node: int, place: str, literal: str) -> Choice:
    value = graph.values[node]
    if graph.kinds[node] != CONSTANT:
        return Choice(place, value, node, None)
    if type(value) is bool:
        return Choice(place, f"#{value}", node, value)
    if type(value) is int:
        return Choice(place, COLOR if literal == COLOR and 0 <= value <= 9 else NUMBER, node, value)
    is_pair = len(value) == 2 and all(type(part) is int for part in value)
    return Choice(place, PAIR if is_pair else OTHER, node, value)


def _inside(graph: Graph, call: int, *, is_plain: bool) -> list[tuple[int, str, str]]:
    """The operands of a call with their places, and :data:`COLOR` where a number would be a color."""
    callee, *arguments = graph.operands[call]
    if not is_plain:
        built = [(callee, f"{_BUILT} 0", "")]
        return built + [(node, f"{_BUILT} {position}", "") for position, node in enumerate(arguments, 1)]
    name = graph.values[callee]
    inside = []
    for position, node in enumerate(arguments, 1):
        is_int = graph.kinds[node] == CONSTANT and type(graph.values[node]) is int
        literal = COLOR if is_int and role_of(graph, call, position) == "color" else ""
        inside.append((node, _place(graph, name, position, arguments), literal))
    return inside


def _place(graph: Graph, name: str, position: int, arguments: list[int]) -> str:
    if name in ("lbind", "rbind") and position == 2 and graph.kinds[arguments[0]] == PRIMITIVE:
        bound = graph.values[arguments[0]]
        return f"{bound} {REGISTRY[bound].arity if name == 'rbind' else 1}"
    return f"{name} {position}"


def kind_of(place: str) -> str:
    """What a place takes: the role of a number there, else the declared type; ``Any`` where nothing is known."""
    name, _, position = place.partition(" ")
    if place == ROOT:
        return "Grid"
    if name == _BUILT:
        return "Callable" if position == "0" else "Any"
    item = REGISTRY.get(name)
    if item is None or not position.isdecimal() or not 1 <= int(position) <= item.arity:
        return "Any"
    return parameter_role(name, int(position)) or item.types[int(position) - 1]
