"""A member of a task's population: a program, how near it comes, and what makes two members alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from arcbatt.program.graph import PRIMITIVE, Graph
from arcbatt.program.program import Program

__all__ = ["FULL_SHARE", "Member", "shares", "traits"]

FULL_SHARE = 10_000
"""The share of right cells, on one sample, of an output that is right."""


@dataclass(slots=True, eq=False)
class Member:
    """A program with its scores on one task. Test outputs enter nothing here.

    Attributes:
        program: the solver.
        root: its node in the island's graph.
        demo_right: number of demo samples solved.
        shares: for each demo sample the share of right cells in units of 1 / :data:`FULL_SHARE`, 0 where the shape is
            wrong.
        fuel: units over all samples.
        outcome_class: equal for programs that give the same on all samples, among those judged together.
        distance: sum over differs and demo samples of what a differ measures between output and expected output; None
            where it was not measured, or not every differ has a value.
        birth: place in the order in which the island came to know its programs.
    """

    program: Program
    root: int
    demo_right: int
    shares: tuple[int, ...]
    fuel: int
    outcome_class: int
    birth: int
    distance: int | None = None
    _traits: tuple[int, frozenset[tuple[str, int]]] | None = field(default=None, init=False, repr=False)

    @property
    def solves_demo(self) -> bool:
        """Whether all demo samples are solved."""
        return self.demo_right == len(self.shares)

    @property
    def size(self) -> int:
        """Number of calls."""
        return self._known_traits()[0]

    @property
    def primitives(self) -> frozenset[tuple[str, int]]:
        """What likeness is seen by; see :func:`traits`."""
        return self._known_traits()[1]

    @property
    def nearness(self) -> tuple[int, int]:
        """Demo samples solved, then the sum of the shares of right cells: what counts as progress."""
        return self.demo_right, sum(self.shares)

    @property
    def rank(self) -> tuple[int, int, bool, int, int, int, int]:
        """Sorts the better first: nearness, distance (none last), fewer calls, less fuel, earlier birth."""
        distance = self.distance
        return (
            -self.demo_right, -sum(self.shares), distance is None, distance or 0,
            self.size, self.fuel, self.birth,
        )  # fmt: skip


    def _known_traits(self) -> tuple[int, frozenset[tuple[str, int]]]:
        if self._traits is None:  # most members never come so far that anybody asks
            self._traits = traits(self.program.graph, self.program.root)
        return self._traits


def traits(graph: Graph, root: int) -> tuple[int, frozenset[tuple[str, int]]]:
    """Number of calls of a program, and the primitives that they name, each use counted: ``(name, 0)``, ``(name, 1)``.

    Constants and the order of arguments do not show: two programs that differ in them alone have equal sets.
    """
    kinds, values, operands = graph.kinds, graph.values, graph.operands
    uses: Counter[str] = Counter()
    found = []
    calls = graph.calls(root)
    for node in calls:
        for part in operands[node]:
            if kinds[part] == PRIMITIVE:
                name = values[part]
                found.append((name, uses[name]))
                uses[name] += 1
    return len(calls), frozenset(found)


def shares(right_cells: Sequence[int], sizes: Sequence[int]) -> tuple[int, ...]:
    """Shares of right cells by sample, rounded down: only an output with all cells right has :data:`FULL_SHARE`."""
    return tuple(right * FULL_SHARE // size for right, size in zip(right_cells, sizes, strict=True))
