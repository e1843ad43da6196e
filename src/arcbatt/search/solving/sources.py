"""The searches that solving calls, one after the other, each with its part of the budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from arcbatt.arc import Task
from arcbatt.pipeline import State
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.lead import Lead

__all__ = ["SEARCHES", "Found", "Search", "Surroundings"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a search may use.

    Attributes:
        state: engine and battery.
        leads: what is known of the task so far, best first.
        allowance: what it may spend.
        end: when the clock cuts it off, by :func:`time.monotonic`.
        seed: of everything random.
    """

    state: State
    leads: Sequence[Lead]
    allowance: Allowance
    end: float
    seed: int

    def left_s(self) -> float:
        """Seconds until the clock cuts off; at least 0."""
        return max(0.0, self.end - time.monotonic())


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        leads: programs, right ones and near misses.
        report: JSON data about it, the same on every machine unless it was cut off.
        is_cut_off: whether the clock or memory ended it: another machine might find more.
    """

    leads: tuple[Lead, ...] = ()
    report: dict[str, Any] = field(default_factory=dict)
    is_cut_off: bool = False


Search: TypeAlias = Callable[[Task, Surroundings], Found | None]
"""Searches on a task without test outputs; None where it cannot run, with this engine say."""

SEARCHES: Final[dict[str, Search]] = {}
"""Every search by name, in the order in which they run."""
