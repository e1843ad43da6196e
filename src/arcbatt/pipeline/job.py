"""A whole job: the workers are started, the run noted in the store, the tasks worked on, and the end noted."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from typing import Any

import arcbatt
from arcbatt.arc import TaskSet
from arcbatt.battery.battery import Battery
from arcbatt.engine import select_engine
from arcbatt.pipeline.run import RunReport, run_key, run_tasks
from arcbatt.pipeline.settings import Settings
from arcbatt.pipeline.summary import is_final
from arcbatt.pipeline.workers import DEFAULT_MEMORY_BYTES, open_pool
from arcbatt.store import Store

__all__ = ["run_job"]


def run_job(
    battery: Battery,
    tasks: TaskSet,
    settings: Settings,
    store: Store,
    *,
    jobs: int | None = None,
    memory_bytes: int | None = DEFAULT_MEMORY_BYTES,
    resume: bool = False,
    arguments: Mapping[str, Any] | None = None,
    on_task: Callable[[dict[str, Any]], None] = lambda summary: None,
) -> RunReport:
    """Runs a battery on tasks over several workers, and stores what works.

    Args:
        battery: what to evaluate.
        tasks: the tasks; their revision is recorded with the run.
        settings: engine, limits, what to keep.
        store: open for writing.
        jobs: number of workers; None for one a core. The result is the same with any number.
        memory_bytes: bound on the memory of each worker; None for none.
        resume: skip the tasks that the last run of the same kind has done; their summaries are given as they were.
            Tasks on which time or memory ran out for a program are done again.
        arguments: JSON data to record with the run.
        on_task: told the summary of each task when it is saved.

    Raises:
        StoreError: something cannot be saved; what was saved before stays.
    """
    with open_pool(battery, settings, jobs, memory_bytes) as workers:
        key = run_key(battery, tasks.revision, settings)
        engine = select_engine(settings.engine, settings.limits)
        versions = _versions(engine.version)
        run_id = store.begin_run(key, arguments or {}, tasks.revision, engine.name, versions, resume=resume)
        done = store.done_tasks(key) if resume else {}
        done = {task: summary for task, summary in done.items() if is_final(summary)}
        try:
            report = run_tasks(
                battery, list(tasks.values()), workers, settings, store, run_id, done=done, on_task=on_task
            )
        except BaseException:
            store.finish_run(run_id, "failed", {})
            raise
    store.finish_run(run_id, "interrupted" if report.interrupted else "finished", report.timing.table())
    return report


def _versions(engine_version: str) -> dict[str, str]:
    return {"arcbatt": arcbatt.__version__, "engine": engine_version, "python": platform.python_version()}
