"""The executor over threads of this process: for an engine that works without Python's lock and bounds itself.

Nothing is pickled and nothing started but threads, so a task costs little beside its evaluation. An item cannot be
killed: its limit of time is the engine's to keep, and so is memory. Work that may hang or die belongs into a pool.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count, islice
from typing import Any

from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import ExecutorError
from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.cores import available_cores
from arcbatt.interrupts import interruptible

__all__ = ["ThreadExecutor"]

_AHEAD = 2
"""Items handed to the threads for each: one that runs and one that waits."""


class ThreadExecutor(Executor):
    """Runs items over threads, each with a state of its own. Timeouts and last resorts of items are not looked at.

    Args:
        make_state: function without arguments; each thread calls it once and hands the result to its items.
        stop_state: called with each state when the executor is closed: ends soon what runs with it.
        jobs: threads, at least 1; None for one a core.
    """

    def __init__(
        self, make_state: Callable[[], Any], stop_state: Callable[[Any], None], jobs: int | None = None
    ) -> None:
        self.jobs = jobs or available_cores()
        self._make_state = make_state
        self._stop_state = stop_state
        self._threads: ThreadPoolExecutor | None = None
        self._local = threading.local()
        self._states: list[Any] = []
        self._numbers = count(1)

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """See :meth:`Executor.run`."""
        source = iter(items)
        running: dict[Future[Result], Item] = {}
        try:
            while True:
                for item in islice(source, self.jobs * _AHEAD - len(running)):
                    running[self._submit(item)] = item
                if not running:
                    return
                with interruptible():
                    done = wait(running, return_when=FIRST_COMPLETED).done
                for future in done:
                    del running[future]
                    yield future.result()
        except BaseException:
            self.close()
            raise

    def _submit(self, item: Item) -> Future[Result]:
        if self._threads is None:
            self._numbers = count(1)
            self._threads = ThreadPoolExecutor(self.jobs, "arcbatt", self._start_thread)
        try:
            return self._threads.submit(self._run_item, item)
        except RuntimeError as error:  # Python's word for a thread that the system does not let start
            raise ExecutorError(
                f"{error}: allow this process more threads or memory (ulimit -u, -v), or take fewer workers (-j)"
            ) from None

    def _start_thread(self) -> None:
        self._local.worker = next(self._numbers)
        state = self._local.state = self._make_state()
        self._states.append(state)

    def _run_item(self, item: Item) -> Result:
        start, start_cpu = time.monotonic(), time.thread_time()
        try:
            value = item.function(self._local.state, *item.arguments)
        except MemoryError:
            return Result(item.key, None, ItemFailure(FailureKind.MEMORY, "the process ran out of memory"))
        cpu_s, wall_s = time.thread_time() - start_cpu, time.monotonic() - start
        return Result(item.key, value, None, cpu_s, self._local.worker, start, wall_s)

    def close(self) -> None:
        """Stops what runs and waits for the threads to end."""
        threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown(wait=False, cancel_futures=True)
            for state in self._states:
                self._stop_state(state)
            threads.shutdown(wait=True)
            self._states.clear()
