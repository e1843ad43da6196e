"""Many tasks through the phases, in parallel, each saved as soon as it is done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import arcbatt
from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.execute import Executor, Item
from arcbatt.execute.inline import InlineExecutor
from arcbatt.pipeline.settings import Settings
from arcbatt.pipeline.state import State
from arcbatt.pipeline.summary import failed_summary
from arcbatt.pipeline.task import TaskResult, run_task, task_timeout_s
from arcbatt.pipeline.timing import Timing
from arcbatt.store import Store

__all__ = ["RunReport", "run_key", "run_tasks"]


@dataclass(slots=True)
class RunReport:
    """What a run did.

    Attributes:
        summaries: the summary of each task, in the order in which the tasks were given; tasks that an interrupted run
            did not reach are absent.
        resumed: ids of the tasks that an earlier run had done.
        timing: seconds by phase, summed over the tasks done now.
        bugs: outcomes that a program did not reproduce alone; see :class:`~arcbatt.pipeline.task.TaskResult`.
        interrupted: whether Ctrl-C ended the run before its last task.
    """

    summaries: dict[str, dict[str, Any]] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)
    timing: Timing = field(default_factory=Timing)
    bugs: list[str] = field(default_factory=list)
    interrupted: bool = False


def run_key(battery: Battery, data_revision: str, settings: Settings) -> str:
    """Names what is asked for, so that ``--resume`` skips exactly the tasks that were done in the same way.

    It covers the programs, the data, the limits, what is kept, the user's primitives and the version of arcbatt;
    not the tasks' selection, the engine, the jobs and the order of the programs, since results depend on none of them.
    """
    programs = sorted((program.kind, program.md5) for program in battery.programs())
    content = {
        "version": arcbatt.__version__,
        "data": data_revision,
        "programs": programs,
        "fuel": settings.limits.fuel,
        "timeout_s": settings.limits.timeout_s,
        "keep": settings.keep,
        "min_score": settings.min_score,
        "primitives": [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in settings.primitive_files],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def run_tasks(
    battery: Battery,
    tasks: Sequence[Task],
    executor: Executor,
    settings: Settings,
    store: Store,
    run_id: int,
    *,
    done: dict[str, dict[str, Any]] | None = None,
    on_task: Callable[[dict[str, Any]], None] = lambda summary: None,
) -> RunReport:
    """Runs tasks and saves each when it is done; what is saved does not depend on the order.

    With many tasks each runs as a whole on one process, with few their samples and candidates are spread.
    KeyboardInterrupt stops the work and is reported, not raised.

    Args:
        battery: the battery that the executor was opened with.
        tasks: the tasks, ids all different.
        executor: where the work runs.
        settings: as the executor's.
        store: open for writing.
        run_id: the run in the store that the tasks belong to.
        done: summaries of tasks that need not run again, by id.
        on_task: told the summary of each task when it is saved.

    Raises:
        StoreError: something cannot be saved; what was saved before stays.
    """
    report = RunReport()
    done = done or {}
    report.resumed = [task.id for task in tasks if task.id in done]
    found = {task_id: done[task_id] for task_id in report.resumed}
    todo = [task for task in tasks if task.id not in done]
    try:
        for result in _results(battery, todo, executor, settings):
            if result.record is not None:
                with result.timing.phase("run_batt.phase3b_file_ops", result.task):
                    store.save_task(run_id, result.record, keep=settings.keep)
            report.timing.merge(result.timing)
            report.bugs.extend(result.bugs)
            found[result.task] = result.summary
            on_task(result.summary)
    except KeyboardInterrupt:
        executor.close()
        report.interrupted = True
    report.summaries = {task.id: found[task.id] for task in tasks if task.id in found}
    report.bugs.sort()
    return report


def _results(
    battery: Battery, tasks: Sequence[Task], executor: Executor, settings: Settings
) -> Iterator[TaskResult]:
    if len(tasks) < 2 * executor.jobs or executor.jobs == 1:
        for task in tasks:
            yield run_task(battery, task, executor, settings)
        return
    by_id = {task.id: task for task in tasks}
    items = (
        Item(task.id, _run_whole_task, (task,), task_timeout_s(task, settings), _run_whole_task_cautiously)
        for task in tasks
    )
    for result in executor.run(items):
        if result.failure is None:
            yield result.value
        else:
            summary = failed_summary(by_id[result.key], battery, result.failure)
            yield TaskResult(result.key, summary, None, Timing())


def _run_whole_task(state: State, task: Task) -> TaskResult:
    return run_task(state.battery, task, InlineExecutor(state), state.settings)


def _run_whole_task_cautiously(state: State, task: Task) -> TaskResult:
    return run_task(state.battery, task, InlineExecutor(state), state.settings, cautious=True)
