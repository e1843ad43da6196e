"""Whether the arguments of a call fit, as far as types are known: misfits, and what functions take and are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CALL, PRIMITIVE, Graph
from arcbatt.program.type_terms import ANY, Type, element_of, fits
from arcbatt.program.types import type_of

__all__ = ["Demand", "Misfit", "Takes", "accepts", "demands", "misfits", "misfits_of", "takes_of"]

Takes: TypeAlias = "tuple[str, ...] | None"
"""Type names of what a function takes, None when nothing is known, or when it is no function."""

Misfit: TypeAlias = tuple[str, int, str]
"""A call's primitive (empty for a built function), the position of an argument from 1, and what is wrong there."""


class Demand(NamedTuple):
    """What a call wants of a function among its arguments: what it gives to it, and what it expects back."""

    given: tuple[Type, ...]
    result: str


_FILTERS: Final = frozenset({"sfilter", "mfilter", "extract"})
_ORDERS: Final = frozenset({"argmax", "argmin", "valmax", "valmin", "order"})
_STEPS: Final = frozenset({"papply", "mpapply", "prapply"})
_ONE_OF_ANY: Final = (ANY,)


def misfits(graph: Graph, root: int) -> frozenset[Misfit]:
    """Everything in a program that does not fit, as far as types are known; a fitting program has nothing of it."""
    types: dict[int, Type] = {}
    takes: dict[int, Takes] = {}
    found: set[Misfit] = set()
    for node in graph.order(root):
        types[node] = type_of(graph, node, types)
        takes[node] = takes_of(graph, node, takes)
        found.update(misfits_of(graph, node, types, takes))
    return frozenset(found)


def takes_of(graph: Graph, node: int, takes: dict[int, Takes] | list[Takes]) -> Takes:
    """What a node takes when it is a function, from what its operands take."""
    kind = graph.kinds[node]
    if kind == PRIMITIVE:
        return REGISTRY[graph.values[node]].types
    if kind != CALL:
        return None
    operands = graph.operands[node]
    name = graph.values[operands[0]]
    if name in ("compose", "chain"):
        return takes[operands[-1]]
    if name in ("matcher", "power"):
        return takes[operands[1]]
    if name in ("rbind", "lbind"):
        inner = takes[operands[1]]
        if inner is None or len(inner) not in (2, 3):  # a quirk: another function makes one of three arguments
            return None
        return inner[:-1] if name == "rbind" else inner[1:]
    return _both(takes[operands[2]], takes[operands[3]]) if name == "fork" else None


def _both(a: Takes, b: Takes) -> Takes:
    """What two functions take that are given the same."""
    if a is None or b is None or len(a) != len(b):
        return a or b
    return tuple(one if fits(one, two) else two for one, two in zip(a, b, strict=True))


def misfits_of(
    graph: Graph, node: int, types: dict[int, Type] | list[Type], takes: dict[int, Takes] | list[Takes]
) -> tuple[Misfit, ...]:
    """What does not fit in a call itself, from the types of its operands; empty for what is no call."""
    operands = graph.operands[node]
    if not operands:
        return ()
    callee = operands[0]
    args = [types[part] for part in operands[1:]]
    if graph.kinds[callee] != PRIMITIVE:
        wrong = accepts(types[callee], takes[callee], args)
        return () if wrong is None else (("", 0, wrong),)
    name = graph.values[callee]
    found: list[Misfit] = []
    has_functions = False
    for position, (arg, declared) in enumerate(zip(args, REGISTRY[name].types, strict=True), 1):
        if declared == "Callable":
            has_functions = True
        if not (arg.name == "Any" or declared == "Any" or fits(arg.name, declared)):
            found.append((name, position, arg.name))
    if has_functions:
        for position, demand in demands(name, args).items():
            wrong = _wrong_function(args[position - 1], takes[operands[position]], demand)
            if wrong is not None:
                found.append((name, position, wrong))
        if name in ("rbind", "lbind"):
            found.extend(_wrong_binding(name, args, takes[operands[1]]))
        elif name == "matcher" and not _may_equal(args[0].result, args[1]):
            found.append((name, 2, args[1].name))
    elif name == "equality" and not _may_equal(args[0], args[1]):
        found.append((name, 2, f"{args[0].name} and {args[1].name}"))
    return tuple(found)


def demands(name: str, args: Sequence[Type]) -> dict[int, Demand]:
    """What a primitive wants of the functions that it calls or joins, by their position, from 1.

    Args:
        name: the primitive.
        args: types of its arguments.
    """
    if name in ("apply", "mapply"):
        return {1: Demand((element_of(args[1]),), "Container" if name == "mapply" else "Any")}
    if name in _FILTERS:
        return {2: Demand((element_of(args[0]),), "Boolean")}
    if name in _ORDERS:
        return {2: Demand((element_of(args[0]),), "Any")}
    if name in _STEPS:
        given = (element_of(args[1]), element_of(args[2]))
        return {1: Demand(given, "Container" if name == "mpapply" else "Any")}
    if name == "fork":
        given = (args[1].result or ANY, args[2].result or ANY)
        return {1: Demand(given, "Any"), 2: Demand(_ONE_OF_ANY, "Any"), 3: Demand(_ONE_OF_ANY, "Any")}
    if name in ("compose", "chain"):
        last = len(args)
        found = {at: Demand((args[at].result or ANY,), "Any") for at in range(1, last)}
        return {**found, last: Demand(_ONE_OF_ANY, "Any")}
    if name == "power":
        return {1: Demand((args[0].result or ANY,), "Any")}
    return {1: Demand(_ONE_OF_ANY, "Any")} if name == "matcher" else {}


def accepts(function: Type, takes: Takes, given: Sequence[Type]) -> str | None:
    """None when a function can be called with such arguments, as far as is known; else what is wrong."""
    if function.arity is not None and function.arity != len(given):
        return f"{function.arity} arguments for {len(given)}"
    if takes is None:
        return None
    if len(takes) != len(given):
        return f"{len(takes)} arguments for {len(given)}"
    for type_, declared in zip(given, takes, strict=True):
        if not (type_.name == "Any" or fits(type_.name, declared)):
            return f"{type_.name} for {declared}"
    return None


def _wrong_function(function: Type, takes: Takes, demand: Demand) -> str | None:
    if function.name != "Callable":
        return None  # its name says so already, or nothing is known
    wrong = accepts(function, takes, demand.given)
    if wrong is not None or demand.result == "Any":
        return wrong
    result = function.result or ANY
    return None if result.name == "Any" or fits(result.name, demand.result) else f"gives {result.name}"


def _wrong_binding(name: str, args: Sequence[Type], takes: Takes) -> list[Misfit]:
    function, fixed = args
    if function.arity is not None and function.arity not in (2, 3):
        return [(name, 1, f"{function.arity} arguments for 2 or 3")]
    if takes is None:
        return []
    wrong = accepts(ANY, (takes[-1 if name == "rbind" else 0],), (fixed,))
    return [] if wrong is None else [(name, 2, wrong)]


def _may_equal(a: Type | None, b: Type) -> bool:
    """Whether two types have values in common, as far as is known."""
    return a is None or "Any" in (a.name, b.name) or fits(a.name, b.name) or fits(b.name, a.name)
