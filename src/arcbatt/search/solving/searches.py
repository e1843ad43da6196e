"""The searches that solving calls, one after the other, each with its part of the budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeAlias

from arcbatt.arc import Task
from arcbatt.search.enumeration import EndReason, Enumeration, EnumerationLimits, enumeration_available
from arcbatt.search.evolution import evolve_task
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.lead import Lead, measured
from arcbatt.search.solving.state import SolveState

__all__ = ["SEARCHES", "Found", "Search", "Surroundings", "enumerated", "evolved"]

_ANSWERS = 64
"""Programs of an enumeration that are enough to rank."""
_POOL = 64
"""Leads that an evolution begins with."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a search may use.

    Attributes:
        state: engine and battery.
        leads: what is known of the task so far.
        allowance: what it may spend.
        end: when the clock cuts it off, by :func:`time.monotonic`.
        seed: of everything random.
    """

    state: SolveState
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
"""Searches on a task without test outputs; None where it cannot run, with this engine say, or may spend nothing."""


def enumerated(task: Task, around: Surroundings) -> Found | None:
    """All programs bottom-up by cost: the cheapest that are right on all demo samples."""
    allowance, left_s = around.allowance, around.left_s()
    if around.state.engine.name != "native" or not enumeration_available() or not (allowance.nodes and left_s):
        return None
    limits = EnumerationLimits(nodes=allowance.nodes, fuel=allowance.fuel, seconds=left_s, answers=_ANSWERS)
    search = Enumeration(task, limits, fragments=around.state.fragments)
    programs = [found.program for found in search]
    report = asdict(search.report)
    for name in ("seconds", "memory_bytes"):
        del report[name]
    is_cut_off = report["end"] in (EndReason.TIME, EndReason.MEMORY, EndReason.INTERRUPTED)
    return Found(tuple(measured(around.state.engine, task, programs, "enumeration")), report, is_cut_off)


def evolved(task: Task, around: Surroundings) -> Found | None:
    """The nearest leads mutated and crossed: right programs, or nearer misses."""
    allowance = around.allowance
    if not allowance.programs or not around.leads or not around.left_s():
        return None
    # Right programs aside, the order is that of the leads: the nearer first.
    pool = [lead.program for lead in around.leads[:_POOL]]
    generations = evolve_task(task, pool, around.state.light_engine, seed=around.seed, programs=allowance.programs)
    is_cut_off = False
    for generation in generations:
        last = generation
        if generation.solvers:
            break
        if not around.left_s():
            is_cut_off = True
            break
    report = {"generations": last.number, "programs": last.judged, "right": len(last.solvers)}
    programs = [member.program for member in last.members]
    return Found(tuple(measured(around.state.engine, task, programs, "evolution")), report, is_cut_off)


SEARCHES: Final[dict[str, Search]] = {"enumeration": enumerated, "evolution": evolved}
"""Every search by name, in the order in which they run."""
