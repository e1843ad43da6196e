"""A member of a task's population: a program, how near it comes, and what makes two members alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from arcbatt.program.graph import PRIMITIVE, Graph
from arcbatt.program.program import Program
from arcbatt.results import Nearness, nearness_of

__all__ = ["Member", "traits"]


@dataclass(slots=True, eq=False)
class Member:
    """A program with its scores on one task. Test outputs enter nothing here.

    Attributes:
        program: the solver.
        root: its node in the island's graph.
        shares: the share of right cells on each demo sample, see :func:`arcbatt.results.shares_of`; of a program that
            looks at the demo pairs, the smaller one of with and without the sample's own.
        fuel: units over all samples.
        outcome_class: equal for programs that give the same on all samples, among those judged together.
        distance: sum over differs and demo samples of what a differ measures between output and expected output; None
            where it was not measured, or not every differ has a value.
        birth: place in the order in which the island came to know its programs.
        knows_by_heart: whether it does worse on a demo sample when that one's pair is not among those it looks at.
    """

    program: Program
    root: int
    shares: tuple[int, ...]
    fuel: int
    outcome_class: int
    birth: int
    knows_by_heart: bool = False
    distance: int | None = None
    _traits: tuple[int, frozenset[tuple[str, int]]] | None = field(default=None, init=False, repr=False)

    @property
    def demo_right(self) -> int:
        """Number of demo samples solved."""
        return self.nearness[0]

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
    def nearness(self) -> Nearness:
        """Demo samples solved, then the sum of the shares of right cells: what counts as progress."""
        return nearness_of(self.shares)

    @property
    def rank(self) -> tuple[int, int, bool, int, int, int, int]:
        """Sorts the better first: nearness, distance (none last), fewer calls, less fuel, earlier birth.

        That is the order of :func:`arcbatt.results.rank_of`, with the distance after the nearness. Birth stands for
        the MD5, since the text of most members is never needed.
        """
        demo_right, share = self.nearness
        distance = self.distance
        return -demo_right, -share, distance is None, distance or 0, self.size, self.fuel, self.birth

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
