"""One task: known programs, searches, attempts, and the record of the programs that are new to the store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.submission import Attempts
from arcbatt.pipeline.validate import Claim
from arcbatt.results import TaskKey, rank_of
from arcbatt.search.found_programs import found_record
from arcbatt.search.solving.attempts import attempts_of, grids_of
from arcbatt.search.solving.battery_leads import battery_leads
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.leads import Lead
from arcbatt.search.solving.output_ranking import cost
from arcbatt.search.solving.searches import SEARCHES, Surroundings
from arcbatt.search.solving.solved_task import SearchReports, SolvedTask, SolvingProgram
from arcbatt.search.solving.solving_battery import SolvingBattery, without_programs_of
from arcbatt.store import TaskRecord

__all__ = ["Solution", "SolveSettings", "guessed", "solve_task"]


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


@dataclass(frozen=True, slots=True)
class Solution:
    """What came out of a challenge.

    Attributes:
        solved: what there is to report; it names no digest, since that depends on the test outputs.
        outputs: by MD5 of each program that is right on all demo samples, what it gives on the test inputs.
        record: those programs for the store, under the key of the challenge; None when there are none.
        cpu_s: CPU seconds of the worker for it, the first time with what the worker makes once; None where unknown.
    """

    solved: SolvedTask
    outputs: dict[str, tuple[Grid | None, ...]]
    record: TaskRecord | None
    cpu_s: float | None = None

    @property
    def attempts(self) -> tuple[Attempts, ...]:
        """Two grids for each test input."""
        return grids_of(self.solved.attempts)


def solve_task(
    opened: SolvingBattery, task: Challenge, settings: SolveSettings, allowance: Allowance, cautious: bool = False
) -> Solution:
    """Solves a task: by the battery's programs; where none is right on all demo samples, by the searches in turn.

    Args:
        opened: engine and battery.
        task: the task, as every search gets it.
        settings: what decides the answer.
        allowance: what the searches may spend.
        cautious: the battery's light programs only, and no search: where the full work hung or died.
    """
    end = time.monotonic() + allowance.stop_s
    if settings.leaves_out:
        opened, given = without_programs_of(task.id, opened, settings.given)
        settings = replace(settings, given=given)
    known = battery_leads(opened, task, settings.given, cautious)
    leads = list(known.leads)
    reports = SearchReports()
    is_cut_off = known.cut_off > 0 or cautious
    for name in () if cautious else settings.searches:
        if _right(task, leads):
            break
        found = SEARCHES[name](task, Surroundings(opened, leads, allowance, end, settings.seed))
        if found is not None:
            leads.extend(found.leads)
            reports = reports.having(found.report)
            is_cut_off |= found.is_cut_off
    right = sorted(_right(task, leads), key=lambda lead: (cost(task, lead), lead.program.md5))
    record, bugs = _record(opened, task, right)
    solved = _solved(task, leads, right)
    return Solution(
        replace(
            solved, searches=reports, bugs=bugs, cut_off=is_cut_off, shortened=allowance.is_shortened,
            failures=known.failures,
        ),
        {lead.program.md5: lead.outputs for lead in right},
        record,
    )


def guessed(task: Challenge) -> Solution:
    """The answer for which there was no time: guesses alone."""
    return Solution(replace(_solved(task, (), ()), cut_off=True, shortened=True), {}, None)


def _right(task: Challenge, leads: Sequence[Lead]) -> list[Lead]:
    """The leads that are right on all demo samples."""
    return [lead for lead in leads if lead.demo_right == len(task.demo)]


def _solved(task: Challenge, leads: Sequence[Lead], right: Sequence[Lead]) -> SolvedTask:
    return SolvedTask(
        task=task.id,
        digest="",
        demo_count=len(task.demo),
        test_count=len(task.test),
        programs=tuple(_program(task, lead) for lead in right),
        attempts=attempts_of(task, leads),
    )


def _program(task: Challenge, lead: Lead) -> SolvingProgram:
    program = lead.program
    is_found = lead.source not in ("given", "store")
    answers = sum(output is not None for output in lead.outputs)
    return SolvingProgram(
        program.md5, program.name, lead.source, program.size, cost(task, lead), answers,
        program.text if is_found else None, lead.family or lead.source,
    )  # fmt: skip


def _record(
    opened: SolvingBattery, task: Challenge, right: Sequence[Lead]
) -> tuple[TaskRecord | None, tuple[str, ...]]:
    """What the store gets: of the programs that are right on all demo samples the best, each once."""
    unique = {lead.program.md5: lead for lead in right}.values()
    best = sorted(unique, key=lambda lead: rank_of(lead.nearness, lead.program.size, lead.fuel, lead.program.md5))
    claims = [Claim(lead.program, lead.verdicts) for lead in best[: opened.options.keep]]
    key = TaskKey(task.digest, task.id, len(task.demo), len(task.test))
    return found_record(opened.differs, task, key, claims)
