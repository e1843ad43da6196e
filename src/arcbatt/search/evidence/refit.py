"""What a program learned, learned again without one demo sample.

A literal that the demo samples determine is evidence: where another value fits them as well, the choice was a guess.
Each literal is varied alone, with the rest of the program as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from arcbatt.arc import Challenge
from arcbatt.arc.grid import grid_colors
from arcbatt.engine import Engine, Scope
from arcbatt.program.graph import Graph
from arcbatt.search.evidence.batch import Batch, metered
from arcbatt.search.evidence.literals import LITERALS, Kind, alternatives, sites, variants
from arcbatt.search.evidence.meter import EvidenceMeter

__all__ = ["RefitEvidence", "refit"]


@dataclass(frozen=True, slots=True)
class RefitEvidence:
    """How well the demo samples determine what a program learned.

    An alternative is the program with another value at one of its literals.

    Attributes:
        demos: number of demo samples.
        literals: number of literals.
        held: number of demo samples on which every alternative is right that is right on all others: what would be
            learned without the sample is right on it.
        determined: number of demo samples without which no alternative is right on all others.
        loose_same: number of literals with an alternative that is right on all demo samples, where all such
            alternatives give on the test inputs what the program gives.
        loose_other: number of literals with an alternative that is right on all demo samples and gives something else
            on a test input.
    """

    demos: int
    literals: int
    held: int
    determined: int
    loose_same: int
    loose_other: int


def refit(
    engine: Engine, task: Challenge, batch: Batch, meter: EvidenceMeter, kinds: Iterable[Kind] = LITERALS
) -> list[RefitEvidence | None]:
    """Varies the literals of programs that are right on all demo samples.

    Args:
        engine: what evaluates. An alternative may spend as much on a sample as the engine's limit allows.
        task: the challenge.
        batch: the programs.
        meter: programs are evaluated in their order until it is empty; each alternative is taken to cost what the
            program does.
        kinds: what counts as a literal: see :mod:`.literals`.

    Returns:
        One for each program; None where the meter did not afford it.
    """
    graph = Graph()
    copied: dict[int, int] = {}
    roots = [batch.graph.copy(root, graph, copied) for root in batch.roots]
    colors = _colors(task)
    wanted = frozenset(kinds)
    places = [
        [(site, alternatives(graph, site, colors)) for site in sites(graph, root, wanted)] for root in roots
    ]
    scope = engine.open(graph).bind(S=task.pairs)

    def evaluate(part: range) -> tuple[list[RefitEvidence], int]:
        varied = {
            item: [variants(graph, roots[item], site, nodes) for site, nodes in places[item]] for item in part
        }
        every = dict.fromkeys(chain.from_iterable(chain.from_iterable(varied.values())))
        wrong_on, used = _wrong_on(scope, task, list(every))
        fitting = [root for root, wrong in wrong_on.items() if wrong is None]
        owners = [roots[item] for item in part] if fitting else []
        given, more = _given(scope, task, list(dict.fromkeys([*owners, *fitting])))
        found = [_evidence(len(task.demo), roots[item], varied[item], wrong_on, given) for item in part]
        return found, used + more

    samples = len(task.samples)
    costs = [
        -(-fuel * samples * sum(len(nodes) for _, nodes in literals) // len(task.demo))
        for fuel, literals in zip(batch.fuel, places, strict=True)
    ]
    return metered(meter, costs, evaluate)


def _colors(task: Challenge) -> list[int]:
    """The colors that occur in a task, sorted."""
    grids = [*chain.from_iterable(task.pairs), *task.inputs]
    return sorted(set(chain.from_iterable(map(grid_colors, grids))))


def _wrong_on(scope: Scope, task: Challenge, roots: Sequence[int]) -> tuple[dict[int, int | None], int]:
    """The one demo sample on which each program is wrong, None where there is none; and the fuel spent.

    Programs that are wrong on two or more are left out.
    """
    wrong_on: dict[int, int | None] = dict.fromkeys(roots)
    used = 0
    for index, sample in enumerate(task.demo):
        left = list(wrong_on)
        if not left:
            break
        ((verdicts, _),) = scope.judge_samples(left, [sample])
        tally = verdicts.tally([verdicts], 1)
        used += sum(tally.fuel)
        for root, right in zip(left, tally.demo_right, strict=True):
            if not right and wrong_on[root] is not None:
                del wrong_on[root]
            elif not right:
                wrong_on[root] = index
    return wrong_on, used


def _given(scope: Scope, task: Challenge, roots: Sequence[int]) -> tuple[dict[int, tuple[str, ...]], int]:
    """What stands for the values that programs give on all test inputs; and the fuel spent."""
    if not roots:
        return {}, 0
    rows = [verdicts for verdicts, _ in scope.judge_samples(roots, task.test)]
    used = sum(chain.from_iterable(row.tally([row], 0).fuel for row in rows))
    return {root: tuple([row[column].digest for row in rows]) for column, root in enumerate(roots)}, used


def _evidence(
    demos: int, root: int, literals: Sequence[Sequence[int]], wrong_on: dict[int, int | None],
    given: dict[int, tuple[str, ...]],
) -> RefitEvidence:  # fmt: skip
    near = [alternative for alternative in chain.from_iterable(literals) if alternative in wrong_on]
    not_held = {wrong for wrong in map(wrong_on.__getitem__, near) if wrong is not None}
    is_loose = any(wrong_on[alternative] is None for alternative in near)
    same = other = 0
    for literal in literals:
        fitting = [alternative for alternative in literal if wrong_on.get(alternative, demos) is None]
        if any(given[alternative] != given[root] for alternative in fitting):
            other += 1
        elif fitting:
            same += 1
    determined = 0 if is_loose else demos - len(not_held)
    return RefitEvidence(demos, len(literals), demos - len(not_held), determined, same, other)
