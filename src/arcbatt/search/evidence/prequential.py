"""How many demo samples it takes until a program is the cheapest that fits.

A program that was the cheapest fit after the first sample, and stayed it, predicted the others. One that took all of
them was chosen among many. The idea is prequential evidence (Dawid 1984), here for ranks instead of probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

__all__ = ["PartialFit", "demos_needed", "pivotal_demos"]

PartialFit: TypeAlias = tuple[int, int]
"""The demo samples on which a program is right, bit 0 being the first, and its cost."""


def demos_needed(fits: Iterable[PartialFit], cost: int, demos: int) -> int | None:
    """The smallest number of demo samples, the first ones, on all of which no cheaper program is right.

    Args:
        fits: other programs, in any order.
        cost: of the program at hand, which is right on all.
        demos: number of demo samples that the masks tell of, at least 1; an enumeration looks at 16 at most.

    Returns:
        0 (no program that is recorded is cheaper) to ``demos``; None where a cheaper one is right on all.

    Raises:
        ValueError: there is no demo sample.
    """
    _check(demos)
    needed = max([_first_wrong(mask, demos) for mask, other in fits if other < cost], default=-1) + 1
    return needed if needed <= demos else None


def pivotal_demos(fits: Iterable[PartialFit], cost: int, demos: int) -> int:
    """The number of demo samples without which a cheaper program would have been taken, one that is wrong on it.

    Args:
        fits: other programs, in any order.
        cost: of the program at hand, which is right on all.
        demos: number of demo samples that the masks tell of, at least 1; an enumeration looks at 16 at most.

    Returns:
        How many samples there are for which some cheaper program is right on all others and wrong on this one.

    Raises:
        ValueError: there is no demo sample.
    """
    _check(demos)
    everywhere = (1 << demos) - 1
    missed = {everywhere & ~mask for mask, other in fits if other < cost}
    return sum(1 << demo in missed for demo in range(demos))


def _first_wrong(mask: int, demos: int) -> int:
    """The place of the first demo sample on which a program is wrong, from 0; ``demos`` where it is right on all."""
    return next((demo for demo in range(demos) if not mask >> demo & 1), demos)


def _check(demos: int) -> None:
    if demos < 1:
        raise ValueError(f"there is at least 1 demo sample, not {demos}")
