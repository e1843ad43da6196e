"""Where a battery is evaluated: over threads where the engine allows it, else over a pool of processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arcbatt.battery.battery import Battery
from arcbatt.engine import select_engine
from arcbatt.engine.guard import calls_users
from arcbatt.execute import Executor, PoolExecutor, ThreadExecutor, available_cores, memory_share, start_fork_server
from arcbatt.execute.memory import affordable_threads
from arcbatt.pipeline.settings import Settings
from arcbatt.pipeline.state import State, state_maker

__all__ = ["DEFAULT_MEMORY_BYTES", "PRELOAD", "open_pool", "start_early"]

DEFAULT_MEMORY_BYTES = 4 * 1024**3
"""Bound on the memory of each worker."""

PRELOAD = ("arcbatt.pipeline.task", "arcbatt.engine.python")
"""What the fork server loads, so that workers need not."""


def open_pool(
    battery: Battery, settings: Settings, jobs: int | None = None, memory_bytes: int | None = DEFAULT_MEMORY_BYTES
) -> Executor:
    """Workers that have the battery opened in an engine each: threads of this process, or processes.

    The native engine evaluates without Python's lock and keeps its limits of time and memory itself, so threads do. A
    user's own primitives are Python and may hang or die, so with them, as with the python engine, processes do the
    work: those can be killed.

    Args:
        battery: the battery.
        settings: names engine and limits.
        jobs: number of workers; None for one a core.
        memory_bytes: bound on the memory of each; None for none.
    """
    jobs = jobs or available_cores()
    is_threaded = select_engine(settings.engine).is_threaded and not calls_users(battery.graph)
    if is_threaded:
        jobs = affordable_threads(jobs)
    # A process is bounded as a whole: an engine that counts had better stop before its allocations fail.
    in_process = None if memory_bytes is None else memory_bytes // 4 * 3
    share = memory_share(memory_bytes, jobs) if is_threaded else in_process
    settings = replace(settings, limits=replace(settings.limits, memory_bytes=share))
    if is_threaded:
        return ThreadExecutor(state_maker(State, battery, settings), State.stop, jobs)
    pool = PoolExecutor(state_maker(State, battery, settings), jobs, memory_bytes, PRELOAD)
    pool.start()
    return pool


def start_early(engine: str, primitive_files: Sequence[object]) -> None:
    """Starts in the background what processes are forked from, where :func:`open_pool` will need them.

    Args:
        engine: name of an engine.
        primitive_files: files with a user's own primitives.
    """
    if primitive_files or not select_engine(engine).is_threaded:
        start_fork_server(PRELOAD)
