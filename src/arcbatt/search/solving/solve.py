"""The whole job of ``arcbatt solve``: workers, the store and the run in it around the work on the tasks."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import arcbatt
from arcbatt.arc import TaskSet
from arcbatt.battery.battery import Battery
from arcbatt.engine import select_engine
from arcbatt.execute import PoolExecutor, available_cores
from arcbatt.pipeline import PRELOAD, Settings
from arcbatt.pipeline.state import state_maker
from arcbatt.pipeline.stored import battery_with_store
from arcbatt.pipeline.workers import DEFAULT_MEMORY_BYTES
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError
from arcbatt.search.solving.budget import Budget
from arcbatt.search.solving.resume import found_by
from arcbatt.search.solving.run import Saving, SolveReport, solve_key, solve_tasks
from arcbatt.search.solving.state import SolveState
from arcbatt.search.solving.task import SolveSettings
from arcbatt.store import Store

__all__ = ["SOLVE_PRELOAD", "solve_job"]

SOLVE_PRELOAD = (*PRELOAD, "arcbatt.search.solving")
"""What the fork server loads, so that workers need not."""


def solve_job(
    programs: Sequence[Program],
    tasks: TaskSet,
    settings: Settings,
    budget: Budget,
    store: Store | None,
    *,
    seed: int = 0,
    is_saving: bool = True,
    joins_store: bool = True,
    jobs: int | None = None,
    memory_bytes: int | None = DEFAULT_MEMORY_BYTES,
    resume: bool = False,
    arguments: Mapping[str, Any] | None = None,
    on_left_out: Callable[[Sequence[ProgramError]], None] = lambda refusals: None,
    on_task: Callable[[dict[str, Any]], None] = lambda summary: None,
) -> SolveReport:
    """Solves tasks over several worker processes, and stores the programs that are right on all demo samples.

    Args:
        programs: the programs handed in.
        tasks: the tasks; no worker gets their test outputs.
        settings: engine, limits of each program on each sample, what the store keeps.
        budget: the time.
        store: None to do without.
        seed: of everything random.
        is_saving: whether the store, open for writing then, gets what is found.
        joins_store: whether the store's programs join those handed in.
        jobs: number of workers; None for one a core. The answers are the same with any number.
        memory_bytes: bound on the memory of each worker; None for none.
        resume: take over the answers of the tasks that the last run of the same kind has done, but for those that
            depended on the machine.
        arguments: JSON data to record with the run.
        on_left_out: told of stored programs that cannot be read here.
        on_task: told the summary of each task when it is done.

    Raises:
        StoreError: something cannot be saved; what was saved before stays.
    """
    jobs = jobs or available_cores()
    given = len({program.md5 for program in programs if program.kind == "solver"})
    solving = SolveSettings(given, seed)
    key = solve_key(programs, tasks.revision, settings, solving, budget)
    done = store.done_tasks(key) if store is not None and resume else {}
    battery, refusals = battery_with_store(programs, store if joins_store else None, found_by(done.values()))
    on_left_out(refusals)
    with _open_pool(battery, settings, jobs, memory_bytes) as pool:
        if store is None or not is_saving:
            return solve_tasks(list(tasks.values()), pool, solving, budget, done=done, on_task=on_task)
        engine = select_engine(settings.engine, settings.limits)
        versions = {"arcbatt": arcbatt.__version__, "engine": engine.version, "python": platform.python_version()}
        run_id = store.begin_run(key, arguments or {}, tasks.revision, engine.name, versions, resume=resume)
        try:
            report = solve_tasks(
                list(tasks.values()), pool, solving, budget, saving=Saving(store, run_id), keep=settings.keep,
                done=done, on_task=on_task,
            )  # fmt: skip
        except BaseException:
            store.finish_run(run_id, "failed", {})
            raise
    store.finish_run(run_id, "interrupted" if report.interrupted else "finished", {})
    return report


def _open_pool(battery: Battery, settings: Settings, jobs: int, memory_bytes: int | None) -> PoolExecutor:
    """Worker processes: searching is Python in part, which threads would do one at a time, and it can be killed."""
    # A process is bounded as a whole: an engine that counts had better stop before its allocations fail.
    share = None if memory_bytes is None else memory_bytes // 4 * 3
    settings = replace(settings, limits=replace(settings.limits, memory_bytes=share))
    return PoolExecutor(state_maker(SolveState, battery, settings), jobs, memory_bytes, SOLVE_PRELOAD)
