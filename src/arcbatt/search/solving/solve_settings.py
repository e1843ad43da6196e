"""What decides the answers of solving, beside the battery, the limits of its programs and the allowances."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.search.solving.searches import SEARCHES

__all__ = ["SolveSettings"]


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """What decides the answers, with the battery, the limits of its programs and the allowances.

    Attributes:
        given: number of the battery's first solvers that were handed in; those behind them are the store's.
        seed: of everything random.
        searches: names of the searches that may run; see :data:`arcbatt.search.solving.searches.SEARCHES`.
        leaves_out: each task is solved without the programs that are named for it; see
            :func:`arcbatt.search.found_names.is_named_for`.
    """

    given: int
    seed: int = 0
    searches: tuple[str, ...] = tuple(SEARCHES)
    leaves_out: bool = False
