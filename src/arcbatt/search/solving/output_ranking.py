"""Ranking: which outputs deserve an attempt, by the programs that give them.

A program costs bits, by the rules below: shorter, more general programs cost less. A program of ``c`` bits has the
weight ``2 ** -c``, and an output has the weight of the programs that give it, so one short program outweighs many long
ones, and of equally long ones those that agree win. Programs built of the same primitives are one family, of which the
cheapest alone counts: near-copies are no second opinion. The idea is Solomonoff's (A formal theory of inductive
inference, 1964).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge, Grid
from arcbatt.program.graph import CONSTANT, DEPENDS_I, PRIMITIVE
from arcbatt.program.program import Program
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving.oddities import oddities

__all__ = ["Choice", "cost", "ranked", "ranked_near_misses"]

_MOST_BITS = 4096
"""A program of more bits has no weight; its cost still distinguishes it from others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An output for a test input, with the leads that give it, cheapest first."""

    output: Grid
    leads: tuple[Lead, ...]


def ranked(task: Challenge, leads: Iterable[Lead], index: int) -> list[Choice]:
    """The outputs that programs give on a test input, best first; the order depends on task and programs alone.

    Args:
        task: the challenge.
        leads: programs right on all demo samples; those without a valid grid for this input give nothing.
        index: number of the test input, from 0.
    """
    priced = sorted((cost(task, lead), lead.program.md5, lead) for lead in _unique(leads))
    groups: dict[Grid, list[tuple[int, Lead]]] = {}
    for bits, _, lead in priced:
        output = lead.outputs[index]
        if output is not None:
            groups.setdefault(output, []).append((bits, lead))
    # Groups come by their cheapest program, which settles equal weights.
    order = sorted(groups.items(), key=lambda group: -_weight(group[1]))
    return [Choice(output, tuple(lead for _, lead in members)) for output, members in order]


def ranked_near_misses(task: Challenge, leads: Iterable[Lead], index: int) -> list[Choice]:
    """The outputs of programs that are not right on all demo samples: those that look right, then the nearer first."""
    odd = oddities(task)
    grid = task.test[index].input
    groups: dict[Grid, tuple[tuple[int, int, int, int, str], Lead]] = {}
    for lead in _unique(leads):
        output = lead.outputs[index]
        if output is None:
            continue
        oddity = sum(is_odd(grid, output) for is_odd in odd)
        right, share = lead.nearness
        rank = (oddity, -right, -share, lead.program.size, lead.program.md5)
        if output not in groups or rank < groups[output][0]:
            groups[output] = (rank, lead)
    order = sorted(groups.items(), key=lambda group: group[1][0])
    return [Choice(output, (lead,)) for output, (_, lead) in order]


def cost(task: Challenge, lead: Lead) -> int:
    """Bits of a program on a task, at least 0."""
    return (
        length_bits(lead.program)
        + literal_bits(lead.program)
        + blindness_bits(lead.program)
        + failure_bits(lead)
        + oddity_bits(task, lead)
    )


def length_bits(program: Program) -> int:
    """Two for each call."""
    return 2 * program.size


def literal_bits(program: Program) -> int:
    """One for each number or color that is written in, not read off the samples; directions and bools are free."""
    graph = program.graph
    return sum(
        graph.kinds[node] == CONSTANT and type(graph.values[node]) is int for node in graph.order(program.root)
    )


def blindness_bits(program: Program) -> int:
    """Sixteen when it gives the same whatever the input."""
    return 0 if program.graph.levels[program.root] & DEPENDS_I else 16


def failure_bits(lead: Lead) -> int:
    """Eight for each test input on which it gives no valid grid."""
    return 8 * sum(output is None for output in lead.outputs)


def oddity_bits(task: Challenge, lead: Lead) -> int:
    """Eight for each rule of the demo samples that a test output breaks."""
    odd = oddities(task)
    pairs = [(sample.input, output) for sample, output in zip(task.test, lead.outputs, strict=True)]
    return 8 * sum(is_odd(grid, output) for grid, output in pairs if output is not None for is_odd in odd)


def _weight(members: Sequence[tuple[int, Lead]]) -> int:
    """The weight of programs, cheapest first, as a whole number: one program of each family counts."""
    families: dict[tuple[str, ...], int] = {}
    for bits, lead in members:
        families.setdefault(_family(lead.program), bits)
    return sum(1 << (_MOST_BITS - bits) for bits in families.values() if bits <= _MOST_BITS)


def _family(program: Program) -> tuple[str, ...]:
    graph = program.graph
    return tuple(sorted(graph.values[node] for node in graph.order(program.root) if graph.kinds[node] == PRIMITIVE))


def _unique(leads: Iterable[Lead]) -> list[Lead]:
    """The leads without those whose program an earlier one has."""
    return list({lead.program.md5: lead for lead in reversed(list(leads))}.values())
