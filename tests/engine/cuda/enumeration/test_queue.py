"""Threads that share devices: all get their own answers, or their own errors."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from arcbatt.engine.cuda.device import DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.queue import DeviceQueue, DeviceQueues
from arcbatt.engine.cuda.enumeration.wanted import Answer, Segment, Wanted
from arcbatt.errors import DeviceWarning
from support.device_search import RandomSearch, TwinSearch, grids_record
from support.host_device import COMPILER, FaultyDevice, HostDevice, lost_at

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")


def opened(queue: Any, search: TwinSearch) -> SearchMemory:
    record = grids_record(search.outputs)
    memory = queue.open(search.rules, search.samples, search.node_fuel, record, len(search.outputs))
    assert isinstance(memory, SearchMemory)
    return memory


def in_threads(work: Callable[[int], None], count: int) -> None:
    """Calls it with 0 to count - 1, at the same time; raises the first error."""
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    if errors:
        raise errors[0]


def test_many_threads_get_their_own_answers() -> None:
    device = HostDevice()
    queue = DeviceQueue(device)

    def work(number: int) -> None:
        search = RandomSearch(random.Random(number))
        memory = opened(queue, search)
        for _ in range(4):
            wanted = search.wanted()
            search.take(search.check(wanted, queue.answer(memory, wanted)))
        queue.close(memory)

    in_threads(work, 8)
    assert queue.answers == 32
    assert (queue.searches, device.held) == (0, 0)


class Gate:
    """Holds a device at its first step until so many others wait."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.queue: Any = None
        self.is_open = False

    def __call__(self, method: str, count: int) -> Exception | None:
        if method == "run" and not self.is_open:
            self.is_open = True
            with self.queue._changed:
                assert self.queue._changed.wait_for(lambda: len(self.queue._waiting) == self.count, 60)
        return None


class Noticed(list[Any]):
    """Requests that wait; whoever looks at them hears of each."""

    def __init__(self, queue: DeviceQueue) -> None:
        super().__init__()
        self._queue = queue

    def append(self, item: Any) -> None:
        super().append(item)
        self._queue._changed.notify_all()


def gated(count: int, fault: Callable[[str, int], Exception | None] = lambda *_: None) -> DeviceQueue:
    """A queue whose first round goes on once so many requests wait for the second."""
    gate = Gate(count)
    queue = gate.queue = DeviceQueue(FaultyDevice(lambda method, number: gate(method, number) or fault(method, number)))
    taken = queue._serve

    def serve(requests: Any) -> None:
        if not gate.is_open:
            queue._waiting = Noticed(queue)
        taken(requests)

    queue._serve = serve  # type: ignore[method-assign]
    return queue


def test_what_waits_is_answered_together() -> None:
    queue = gated(5)
    in_threads(lambda number: asked_once(queue, number), 6)
    assert (queue.rounds, queue.answers) == (2, 6)


def asked_once(queue: DeviceQueue, number: int) -> None:
    search = RandomSearch(random.Random(number))
    memory, wanted = opened(queue, search), search.wanted()
    search.check(wanted, queue.answer(memory, wanted))


def test_too_much_at_once_is_halved() -> None:
    """The four that wait are too much, and so are the first two of them; one is too much alone."""
    failures: list[int] = []

    def fault(method: str, count: int) -> Exception | None:
        if method == "allocate" and queue.rounds == 1 and len(failures) < 3:
            failures.append(count)
            return DeviceMemoryError("too much")
        return None

    queue = gated(4, fault)
    found: dict[int, str] = {}

    def work(number: int) -> None:
        try:
            asked_once(queue, number)
            found[number] = "answered"
        except DeviceMemoryError:
            found[number] = "too much"

    in_threads(work, 5)
    assert sorted(found.values()) == ["answered"] * 4 + ["too much"]
    assert queue.rounds == 3  # the first, the other one of a pair, the other pair
    assert not queue.is_lost


def test_what_is_no_request_harms_no_other() -> None:
    queue = gated(3)
    errors: list[int] = []

    def work(number: int) -> None:
        if number != 1:
            return asked_once(queue, number)
        search = RandomSearch(random.Random(number))
        with pytest.raises(ValueError, match="rule 0"):
            queue.answer(opened(queue, search), Wanted([Segment(0, (), False, 0, 1)], False, b"", b"", []))
        errors.append(number)
        return None

    in_threads(work, 4)
    assert errors == [1]


@pytest.mark.parametrize(("method", "call"), [("allocate", 1), ("run", 3), ("run", 12), ("read", 2), ("read", 7)])
def test_a_lost_device_is_lost_to_all(method: str, call: int) -> None:
    queue = gated(3, lost_at(method, call))
    lost: list[str] = []

    def work(number: int) -> None:
        try:
            for _ in range(3):
                asked_once(queue, number)
        except DeviceLostError as error:
            lost.append(str(error))

    with pytest.warns(DeviceWarning) as told:
        in_threads(work, 4)
    assert [str(item.message).split("; ")[1] for item in told] == ["enumerations go on on the CPU"]
    assert lost == ["it fell off the bus"] * 4
    assert queue.is_lost
    with pytest.raises(DeviceLostError):
        asked_once(queue, 9)


def test_work_that_breaks_off_is_a_loss_to_the_others() -> None:
    def fault(method: str, count: int) -> Exception | None:
        if method == "run" and queue.rounds == 1:
            raise KeyboardInterrupt
        return None

    queue = gated(3, fault)
    found: list[str] = []

    def work(number: int) -> None:
        try:
            asked_once(queue, number)
        except (DeviceLostError, KeyboardInterrupt) as error:
            found.append(type(error).__name__)

    in_threads(work, 4)
    assert sorted(found) == ["DeviceLostError", "DeviceLostError", "KeyboardInterrupt"]
    assert queue.is_lost


def test_what_is_interrupted_while_it_waits_is_not_answered() -> None:
    queue = DeviceQueue(HostDevice())
    search = RandomSearch(random.Random(1))
    memory, wanted = opened(queue, search), search.wanted()

    def interrupt(_: Callable[[], bool]) -> bool:
        raise KeyboardInterrupt

    waiting, queue._changed.wait_for = queue._changed.wait_for, interrupt  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        queue.answer(memory, wanted)
    queue._changed.wait_for = waiting  # type: ignore[method-assign]
    search.check(wanted, queue.answer(memory, wanted))
    assert queue.answers == 1


def test_searches_are_spread_over_devices_and_stay() -> None:
    one, two = HostDevice("one"), FaultyDevice(lost_at("run", 1), "two")
    queues = DeviceQueues([one, two])
    searches = [RandomSearch(random.Random(number)) for number in range(4)]
    memories = [opened(queues, search) for search in searches]
    assert [memory.device for memory in memories] == [one, two, one, two]
    queues.close(memories[2])
    assert opened(queues, searches[2]).device is one
    wanted: list[Wanted] = [search.wanted() for search in searches]
    given: Answer = queues.answer(memories[0], wanted[0])
    searches[0].check(wanted[0], given)
    with (
        pytest.raises(DeviceLostError),
        pytest.warns(DeviceWarning, match=r"^two is lost \(it fell off the bus\); enumerations go on on the CPU$"),
    ):
        queues.answer(memories[1], wanted[1])
    assert [opened(queues, search).device for search in searches] == [one] * 4
    queues.close(memories[1])
    assert DeviceQueues([]).open([], 1, 1, b"", 0) is None
