"""The workers of a job: threads where the engine allows it and the work is its own, else processes; or a cluster's."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from arcbatt.battery.battery import Battery
from arcbatt.engine import on_cpu, select_engine
from arcbatt.engine.guard import calls_users
from arcbatt.errors import DeviceWarning
from arcbatt.execute import Executor, ThreadExecutor, available_cores, memory_share
from arcbatt.execute.memory import affordable_threads
from arcbatt.runs.opened_battery import OpenedBattery, battery_opener
from arcbatt.runs.options import RunOptions

if TYPE_CHECKING:
    from arcbatt.execute import PoolExecutor

__all__ = ["PRELOAD", "open_battery_workers", "open_workers", "start_early"]

PRELOAD: Final = ("arcbatt.pipeline.task_phases", "arcbatt.engine.python")
"""What the fork server loads, so that workers need not."""


def open_workers(
    opener: Callable[[RunOptions], Callable[[], Any]], options: RunOptions, preload: Sequence[str] = PRELOAD
) -> Executor:
    """Worker processes: for work that is Python in part, which threads would do one at a time, or that may hang or die.

    They start with the first item; those of a cluster at once.

    Args:
        opener: given the options of a worker, gives the picklable function that makes what its items work with.
        options: jobs or cluster, memory, engine and limits.
        preload: names of modules that the fork server loads.

    Raises:
        InputError: ``--cluster`` names no cluster, or its extra is not installed.
        ExecutorError: the cluster has no scheduler, or no worker that takes work.
    """
    if options.cluster is not None:
        from arcbatt.runs.cluster_workers import open_cluster_workers

        return open_cluster_workers(opener, options, _stop_nothing, is_killable=True, preload=preload)
    return _open_pool(opener, options, preload)


def _open_pool(
    opener: Callable[[RunOptions], Callable[[], Any]], options: RunOptions, preload: Sequence[str]
) -> PoolExecutor:
    from arcbatt.execute import PoolExecutor

    options = replace(options, engine=on_cpu(options.engine))
    if options.engine == "cuda":
        told = "processes, in which this work is done, use no GPU: the native engine does it, with the same results"
        warnings.warn(told, DeviceWarning, stacklevel=4)
        options = replace(options, engine="native")
    memory_bytes = options.memory_bytes
    # A process is bounded as a whole: an engine that counts had better stop before its allocations fail.
    share = None if memory_bytes is None else memory_bytes // 4 * 3
    jobs = options.jobs or available_cores()
    return PoolExecutor(opener(_bounded(options, share)), jobs, memory_bytes, preload)


def open_battery_workers(battery: Battery, options: RunOptions) -> Executor:
    """Workers that have a battery opened in an engine each, with nothing to do but to evaluate it.

    The native engine evaluates without Python's lock and keeps its limits of time and memory itself, so threads do. A
    user's own primitives are Python and may hang or die, so with them, as with the python engine, processes do the
    work: those can be killed. On a cluster it is likewise.

    Raises:
        InputError: ``--cluster`` names no cluster, or its extra is not installed.
        ExecutorError: the cluster has no scheduler, or no worker that takes work.
    """
    opener = battery_opener(OpenedBattery, battery)
    bounds_itself = select_engine(options.engine).is_threaded and not calls_users(battery.graph)
    if options.cluster is not None:
        from arcbatt.runs.cluster_workers import open_cluster_workers

        # A user's file is not executed in a worker that others use too.
        is_killable = not bounds_itself or bool(options.primitive_files)
        return open_cluster_workers(
            opener, options, OpenedBattery.stop, is_killable=is_killable, preload=PRELOAD
        )  # fmt: skip
    if bounds_itself:
        jobs = affordable_threads(options.jobs or available_cores())
        bounded = _bounded(options, memory_share(options.memory_bytes, jobs))
        return ThreadExecutor(opener(bounded), OpenedBattery.stop, jobs)
    pool = _open_pool(opener, options, PRELOAD)
    pool.start()
    return pool


def _stop_nothing(state: object) -> None:
    """What runs in a process is killed."""


def start_early(engine: str, primitive_files: Sequence[object]) -> None:
    """Starts in the background what processes are forked from, where :func:`open_battery_workers` will need them.

    Args:
        engine: name of an engine.
        primitive_files: files with a user's own primitives.
    """
    if primitive_files or not select_engine(on_cpu(engine)).is_threaded:
        from arcbatt.execute import start_fork_server

        start_fork_server(PRELOAD)


def _bounded(options: RunOptions, memory_bytes: int | None) -> RunOptions:
    return replace(options, limits=replace(options.limits, memory_bytes=memory_bytes))
