"""The one order of results: which program of a task is kept, listed and shown first."""

from __future__ import annotations

from typing import TypeAlias

from arcbatt.results.nearness import Nearness

__all__ = ["Rank", "rank_of"]

Rank: TypeAlias = tuple[int, int, int, int, str]
"""Sorts the better first."""


def rank_of(nearness: Nearness, size: int, fuel: int, md5: str) -> Rank:
    """More demo samples solved, then more right cells, then fewer calls, less fuel, lower MD5.

    Neither measured seconds nor test results are among it: which programs are kept must be the same on every machine
    and must not look at what is to be found out.

    Args:
        nearness: see :data:`~arcbatt.results.nearness.Nearness`.
        size: number of calls in the program.
        fuel: units over all samples.
        md5: of the program's canonical text; settles what is equal otherwise.
    """
    demo_right, share = nearness
    return -demo_right, -share, size, fuel, md5
