"""Many tasks: solved in parallel, each saved as soon as it is done, and one submission for all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import arcbatt
from arcbatt.arc import Task
from arcbatt.arc.submission import Attempts
from arcbatt.execute import Executor, Item, Result
from arcbatt.pipeline import Settings
from arcbatt.program.program import Program
from arcbatt.search.solving.budget import Allowance, Budget, Clock
from arcbatt.search.solving.judge import right_outputs
from arcbatt.search.solving.resume import attempts_in
from arcbatt.search.solving.state import SolveState
from arcbatt.search.solving.task import Solution, SolveSettings, guessed, solve_task
from arcbatt.store import Store, TaskRecord

__all__ = ["Saving", "SolveReport", "solve_key", "solve_tasks"]

_GRACE_S = 20.0
"""What a process may take beyond a task's seconds, for the battery and for validation, before it is killed."""


@dataclass(slots=True)
class SolveReport:
    """What a run did.

    Attributes:
        submission: attempts for every task, in the order in which the tasks were given.
        summaries: the summary of each task that was worked on, in that order.
        resumed: ids of the tasks that an earlier run had done.
        interrupted: whether Ctrl-C ended the run before its last task: the rest has guesses.
    """

    submission: dict[str, tuple[Attempts, ...]] = field(default_factory=dict)
    summaries: dict[str, dict[str, Any]] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """Where what is found goes: a store open for writing, and the run in it that the tasks belong to."""

    store: Store
    run_id: int


def solve_key(
    programs: Sequence[Program], data_revision: str, settings: Settings, solving: SolveSettings, budget: Budget
) -> str:
    """Names what is asked for, so that ``--resume`` skips exactly the tasks that were done in the same way.

    It covers the programs handed in, the data, the limits, seed, searches, seconds a task, the engine (not every
    search runs with each), the user's primitives and the version of arcbatt. Not the programs of the store: a run adds
    to them; :func:`arcbatt.search.solving.resume.found_by` tells which those are.
    """
    content = {
        "command": "solve",
        "version": arcbatt.__version__,
        "data": data_revision,
        "programs": sorted((program.kind, program.md5) for program in programs),
        "engine": settings.engine,
        "fuel": settings.limits.fuel,
        "timeout_s": settings.limits.timeout_s,
        "keep": settings.keep,
        "seed": solving.seed,
        "searches": solving.searches,
        "time_per_task_s": budget.time_per_task_s,
        "primitives": [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in settings.primitive_files],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def solve_tasks(
    tasks: Sequence[Task],
    executor: Executor,
    settings: SolveSettings,
    budget: Budget,
    *,
    saving: Saving | None = None,
    keep: int = 32,
    done: Mapping[str, dict[str, Any]] | None = None,
    on_task: Callable[[dict[str, Any]], None] = lambda summary: None,
) -> SolveReport:
    """Solves tasks; the submission has valid attempts for every one, whatever happens to the work.

    The result does not depend on the executor, the jobs or the order in which tasks end, but for tasks whose summary
    says ``cut_off`` or ``shortened``. KeyboardInterrupt stops the work and is reported, not raised.

    Args:
        tasks: the tasks, ids all different; their test outputs are taken off before a task leaves this function.
        executor: opened with a :class:`~arcbatt.pipeline.State` of the battery.
        settings: what decides the answers.
        budget: the time.
        saving: where programs go that are right on all demo samples; None for nowhere.
        keep: most solvers that the store keeps for a task.
        done: summaries of tasks that need not be done again, by id.
        on_task: told the summary of each task when it is saved.

    Raises:
        StoreError: something cannot be saved; what was saved before stays.
    """
    report = SolveReport()
    found: dict[str, tuple[Attempts, ...]] = {}
    summaries: dict[str, dict[str, Any]] = {}
    for task in tasks:
        attempts = attempts_in((done or {}).get(task.id), task)
        if attempts is not None:
            found[task.id], summaries[task.id] = attempts, (done or {})[task.id]
            report.resumed.append(task.id)
    todo = [task for task in tasks if task.id not in found]
    by_id = {task.id: task for task in todo}
    clock = Clock(budget, executor.jobs, len(todo))
    try:
        for solution in _solutions(todo, executor, settings, clock):
            if saving is not None:
                _save(saving, solution, by_id[solution.task], keep)
            found[solution.task], summaries[solution.task] = solution.attempts, solution.summary
            clock.task_done()
            on_task(solution.summary)
    except KeyboardInterrupt:
        executor.close()
        report.interrupted = True
    report.summaries = {task.id: summaries[task.id] for task in tasks if task.id in summaries}
    report.submission = {task.id: found.get(task.id) or guessed(task).attempts for task in tasks}
    return report


def _solutions(
    tasks: Sequence[Task], executor: Executor, settings: SolveSettings, clock: Clock
) -> Iterator[Solution]:
    """A solution for each task, as they are done."""
    by_id = {task.id: task for task in tasks}

    def items() -> Iterator[Item]:
        for task in tasks:
            allowance = clock.allowance()
            stop_s = 0.0 if allowance is None else allowance.stop_s
            arguments = (task.without_test_outputs(), settings, allowance)
            yield Item(task.id, _solve, arguments, _GRACE_S + 2 * stop_s, _solve_cautiously)

    for result in executor.run(items()):
        yield result.value if result.failure is None else _given_up(by_id[result.key], result)


def _solve(state: SolveState, task: Task, settings: SolveSettings, allowance: Allowance | None) -> Solution:
    return guessed(task) if allowance is None else solve_task(state, task, settings, allowance)


def _solve_cautiously(state: SolveState, task: Task, settings: SolveSettings, allowance: Allowance | None) -> Solution:
    return guessed(task) if allowance is None else solve_task(state, task, settings, allowance, cautious=True)


def _given_up(task: Task, result: Result) -> Solution:
    """The guesses for a task whose work hung or died again and again; its summary tells why."""
    solution, failure = guessed(task), result.failure
    assert failure is not None
    told = {"kind": str(failure.kind), "message": failure.message}
    return replace(solution, summary={**solution.summary, "shortened": False, "failure": told})


def _save(saving: Saving, solution: Solution, task: Task, keep: int) -> None:
    """Saves what a task gave. Only here, when all is decided, is it held against the test outputs, where known."""
    record = solution.record or TaskRecord(solution.task, (), (), (), {})
    scores = tuple(
        replace(score, test_right=right_outputs(solution.outputs[score.md5], task)) for score in record.scores
    )
    saving.store.save_task(saving.run_id, replace(record, scores=scores, summary=solution.summary), keep=keep)
