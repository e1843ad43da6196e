"""Where work runs: this process, or a pool of processes."""

from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.execute.pool import PoolExecutor, available_cores, start_fork_server

__all__ = [
    "Executor", "InlineExecutor", "Item", "ItemFailure", "PoolExecutor", "Result", "available_cores",
    "start_fork_server",
]  # fmt: skip
