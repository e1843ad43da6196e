"""Threads that share devices: one works with a device for all that wait for it meanwhile."""

from __future__ import annotations

import threading
import time
import warnings
from collections import deque
from collections.abc import Sequence
from typing import Any, Protocol

from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.rules import Rule
from arcbatt.engine.cuda.enumeration.wanted import Answer, Wanted
from arcbatt.errors import DeviceWarning

__all__ = ["DeviceQueue", "DeviceQueues", "SearchDevices", "shared_queues"]

_shared: dict[tuple[int, ...], tuple[Sequence[Device], DeviceQueues]] = {}
_lock = threading.Lock()


def shared_queues(devices: Sequence[Device]) -> DeviceQueues:
    """The queues of these devices, the same ones each time in a process, so that searches of many threads share them.

    They work through handles of their own, beside whatever else is done with the devices.
    """
    key = tuple(map(id, devices))
    with _lock:
        if key not in _shared:
            # The devices are held too: another one may not get the number of one of them.
            _shared[key] = devices, DeviceQueues([device.another() for device in devices])
        return _shared[key][1]


class SearchDevices(Protocol):
    """Devices that work for enumerations: those of this process, or of the one that started it."""

    def open(self, rules: Sequence[Rule], samples: int, node_fuel: int, outputs: bytes, demos: int) -> Any:
        """What a search has on a device, with the device's ``name``; None when there is no device left."""
        ...

    def answer(self, memory: Any, wanted: Wanted) -> Answer:
        """Answers a request of a search; see :meth:`DeviceQueue.answer`."""
        ...

    def close(self, memory: Any) -> None:
        """Gives back what a search had; to be called once, waits for nothing."""
        ...


class DeviceQueue:
    """One device for the searches of many threads. Who finds it free answers all requests that wait, in one go.

    Args:
        device: nobody else uses it.

    Attributes:
        searches: how many searches have memory on it.
        rounds: how often requests were answered together.
        answers: how many requests were answered.
        worked_s: seconds in which the device did that, copies included; for people, nothing depends on it.
    """

    def __init__(self, device: Device) -> None:
        self.device = device
        self.searches = self.rounds = self.answers = 0
        self.worked_s = 0.0
        self._changed = threading.Condition()
        self._waiting: list[_Request] = []
        self._leaving: deque[SearchMemory] = deque()
        self._is_busy = self._has_told = False
        self._lost: str | None = None

    @property
    def is_lost(self) -> bool:
        """Whether the device is lost; it answers nothing any more."""
        return self._lost is not None

    def open(self, rules: Sequence[Rule], samples: int, node_fuel: int, outputs: bytes, demos: int) -> SearchMemory:
        """Memory for a search, to be closed by :meth:`close`; see :class:`SearchMemory` for the arguments."""
        memory = SearchMemory(self.device, rules, samples, node_fuel, outputs, demos)
        with self._changed:
            self.searches += 1
            self._let_go()
        return memory

    def close(self, memory: SearchMemory) -> None:
        """Gives back what a search had here, as soon as the device is free. To be called once, after its last request.

        It waits for nothing, so that it may be called at any time: by the garbage collector, in the middle of anything.
        """
        self._leaving.append(memory)
        if self._changed.acquire(blocking=False):
            try:
                self._let_go()
            finally:
                self._changed.release()

    def _let_go(self) -> None:
        """Gives back what closed searches had, unless the device is busy; by a thread that has the lock."""
        while self._leaving and not self._is_busy:
            self._leaving.popleft().close()
            self.searches -= 1

    def answer(self, memory: SearchMemory, wanted: Wanted) -> Answer:
        """Answers a request, perhaps together with those of other threads.

        Raises:
            DeviceMemoryError: there is not enough memory for this one alone; its search's memory is as before.
            DeviceLostError: the device is lost, now or earlier.
            ValueError: it is no request of this search.
        """
        mine = _Request(memory, wanted)
        with self._changed:
            self._waiting.append(mine)
            try:
                self._changed.wait_for(lambda: mine.is_done or not self._is_busy)
            except BaseException:  # an interrupt: nobody is to answer for what may be closed by then
                if mine in self._waiting:
                    self._waiting.remove(mine)
                raise
            if mine.is_done:
                return mine.result()
            self._is_busy = True
            taken, self._waiting = self._waiting, []
        try:
            self._serve(taken)
        except BaseException:
            # It was broken off somewhere: nobody knows what is on the device now.
            self._lost = self._lost or "its work was broken off"
            raise
        finally:
            with self._changed:
                for request in taken:
                    if not request.is_done:
                        request.error = DeviceLostError(self._lost or "")
                self._is_busy = False
                self._let_go()
                self._changed.notify_all()
        self._tell_if_lost()
        return mine.result()

    def _tell_if_lost(self) -> None:
        """Says once that the device is lost: searches go on without a word."""
        with self._changed:
            is_news, self._has_told = self._lost is not None and not self._has_told, self.is_lost
        if is_news:
            lost = f"{self.device.name} is lost ({self._lost}); enumerations go on on the CPU"
            warnings.warn(lost, DeviceWarning, stacklevel=2)

    def _serve(self, taken: Sequence[_Request]) -> None:
        """Answers requests, in halves where they are too much; each has its answer or its error then."""
        if self._lost is not None:
            for request in taken:
                request.error = DeviceLostError(self._lost)
            return
        try:
            start = time.perf_counter()
            found = answer(self.device, [(request.memory, request.wanted) for request in taken])
            self.worked_s += time.perf_counter() - start
        except DeviceLostError as error:
            self._lost = str(error)
            self._serve(taken)
        except (DeviceMemoryError, ValueError) as error:
            if len(taken) == 1:
                taken[0].error = error
                return
            half = (len(taken) + 1) // 2
            self._serve(taken[:half])
            self._serve(taken[half:])
        else:
            self.rounds += 1
            self.answers += len(taken)
            for request, given in zip(taken, found, strict=True):
                request.answer = given


class DeviceQueues:
    """Several devices; a search stays on the one where its memory is.

    Args:
        devices: nobody else uses them.
    """

    def __init__(self, devices: Sequence[Device]) -> None:
        self.queues = [DeviceQueue(device) for device in devices]
        self._lock = threading.Lock()

    def open(
        self, rules: Sequence[Rule], samples: int, node_fuel: int, outputs: bytes, demos: int
    ) -> SearchMemory | None:
        """Memory for a search on the device that has the fewest of them; None when none is left."""
        with self._lock:
            left = [queue for queue in self.queues if not queue.is_lost]
            if not left:
                return None
            queue = min(left, key=lambda queue: queue.searches)
            return queue.open(rules, samples, node_fuel, outputs, demos)

    def answer(self, memory: SearchMemory, wanted: Wanted) -> Answer:
        """See :meth:`DeviceQueue.answer`."""
        return self._queue_of(memory).answer(memory, wanted)

    def close(self, memory: SearchMemory) -> None:
        """See :meth:`DeviceQueue.close`."""
        self._queue_of(memory).close(memory)

    def _queue_of(self, memory: SearchMemory) -> DeviceQueue:
        return next(queue for queue in self.queues if queue.device is memory.device)


class _Request:
    """A request that waits, later with its answer or its error."""

    def __init__(self, memory: SearchMemory, wanted: Wanted) -> None:
        self.memory, self.wanted = memory, wanted
        self.answer: Answer | None = None
        self.error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.answer is not None or self.error is not None

    def result(self) -> Answer:
        """The answer; raises the error."""
        if self.error is not None:
            raise self.error
        assert self.answer is not None
        return self.answer
