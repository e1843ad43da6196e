"""Where work runs: this process, its threads, or a pool of processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.cores import available_cores
from arcbatt.execute.inline import InlineExecutor
from arcbatt.execute.memory import memory_share
from arcbatt.execute.threads import ThreadExecutor

if TYPE_CHECKING:
    from arcbatt.execute.pool import PoolExecutor, start_fork_server

__all__ = [
    "Executor", "InlineExecutor", "Item", "ItemFailure", "PoolExecutor", "Result", "ThreadExecutor", "available_cores",
    "memory_share", "start_fork_server",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The pool is imported when it is first asked for: multiprocessing takes 15 ms, and threads do without it."""
    if name not in ("PoolExecutor", "start_fork_server"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from arcbatt.execute import pool

    return getattr(pool, name)
