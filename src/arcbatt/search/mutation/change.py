"""Changing a program: another node in a use, the calls above it rebuilt, everything new checked."""

from __future__ import annotations

from arcbatt.program.graph import CALL, CONSTANT, DEPENDS_C, DEPENDS_I, VARIABLE
from arcbatt.program.type_terms import ANY, fits
from arcbatt.search.mutation.view import ROOT, Use, View

__all__ = ["changed"]


def changed(view: View, use: Use, new: int, *, everywhere: bool) -> View | None:
    """The program with another node in a use, or in all uses of what stands there; None when it does not fit.

    It fits when nothing is wrong in the new nodes that was not wrong in the old one, and nothing in the calls above
    that was not wrong in those that they replace; when its result is of the same kind and still depends on the input
    and, for a differ, on ``C``.

    Args:
        view: the program.
        use: where to change it.
        new: what to put there, a node of the scratch graph.
        everywhere: in all uses of what stands there. All uses of a color are those where it is a color; another
            constant, and a primitive, changes in one use only.
    """
    old = view.node(use)
    added = None if new == old else _added(view, new, old)
    if added is None:
        return None
    rebuilt = _rebuilt(view, old, new, _places(view, use, old, everywhere=everywhere))
    root = rebuilt.get(view.root, view.root)
    if root == view.root or not _is_result(view, root, is_put_in=root == new):
        return None
    return View(view.scratch, root, view.kind, view.calls + added + len(rebuilt))


def _added(view: View, new: int, old: int) -> int | None:
    """Number of calls below a new node that are not the program's own; None when one of them does not fit."""
    scratch, members = view.scratch, view.members
    operands = scratch.graph.operands
    stack, seen = [new], {new}
    count = 0
    while stack:
        node = stack.pop()
        if node in members or not operands[node]:
            continue
        count += 1
        wrong = scratch.misfits(node)
        if wrong and not set(wrong) <= set(scratch.misfits(old)):
            return None
        fresh = [part for part in operands[node] if part not in seen]
        stack.extend(fresh)
        seen.update(fresh)
    return count


def _places(view: View, use: Use, old: int, *, everywhere: bool) -> list[Use] | None:
    """The uses to change, None for all of a node."""
    if use == ROOT:
        return None
    kind = view.scratch.graph.kinds[old]
    if kind in (CALL, VARIABLE):
        return None if everywhere else [use]
    if everywhere and kind == CONSTANT and use in view.colors:
        return [other for other in view.colors if view.node(other) == old]
    return [use]


def _rebuilt(view: View, old: int, new: int, places: list[Use] | None) -> dict[int, int]:
    """New nodes by those that they replace, the root's among them; empty when something above does not fit.

    Args:
        view: the program.
        old: what stands in the places.
        new: what goes there.
        places: None for all uses.
    """
    made = {old: new} if places is None else {}
    direct: dict[int, set[int]] = {}
    for above, position in places or ():
        direct.setdefault(above, set()).add(position)
    scratch = view.scratch
    for node in view.order:
        operands = scratch.graph.operands[node]
        if node in direct:
            there = direct[node]
            parts = tuple([new if at in there else made.get(part, part) for at, part in enumerate(operands)])
        elif node == old or made.keys().isdisjoint(operands):
            continue
        else:
            parts = tuple([made.get(part, part) for part in operands])
        call = scratch.changed(node, parts)
        if call is None:
            return {}
        made[node] = call
    return made


def _is_result(view: View, root: int, *, is_put_in: bool) -> bool:
    """Whether a node can be the program's result."""
    scratch = view.scratch
    graph, types = scratch.graph, scratch.types
    needed = graph.levels[view.root] & (DEPENDS_I | DEPENDS_C)
    if needed & ~graph.levels[root]:
        return False
    name, before = types[root].name, types[view.root].name
    if view.kind == "solver":
        if graph.levels[root] & DEPENDS_C:
            return False
        return fits(name, "Grid") or name == before or (types[root] == ANY and not is_put_in)
    return graph.operands[root][:1] == graph.operands[view.root][:1] and name == before
