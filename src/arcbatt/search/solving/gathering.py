"""Gathering: what the battery and the searches find for a task, until it is enough or the allowance is spent."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from arcbatt.arc import Challenge
from arcbatt.results import FailureGroup
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving.battery_leads import battery_leads
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.searches import SEARCHES, Surroundings
from arcbatt.search.solving.solve_settings import SolveSettings
from arcbatt.search.solving.solved_task import SearchReports
from arcbatt.search.solving.solving_battery import SolvingBattery

__all__ = ["Gathered", "gather"]


@dataclass(slots=True)
class Gathered:
    """What was found for a task.

    Attributes:
        candidates: the programs that are right on all demo samples, by their answers.
        near: the others, those of the battery first, of each source the nearer first.
        reports: what each search did.
        is_cut_off: whether the clock or memory ended something.
        failures: of the battery's programs in primitives of the user's own.
    """

    candidates: Candidates = field(default_factory=Candidates)
    near: list[Lead] = field(default_factory=list)
    reports: SearchReports = field(default_factory=SearchReports)
    is_cut_off: bool = False
    failures: tuple[FailureGroup, ...] = ()

    def add(self, task: Challenge, leads: tuple[Lead, ...]) -> None:
        """Takes up leads."""
        right = len(task.demo)
        self.candidates.add(lead for lead in leads if lead.demo_right == right)
        self.near.extend(lead for lead in leads if lead.demo_right < right)


def gather(
    opened: SolvingBattery,
    task: Challenge,
    settings: SolveSettings,
    allowance: Allowance,
    is_enough: Callable[[Candidates], bool],
    cautious: bool = False,
) -> Gathered:
    """Evaluates the battery, then searches in turn, each in rounds.

    A program that fits, also a given one, ends nothing: the first that fits is too often right by accident. The
    evolution alone, which ends with its first solver, begins only where nothing fits.

    Args:
        opened: engine and battery.
        task: the task, as every search gets it.
        settings: which searches there are, and their seed.
        allowance: what the searches may spend.
        is_enough: whether the search ends; asked after each round.
        cautious: the battery's light programs only, and no search: where the full work hung or died.
    """
    end = time.monotonic() + allowance.stop_s
    known = battery_leads(opened, task, settings.given, cautious)
    gathered = Gathered(is_cut_off=known.cut_off > 0 or cautious, failures=known.failures)
    gathered.add(task, known.leads)
    if cautious or is_enough(gathered.candidates):
        return gathered
    for name in settings.searches:
        if name == "evolution" and gathered.candidates.answering:
            continue
        for found in SEARCHES[name](task, Surroundings(opened, gathered.near, allowance, end, settings.seed)):
            gathered.add(task, found.leads)
            gathered.reports = gathered.reports.having(found.report)
            gathered.is_cut_off |= found.is_cut_off
            gathered.candidates.partial_fits = found.partial_fits or gathered.candidates.partial_fits
            if is_enough(gathered.candidates):
                return gathered
    return gathered
