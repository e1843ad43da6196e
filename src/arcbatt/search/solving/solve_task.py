"""One task: known programs, searches, attempts, and the record of the programs that are new to the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.submission import Attempts
from arcbatt.pipeline.validate import Claim
from arcbatt.results import TaskKey, rank_of
from arcbatt.search.found_programs import found_record
from arcbatt.search.ranking.belief import Belief
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving.attempts import attempts_of, grids_of, guessed_attempts
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.gathering import gather
from arcbatt.search.solving.solve_settings import SolveSettings
from arcbatt.search.solving.solved_task import Attempt, SolvedTask, SolvingProgram
from arcbatt.search.solving.solving_battery import SolvingBattery, without_programs_of
from arcbatt.store import TaskRecord

__all__ = ["Solution", "SolveSettings", "guessed", "solve_task"]

LEFT_OVER: Final = 150
"""Probability that both attempts at a test input are wrong, in 1/10,000, at which a search ends."""


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
    """Solves a task by what the battery and the searches find.

    Args:
        opened: engine and battery.
        task: the task, as every search gets it.
        settings: what decides the answer.
        allowance: what the searches may spend.
        cautious: the battery's light programs only, and no search: where the full work hung or died.
    """
    if settings.leaves_out:
        opened, given = without_programs_of(task.id, opened, settings.given)
        settings = replace(settings, given=given)
    belief = Belief(opened.light_engine, task, allowance.evidence)
    gathered = gather(opened, task, settings, allowance, partial(_is_enough, belief), cautious)
    answers = attempts_of(task, belief, gathered.candidates, gathered.near)
    programs = belief.programs(gathered.candidates)
    record, bugs = _record(opened, task, programs)
    solved = SolvedTask(
        task=task.id, digest="", demo_count=len(task.demo), test_count=len(task.test),
        programs=tuple(_program(belief, lead) for lead in programs),
        attempts=tuple((first, second) for first, second, *_ in answers),
        others=tuple(found[2:] for found in answers), found=dict(sorted(gathered.candidates.families.items())),
        searches=gathered.reports, bugs=bugs, cut_off=gathered.is_cut_off, shortened=allowance.is_shortened,
        failures=gathered.failures, near=_near(belief, answers, gathered.near),
    )  # fmt: skip
    return Solution(solved, {lead.program.md5: lead.outputs for lead in programs}, record)


def _is_enough(belief: Belief, candidates: Candidates) -> bool:
    """Whether the answers so far are sure enough to end the search."""
    return len(candidates) > 0 and belief.left_over(candidates) <= LEFT_OVER


def guessed(task: Challenge) -> Solution:
    """The answer for which there was no time: guesses alone."""
    attempts = tuple((first, second) for first, second in guessed_attempts(task))
    solved = SolvedTask(task.id, "", len(task.demo), len(task.test), (), attempts, cut_off=True, shortened=True)
    return Solution(solved, {}, None)


def _near(
    belief: Belief, answers: Sequence[Sequence[Attempt]], leads: Sequence[Lead]
) -> tuple[SolvingProgram, ...]:
    """The best program of each answer that is a near miss, each once."""
    wanted = dict.fromkeys(
        answer.programs[0] for of_input in answers for answer in of_input if answer.basis == "near" and answer.programs
    )
    by_md5 = {lead.program.md5: lead for lead in reversed(leads) if lead.program.md5 in wanted}
    return tuple(_program(belief, by_md5[md5]) for md5 in wanted)


def _program(belief: Belief, lead: Lead) -> SolvingProgram:
    program = lead.program
    answers = sum(output is not None for output in lead.outputs)
    return SolvingProgram(
        program.md5, program.name, lead.source, program.size, belief.bits(lead), answers,
        None if lead.is_known else program.text, lead.family,
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
