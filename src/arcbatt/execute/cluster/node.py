"""The main module of a process of a local cluster: ``scheduler PORT`` or ``worker FOLDER [MODULE]...``.

A worker loads the modules named and reads the scheduler's address from its standard input; a scheduler writes its own
to standard output. Either ends at once when its standard input ends, which it does with the process that started it,
however that dies.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
import threading
from typing import Any

__all__ = ["main"]

_HOST = "127.0.0.1"


def main(arguments: list[str]) -> None:
    """Runs a node until it is told to end."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C and a closed terminal are the parent's to handle
    import dask

    # Nothing but Dask's own protocol listens, and nothing writes into the home folder.
    dask.config.set({"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []})
    if arguments[0] == "scheduler":
        _follow_parent()
        asyncio.run(_scheduler(int(arguments[1])))
    else:
        for name in arguments[2:]:
            importlib.import_module(name)
        address = sys.stdin.readline().strip()
        if address:
            _follow_parent()
            asyncio.run(_worker(address, arguments[1]))


async def _scheduler(port: int) -> None:
    import distributed

    kind: Any = distributed.Scheduler
    async with kind(host=_HOST, port=port, dashboard=False, dashboard_address=f"{_HOST}:0") as scheduler:
        scheduler.http_server.stop()
        print(scheduler.address, flush=True)
        await scheduler.finished()


async def _worker(address: str, folder: str) -> None:
    import distributed

    kind: Any = distributed.Worker
    # Memory is bounded by the engine or by the processes that items run in.
    worker = kind(
        address, host=_HOST, nthreads=1, memory_limit=0, local_directory=folder, dashboard=False,
        dashboard_address=f"{_HOST}:0",
    )  # fmt: skip
    async with worker:
        worker.http_server.stop()
        await worker.finished()


def _follow_parent() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    while sys.stdin.read(4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
