"""The searches that solving calls, one after the other, each with its part of the budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from arcbatt.arc import Challenge
from arcbatt.search.enumeration import (
    EndReason,
    Enumeration,
    EnumerationLimits,
    EnumerationReport,
    FoundProgram,
    enumeration_available,
)
from arcbatt.search.evidence.prequential import PartialFit
from arcbatt.search.evolution import evolve_task
from arcbatt.search.ranking.leads import Lead, measured
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.solved_task import EnumerationOfTask, EvolutionOfTask
from arcbatt.search.solving.solving_battery import SolvingBattery

__all__ = ["SEARCHES", "Search", "SearchResult", "Surroundings", "enumerated", "evolved"]

_ANSWERS = 2_048
"""Most programs of an enumeration."""
_STEP = 8_192
"""Nodes between two looks at what an enumeration has spent."""
_ROUNDS = (1 / 8, 1 / 4, 1 / 2, 1.0)
"""Shares of an enumeration's allowance after which its caller may end it."""
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
    """What a round of a search came to.

    Attributes:
        leads: programs, right ones and near misses, that came since the round before.
        report: what it did so far, the same on every machine unless it was cut off.
        is_cut_off: whether the clock ended it: another machine might find more.
        partial_fits: of an enumeration so far, see :attr:`arcbatt.search.enumeration.Enumeration.partial_fits`.
    """

    leads: tuple[Lead, ...]
    report: EnumerationOfTask | EvolutionOfTask
    is_cut_off: bool = False
    partial_fits: tuple[PartialFit, ...] = ()


Search: TypeAlias = Callable[[Challenge, Surroundings], Iterator[SearchResult]]
"""Searches on a challenge in rounds, after each of which the caller may end it; no round where it cannot run, with
this engine say, or may spend nothing. The rounds do not depend on the machine."""


def enumerated(task: Challenge, around: Surroundings) -> Iterator[SearchResult]:
    """All programs bottom-up by cost: those that are right on all demo samples, in rounds of more and more nodes.

    The last round has those that are right on some as well.
    """
    allowance, left_s = around.allowance, around.left_s()
    engine = around.opened.engine
    if engine.name == "python" or not enumeration_available() or not (allowance.nodes and left_s):
        return
    limits = EnumerationLimits(nodes=allowance.nodes, fuel=allowance.fuel, seconds=left_s, answers=_ANSWERS)
    search = Enumeration(task, limits, fragments=around.opened.fragments, devices=around.opened.searches)
    for share in _ROUNDS:
        found: list[FoundProgram] = []
        while search.report.end is None and not _has_spent(search.report, allowance, share):
            found.extend(search.advance(_STEP))
        programs, enumerated = [item.program for item in found], [(item.goal, item.cost) for item in found]
        leads = measured(engine, task, programs, "enumeration", enumerated)
        is_last = search.report.end is not None or share == _ROUNDS[-1]
        if is_last:
            leads += measured(engine, task, search.near_misses(), "enumeration")
        # Memory is counted the same on every machine, so its bound ends the search at the same expression.
        is_cut_off = search.report.end in (EndReason.TIME, EndReason.INTERRUPTED)
        yield SearchResult(tuple(leads), _lasting(search.report), is_cut_off, search.partial_fits)
        if is_last:
            return


def _has_spent(report: EnumerationReport, allowance: Allowance, share: float) -> bool:
    """Whether a part of what an enumeration may spend is spent."""
    return report.applied >= allowance.nodes * share or report.fuel >= allowance.fuel * share


def _lasting(report: EnumerationReport) -> EnumerationOfTask:
    """What of a report is the same on every machine."""
    return EnumerationOfTask(
        report.applied, report.unique, report.duplicates, report.failed, report.fuel, report.answers, report.cost,
        report.end,
    )  # fmt: skip


def evolved(task: Challenge, around: Surroundings) -> Iterator[SearchResult]:
    """The nearest leads mutated and crossed, until some are right: those, or nearer misses."""
    allowance = around.allowance
    if not allowance.programs or not around.leads or not around.left_s():
        return
    nearest = sorted(around.leads, key=lambda lead: (-lead.nearness[0], -lead.nearness[1]))
    pool = [lead.program for lead in nearest[:_POOL]]
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
    yield SearchResult(tuple(measured(around.opened.engine, task, programs, "evolution")), report, is_cut_off)


SEARCHES: Final[dict[str, Search]] = {"enumeration": enumerated, "evolution": evolved}
"""Every search by name, in the order in which they run."""
