"""The executor over a Dask cluster: batches of items go to its workers, and what is lost with one of them goes again.

An item that fails by hanging, dying or lack of memory is run once more when nothing else runs, then its last resort, as
a pool has it. So is one that was lost with its worker twice: the first time it goes to another at once, since a machine
may be cut off by no fault of the item. A program that takes workers down takes four, therefore, and no more.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from arcbatt.engine import hangs
from arcbatt.engine.outcome import FailureKind
from arcbatt.execute.base import Executor, Item, ItemFailure, Result
from arcbatt.execute.cluster.address import ClusterAddress, check_installed
from arcbatt.execute.cluster.crew import Crew, Reply, Settings
from arcbatt.execute.cluster.remote import Payload

__all__ = ["PATIENCE_S", "ClusterExecutor"]

PATIENCE_S: Final = 120.0
"""Seconds without a scheduler, or without any worker, until a run is given up."""
_AHEAD: Final = 2
"""Batches that each thread of a worker has where they are short: one that runs and one that waits."""
_BATCH_S: Final = 0.2
"""Seconds that a batch should take: much more than the two milliseconds that it costs to send one."""
_MOST_ITEMS: Final = 32
_BUSY: Final = 4
"""A machine that others use too may take so many times as long; what it costs to send a batch is more there as well."""


def _tell(line: str) -> None:
    print(f"arcbatt: {line}", file=sys.stderr, flush=True)


class ClusterExecutor(Executor):
    """Runs items over the workers of a Dask cluster.

    Args:
        address: what ``--cluster`` takes; see :class:`~.address.ClusterAddress`.
        make_state: picklable; given the number of threads of the run that share a worker's machine, it returns what
            makes the state of each of them. It is sent to each worker once.
        stop_state: picklable; called with a state to end soon what runs with it in another thread.
        engine: name of the engine that a worker must have; "" for none.
        is_killable: whether items run in processes of their own, which are killed when an item hangs; else in threads
            of the workers, for an engine that bounds itself.
        memory_bytes: bound on the memory of each such process; None for no bound.
        preload: modules that workers load before they begin.
        patience_s: see :data:`PATIENCE_S`.
        tell: gets lines for the user: workers that come to nothing, a scheduler that is gone.

    Raises:
        InputError: the address is none, or dask.distributed is not installed.
    """

    is_remote = True

    def __init__(
        self, address: str, make_state: Callable[[int], Callable[[], Any]], stop_state: Callable[[Any], None], *,
        engine: str = "", is_killable: bool = True, memory_bytes: int | None = None, preload: Iterable[str] = (),
        patience_s: float = PATIENCE_S, tell: Callable[[str], None] = _tell,
    ) -> None:  # fmt: skip
        where = ClusterAddress.parse(address)
        check_installed()
        payload = Payload(make_state, stop_state, is_killable, memory_bytes, tuple(preload))
        self._count = where.count
        self._crew = Crew(Settings(where, payload, engine, patience_s, tell))
        self._refused: dict[str, hangs.Refusal] = {}

    @property
    def jobs(self) -> int:  # type: ignore[override]
        """Threads of the workers: those asked for here, those that take work at the moment elsewhere; at least 1."""
        return self._count or max(1, self._crew.threads)

    def start(self) -> None:
        """Starts a cluster on this machine and returns before it is up, or waits for the first workers of another.

        Raises:
            ExecutorError: it cannot start; no scheduler answers, or no worker takes work.
        """
        if self._count:
            self._crew.start()
        else:
            self._crew.settle()

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """See :meth:`Executor.run`."""
        failed: list[tuple[Item, Result]] = []
        try:
            for item, result in self._tried(iter(items)):
                if result.failure is None:
                    yield result
                else:
                    failed.append((item, result))
            for item, result in failed:
                yield self._run_alone(item, result)
        except BaseException:
            self._crew.abandon()
            raise

    def close(self) -> None:
        """Ends what runs: all processes of a cluster on this machine, the run's work on another."""
        self._crew.close()

    def _tried(self, source: Iterator[Item]) -> Iterator[tuple[Item, Result]]:
        """Runs items among others and yields each with its result."""
        again: deque[list[Item]] = deque()
        sent: dict[int, list[Item]] = {}
        losses: Counter[Any] = Counter()
        pace = _Pace()
        while self._fill(source, again, sent, pace):
            found: list[tuple[Item, Result]] = []
            for reply in self._crew.replies():
                batch = sent.pop(reply.ticket, [])
                if reply.answer is None:
                    found += _lost(reply, batch, losses, again)
                    continue
                results = self._results(reply, batch)
                if len(results) < len(batch):  # the worker was told to end
                    again.append(batch[len(results) :])
                pace.note(results)
                found += zip(batch, results, strict=False)
            self._fill(source, again, sent, pace)
            yield from found

    def _fill(self, source: Iterator[Item], again: deque[list[Item]], sent: dict[int, list[Item]], pace: _Pace) -> bool:
        """Sends as much as the workers may have; whether there is anything to wait for."""
        while (worker := self._crew.free_worker(pace.ahead)) is not None:
            batch = again.popleft() if again else list(islice(source, pace.size))
            if not batch:
                return bool(sent)
            sent[self._crew.send(worker, self._packed(batch))] = batch
        return True

    def _packed(self, batch: list[Item]) -> bytes:
        return pickle.dumps((batch, self._refused), pickle.HIGHEST_PROTOCOL)

    def _results(self, reply: Reply, batch: list[Item]) -> list[Result]:
        """What came of a batch; the exception of an item that raised one comes out."""
        answer = reply.answer
        assert answer is not None
        if answer.refused:
            self._refused.update(answer.refused)
            hangs.note(answer.refused)
        found = []
        for item, done in zip(batch, answer.done, strict=False):
            if done.error is not None:
                raise done.error
            if done.failure is not None:
                found.append(Result(item.key, None, done.failure))
            else:
                number = self._crew.number_of(reply.worker, answer.slot)
                start = done.start + reply.offset
                found.append(Result(item.key, done.value, None, done.cpu_s, number, start, done.wall_s))
        return found

    def _run_alone(self, item: Item, result: Result) -> Result:
        """Runs an item that failed once more while nothing else runs, then its last resort.

        What hung would hang again, so that goes to its last resort at once, if there is one.
        """
        hung = result.failure is not None and result.failure.kind is FailureKind.TIMEOUT
        if not (hung and item.last_resort):
            result = self._attempt(item)
        if result.failure is not None and item.last_resort:
            result = self._attempt(replace(item, function=item.last_resort))
        return result

    def _attempt(self, item: Item) -> Result:
        """Runs one item, and again only where it was lost by no fault of its worker."""
        ticket: int | None = None
        while True:
            if ticket is None and (worker := self._crew.free_worker()) is not None:
                ticket = self._crew.send(worker, self._packed([item]))
            for reply in self._crew.replies():
                if reply.ticket != ticket:
                    continue
                results = [] if reply.answer is None else self._results(reply, [item])
                if results:
                    return results[0]
                if reply.answer is None and not reply.is_blameless:
                    return _gone(item, reply)
                ticket = None


