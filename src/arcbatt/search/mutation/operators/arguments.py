"""Arguments: replaced by nodes and functions of the same type, swapped, and parts of other programs."""

from __future__ import annotations

from random import Random

from arcbatt.program.type_terms import ANY, fits
from arcbatt.search.mutation.drawing import Aids, draw_function, draw_node
from arcbatt.search.mutation.fitting import Demand, demands
from arcbatt.search.mutation.view import ROOT, Use, View

__all__ = ["cross_in", "demand_at", "put_function", "put_node", "swap_arguments"]


def put_node(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """A node of the program itself or of the pool that fits the use."""
    return draw_node(_wanted(view, use, rng), view, aids, rng)


def _wanted(view: View, use: Use, rng: Random) -> str:
    """The type name to put in: mostly that of what stands there, which says more than the declared one."""
    declared = view.wanted(use)
    name = view.type(use).name
    return name if fits(name, declared) and name != "Any" and rng.random() < 0.7 else declared


def put_function(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """A primitive, a binding of one, or a node that is a function, where a function stands."""
    demand = demand_at(view, use)
    type_ = view.type(use)
    result = demand.result
    if result == "Any" and type_.result is not None and rng.random() < 0.7:
        result = type_.result.name
    return draw_function(demand.given, result, view, aids, rng)


def demand_at(view: View, use: Use) -> Demand:
    """What is given to the function at a use, and what is expected of it: unknown types are those that it takes."""
    scratch = view.scratch
    call, position = use
    takes = scratch.takes[view.node(use)]
    own = tuple(ANY if name == "Any" else type(ANY)(name) for name in takes or ())
    if use == ROOT:
        return Demand(own, "Any")
    operands = scratch.graph.operands[call]
    args = [scratch.types[part] for part in operands[1:]]
    name = view.primitive(call)
    found = Demand(tuple(args), "Any") if position == 0 else demands(name, args).get(position) if name else None
    if found is None:
        return Demand(own, "Any")
    if len(own) != len(found.given):
        return found
    return Demand(tuple(b if a == ANY else a for a, b in zip(found.given, own, strict=True)), found.result)


def swap_arguments(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """The call at a use with two of its arguments swapped, where the type of each fits the other's place."""
    graph = view.scratch.graph
    operands = graph.operands[view.node(use)]
    count = len(operands) - 1
    if count < 2:
        return None
    a = rng.randint(1, count - 1)
    b = rng.randint(a + 1, count)
    if operands[a] == operands[b]:
        return None
    swapped = list(operands)
    swapped[a], swapped[b] = operands[b], operands[a]
    made = graph.call(*swapped)
    view.scratch.grow()
    return made


def cross_in(view: View, use: Use, donor: int, aids: Aids, rng: Random) -> int | None:
    """A node of another program, of the type of what stands at a use.

    Args:
        view: the program.
        use: where the node goes.
        donor: index of the other program in the pool.
        aids: the pool, and what else there is.
        rng: where the randomness comes from.
    """
    nodes = aids.pool.parts(donor, _wanted(view, use, rng), with_c=view.kind == "differ")
    if not nodes:
        return None
    return view.scratch.take(aids.pool.graph, rng.choice(nodes))
