"""Exchanged colors as evidence: a rule of a task mostly holds when colors that it does not name are others.

A program that is right by accident, such as one that takes the first color of a sorted palette, often fails then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from arcbatt.arc import COLORS, Challenge, Grid
from arcbatt.engine import Engine
from arcbatt.program.graph import CONSTANT, Graph
from arcbatt.search.evidence.batch import Batch, Pairs, metered, right_on_all
from arcbatt.search.evidence.meter import EvidenceMeter

__all__ = ["Exchange", "ExchangedColors", "exchanged_colors", "exchanges", "named_colors"]

Exchange: TypeAlias = tuple[int, ...]
"""A permutation of the colors: for each of 0 to 9 what stands in its place."""


@dataclass(frozen=True, slots=True)
class ExchangedColors:
    """What a program does where colors that it does not name are exchanged.

    Attributes:
        right: number of exchanges under which it is right on all demo samples.
        tried: number of exchanges that there are for it, 1 to 3.
    """

    right: int
    tried: int


def exchanged_colors(
    engine: Engine, task: Challenge, batch: Batch, meter: EvidenceMeter
) -> list[ExchangedColors | None]:
    """Under how many exchanges of unnamed colors each program is right on all demo samples.

    Colors are exchanged in inputs and outputs alike; ``S`` is bound to the changed samples too.

    Args:
        engine: what evaluates.
        task: the challenge.
        batch: the programs.
        meter: programs are evaluated in their order until it is empty; one costs its fuel for each exchange at most.

    Returns:
        One for each program; None where fewer than two colors of the demo samples are unnamed, so that none can be
        tried, and where the meter did not afford it.
    """
    counts = _counts(task)
    tried = [exchanges(counts, named_colors(batch.graph, root)) for root in batch.roots]
    scope = engine.open(batch.graph)

    def evaluate(part: range) -> tuple[list[int], int]:
        items_of: dict[Exchange, list[int]] = {}
        for item in part:
            for exchange in tried[item]:
                items_of.setdefault(exchange, []).append(item)
        right, used = [0] * len(part), 0
        for exchange, items in items_of.items():
            pairs = _exchanged(task.pairs, exchange)
            is_right, fuel = right_on_all(scope, pairs, [batch.roots[item] for item in items])
            used += fuel
            for item, passed in zip(items, is_right, strict=True):
                right[item - part.start] += passed
        return right, used

    costs = [fuel * len(own) for fuel, own in zip(batch.fuel, tried, strict=True)]
    return [
        None if number is None or not own else ExchangedColors(number, len(own))
        for number, own in zip(metered(meter, costs, evaluate), tried, strict=True)
    ]


def named_colors(graph: Graph, root: int) -> frozenset[int]:
    """The constants of a program that may be colors: ints from 0 to 9; those inside of tuples are not looked at."""
    values = [graph.values[node] for node in graph.order(root) if graph.kinds[node] == CONSTANT]
    return frozenset([value for value in values if type(value) is int and 0 <= value < COLORS])


def exchanges(counts: Sequence[int], named: frozenset[int]) -> list[Exchange]:
    """The exchanges that are tried: the unnamed colors that occur moved on by one, by two, the two most common swapped.

    Args:
        counts: for each color the number of its cells.
        named: colors that stay.

    Returns:
        0 to 3 permutations, none twice and none that changes nothing.
    """
    free = [color for color in range(COLORS) if counts[color] and color not in named]
    if len(free) < 2:
        return []
    first, second, *_ = sorted(free, key=lambda color: (-counts[color], color))
    wanted = [
        dict(zip(free, free[1:] + free[:1], strict=True)),
        dict(zip(free, free[2:] + free[:2], strict=True)),
        {first: second, second: first},
    ]
    identity = tuple(range(COLORS))
    made = dict.fromkeys(tuple(moved.get(color, color) for color in identity) for moved in wanted)
    return [exchange for exchange in made if exchange != identity]


def _counts(task: Challenge) -> list[int]:
    cells = Counter(chain.from_iterable(chain.from_iterable(grid) for pair in task.pairs for grid in pair))
    return [cells[color] for color in range(COLORS)]


def _exchanged(pairs: Pairs, exchange: Exchange) -> Pairs:
    def changed(grid: Grid) -> Grid:
        return tuple([tuple([exchange[cell] for cell in row]) for row in grid])

    return tuple([(changed(given), changed(output)) for given, output in pairs])
