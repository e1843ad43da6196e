"""Many tasks: solved in parallel, each saved as soon as it is done, and one submission for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from arcbatt.arc import Challenge, Task
from arcbatt.arc.submission import Attempts
from arcbatt.errors import ArcbattError
from arcbatt.execute import Executor, Item, ItemFailure, Result
from arcbatt.results.json_form import to_json
from arcbatt.runs.heaviest import ordered_for
from arcbatt.runs.recorded import RecordedRun
from arcbatt.runs.sharing import Sharing
from arcbatt.search.solving.attempts import grids_of
from arcbatt.search.solving.budget import Allowance, Budget, Clock
from arcbatt.search.solving.resumption import taken_over
from arcbatt.search.solving.solve_task import Solution, SolveSettings, guessed, solve_task
from arcbatt.search.solving.solved_task import SolvedTask
from arcbatt.search.solving.solving_battery import SolvingBattery
from arcbatt.search.solving.worth import compared_record
from arcbatt.store import RunTotals

__all__ = ["SolveReport", "solve_tasks"]

_GRACE_S = 20.0
"""What a process may take beyond a task's seconds, for the battery and for validation, before it is killed."""


@dataclass(slots=True)
class SolveReport:
    """What a run did.

    Attributes:
        submission: attempts for every task, in the order in which the tasks were given.
        solved: what each task that was worked on came to, by id, in that order.
        resumed: ids of the tasks that an earlier run had done.
        stored: number of programs that are in the store with a score on one of the tasks done now.
        is_interrupted: whether Ctrl-C ended the run before its last task: the rest has guesses.
        error: what else ended it, such as a full disk: the rest has guesses too.
        lost: tasks that other drivers did too, since they took this one for dead; its results of them were dropped.
    """

    submission: dict[str, tuple[Attempts, ...]] = field(default_factory=dict)
    solved: dict[str, SolvedTask] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)
    stored: int = 0
    is_interrupted: bool = False
    error: ArcbattError | None = None
    lost: int = 0

    def _repr_html_(self) -> str:
        from arcbatt.search.solving.solved_html import solve_report_html

        return solve_report_html(self)

    @property
    def bugs(self) -> list[str]:
        """Outcomes that a program did not reproduce alone, sorted: bugs in arcbatt."""
        return sorted(bug for solved in self.solved.values() for bug in solved.bugs)

    def totals(self, programs: int) -> RunTotals:
        """What the run came to; nothing in it looks at a test output.

        Args:
            programs: number of solvers in the battery.
        """
        failed = sum(solved.failure is not None for solved in self.solved.values())
        return RunTotals(
            tasks=len(self.submission), done=len(self.solved) - failed, failed=failed, solved=None,
            demo_solved=sum(bool(solved.programs) for solved in self.solved.values()), programs=programs,
            stored=self.stored,
        )  # fmt: skip