class _Pace:
    """How many items make a batch: one at first, then as many as take :data:`_BATCH_S`, at most twice what was before.

    An iterator that is closed early has drawn little more than it gave.
    """

    def __init__(self) -> None:
        self.size = 1
        self._item_s: float | None = None

    @property
    def ahead(self) -> int:
        """Batches for each thread: none waits behind one that may take long, while another worker is idle."""
        return 1 if self._item_s is None or self._item_s > _BATCH_S else _AHEAD

    def note(self, results: list[Result]) -> None:
        """Takes a batch into account."""
        if results:
            item_s = sum(max(result.cpu_s, result.wall_s / _BUSY) for result in results) / len(results)
            self._item_s = item_s if self._item_s is None else 0.7 * self._item_s + 0.3 * item_s
            fitting = int(_BATCH_S / max(self._item_s, 1e-6))
            self.size = max(1, min(fitting, 2 * self.size, _MOST_ITEMS))


def _lost(
    reply: Reply, batch: list[Item], losses: Counter[Any], again: deque[list[Item]]
) -> Iterator[tuple[Item, Result]]:
    """What becomes of a batch that is lost: it goes again; items that were lost before are given with a failure."""
    if reply.is_blameless:
        again.append(batch)
        return
    for item in batch:
        losses[item.key] += 1
        if losses[item.key] == 1:
            again.append([item])
        else:
            yield item, _gone(item, reply)


def _gone(item: Item, reply: Reply) -> Result:
    return Result(item.key, None, ItemFailure(FailureKind.ERROR, f"the worker {reply.worker} ended or was cut off"))
