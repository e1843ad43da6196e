"""Where work runs: this process, its threads, or a pool of processes."""

from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.execute.memory import memory_share
from arcbatt.execute.pool import PoolExecutor, available_cores, start_fork_server
from arcbatt.execute.threads import ThreadExecutor

__all__ = [
    "Executor", "InlineExecutor", "Item", "ItemFailure", "PoolExecutor", "Result", "ThreadExecutor", "available_cores",
    "memory_share", "start_fork_server",
]  # fmt: skip