def solve_tasks(
    tasks: Sequence[Task],
    executor: Executor,
    settings: SolveSettings,
    budget: Budget,
    *,
    run: RecordedRun | None = None,
    keep: int = 32,
    done: Mapping[str, str] | None = None,
    on_task: Callable[[SolvedTask], None] = lambda solved: None,
    on_solution: Callable[[Solution], None] = lambda solution: None,
    on_resumed: Callable[[int], None] = lambda count: None,
    sharing: Sharing | None = None,
) -> SolveReport:
    """Solves tasks; the submission has valid attempts for every one, whatever happens to the work.

    The result does not depend on the executor, the jobs or the order in which tasks end, except for tasks that say
    ``cut_off`` or ``shortened``. KeyboardInterrupt, and errors that end the work, such as a store that cannot be
    written, stop it and are reported, not raised; what was saved before stays.

    Args:
        tasks: the tasks, ids all different. Workers get their challenges, which are made here.
        executor: opened with a :class:`~.solving_battery.SolvingBattery`.
        settings: what decides the answers.
        budget: the time.
        run: where programs go that are right on all demo samples; None for nowhere.
        keep: most solvers that the store keeps for a task.
        done: what tasks came to that need not be done again, JSON texts by the digest of their samples.
        on_task: called with what a task came to when it is saved.
        on_solution: called with all that came out of a task, as it came from the worker, once the task is decided.
        on_resumed: called at the beginning with the number of tasks that an earlier run has done.
        sharing: the run's part in the work, begun; None where it does all.
    """
    report = SolveReport()
    found = {task.id: taken_over((done or {}).get(task.digest), task) for task in tasks}
    solved = {task_id: earlier for task_id, earlier in found.items() if earlier is not None}
    report.resumed = list(solved)
    on_resumed(len(solved))
    todo = {task.id: task for task in tasks if task.id not in solved}
    clock = Clock(budget, executor.jobs, len(todo))
    work = partial(_solutions, executor, settings, clock, by_id=todo)
    tasks_todo = ordered_for(executor, list(todo.values()))
    try:
        for result in work(tasks_todo) if sharing is None else sharing.results(tasks_todo, executor.jobs, work):
            solution: Solution = result.value
            task = todo[solution.solved.task]
            solved[task.id] = one = replace(solution.solved, digest=task.digest)
            if run is not None:
                # Only here, when all is decided, is it compared with the test outputs, where known.
                record = compared_record(solution.record, task, solution.outputs, to_json(one))
                when = run.time_of(task.digest, result, solution.cpu_s, programs=one.searches.tried)
                if sharing is None:
                    kept = run.store.save_task(run.id, record, keep=keep, time=when)
                elif (saved := sharing.saved(record, keep=keep, time=when)) is not None:
                    kept = saved
                else:
                    del solved[task.id]  # the one that is stored counts
                    continue
                report.stored += len(kept)
            clock.task_done()
            on_solution(solution)
            on_task(one)
    except KeyboardInterrupt:
        executor.close()
        report.is_interrupted = True
    except ArcbattError as error:  # what was answered so far must not be lost with it
        executor.close()
        report.error = error
    if sharing is not None:
        report.lost = sharing.lost
        _add_others(solved, todo, sharing, report)
    report.solved = {task.id: solved[task.id] for task in tasks if task.id in solved}
    report.submission = {
        task.id: grids_of(solved[task.id].attempts) if task.id in solved else guessed(task.challenge).attempts
        for task in tasks
    }
    return report


def _add_others(solved: dict[str, SolvedTask], todo: Mapping[str, Task], sharing: Sharing, report: SolveReport) -> None:
    """Adds the tasks that other drivers did, and those with the samples of others."""
    try:
        texts = sharing.of_others()
    except ArcbattError as error:  # the store is gone: what was answered here must not be lost with it
        report.error = report.error or error
        return
    mine = {one.digest: one for one in solved.values()}
    for task in todo.values():
        if task.id in solved:
            continue
        one = mine.get(task.digest) or taken_over(texts.get(task.digest), task, is_final=False)
        if one is not None:
            solved[task.id] = replace(one, task=task.id)


def _solutions(
    executor: Executor, settings: SolveSettings, clock: Clock, tasks: Iterable[Task], by_id: Mapping[str, Task]
) -> Iterator[Result]:
    """For each task, as they are done, a result whose value is a solution.

    The tasks, which are among those ``by_id``, may come bit by bit: the executor asks for more as it goes on.
    """

    def item(task: Task) -> Item:
        allowance = clock.allowance()
        stop_s = 0.0 if allowance is None else allowance.stop_s
        return Item(task.id, _solve, (task.challenge, settings, allowance), _GRACE_S + 2 * stop_s, _solve_cautiously)

    for result in executor.run(map(item, tasks)):
        if result.failure is None:
            yield result
        else:
            yield replace(result, value=_given_up(by_id[result.key].challenge, result.failure))


def _solve(
    opened: SolvingBattery, task: Challenge, settings: SolveSettings, allowance: Allowance | None
) -> Solution:
    return _timed(opened, task, settings, allowance)


def _solve_cautiously(
    opened: SolvingBattery, task: Challenge, settings: SolveSettings, allowance: Allowance | None
) -> Solution:
    return _timed(opened, task, settings, allowance, cautious=True)


def _timed(
    opened: SolvingBattery, task: Challenge, settings: SolveSettings, allowance: Allowance | None,
    cautious: bool = False,
) -> Solution:  # fmt: skip
    start_s = time.process_time()
    solution = guessed(task) if allowance is None else solve_task(opened, task, settings, allowance, cautious)
    return replace(solution, cpu_s=time.process_time() - start_s)


def _given_up(task: Challenge, failure: ItemFailure) -> Solution:
    """The guesses for a task whose work hung or died again and again, and why."""
    solution = guessed(task)
    return replace(solution, solved=replace(solution.solved, shortened=False, failure=failure))
