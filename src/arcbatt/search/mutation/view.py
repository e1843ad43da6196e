"""A program as the operators see it: its nodes with their types, the places where they are used, and how to change it.

The nodes that changes add go into a scratch graph that all children of a parent share, so that only the nodes on the way
from a change to the root are new, and each is typed and checked once.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final, TypeAlias

from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.graph import CONSTANT, DEPENDS_C, DEPENDS_I, PRIMITIVE, Graph
from arcbatt.program.program import Program
from arcbatt.program.type_terms import ANY, Type, fits
from arcbatt.program.types import type_of
from arcbatt.search.mutation.fitting import Misfit, Takes, misfits_of, takes_of

__all__ = ["MAX_SCRATCH", "ROOT", "Scratch", "Use", "View"]

Use: TypeAlias = tuple[int, int]
"""A place where a node is used: the call and the position among its operands (1 is the first argument), or ROOT."""

ROOT: Final[Use] = (-1, 0)
"""The use of a program's root as its result."""

MAX_SCRATCH: Final = 4096
"""Nodes at which a scratch graph is cut back to the program that it began with."""


class Scratch:
    """A graph that grows by changes, with what is known of its nodes. Read its lists up to :meth:`grow`.

    Attributes:
        graph: the nodes; those below ``base`` are the parent's, in canonical order.
        types: the type of each node.
        takes: what each node takes when it is a function.
    """

    def __init__(self, program: Program) -> None:
        self.graph, self.root = program.graph.alone(program.root)
        self.base = len(self.graph)
        self.types: list[Type] = []
        self.takes: list[Takes] = []
        self._misfits: dict[int, tuple[Misfit, ...]] = {}
        self.grow()

    def grow(self) -> None:
        """Types the nodes that are new."""
        graph, types, takes = self.graph, self.types, self.takes
        for node in range(len(types), len(graph)):
            types.append(type_of(graph, node, types))
            takes.append(takes_of(graph, node, takes))

    def misfits(self, node: int) -> tuple[Misfit, ...]:
        """What does not fit in a node itself."""
        found = self._misfits.get(node)
        if found is None:
            found = self._misfits[node] = misfits_of(self.graph, node, self.types, self.takes)
        return found

    def call(self, name: str, *args: int) -> int:
        """The call of a primitive, typed."""
        node = self.graph.call(self.graph.primitive(name), *args)
        self.grow()
        return node

    def changed(self, node: int, operands: tuple[int, ...]) -> int | None:
        """A call with other operands than a call that is there, typed; None when it fits less well than that one.

        Where the types of all operands stay the same, so does everything else that is known of the call.
        """
        types, takes = self.types, self.takes
        try:
            made = self.graph.call(*operands)
        except InputError:  # a primitive of another arity is called
            return None
        alike = operands[0] == self.graph.operands[node][0] and all(
            new == old or ((types[new] is types[old] or types[new] == types[old]) and takes[new] == takes[old])
            for new, old in zip(operands[1:], self.graph.operands[node][1:], strict=True)
        )
        if not alike:
            self.grow()
            wrong = self.misfits(made)
            return made if not wrong or set(wrong) <= set(self.misfits(node)) else None
        if made == len(types):
            types.append(types[node])
            takes.append(takes[node])
        return made

    def cut_back(self) -> None:
        """Forgets every node but the parent's when there are too many; nodes below ``base`` stay what they are."""
        if len(self.graph) > MAX_SCRATCH:
            self.graph, _ = self.graph.alone(self.root)
            del self.types[self.base :], self.takes[self.base :]
            self._misfits.clear()


