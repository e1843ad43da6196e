"""Programs in one graph, so that an engine evaluates what they share once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from arcbatt.arc import Challenge, Grid, Sample
from arcbatt.engine import Engine, Scope
from arcbatt.program.graph import Graph
from arcbatt.program.program import Program
from arcbatt.search.evidence.meter import EvidenceMeter

__all__ = ["Batch", "Pairs", "merge", "metered", "right_on_all"]

T = TypeVar("T")

Pairs: TypeAlias = tuple[tuple[Grid, Grid], ...]
"""Inputs with their outputs: what ``S`` is bound to."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Programs of one graph, with what they cost on a task.

    Attributes:
        graph: where they live.
        roots: one a program.
        fuel: of each program, the units that it spends on all demo samples together.

    Raises:
        ValueError: there is not one number of fuel for each root.
    """

    graph: Graph
    roots: tuple[int, ...]
    fuel: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.roots) != len(self.fuel):
            raise ValueError(f"{len(self.roots)} programs, but the fuel of {len(self.fuel)}")

    def __len__(self) -> int:
        return len(self.roots)

    @classmethod
    def of(cls, programs: Sequence[Program], fuel: Sequence[int]) -> Batch:
        """Programs of any graphs and their fuel over the demo samples."""
        graph, roots = merge(programs)
        return cls(graph, tuple(roots), tuple(fuel))

    @classmethod
    def measured(cls, engine: Engine, task: Challenge, programs: Sequence[Program]) -> Batch:
        """Programs of any graphs, each run on the demo samples to see its fuel; no meter counts that."""
        graph, roots = merge(programs)
        rows = [verdicts for verdicts, _ in engine.open(graph).bind(S=task.pairs).judge_samples(roots, task.demo)]
        return cls(graph, tuple(roots), tuple(rows[0].tally(rows, len(task.demo)).fuel))


def merge(programs: Sequence[Program]) -> tuple[Graph, list[int]]:
    """A new graph that holds programs of any graphs, and their roots in it, in their order."""
    graph = Graph()
    copied: dict[int, dict[int, int]] = {}
    roots = [
        program.graph.copy(program.root, graph, copied.setdefault(id(program.graph), {})) for program in programs
    ]
    return graph, roots


def metered(
    meter: EvidenceMeter, costs: Sequence[int], evaluate: Callable[[range], tuple[Sequence[T], int]]
) -> list[T | None]:
    """Evaluates items in their order as far as a meter affords them.

    As many as it affords are evaluated together; what they did not use goes to the next.

    Args:
        meter: what may be spent.
        costs: of each item, the units that it is taken to cost.
        evaluate: gives one result for each item of a range, and the units that they used together.

    Returns:
        The results; None for the items that were not afforded.
    """
    found: list[T | None] = []
    while count := meter.take(costs[len(found):]):
        part = range(len(found), len(found) + count)
        results, used = evaluate(part)
        meter.settle(sum(costs[item] for item in part), used)
        found.extend(results)
    return found + [None] * (len(costs) - len(found))


def right_on_all(scope: Scope, pairs: Pairs, roots: Sequence[int]) -> tuple[list[bool], int]:
    """Which programs are right on all of some pairs.

    A program that fails on the first pair is not run on the others.

    Args:
        scope: the programs' graph with nothing bound; ``S`` is bound to the pairs here.
        pairs: one or more.
        roots: of the programs.

    Returns:
        For each program whether it is right; and the fuel spent by all of them.
    """
    if not roots:
        return [], 0
    bound = scope.bind(S=pairs)
    samples = [Sample(*pair) for pair in pairs]
    is_right = [False] * len(roots)
    columns = list(range(len(roots)))
    fuel = 0
    for part in (samples[:1], samples[1:]):
        if part and columns:
            rows = [verdicts for verdicts, _ in bound.judge_samples([roots[column] for column in columns], part)]
            tally = rows[0].tally(rows, len(part))
            fuel += sum(tally.fuel)
            columns = [column for column, right in zip(columns, tally.demo_right, strict=True) if right == len(part)]
    for column in columns:
        is_right[column] = True
    return is_right, fuel
