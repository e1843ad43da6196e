"""What an integer or a constant stands for: decided by the parameter that it is passed to, through one table."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CALL, PRIMITIVE, Graph

__all__ = ["Role", "gives_color", "role_of"]

Role: TypeAlias = Literal["color", "rank", "integer", "boolean", "pair"]
"""``rank`` is a position, count or factor: a small number above 0."""

COLOR_PARAMETERS: Final = ("value", "replacee", "replacer", "fallback", "color")
"""Names of parameters of type Integer that are colors, whatever the primitive, a user's own included."""

RANK_PARAMETERS: Final = ("factor", "n", "num", "step")
"""Names of parameters of type Integer that are ranks."""

_COLORS: Final = frozenset({("switch", 2), ("switch", 3)})
"""Further parameters that are colors: primitive and position, from 1."""

_GIVE_COLORS: Final = frozenset({"color", "mostcolor", "leastcolor", "index"})
"""Primitives whose result is a color."""

_COMPARED: Final = {("equality", 1): 2, ("equality", 2): 1, ("matcher", 2): 1}
"""Arguments that are what the argument beside them is: primitive and position, the other's position."""

_OF_PALETTE: Final = {("contained", 1): 2, ("remove", 1): 2, ("other", 2): 1, ("insert", 1): 2}
"""Arguments that are colors when the container beside them is a palette."""


def role_of(graph: Graph, call: int, position: int) -> Role | None:
    """What the argument at a position of a call stands for, None when nothing says so.

    Args:
        graph: where the call is.
        call: a node that is a call.
        position: of the argument, from 1.
    """
    operands = graph.operands[call]
    if graph.kinds[operands[0]] != PRIMITIVE:
        return None
    name = graph.values[operands[0]]
    if name in ("rbind", "lbind") and position == 2:
        return _role_of_fixed(graph, operands[1], is_last=name == "rbind")
    place = (name, position)
    if place in _COMPARED:
        return "color" if gives_color(graph, operands[_COMPARED[place]]) else None
    if place in _OF_PALETTE:
        return "color" if _is_palette(graph, operands[_OF_PALETTE[place]]) else None
    return parameter_role(name, position)


def parameter_role(name: str, position: int) -> Role | None:
    """What a primitive's parameter stands for, position from 1; None when it is no number, bool or pair."""
    item = REGISTRY[name]
    type_ = item.types[position - 1]
    if type_ == "Integer":
        parameter = item.parameters[position - 1]
        if parameter in COLOR_PARAMETERS or (name, position) in _COLORS:
            return "color"
        return "rank" if parameter in RANK_PARAMETERS else "integer"
    if type_ == "Numerical":
        return "integer"
    return "boolean" if type_ == "Boolean" else "pair" if type_ == "IntegerTuple" else None


def gives_color(graph: Graph, node: int) -> bool:
    """Whether a node is the call of a primitive that gives a color, or a function that ends with one."""
    while graph.kinds[node] == CALL:
        callee, *args = graph.operands[node]
        if graph.kinds[callee] != PRIMITIVE:
            return False
        name = graph.values[callee]
        if name not in ("compose", "chain", "fork", "rbind", "lbind"):
            return name in _GIVE_COLORS
        node = args[0]
    return graph.kinds[node] == PRIMITIVE and graph.values[node] in _GIVE_COLORS


def _role_of_fixed(graph: Graph, function: int, *, is_last: bool) -> Role | None:
    if graph.kinds[function] != PRIMITIVE:
        return None
    name = graph.values[function]
    return parameter_role(name, REGISTRY[name].arity if is_last else 1)


def _is_palette(graph: Graph, node: int) -> bool:
    """Whether a node is a palette, or what is left of one."""
    while graph.kinds[node] == CALL:
        callee, *args = graph.operands[node]
        name = graph.values[callee]
        if name == "palette":
            return True
        if name not in ("difference", "intersection", "combine", "remove", "insert"):
            return False
        node = args[-1] if name in ("remove", "insert") else args[0]
    return False
