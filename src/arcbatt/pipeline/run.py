"""Many tasks through the phases, in parallel, each saved as soon as it is done: the job of ``arcbatt run``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from arcbatt.arc import Task, TaskSet
from arcbatt.battery.battery import Battery
from arcbatt.execute import Executor, Item, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.pipeline.task_phases import TaskRun, run_task, task_timeout_s
from arcbatt.pipeline.task_summary import (
    TaskSummary,
    failed_summary,
    final_summary,
    renamed_summary,
    stored_summary,
)
from arcbatt.pipeline.timing import Timing
from arcbatt.program.parse import collect_programs
from arcbatt.results.json_form import to_json
from arcbatt.results.task_table import MAX_TABLE, RunProgram, least_bytes, too_large
from arcbatt.runs.fingerprint import Fingerprint, digest_of
from arcbatt.runs.heaviest import ordered_for
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.runs.options import RunOptions
from arcbatt.runs.recorded import RecordedRun, recorded_run, run_programs
from arcbatt.runs.sharing import Sharing, shared
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import ListQuery, RunTotals, Store, TaskRecord

__all__ = ["RunReport", "battery_to_resume", "run_battery", "run_tasks"]

_COMMAND = "run"
_LOOKED_AT = 10
"""Newest kinds of runs that one which goes on may be of."""


@dataclass(slots=True)
class RunReport:
    """What a run did.

    Attributes:
        run_id: its number in the store.
        summaries: the summary of each task by id, in the order in which the tasks were given; tasks that an interrupted
            run did not reach are absent.
        resumed: ids of the tasks that an earlier run had done.
        stored: for each task, by the digest of its samples, the number of its kept programs whose score is in the
            store; tasks that an earlier run had done are among them.
        timing: seconds by phase, summed over the tasks done now.
        durations: seconds of each solver by name, over the tasks done now; a node that several need counts for the
            one that was evaluated first. Depends on the machine.
        is_interrupted: whether Ctrl-C ended the run before its last task.
        lost: tasks that other drivers did too, since they took this one for dead; its results of them were dropped.

    Example:
        >>> report = RunReport(run_id=1)
        >>> report.totals.tasks, report.bugs
        (0, [])
    """

    run_id: int
    summaries: dict[str, TaskSummary] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)
    stored: dict[str, int] = field(default_factory=dict)
    timing: Timing = field(default_factory=Timing)
    durations: dict[str, float] = field(default_factory=dict)
    is_interrupted: bool = False
    lost: int = 0

    def _repr_html_(self) -> str:
        from arcbatt.pipeline.run_html import run_html

        return run_html(self)

    @property
    def bugs(self) -> list[str]:
        """Outcomes that a program did not reproduce alone, sorted: bugs in arcbatt. Empty, one hopes."""
        return sorted(bug for summary in self.summaries.values() for bug in summary.bugs)

    @property
    def totals(self) -> RunTotals:
        """Sums over the tasks."""
        done = [summary for summary in self.summaries.values() if summary.failure is None]
        known = [summary for summary in done if summary.solve_all is not None]
        return RunTotals(
            tasks=len(self.summaries),
            done=len(done),
            failed=len(self.summaries) - len(done),
            solved=sum(bool(summary.solve_all) for summary in known) if known or not done else None,
            demo_solved=sum(summary.solve_demo > 0 for summary in done),
            programs=max((summary.solvers for summary in done), default=0),
            stored=sum(self.stored.values()),
        )


def run_battery(
    battery: Battery,
    tasks: TaskSet,
    options: RunOptions,
    store: Store,
    *,
    on_task: Callable[[TaskSummary], None] = lambda summary: None,
    on_resumed: Callable[[int], None] = lambda count: None,
    on_others: Callable[[int, str], None] = lambda count, words: None,
) -> RunReport:
    """Runs a battery on tasks over several workers, and stores what works and the results of all.

    KeyboardInterrupt stops the work and is reported, not raised.

    Args:
        battery: what to evaluate.
        tasks: the tasks; their revision is recorded with the run.
        options: engine, limits, what to keep. With ``resume`` the tasks are skipped that the last run of the same kind
            has done, and their summaries given as they were; tasks on which time or memory ran out for a program are
            done again. With ``stale_s`` the run shares the work with others of the same kind that go on at the same
            time; the report is of all tasks, whoever did them.
        store: open for writing.
        on_task: called with the summary of each task when it is saved.
        on_resumed: called at the beginning with the number of tasks that an earlier run has done.
        on_others: see :class:`arcbatt.runs.sharing.Sharing`.

    Raises:
        InputError: there are so many programs that the results on a task are larger than a table can be.
        StoreError: something cannot be saved; what was saved before stays.

    Example:
        >>> import tempfile
        >>> battery = Battery.of(parse_programs("def solve_a(I): return vmirror(I)"))
        >>> tasks = load_set("arc1-train").select(["67a3c6ac"])
        >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store:
        ...     report = run_battery(battery, tasks, RunOptions(engine="python", jobs=1), store)
        ...     print(report.totals.solved, [score.result.name for score in store.scores()])
        1 ['solve_a']
    """
    least = least_bytes(len(battery.solvers), max((len(task.samples) for task in tasks.values()), default=0))
    if least > MAX_TABLE:
        raise too_large(least)
    fingerprint = _fingerprint(battery, options)
    with open_battery_workers(battery, options) as workers, recorded_run(store, fingerprint, tasks, options) as run:
        store.save_run_programs(run.id, run_programs(battery.programs()))
        with shared(run, options.stale_s, on_others) as sharing:
            stored = sharing.before if sharing is not None else store.done_tasks(fingerprint.key)
            done = _done(stored) if options.resume else {}
            on_resumed(sum(task.digest in done for task in tasks.values()))
            report = run_tasks(
                battery, list(tasks.values()), workers, options, run, done=done, on_task=on_task, sharing=sharing
            )
        run.is_interrupted, run.totals, run.phases = report.is_interrupted, report.totals, report.timing.table()
    return report


def battery_to_resume(battery: Battery, options: RunOptions, store: Store) -> Battery:
    """The battery of the run that ``resume`` goes on with: this one, or it with solvers that are gone from the store.

    A run removes stored solvers whose last score better ones push out, perhaps some of its own battery. What a store
    got since, the run did not have: then there is nothing to go on with.

    Args:
        battery: made of what was handed in and of what the store has now.
        options: of the run.
        store: open.
    """
    if not options.resume or not options.joins_store:
        return battery
    there = {battery.program(name).md5: name for name in battery.solvers}
    own_key = _fingerprint(battery, options).key
    newest = {run.key: run for run in store.runs() if run.command == _COMMAND}
    for run in sorted(newest.values(), key=lambda run: -run.id)[:_LOOKED_AT]:
        if run.key == own_key:
            return battery
        recorded = store.run_programs(run.id)
        if there.keys() < {program.md5 for program in recorded}:
            whole = _with_gone(battery, there, recorded)
            if whole is not None and run.key == _fingerprint(whole, options).key:
                return whole
    return battery


def _with_gone(battery: Battery, there: Mapping[str, str], recorded: Sequence[RunProgram]) -> Battery | None:
    """A battery with the solvers that a run recorded, in its order and under its names; None where one is unreadable.

    Args:
        battery: has some of them, and the differs.
        there: the names of its solvers by MD5.
        recorded: the run's solvers.
    """
    programs = []
    for solver in recorded:
        name = there.get(solver.md5)
        if name is not None:
            programs += [battery.program(name).renamed(known) for known in (solver.name, *battery.names[name][1:])]
            continue
        found, _ = collect_programs(solver.text, f"recorded program {solver.name}")
        if len(found) != 1:
            return None
        programs.append(found[0].renamed(solver.name))
    return Battery.of([*programs, *(program for program in battery.programs(all_names=True) if program.direction)])


def _fingerprint(battery: Battery, options: RunOptions) -> Fingerprint:
    # The tables of a run name its programs by their place, so a run that goes on has them in the same order.
    order = digest_of(program.md5 for program in battery.programs())
    return Fingerprint.of(_COMMAND, options, battery.programs(), {"order": order})


def run_tasks(
    battery: Battery,
    tasks: Sequence[Task],
    executor: Executor,
    options: RunOptions,
    run: RecordedRun,
    *,
    done: Mapping[str, TaskSummary] | None = None,
    on_task: Callable[[TaskSummary], None] = lambda summary: None,
    sharing: Sharing | None = None,
) -> RunReport:
    """Runs tasks and saves each when it is done; what is saved does not depend on the order.

    With many tasks each runs as a whole on one worker, with few their samples and candidates are spread.

    Args:
        battery: the battery that the executor was opened with.
        tasks: the tasks, ids all different.
        executor: where the work runs.
        options: as the executor's.
        run: that the tasks belong to.
        done: summaries of tasks that need not run again, by the digest of their samples.
        on_task: called with the summary of each task when it is saved.
        sharing: the run's part in the work, begun; None where it does all.

    Raises:
        StoreError: something cannot be saved; what was saved before stays.
    """
    done = done or {}
    report = RunReport(run.id, stored=_stored(run.store, tasks, done))
    report.resumed = [task.id for task in tasks if task.digest in done]
    # The samples are the same, the id may be another name for them.
    found = {task.id: renamed_summary(done[task.digest], task.id) for task in tasks if task.digest in done}
    todo: Sequence[Task] = [task for task in tasks if task.digest not in done]
    spent = [0.0] * len(battery.solvers)
    try:
        work = partial(_results, battery, executor, options, by_id={task.id: task for task in todo})
        todo = ordered_for(executor, todo)
        for result in work(todo) if sharing is None else sharing.results(todo, executor.jobs, work):
            found_out: TaskRun = result.value
            summary = found_out.summary
            if found_out.record is not None:
                with found_out.timing.phase("run_batt.phase3b_file_ops", summary.task):
                    count = _saved(run, found_out.record, result, summary, options, sharing)
                if count is None:
                    continue
                report.stored[summary.digest] = count
                spent = _added(spent, found_out)
            elif sharing is not None:
                sharing.give_up(summary.digest, to_json(summary))
            report.timing.merge(found_out.timing)
            found[summary.task] = summary
            on_task(summary)
    except KeyboardInterrupt:
        executor.close()
        report.is_interrupted = True
    if sharing is not None:
        report.lost = sharing.lost
        _add_others(report, found, todo, run.store, sharing)
    report.summaries = {task.id: found[task.id] for task in tasks if task.id in found}
    report.durations = dict(zip(battery.solvers, spent, strict=True))
    return report


def _saved(
    run: RecordedRun, record: TaskRecord, result: Result, summary: TaskSummary, options: RunOptions,
    sharing: Sharing | None,
) -> int | None:  # fmt: skip
    """Saves a task with when it was done; returns how many of its programs are kept, None if another driver has it."""
    when = run.time_of(summary.digest, result, result.cpu_s, programs=summary.solvers)
    if sharing is not None:
        kept = sharing.saved(record, keep=options.keep, time=when)
    else:
        kept = run.store.save_task(run.id, record, keep=options.keep, time=when)
    return None if kept is None else len(kept)


def _add_others(
    report: RunReport, found: dict[str, TaskSummary], todo: Sequence[Task], store: Store, sharing: Sharing
) -> None:
    """Adds the tasks that other drivers did, and those with the samples of others."""
    texts = sharing.of_others()
    read = {task.digest: stored_summary(texts[task.digest]) for task in todo if task.digest in texts}
    others = {digest: summary for digest, summary in read.items() if summary is not None}
    report.stored |= _stored(store, todo, {digest: s for digest, s in others.items() if s.failure is None})
    by_digest = others | {summary.digest: summary for summary in found.values()}
    for task in todo:
        if task.id not in found and task.digest in by_digest:
            found[task.id] = renamed_summary(by_digest[task.digest], task.id)


def _stored(store: Store, tasks: Sequence[Task], done: Mapping[str, TaskSummary]) -> dict[str, int]:
    """How many programs that an earlier run kept still have their score, by the digest of the task's samples."""
    summaries = {task.digest: done[task.digest] for task in tasks if task.digest in done}
    if not summaries:
        return {}
    there = {(row.digest, row.md5) for row in store.list_scores(ListQuery())}
    return {
        digest: sum((digest, kept.result.md5) in there for kept in summary.kept)
        for digest, summary in summaries.items()
    }


