"""Dask schedulers and workers as a lab starts them: processes of Dask's own commands, to be killed and started anew."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

__all__ = ["DaskCluster", "free_port", "wait_for"]


def free_port() -> int:
    """A port that nobody listened to just now."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Waits until a condition holds; fails when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


class DaskCluster:
    """A scheduler and workers on loopback, each a process; ends them when it is left.

    Args:
        folder: for logs and what workers write.
        port: of the scheduler; None for a free one.
    """

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self._workers = 0
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()

    def __enter__(self) -> DaskCluster:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            self.kill(process)

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """Starts the scheduler, or starts it again on the same port; returns once it listens."""
        self.scheduler = self._started("dask_scheduler", "--port", self.port)
        wait_for(self._is_listening)
        return self.scheduler

    def worker(
        self, *options: object, threads: int = 1, startup: str = "", nanny: bool = False
    ) -> subprocess.Popen[bytes]:
        """Starts a worker and returns at once.

        Args:
            options: of ``dask worker``.
            threads: that it works in.
            startup: Python that it executes before anything else, such as a change of what it is.
            nanny: whether a process watches over it and starts it again.
        """
        self._workers += 1
        words = ["--nthreads", threads, "--memory-limit", 0, "--local-directory", self.folder, *options]
        return self._started(
            "dask_worker", self.address, "--nanny" if nanny else "--no-nanny", *words, startup=startup
        )  # fmt: skip

    def settle(self) -> None:
        """Waits until every worker that was started has come to the scheduler once."""
        log = self.folder / "log"
        wait_for(lambda: log.read_text().count("Registered to:") >= self._workers)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kills a process and what it started."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _started(self, module: str, *arguments: object, startup: str = "") -> subprocess.Popen[bytes]:
        paths = [str(Path(__file__).parents[1])]
        if startup:
            folder = self.folder / f"startup{len(self.processes)}"
            folder.mkdir()
            (folder / "sitecustomize.py").write_text(startup)
            paths.insert(0, str(folder))
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard",
                 *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def _is_listening(self) -> bool:
        with socket.socket() as made:
            return made.connect_ex(("127.0.0.1", self.port)) == 0
