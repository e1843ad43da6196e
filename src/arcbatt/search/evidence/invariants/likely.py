"""The invariants that hold on the demos of a task, and those of them that an output breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from arcbatt.arc import Challenge, Grid, is_grid
from arcbatt.search.evidence.invariants.catalog import ALL
from arcbatt.search.evidence.invariants.grid_facts import GridFacts
from arcbatt.search.evidence.invariants.invariant import Relation
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["HeldInvariant", "LikelyInvariants", "likely_invariants"]


@dataclass(frozen=True, slots=True)
class HeldInvariant:
    """An invariant that holds on every demo pair of a task.

    Attributes:
        name: its name in the list of all invariants.
        text: what holds, with the fitted parameters; no capital, no full stop.
        breach: what an output is like that breaks it; the same form.
    """

    name: str
    text: str
    breach: str


@dataclass(frozen=True, slots=True)
class LikelyInvariants:
    """The invariants that hold on every demo pair of a task; equal if they say the same in the same words.

    Attributes:
        held: those that hold, in the order of the list of all invariants.
    """

    held: tuple[HeldInvariant, ...]
    _keeps: tuple[Callable[[PairFacts], bool], ...] = field(repr=False, compare=False)
    _inputs: Mapping[Grid, GridFacts] = field(repr=False, compare=False)

    def broken(self, grid_in: Grid, grid_out: Grid) -> tuple[HeldInvariant, ...]:
        """Those that an output breaks, in the order of :attr:`held`. Deterministic; costs some milliseconds at most.

        Args:
            grid_in: a valid grid: the input, one of the task's or another.
            grid_out: the output that a program gives for it. What is no valid grid breaks all of them.
        """
        if not is_grid(grid_out):
            return self.held
        pair = PairFacts(self._inputs.get(grid_in) or GridFacts(grid_in), GridFacts(grid_out))
        return tuple([held for held, keeps in zip(self.held, self._keeps, strict=True) if not keeps(pair)])


def likely_invariants(task: Challenge) -> LikelyInvariants:
    """The invariants that hold on every demo pair of a task, in the manner of Daikon (Ernst et al. 2001).

    They are fitted on the demos alone. One is left out where it says nothing (it could not have failed, or another one
    that holds implies it). The order of the demos decides nothing. Costs some milliseconds.

    Example:
        >>> task = Challenge.of("tiny", [(((1, 0),), ((0, 1),)), (((2, 0, 0),), ((0, 0, 2),))], [((0, 3),)])
        >>> likely = likely_invariants(task)
        >>> likely.held[0].text
        "the output has the input's shape"
        >>> [invariant.name for invariant in likely.broken(((0, 3),), ((0, 3),))]
        ['output-not-input', 'cells-changed-share']
    """
    inputs = {sample.input: GridFacts(sample.input) for sample in task.samples}
    pairs = [PairFacts(inputs[grid_in], GridFacts(grid_out)) for grid_in, grid_out in task.pairs]
    fitted: dict[str, Relation] = {}
    for invariant in ALL:
        relation = invariant.fit(pairs)
        if relation is not None:
            fitted[invariant.name] = relation
    kept = {
        invariant.name: fitted[invariant.name] for invariant in ALL
        if invariant.name in fitted and fitted.keys().isdisjoint(invariant.implied_by)
    }  # fmt: skip
    return LikelyInvariants(
        tuple([HeldInvariant(name, relation.text, relation.breach) for name, relation in kept.items()]),
        tuple([relation.keeps for relation in kept.values()]),
        inputs,
    )
