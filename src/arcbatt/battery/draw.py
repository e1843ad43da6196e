"""Drawing programs by weight, for batteries built from a store."""

from __future__ import annotations

import math
from collections.abc import Iterable
from heapq import nsmallest
from random import Random

from arcbatt.errors import InputError
from arcbatt.program.program import Program

__all__ = ["draw"]


def draw(weighted: Iterable[tuple[Program, float]], count: int, rng: Random) -> list[Program]:
    """A weighted sample without replacement, in the order of drawing.

    Each program arrives after an exponential waiting time whose rate is its weight, and the first ones are taken:
    the same as drawing one after the other, each time by the weights of those left.

    Args:
        weighted: programs and their weights, at least 0; one of weight 0 is never drawn. Of programs with the same
            MD5 only one is drawn, by the largest of their weights.
        count: how many to draw; fewer come when there are fewer.
        rng: where the randomness comes from.

    Returns:
        Programs that depend on the generator's state, the programs and their weights, not on the order of the input.

    Raises:
        InputError: the count is negative, or a weight is negative or not finite.

    Source:
        Efraimidis and Spirakis, Weighted random sampling with a reservoir (2006).
    """
    if count < 0:
        raise InputError(f"expected a count of 0 or more programs to draw, not {count}")
    pool: dict[str, tuple[Program, float]] = {}
    for program, weight in sorted(weighted, key=lambda pair: (pair[0].md5, -pair[1], pair[0].name)):
        if not (weight >= 0 and math.isfinite(weight)):
            raise InputError(f"weight of {program.name}: expected a finite number of 0 or more, not {weight}")
        if weight > 0:
            pool.setdefault(program.md5, (program, weight))
    arrivals = [(rng.expovariate(weight), md5) for md5, (_, weight) in pool.items()]
    return [pool[md5][0] for _, md5 in nsmallest(count, arrivals)]
