"""The executor over a pool of processes: parallel, and safe from items that hang, die or eat memory.

Pebble runs the pool: an item's time limit starts with its work, and the worker that passes it is killed and reaped.
Workers are forked from a server that holds no threads and has the engine loaded. An item whose worker hangs or dies is
run once more when nothing else runs, then its last resort; what fails then too is given up and reported.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from multiprocessing import forkserver, resource_tracker
from typing import Any

from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import ExecutorError
from arcbatt.execute import worker
from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.cores import available_cores

__all__ = ["PoolExecutor", "start_fork_server"]

_MOST_BREAKS = 3
"""Times in a row that the pool may break before the item that comes first is blamed."""
_STALL_S = 90.0
"""How much longer than the longest item a pool may be silent; pebble itself waits up to 60 seconds for a lock."""
_NO_START = (
    "the worker processes end as soon as they start; a script that starts a pool needs its work behind "
    "if __name__ == '__main__', since each worker imports the script"
)
_AHEAD = 2
"""Items handed to the pool for each worker: one that runs and one that waits."""


def start_fork_server(preload: Iterable[str] = ()) -> Any:
    """Starts the server that workers are forked from, unless it runs, and gives its multiprocessing context.

    Done early it loads its modules while the caller is busy with other things.

    Args:
        preload: names of modules to load before the first worker is forked; without effect once the server runs.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*worker.PRELOAD, *preload])
    # The server must not die of a Ctrl-C that comes while it starts; what it forks inherits the mask. The tracker that
    # it needs sees to itself, but lifts the mask, so it comes first.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


class PoolExecutor(Executor):
    """Runs items over worker processes.

    Args:
        make_state: picklable function without arguments; each worker calls it once and hands the result to its items.
        jobs: worker processes, at least 1; None for one a core.
        memory_bytes: bound on the memory of each worker; None for no bound.
        preload: see :func:`start_fork_server`.
    """

    def __init__(
        self,
        make_state: Callable[[], Any],
        jobs: int | None = None,
        memory_bytes: int | None = None,
        preload: Iterable[str] = (),
    ) -> None:
        self.jobs = jobs or available_cores()
        self._initializer = (make_state, memory_bytes)
        self._pool: Any = None
        self._has_worked = False
        self._preload = tuple(preload)

    def start(self) -> None:
        """Starts the workers now instead of with the first item; returns before they are up.

        Raises:
            ExecutorError: the system does not let a thread start that the pool needs.
        """
        if self._pool is None:
            from pebble import ProcessPool

            context = start_fork_server(self._preload)
            self._pool = ProcessPool(
                max_workers=self.jobs, initializer=worker.start, initargs=self._initializer, context=context
            )
            try:
                self._pool.schedule(os.getpid)
            except BrokenProcessPool:
                raise
            except RuntimeError as error:  # Python's word for a thread that the system does not let start
                self._pool = None
                raise ExecutorError(f"{error}: allow this process more processes or memory (ulimit -u, -v)") from None

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """See :meth:`Executor.run`."""
        failed: list[tuple[Item, Result]] = []
        try:
            for item, result in self._completed(iter(items), self.jobs * _AHEAD):
                if result.failure is None:
                    yield result
                else:
                    failed.append((item, result))
            for item, result in failed:
                yield self._run_alone(item, result)
        except BaseException:
            self.close()
            raise

    def _run_alone(self, item: Item, result: Result) -> Result:
        """Runs an item that failed once more while nothing else runs, then its last resort.

        What hung would hang again, so that goes to its last resort at once, where there is one.
        """
        hung = result.failure is not None and result.failure.kind is FailureKind.TIMEOUT
        if not (hung and item.last_resort):
            ((_, result),) = self._completed(iter([item]), 1)
        if result.failure is not None and item.last_resort:
            ((_, result),) = self._completed(iter([replace(item, function=item.last_resort)]), 1)
        return result

    def _completed(self, source: Iterator[Item], ahead: int) -> Iterator[tuple[Item, Result]]:
        """Runs items, at most so many at the same time, and gives each with its result.

        Pebble's pool breaks as a whole when a worker dies while it holds no item; then a new one takes over.
        """
        waiting: deque[Item] = deque()
        running: dict[Any, Item] = {}
        breaks = 0
        while True:
            waiting.extend(islice(source, max(0, ahead - len(waiting) - len(running))))
            try:
                while waiting:
                    future = self._submit(waiting[0])
                    running[future] = waiting.popleft()
                if not running:
                    return
                done = wait(running, _patience_s(running.values()), FIRST_COMPLETED).done
                if not done:
                    raise BrokenProcessPool("a worker died between taking an item and saying so")
                for future in done:
                    result = _result_of(running[future], future)
                    self._has_worked, breaks = True, 0
                    yield running.pop(future), result
            except BrokenProcessPool:
                self.close()
                waiting.extendleft(reversed(running.values()))
                running.clear()
                breaks += 1
                if breaks > _MOST_BREAKS:
                    if not self._has_worked:
                        raise ExecutorError(_NO_START) from None
                    item = waiting.popleft()
                    yield item, Result(item.key, None, ItemFailure(FailureKind.ERROR, "the workers keep dying"))

    def _submit(self, item: Item) -> Any:
        self.start()
        try:
            return self._pool.schedule(worker.run_item, args=(item.function, item.arguments), timeout=item.timeout_s)
        except RuntimeError as error:  # pebble's word for a pool that broke since
            raise BrokenProcessPool(str(error)) from None

    def close(self) -> None:
        """Kills and reaps all workers."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            pool.join()


def _patience_s(items: Iterable[Item]) -> float | None:
    """Seconds after which one of the items must have ended, if the pool still works; None for no limit."""
    limits = [item.timeout_s for item in items]
    return None if None in limits else max(limit for limit in limits if limit is not None) + _STALL_S


def _result_of(item: Item, future: Any) -> Result:
    from pebble import ProcessExpired

    try:
        value, cpu_s = future.result()
        return Result(item.key, value, None, cpu_s)
    except FutureTimeoutError:
        message = f"no answer within {item.timeout_s:g} seconds; the worker was killed"
        return Result(item.key, None, ItemFailure(FailureKind.TIMEOUT, message))
    except MemoryError:
        return Result(item.key, None, ItemFailure(FailureKind.MEMORY, "the worker ran out of memory"))
    except ProcessExpired as error:
        return Result(item.key, None, ItemFailure(FailureKind.ERROR, _cause_of_death(error.exitcode)))


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return f"the worker was killed by {signal.Signals(-exit_code).name}"
        except ValueError:
            return f"the worker was killed by signal {-exit_code}"
    return f"the worker ended with status {exit_code}"
