"""How near a program comes to solving a task: demo samples solved, then the share of right cells.

One definition for what is kept, listed, shown and bred from. Whole numbers, so that the order is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

__all__ = ["FULL_SHARE", "Nearness", "nearness_of", "nearness_of_each", "shares_of"]

FULL_SHARE = 10_000
"""The share of right cells, on one sample, of an output that is right."""

Nearness: TypeAlias = tuple[int, int]
"""Demo samples solved, then the sum over the demo samples of the share of right cells; larger is nearer."""


def shares_of(right_cells: Sequence[int], cells: Sequence[int]) -> tuple[int, ...]:
    """Shares of right cells by sample in units of 1 / :data:`FULL_SHARE`, 0 to :data:`FULL_SHARE`.

    Rounded down, so that only an output with all cells right has :data:`FULL_SHARE`.

    Args:
        right_cells: for each sample the cells that are as expected; 0 where the shapes differ.
        cells: for each sample the cells of the expected output, at least 1.
    """
    return tuple([right * FULL_SHARE // all_cells for right, all_cells in zip(right_cells, cells, strict=True)])


def nearness_of(shares: Sequence[int]) -> Nearness:
    """Nearness from the shares of right cells on the demo samples."""
    return shares.count(FULL_SHARE), sum(shares)


def nearness_of_each(right_cells: Sequence[Sequence[int]], cells: Sequence[int]) -> list[Nearness]:
    """The nearness of each of many programs; most of them have as many cells right as others, so few are worked out.

    Args:
        right_cells: for each program its right cells by demo sample.
        cells: for each demo sample the cells of the expected output, at least 1.
    """
    known: dict[tuple[int, ...], Nearness] = {}
    found = []
    for right in map(tuple, right_cells):
        nearness = known.get(right)
        if nearness is None:
            nearness = known[right] = nearness_of(shares_of(right, cells))
        found.append(nearness)
    return found
