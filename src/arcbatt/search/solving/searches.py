"""The searches that solving calls, one after the other, each with its part of the budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from arcbatt.arc import Challenge
from arcbatt.search.enumeration import (
    EndReason,
    Enumeration,
    EnumerationLimits,
    EnumerationReport,
    enumeration_available,
)
from arcbatt.search.evolution import evolve_task
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.leads import Lead, measured
from arcbatt.search.solving.solved_task import EnumerationOfTask, EvolutionOfTask
from arcbatt.search.solving.solving_battery import SolvingBattery

__all__ = ["SEARCHES", "Search", "SearchResult", "Surroundings", "enumerated", "evolved"]

_ANSWERS = 64
"""Programs of an enumeration that are enough to rank."""
_POOL = 64
"""Leads that an evolution begins with."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a search may use.

    Attributes:
        opened: engine and battery.
        leads: what is known of the task so far.
        allowance: what it may spend.
        end: when the clock cuts it off, by :func:`time.monotonic`.
        seed: of everything random.
    """

    opened: SolvingBattery
    leads: Sequence[Lead]
    allowance: Allowance
    end: float
    seed: int

    def left_s(self) -> float:
        """Seconds until the clock cuts off; at least 0."""
        return max(0.0, self.end - time.monotonic())


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search came to.

    Attributes:
        leads: programs, right ones and near misses.
        report: what it did, the same on every machine unless it was cut off.
        is_cut_off: whether the clock or memory ended it: another machine might find more.
    """

    leads: tuple[Lead, ...]
    report: EnumerationOfTask | EvolutionOfTask
    is_cut_off: bool = False


Search: TypeAlias = Callable[[Challenge, Surroundings], SearchResult | None]
"""Searches on a challenge; None where it cannot run, with this engine say, or may spend nothing."""


def enumerated(task: Challenge, around: Surroundings) -> SearchResult | None:
    """All programs bottom-up by cost: the cheapest that are right on all demo samples."""
    allowance, left_s = around.allowance, around.left_s()
    if around.opened.engine.name != "native" or not enumeration_available() or not (allowance.nodes and left_s):
        return None
    limits = EnumerationLimits(nodes=allowance.nodes, fuel=allowance.fuel, seconds=left_s, answers=_ANSWERS)
    search = Enumeration(task, limits, fragments=around.opened.fragments)
    answers = list(search)
    report = search.report
    is_cut_off = report.end in (EndReason.TIME, EndReason.MEMORY, EndReason.INTERRUPTED)
    programs, families = [found.program for found in answers], [found.goal for found in answers]
    leads = measured(around.opened.engine, task, programs, "enumeration", families)
    return SearchResult(tuple(leads), _lasting(report), is_cut_off)


def _lasting(report: EnumerationReport) -> EnumerationOfTask:
    """What of a report is the same on every machine."""
    return EnumerationOfTask(
        report.applied, report.unique, report.duplicates, report.failed, report.fuel, report.answers, report.cost,
        report.end,
    )  # fmt: skip


def evolved(task: Challenge, around: Surroundings) -> SearchResult | None:
    """The nearest leads mutated and crossed: right programs, or nearer misses."""
    allowance = around.allowance
    if not allowance.programs or not around.leads or not around.left_s():
        return None
    # Right programs aside, the order is that of the leads: the nearer first.
    pool = [lead.program for lead in around.leads[:_POOL]]
    generations = evolve_task(task, pool, around.opened.light_engine, seed=around.seed, programs=allowance.programs)
    is_cut_off = False
    for generation in generations:
        last = generation
        if generation.solvers:
            break
        if not around.left_s():
            is_cut_off = True
            break
    report = EvolutionOfTask(last.number, last.evaluated, len(last.solvers))
    programs = [member.program for member in last.members]
    return SearchResult(tuple(measured(around.opened.engine, task, programs, "evolution")), report, is_cut_off)


SEARCHES: Final[dict[str, Search]] = {"enumeration": enumerated, "evolution": evolved}
"""Every search by name, in the order in which they run."""
