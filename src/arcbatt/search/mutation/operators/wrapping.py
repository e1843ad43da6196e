"""Calls around nodes: wrapped in one more, or stripped of one."""

from __future__ import annotations

from random import Random
from typing import Final

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.type_terms import ANY, Type, fits
from arcbatt.search.mutation.drawing import Aids, draw_function, draw_value
from arcbatt.search.mutation.fitting import Demand, demands
from arcbatt.search.mutation.roles import parameter_role
from arcbatt.search.mutation.view import Use, View
from arcbatt.search.mutation.vocabulary import WIDE

__all__ = ["strip_call", "wrap_call"]

_FUNCTION: Final = Type("Callable")
_ANYTHING: Final = Demand((ANY,), "Any")


def wrap_call(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """A call that takes what stands at a use as one of its arguments and gives what the use wants."""
    node = view.node(use)
    scratch = view.scratch
    type_ = scratch.types[node]
    wanted = type_.name if type_.name != "Any" and rng.random() < 0.7 else view.wanted(use)
    found = aids.vocabulary.wrappers(type_, wanted)
    if not found:
        return None
    name, position = rng.choice(found)
    args = _arguments(name, position, node, view, aids, rng)
    return None if args is None else scratch.call(name, *args)


def _arguments(name: str, position: int, node: int, view: View, aids: Aids, rng: Random) -> list[int] | None:
    """Arguments for a primitive with a node at one position; functions come last, since they hang on the others."""
    scratch = view.scratch
    item = REGISTRY[name]
    args = {position: node}
    functions = [at for at, type_ in enumerate(item.types, 1) if type_ == "Callable" and at != position]
    for at, type_ in enumerate(item.types, 1):
        if at != position and type_ != "Callable":
            wanted, role = type_, parameter_role(name, at)
            if type_ in WIDE:
                wanted = _wanted_beside(name, position, type_, node, view)
            value = draw_value(wanted, role, view, aids, rng)
            if value is None:
                return None
            args[at] = value
    for at in reversed(functions):
        known = [scratch.types[args[here]] if here in args else _FUNCTION for here in range(1, item.arity + 1)]
        given, result = demands(name, known).get(at, _ANYTHING)
        function = draw_function(given, result, view, aids, rng)
        if function is None:
            return None
        args[at] = function
    return [args[at] for at in range(1, item.arity + 1)]


def _wanted_beside(name: str, position: int, declared: str, node: int, view: View) -> str:
    """What to put where much is allowed: what the function fixes or gives, else what the wrapped node is."""
    scratch = view.scratch
    takes = scratch.takes[node]
    if name in ("rbind", "lbind") and position == 1 and takes:
        return takes[-1 if name == "rbind" else 0]
    if name == "matcher" and position == 1:
        result = scratch.types[node].result
        return "Any" if result is None else result.name
    inner = scratch.types[node].name
    return inner if fits(inner, declared) else declared


def strip_call(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """One of the arguments of the call at a use in place of the call, where its type fits."""
    scratch = view.scratch
    wanted = view.wanted(use)
    args = [part for part in scratch.graph.operands[view.node(use)][1:] if fits(scratch.types[part].name, wanted)]
    return rng.choice(args) if args else None
