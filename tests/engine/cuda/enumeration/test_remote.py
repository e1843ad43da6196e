"""Devices of one process for the enumerations of others: the same results, and nothing left behind, whoever ends."""

from __future__ import annotations

import multiprocessing
import time
import warnings
from collections.abc import Callable, Iterator
from multiprocessing.connection import Client
from typing import Any

import pytest

from arcbatt.engine.cuda.device import DeviceMemoryError
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues
from arcbatt.engine.cuda.enumeration.remote import RemoteQueues, SearchServer
from arcbatt.errors import DeviceWarning
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, device_search, grid_grammar
from support.enumerations import Found, found_by, small_tasks
from support.host_device import COMPILER, FaultyDevice, HostDevice, lost_at
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip
LIMITS = EnumerationLimits(nodes=8_000)


@pytest.fixture(autouse=True)
def _asked_for_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_search.DeviceSearch.__init__, "__defaults__", (8, 2_000))


@pytest.fixture
def device() -> HostDevice:
    return HostDevice()


@pytest.fixture
def server(device: HostDevice) -> Iterator[tuple[SearchServer, str, DeviceQueues]]:
    queues = DeviceQueues([device])
    server = SearchServer(queues)
    address = server.open()
    yield server, address, queues
    server.close()


def searched(devices: Any = None, serve: Callable[[], None] = lambda: None) -> Found:
    task = small_tasks()[1]
    return found_by(Enumeration(task, LIMITS, grid_grammar(task), devices=devices), 500, serve)


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def search_on(address: str, results: Any, nodes: int) -> None:
    """What a worker does: some of a search, then it waits to be killed or goes on."""
    device_search.DeviceSearch.__init__.__defaults__ = (8, 2_000)  # type: ignore[attr-defined]
    task = small_tasks()[1]
    search = Enumeration(task, LIMITS, grid_grammar(task), devices=RemoteQueues(address))
    while search.report.applied < min(nodes, 4_000):
        search.advance(nodes - search.report.applied)
    if nodes == 4_000:
        results.put(search.report.applied)
        time.sleep(120)
    results.put(found_by(search, 500))


def test_other_processes_find_the_same(server: Any, device: HostDevice) -> None:
    _, address, queues = server
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=search_on, args=(address, results, 0), daemon=True) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert [results.get(timeout=120) for _ in workers] == [searched()] * 2
    for worker in workers:
        worker.join()
    assert queues.queues[0].answers > 0
    wait_until(lambda: device.held == 0)


def test_a_killed_process_leaves_nothing_on_the_device(server: Any, device: HostDevice) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    worker = context.Process(target=search_on, args=(server[1], results, 4_000), daemon=True)
    worker.start()
    assert results.get(timeout=120) == 4_000
    assert device.held > 0
    worker.kill()
    worker.join()
    wait_until(lambda: device.held == 0)
    assert searched(RemoteQueues(server[1])) == searched()


def test_a_server_that_ends_is_a_lost_device(server: Any, device: HostDevice) -> None:
    asked: list[int] = []

    def serve() -> None:
        asked.append(server[2].queues[0].answers)
        if asked[-1] > 2:
            server[0].close()

    assert searched(RemoteQueues(server[1]), serve) == searched()
    assert max(asked) > 2
    wait_until(lambda: device.held == 0)
    assert searched(RemoteQueues(server[1])) == searched()  # nobody answers any more


def test_faults_come_over_as_what_they_are() -> None:
    def too_little(method: str, count: int) -> Exception | None:
        return DeviceMemoryError("others took it") if method == "allocate" and count in (20, 40) else None

    for fault, is_lost in ((lost_at("run", 9), True), (too_little, False)):
        queues = DeviceQueues([FaultyDevice(fault)])
        server = SearchServer(queues)
        remote = RemoteQueues(server.open())
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            assert searched(remote) == searched()
        assert [str(item.message) for item in told if item.category is DeviceWarning] == [
            "faulty is lost (it fell off the bus); enumerations go on on the CPU"
        ] * is_lost
        server.close()


def test_who_does_not_know_the_key_is_not_let_in(server: Any) -> None:
    with pytest.raises((multiprocessing.AuthenticationError, EOFError, OSError)):
        Client(server[1], authkey=b"a stranger's")
    assert searched(RemoteQueues(server[1])) == searched()
    assert server[2].queues[0].answers > 0