class View:
    """A root in a scratch graph and what its program consists of, found when it is asked for."""

    def __init__(self, scratch: Scratch, root: int, kind: str, most_calls: int | None = None) -> None:
        """Looks at a root.

        Args:
            scratch: where it is.
            root: its node.
            kind: ``"solver"`` or ``"differ"``.
            most_calls: a number that it has no more calls than, where one is known without counting.
        """
        self.scratch = scratch
        self.root = root
        self.kind = kind
        self._most_calls = most_calls
        self._fitting: dict[str, list[int]] = {}

    @cached_property
    def order(self) -> list[int]:
        """Its nodes in canonical order."""
        return self.scratch.graph.order(self.root)

    @cached_property
    def calls(self) -> int:
        """Number of its calls."""
        return sum(map(bool, map(self.scratch.graph.operands.__getitem__, self.order)))

    def has_at_most(self, calls: int) -> bool:
        """Whether it has no more calls than that."""
        return (self._most_calls is not None and self._most_calls <= calls) or self.calls <= calls

    def node(self, use: Use) -> int:
        """The node that stands at a use."""
        call, position = use
        return self.root if call < 0 else self.scratch.graph.operands[call][position]

    def type(self, use: Use) -> Type:
        """The type of what stands at a use."""
        return self.scratch.types[self.node(use)]

    @cached_property
    def members(self) -> frozenset[int]:
        """Its nodes."""
        return frozenset(self.order)

    @cached_property
    def uses(self) -> list[Use]:
        """All uses of its nodes but of called primitives, in canonical order of the calls; a solver's root at the end.

        A differ's root is no place to change: it is what makes the pair of a size and an example.
        """
        operands, kinds = self.scratch.graph.operands, self.scratch.graph.kinds
        found = [
            (node, position)
            for node in self.order
            if operands[node]
            for position in range(kinds[operands[node][0]] == PRIMITIVE, len(operands[node]))
        ]
        return [*found, ROOT] if self.kind == "solver" else found

    @cached_property
    def constants(self) -> list[Use]:
        """The uses of constants."""
        kinds = self.scratch.graph.kinds
        return [use for use in self.uses if kinds[self.node(use)] == CONSTANT]

    @cached_property
    def numbers(self) -> list[Use]:
        """The uses of numbers, bools and pairs."""
        return [use for use in self.uses if self.type(use).name in ("Integer", "Boolean", "IntegerTuple", "Numerical")]

    @cached_property
    def primitives(self) -> list[Use]:
        """The uses of calls of primitives, and of primitives as functions."""
        return [use for use in self.uses if self.primitive(self.node(use)) is not None]

    @cached_property
    def called(self) -> list[Use]:
        """The uses of calls of primitives."""
        operands = self.scratch.graph.operands
        return [use for use in self.primitives if operands[self.node(use)]]

    @cached_property
    def functions(self) -> list[Use]:
        """The uses of functions."""
        return [use for use in self.uses if self.type(use).name == "Callable"]

    def primitive(self, node: int) -> str | None:
        """The primitive that a node calls or is."""
        graph = self.scratch.graph
        operands = graph.operands[node]
        callee = operands[0] if operands else node
        name: str | None = graph.values[callee] if graph.kinds[callee] == PRIMITIVE else None
        return name

    def fitting(self, wanted: str) -> list[int]:
        """Its nodes whose type fits a type name, in canonical order; for ``Any`` there is none."""
        found = self._fitting.get(wanted)
        if found is None:
            types = self.scratch.types
            found = [] if wanted == "Any" else [node for node in self.order if fits(types[node].name, wanted)]
            self._fitting[wanted] = found
        return found

    def wanted(self, use: Use) -> str:
        """The type name that a use wants: the declared one, that of what stands there where none is declared."""
        call, position = use
        if call < 0:
            return "Grid"
        scratch = self.scratch
        operands = scratch.graph.operands[call]
        name = self.primitive(call)
        if name is not None:
            declared = _declared(scratch, name, operands, position)
        else:
            takes = scratch.takes[operands[0]]
            is_known = takes is not None and 0 < position <= len(takes)
            declared = takes[position - 1] if takes is not None and is_known else "Any"
        return scratch.types[operands[position]].name if declared == "Any" else declared

    def changed(self, use: Use, new: int, *, everywhere: bool) -> View | None:
        """The program with another node in a use, or in all uses of what stands there; None when it does not fit.

        What fits: nothing in the new nodes that was not wrong at this use before, nothing new in those above it; a
        result of the same kind; every variable that a result has to hang on is still looked at.
        """
        old = self.node(use)
        added = None if new == old else self._added(new, old)
        if added is None:
            return None
        rebuilt = self._rebuilt(use, old, new, everywhere)
        root = rebuilt.get(self.root, self.root)
        if root == self.root or not self._is_result(root, is_put_in=root == new):
            return None
        return View(self.scratch, root, self.kind, self.calls + added + len(rebuilt))

    def _added(self, new: int, old: int) -> int | None:
        """Number of calls below a new node that are not the program's own; None when one of them does not fit."""
        scratch, members = self.scratch, self.members
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

    def _rebuilt(self, use: Use, old: int, new: int, everywhere: bool) -> dict[int, int]:
        """New nodes by those that they replace, the root's among them; empty when something above does not fit."""
        only, position = use
        if everywhere or use == ROOT:
            only, changed = -1, {old: new}
        else:
            changed = {}
        scratch = self.scratch
        for node in self.order:
            operands = scratch.graph.operands[node]
            if node == only:
                parts = (*operands[:position], new, *operands[position + 1 :])
            elif node == old or changed.keys().isdisjoint(operands):
                continue
            else:
                parts = tuple([changed.get(part, part) for part in operands])
            made = scratch.changed(node, parts)
            if made is None:
                return {}
            changed[node] = made
        return changed

    def _is_result(self, root: int, *, is_put_in: bool) -> bool:
        """Whether a node can be the program's result."""
        scratch = self.scratch
        graph, types = scratch.graph, scratch.types
        needed = graph.levels[self.root] & (DEPENDS_I | DEPENDS_C)
        if needed & ~graph.levels[root]:
            return False
        name, before = types[root].name, types[self.root].name
        if self.kind == "solver":
            if graph.levels[root] & DEPENDS_C:
                return False
            return fits(name, "Grid") or name == before or (types[root] == ANY and not is_put_in)
        return graph.operands[root][:1] == graph.operands[self.root][:1] and name == before


def _declared(scratch: Scratch, name: str, operands: tuple[int, ...], position: int) -> str:
    """The declared type name of an argument, from the function beside it where it is one of several."""
    if name in ("rbind", "lbind") and position == 2:
        takes = scratch.takes[operands[1]]
        return takes[-1 if name == "rbind" else 0] if takes else "Any"
    return REGISTRY[name].types[position - 1]
