"""A program as the operators see it: its nodes and their types, and the places where they are used."""

from __future__ import annotations

from functools import cached_property
from typing import Final, TypeAlias

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CONSTANT, PRIMITIVE
from arcbatt.program.type_terms import Type, fits
from arcbatt.search.mutation.roles import Role, role_of
from arcbatt.search.mutation.scratch import Scratch

__all__ = ["ROOT", "Use", "View"]

Use: TypeAlias = tuple[int, int]
"""A place where a node is used: the call and the position among its operands (1 is the first argument), or ROOT."""

ROOT: Final[Use] = (-1, 0)
"""The use of a program's root as its result."""

_MAX_BRANCHES: Final = 8
"""Most branches in one another through which the use of a constant is looked for."""


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
    def colors(self) -> list[Use]:
        """The uses of integer constants that are colors."""
        values = self.scratch.graph.values
        return [use for use in self.constants if type(values[self.node(use)]) is int and self.role(use) == "color"]

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

    def role(self, use: Use) -> Role | None:
        """What a constant at a use stands for: a branch's arguments what the branch does, others by their parameter."""
        graph = self.scratch.graph
        for _ in range(_MAX_BRANCHES):
            call, position = use
            if position == 0:
                return None
            if position == 1 or self.primitive(call) != "branch":
                return role_of(graph, call, position)
            use = self._first_uses[call]
        return None

    @cached_property
    def _first_uses(self) -> dict[int, Use]:
        """A use of each of its nodes, ROOT among them."""
        operands = self.scratch.graph.operands
        found = {self.root: ROOT}
        for node in self.order:
            for position, part in enumerate(operands[node]):
                found.setdefault(part, (node, position))
        return found


def _declared(scratch: Scratch, name: str, operands: tuple[int, ...], position: int) -> str:
    """The declared type name of an argument, from the function beside it where it is one of several."""
    if name in ("rbind", "lbind") and position == 2:
        takes = scratch.takes[operands[1]]
        return takes[-1 if name == "rbind" else 0] if takes else "Any"
    return REGISTRY[name].types[position - 1]