def _added(spent: list[float], result: TaskRun) -> list[float]:
    table = None if result.record is None else result.record.table
    seconds = () if table is None else table.seconds
    return [before + more for before, more in zip(spent, seconds, strict=True)] if seconds else spent


def _results(
    battery: Battery, executor: Executor, options: RunOptions, tasks: Iterable[Task], by_id: Mapping[str, Task]
) -> Iterator[Result]:
    """For each task a result whose value is a TaskRun, also where it was given up.

    The tasks, which are among those ``by_id``, may come bit by bit: the executor asks for more as it goes on. Few are
    spread over the workers and done one after the other: they stand under the number of the first one.
    """
    if len(by_id) < 2 * executor.jobs or (executor.jobs == 1 and not executor.is_remote):
        for task in tasks:
            start = time.monotonic()
            found = run_task(battery, task, executor, options)
            cpu_s = found.timing.cpu.get("main.run_batt", 0.0)
            yield Result(task.id, found, None, cpu_s, 1, start, time.monotonic() - start)
        return

    def item(task: Task) -> Item:
        timeout_s = task_timeout_s(len(task.samples), options, battery)
        return Item(task.id, _run_whole_task, (task,), timeout_s, _run_whole_task_cautiously)

    for result in executor.run(map(item, tasks)):
        if result.failure is None:
            yield result
        else:
            summary = failed_summary(by_id[result.key], battery, result.failure)
            yield replace(result, value=TaskRun(summary, None, Timing()))


def _run_whole_task(opened: OpenedBattery, task: Task) -> TaskRun:
    return run_task(opened.battery, task, InlineExecutor(opened), opened.options)


def _run_whole_task_cautiously(opened: OpenedBattery, task: Task) -> TaskRun:
    return run_task(opened.battery, task, InlineExecutor(opened), opened.options, cautious=True)


def _done(texts: Mapping[str, str]) -> dict[str, TaskSummary]:
    """Summaries of tasks that need not be done again, by the digest of their samples."""
    found = {digest: final_summary(text) for digest, text in texts.items()}
    return {digest: summary for digest, summary in found.items() if summary is not None}
