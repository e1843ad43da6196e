"""The processes that work on tasks. Breeding is Python, which threads would take turns at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arcbatt.execute import Executor, PoolExecutor
from arcbatt.search.evolution.work import Plan, worker_maker

__all__ = ["PRELOAD", "open_workers"]

PRELOAD = ("arcbatt.search.evolution.work", "arcbatt.engine.python")
"""What the fork server loads, so that workers need not."""


def open_workers(plan: Plan, pool: Sequence[str], jobs: int | None, memory_bytes: int | None) -> Executor:
    """A pool of processes, each with a :class:`~.work.Worker`.

    Args:
        plan: the evolution's.
        pool: canonical texts of the solvers and differs that it has from the start.
        jobs: number of processes; None for one a core.
        memory_bytes: bound on the memory of each; None for none.
    """
    # A process is bounded as a whole: an engine that counts had better stop before its allocations fail.
    in_process = None if memory_bytes is None else memory_bytes // 4 * 3
    plan = replace(plan, run=replace(plan.run, limits=replace(plan.run.limits, memory_bytes=in_process)))
    # Not started here: where nothing is left to do, workers would be killed while they start, and say so.
    return PoolExecutor(worker_maker(plan, pool), jobs, memory_bytes, PRELOAD)
