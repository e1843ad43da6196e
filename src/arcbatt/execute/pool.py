"""The executor over a pool of processes: parallel, and safe from items that hang, die or eat memory.

Pebble runs the pool; a worker whose item is cancelled is killed and reaped. An item's time limit starts with its work
and is kept here, by a clock that nobody sets: pebble's own goes by the time of day. Workers are forked from a server
that holds no threads and has the engine loaded. An item whose worker hangs or dies is run once more when nothing else
runs, then its last resort; what fails then too is given up and reported.

Where it was inside a user's primitive, that is to blame: the primitive is refused from then on, and the item is run
again at once. See :mod:`arcbatt.engine.hangs`.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import forkserver, resource_tracker
from typing import Any

from arcbatt.engine import hangs
from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import ExecutorError
from arcbatt.execute import worker
from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.cores import available_cores
from arcbatt.execute.numbering import Numbering
from arcbatt.execute.slots import OUT_OF_MEMORY, Call, Slots
from arcbatt.interrupts import interruptible

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
_LOOK_S = 0.25
"""Seconds between two looks at what the workers are inside of, and at how long."""
_OVERDUE_S = 1.0
"""Seconds that a call of a user's primitive has beyond its time: its own process may end it first, at less cost."""


def start_fork_server(preload: Iterable[str] = ()) -> Any:
    """Starts the server that workers are forked from, unless it runs, and returns its multiprocessing context.

    Done early it loads its modules while the caller is busy with other things.

    Args:
        preload: names of modules to load before the first worker is forked; without effect once the server runs.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*worker.PRELOAD, *preload])
    # The server must not die of a Ctrl-C that comes while it starts, nor with the terminal; what it forks inherits the
    # mask. The tracker that it needs changes the mask of SIGINT itself, so it is started first.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


@dataclass(slots=True)
class _Submitted:
    """An item in the pool's hands.

    Attributes:
        item: the item.
        slot: its slot, if it has one.
        started: when it was first seen at work, by :func:`time.monotonic`; None before.
        is_late: whether its worker was killed since it worked longer than it may.
    """

    item: Item
    slot: int | None
    started: float | None = None
    is_late: bool = False


class PoolExecutor(Executor):
    """Runs items over worker processes.

    Attributes:
        refused: users' primitives that hung or ended a worker, by name. They are not called any more.

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
        self.refused: dict[str, hangs.Refusal] = {}
        self._start_arguments = (make_state, memory_bytes)
        self._pool: Any = None
        self._slots: Any = None
        self._numbering = Numbering()
        self._has_worked = False
        self._preload = tuple(preload)

    def start(self) -> None:
        """Starts the workers now instead of with the first item; returns before they are up.

        Raises:
            ExecutorError: the system does not give what the pool needs: processes, threads, files, memory.
        """
        if self._pool is not None:
            return
        try:
            self._start()
        except BrokenProcessPool as error:
            self.close()
            _raise_if_refused(error)
            # Else a worker died at once; the first item finds out whether all do.
        except (OSError, RuntimeError) as error:  # a RuntimeError is Python's word for a thread that cannot start
            self._pool = None
            raise _cannot_start(error) from None

    def _start(self) -> None:
        from pebble import ProcessPool

        context = start_fork_server(self._preload)
        self._slots = Slots(context, self.jobs * _AHEAD)
        for name, refusal in self.refused.items():
            self._slots.refuse(name, refusal)
        self._pool = ProcessPool(
            max_workers=self.jobs, initializer=worker.start, context=context,
            initargs=(*self._start_arguments, self._slots.memory),
        )  # fmt: skip
        self._pool.schedule(os.getpid)

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

    def run_once(self, item: Item) -> Result:
        """Gives one item one try, and no last resort: what is to be done about a failure is the caller's to decide."""
        try:
            ((_, result),) = self._completed(iter([item]), 1)
            return result
        except BaseException:
            self.close()
            raise

    def refuse(self, found: Mapping[str, hangs.Refusal]) -> None:
        """Refuses users' primitives from now on, in the workers too."""
        for name, refusal in found.items():
            if name not in self.refused:
                self.refused[name] = refusal
                if self._slots is not None:
                    self._slots.refuse(name, refusal)
        hangs.note(found)

    def _run_alone(self, item: Item, result: Result) -> Result:
        """Runs an item that failed once more while nothing else runs, then its last resort.

        What hung would hang again, so that goes to its last resort at once, if there is one.
        """
        hung = result.failure is not None and result.failure.kind is FailureKind.TIMEOUT
        if not (hung and item.last_resort):
            ((_, result),) = self._completed(iter([item]), 1)
        if result.failure is not None and item.last_resort:
            ((_, result),) = self._completed(iter([replace(item, function=item.last_resort)]), 1)
        return result

    def _completed(self, source: Iterator[Item], ahead: int) -> Iterator[tuple[Item, Result]]:
        """Runs items, at most so many at the same time, and yields each with its result.

        Pebble's pool breaks as a whole when a worker dies while it holds no item; then a new one takes over.
        """
        waiting: deque[Item] = deque()
        running: dict[Any, _Submitted] = {}
        blamed: set[tuple[Any, str]] = set()
        breaks = 0
        while True:
            waiting.extend(islice(source, max(0, ahead - len(waiting) - len(running))))
            try:
                while waiting:
                    future, submitted = self._submit(waiting[0])
                    running[future] = submitted
                    waiting.popleft()
                if not running:
                    return
                for future in self._first_done(running):
                    result, culprit = self._result_of(running[future], future)
                    self._has_worked, breaks = True, 0
                    item = running.pop(future).item
                    if culprit is None or (item.key, culprit) in blamed:
                        yield item, result
                    else:
                        blamed.add((item.key, culprit))
                        waiting.appendleft(item)
            except BrokenProcessPool as error:
                self.close()
                _raise_if_refused(error)
                waiting.extendleft(submitted.item for submitted in reversed(running.values()))
                running.clear()
                breaks += 1
                if breaks > _MOST_BREAKS:
                    if not self._has_worked:
                        raise ExecutorError(_NO_START) from None
                    item = waiting.popleft()
                    yield item, Result(item.key, None, ItemFailure(FailureKind.ERROR, "the workers keep dying"))

    def _submit(self, item: Item) -> tuple[Any, _Submitted]:
        self.start()
        if self._pool is None:
            raise BrokenProcessPool("a worker died as it started")
        submitted = _Submitted(item, self._slots.take())
        arguments = (item.function, item.arguments, submitted.slot)
        try:
            return self._pool.schedule(worker.run_item, args=arguments), submitted
        except RuntimeError as error:  # pebble's word for a pool that broke since
            raise BrokenProcessPool(str(error)) from None

    def _first_done(self, running: dict[Any, _Submitted]) -> Iterable[Any]:
        """Waits until items are done, and ends those that work too long or hang in a user's primitive.

        Raises:
            BrokenProcessPool: the pool broke, or nothing was done for longer than any item may take.
        """
        patience_s = _patience_s(submitted.item for submitted in running.values())
        give_up = None if patience_s is None else time.monotonic() + patience_s
        while give_up is None or time.monotonic() < give_up:
            for future, submitted in running.items():
                self._end_if_overdue(future, submitted)
            with interruptible():
                done = wait(running, _LOOK_S, FIRST_COMPLETED).done
            if done:
                return done
            if not self._pool.active:
                # Pebble aborts what it had taken up when it broke, and forgets what it was handed at that moment.
                raise BrokenProcessPool("the pool broke")
        raise BrokenProcessPool("a worker died between taking an item and saying so")

    def _end_if_overdue(self, future: Any, submitted: _Submitted) -> None:
        now, limit_s = time.monotonic(), submitted.item.timeout_s
        if submitted.started is None and future.running():
            submitted.started = now
        if limit_s is not None and submitted.started is not None and now > submitted.started + limit_s:
            submitted.is_late |= future.cancel()
        call = self._slots.call(submitted.slot)
        if call is not None and now > call.start + call.allowed_s + _OVERDUE_S:
            future.cancel()

    def _result_of(self, submitted: _Submitted, future: Any) -> tuple[Result, str | None]:
        """The result of an item that is done, and the user's primitive to blame for its failure, if any."""
        call = self._slots.call(submitted.slot)
        self._slots.give_back(submitted.slot)
        result, refused = self._outcome_of(submitted, future)
        culprit = None
        if result.failure is not None and call is not None:
            culprit = call.name
            refused = {culprit: hangs.Refusal(_reason(call, result.failure))}
        self.refuse(refused)
        return result, culprit

    def _outcome_of(self, submitted: _Submitted, future: Any) -> tuple[Result, dict[str, hangs.Refusal]]:
        """The result of an item that is done, and the primitives that its worker refused."""
        item, answer = submitted.item, _answer_of(submitted, future)
        if isinstance(answer, ItemFailure):
            return Result(item.key, None, answer), {}
        number = self._numbering.of(answer.process)
        result = Result(item.key, answer.value, None, answer.cpu_s, number, answer.start, answer.wall_s)
        return result, answer.refused

    def close(self) -> None:
        """Kills and reaps all workers."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            pool.join()


def _raise_if_refused(error: BrokenProcessPool) -> None:
    """Raises where a pool broke since the system gave it no more processes, files or memory."""
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN):
        raise _cannot_start(cause) from None


def _cannot_start(error: Exception) -> ExecutorError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ExecutorError(
        f"the worker processes cannot start ({reason}): allow more processes, files or memory (ulimit -u, -n, -v), "
        "or take fewer workers (-j)"
    )


def _patience_s(items: Iterable[Item]) -> float | None:
    """Seconds after which one of the items must have ended, if the pool still works; None for no limit."""
    limits = [item.timeout_s for item in items]
    return None if None in limits else max(limit for limit in limits if limit is not None) + _STALL_S


def _reason(call: Call, failure: ItemFailure) -> str:
    """Why a primitive is refused whose worker did not survive the call, in words."""
    if failure.kind is FailureKind.TIMEOUT:
        return hangs.overdue_reason(call.name, call.allowed_s)
    return f"{call.name} brought its worker down: {failure.message}"


def _answer_of(submitted: _Submitted, future: Any) -> worker.Answer | ItemFailure:
    """What the worker of an item that is done said, or why there is nothing."""
    from pebble import ProcessExpired

    try:
        answer: worker.Answer = future.result()
        return answer
    except CancelledError:
        limit = f"within {submitted.item.timeout_s:g} seconds" if submitted.is_late else "in time"
        return ItemFailure(FailureKind.TIMEOUT, f"no answer {limit}; the worker was killed")
    except MemoryError:
        return ItemFailure(FailureKind.MEMORY, "the worker ran out of memory")
    except ProcessExpired as error:
        kind = FailureKind.MEMORY if error.exitcode == OUT_OF_MEMORY else FailureKind.ERROR
        return ItemFailure(kind, _cause_of_death(error.exitcode))


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return f"the worker was killed by {signal.Signals(-exit_code).name}"
        except ValueError:
            return f"the worker was killed by signal {-exit_code}"
    if exit_code == OUT_OF_MEMORY:
        return "the worker ran out of memory"
    return f"the worker ended with status {exit_code}"
