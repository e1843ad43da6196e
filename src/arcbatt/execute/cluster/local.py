"""A cluster started for one run on this machine: a scheduler and workers, processes that listen on loopback alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from arcbatt.errors import ExecutorError

__all__ = ["LocalNodes"]

_MODULE: Final = "arcbatt.execute.cluster.node"
_END_S: Final = 5.0
_MOST_STARTS: Final = 16
"""Times that a process is started before it is given up: one that dies at once would come up for ever."""


class LocalNodes:
    """A scheduler and so many workers. They end with this process, however it ends.

    Args:
        count: workers, at least 1.
        preload: modules that workers load while the scheduler starts.

    Raises:
        ExecutorError: the system does not give what is needed.
    """

    def __init__(self, count: int, preload: Iterable[str] = ()) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="arcbatt-cluster-", ignore_cleanup_errors=True)
        self._log = os.open(Path(self._folder.name, "log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._address = ""
        self._starts = 0
        self._worker = ("worker", self._folder.name, "arcbatt.execute.cluster.remote", *preload)
        self._processes: list[subprocess.Popen[bytes]] = []
        try:
            self._scheduler = self._started("scheduler", "0")
            self._workers = [self._started(*self._worker) for _ in range(count)]
        except BaseException:
            self.close()
            raise

    @property
    def address(self) -> str:
        """The scheduler's, as soon as it is up.

        Raises:
            ExecutorError: it does not start.
        """
        if not self._address:
            self._address = self._read_address()
            for worker in self._workers:
                self._tell_address(worker)
        return self._address

    def mend(self) -> None:
        """Starts anew what has died; the scheduler under its address.

        Raises:
            ExecutorError: they keep dying.
        """
        if self._scheduler.poll() is not None:
            self._scheduler = self._again(self._scheduler, "scheduler", self._address.rpartition(":")[2])
            self._read_address()
        for place, worker in enumerate(self._workers):
            if worker.poll() is not None:
                self._workers[place] = self._again(worker, *self._worker)
                self._tell_address(self._workers[place])

    def close(self) -> None:
        """Ends and reaps all processes. Idempotent."""
        processes, self._processes = self._processes, []
        for process in processes:
            with suppress(OSError):
                if process.stdin is not None:
                    process.stdin.close()
        for process in processes:
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        if processes:
            os.close(self._log)
        self._folder.cleanup()

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A node, in a session of its own, so that Ctrl-C on the terminal does not reach it."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", _MODULE, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=self._log, env=environment, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise ExecutorError(f"the processes of the cluster cannot start ({error.strerror or error})") from None
        self._processes.append(process)
        return process

    def _again(self, ended: subprocess.Popen[bytes], *arguments: str) -> subprocess.Popen[bytes]:
        self._starts += 1
        if self._starts > _MOST_STARTS * len(self._workers):
            raise ExecutorError(f"the processes of the cluster keep dying: {self._last_words()}")
        for stream in (ended.stdin, ended.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._processes.remove(ended)
        return self._started(*arguments)

    def _read_address(self) -> str:
        assert self._scheduler.stdout is not None
        address = self._scheduler.stdout.readline().decode().strip()
        if not address:
            raise ExecutorError(f"the scheduler of the cluster does not start: {self._last_words()}")
        return address

    def _tell_address(self, worker: subprocess.Popen[bytes]) -> None:
        assert worker.stdin is not None
        with suppress(OSError):  # it has died since; that is seen at the next look
            worker.stdin.write(f"{self._address}\n".encode())
            worker.stdin.flush()

    def _last_words(self) -> str:
        lines = Path(self._folder.name, "log").read_text(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "it said nothing")
