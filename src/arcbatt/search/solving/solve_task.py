"""One task: known programs, searches, attempts, and the record of the programs that are new to the store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from arcbatt.arc import Grid, Task
from arcbatt.arc.submission import Attempts
from arcbatt.battery.battery import Battery
from arcbatt.execute.inline import InlineExecutor
from arcbatt.library import starter_differs
from arcbatt.pipeline import State, run_task
from arcbatt.program.program import Program
from arcbatt.search.solving.attempts import Attempt, attempts_of, grids_of
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.known import known_leads
from arcbatt.search.solving.lead import Lead
from arcbatt.search.solving.ranking import cost
from arcbatt.search.solving.sources import SEARCHES, Surroundings
from arcbatt.search.solving.state import SolveState
from arcbatt.store import TaskRecord

__all__ = ["Solution", "SolveSettings", "guessed", "solve_task"]


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """What decides the answers, with the battery, the limits of its programs and the allowances.

    Attributes:
        given: number of the battery's first solvers that were handed in; those behind them are the store's.
        seed: of everything random.
        searches: names of the searches that may run; see :data:`arcbatt.search.solving.sources.SEARCHES`.
    """

    given: int
    seed: int = 0
    searches: tuple[str, ...] = tuple(SEARCHES)


@dataclass(frozen=True, slots=True)
class Solution:
    """What came out of a task; nothing in it was made with a test output.

    Attributes:
        task: the task's id.
        attempts: two grids for each test input.
        outputs: by MD5, what each program of the record gives on the test inputs; None for no valid grid.
        summary: JSON data, the same on every machine unless it says ``cut_off`` or ``shortened``.
        record: what the store is to keep: programs right on all demo samples, validated; None when there is none.
    """

    task: str
    attempts: tuple[Attempts, ...]
    outputs: dict[str, tuple[Grid | None, ...]]
    summary: dict[str, Any]
    record: TaskRecord | None


def solve_task(
    state: SolveState, task: Task, settings: SolveSettings, allowance: Allowance, cautious: bool = False
) -> Solution:
    """Solves a task: by the battery's programs; where none is right on all demo samples, by the searches in turn.

    Args:
        state: engine and battery.
        task: the task; its test outputs are taken off before anything else happens.
        settings: what decides the answer.
        allowance: what the searches may spend.
        cautious: the battery's light programs only, and no search: where the full work hung or died.
    """
    task = task.without_test_outputs()
    end = time.monotonic() + allowance.stop_s
    known = known_leads(state, task, settings.given, cautious)
    leads = list(known.leads)
    reports: dict[str, dict[str, Any]] = {}
    is_cut_off = known.cut_off > 0 or cautious
    for name in () if cautious else settings.searches:
        if _right(task, leads):
            break
        found = SEARCHES[name](task, Surroundings(state, leads, allowance, end, settings.seed))
        if found is not None:
            leads.extend(found.leads)
            reports[name] = found.report
            is_cut_off |= found.is_cut_off
    attempts = attempts_of(task, leads)
    right = sorted(_right(task, leads), key=lambda lead: (cost(task, lead), lead.program.md5))
    summary = {**_summary(task, right, attempts, reports), "cut_off": is_cut_off, "shortened": allowance.is_shortened}
    return _saved(state, task, right, attempts, summary)


def guessed(task: Task) -> Solution:
    """The answer for which there was no time: guesses alone."""
    task = task.without_test_outputs()
    attempts = attempts_of(task, ())
    summary = {**_summary(task, (), attempts, {}), "cut_off": True, "shortened": True}
    return Solution(task.id, grids_of(attempts), {}, summary, None)


def _right(task: Task, leads: Sequence[Lead]) -> list[Lead]:
    """The leads that are right on all demo samples."""
    return [lead for lead in leads if lead.demo_right == len(task.demo)]


def _summary(
    task: Task,
    right: Sequence[Lead],
    attempts: Sequence[tuple[Attempt, Attempt]],
    reports: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    """The summary of a task.

    Keys: ``task``, ``demo_count``, ``test_count``, ``programs`` (right on all demo samples, best first: ``md5``,
    ``name``, ``source``, ``size``, ``cost``, ``answers``: on how many test inputs it gives a valid grid, and ``text``
    where a search found it), ``attempts`` (for each test input two of ``basis``, ``programs`` and ``grid``),
    ``searches`` (a report by search), ``bugs``; and ``cut_off`` and ``shortened``, which say that the result depends
    on the machine: the clock or memory ended something, or ``--total-time`` left less than ``--time-per-task``.
    """
    return {
        "task": task.id,
        "demo_count": len(task.demo),
        "test_count": len(task.test),
        "programs": [_told_program(task, lead) for lead in right],
        "attempts": [[_told_attempt(attempt) for attempt in pair] for pair in attempts],
        "searches": reports,
        "bugs": [],
    }


def _told_program(task: Task, lead: Lead) -> dict[str, Any]:
    program = lead.program
    told = {
        "md5": program.md5,
        "name": program.name,
        "source": lead.source,
        "size": program.size,
        "cost": cost(task, lead),
        "answers": sum(output is not None for output in lead.outputs),
    }
    return told if lead.source in ("given", "store") else {**told, "text": program.text}


def _told_attempt(attempt: Attempt) -> dict[str, Any]:
    return {"basis": attempt.basis, "programs": list(attempt.programs), "grid": list(map(list, attempt.grid))}


def _saved(
    state: SolveState,
    task: Task,
    right: Sequence[Lead],
    attempts: Sequence[tuple[Attempt, Attempt]],
    summary: dict[str, Any],
) -> Solution:
    """The solution, its programs taken through the phases that every stored program goes through."""
    if not right:
        return Solution(task.id, grids_of(attempts), {}, summary, None)
    battery = Battery.of([*(lead.program for lead in right), *_differs(state.battery)])
    result = run_task(battery, task, InlineExecutor(State(battery, state.settings)), state.settings)
    outputs = {lead.program.md5: lead.outputs for lead in right}
    return Solution(task.id, grids_of(attempts), outputs, {**summary, "bugs": list(result.bugs)}, result.record)


def _differs(battery: Battery) -> list[Program]:
    """The battery's differs; the starter differs where it has none."""
    return [battery.program(name) for name in battery.differs] or starter_differs()
