"""Enumerations with a real GPU find and count what the native search does; elsewhere skipped, with the reason.

    python -m pytest tests/gpu
"""

from __future__ import annotations

import gc
import threading
from typing import Any

import pytest

from arcbatt.arc import Challenge, load_set
from arcbatt.engine.cuda.cupy_device import open_devices
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues
from arcbatt.errors import EngineError
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, device_search
from support.enumerations import GRAMMARS, Found, found_by
from support.twins import needs_native

try:
    DEVICES, WHY = open_devices(), ""
except EngineError as error:
    DEVICES, WHY = [], str(error)

pytestmark = [needs_native, pytest.mark.skipif(not DEVICES, reason=WHY)]
LIMITS = EnumerationLimits(nodes=300_000, memory_bytes=4 << 30)


@pytest.fixture(autouse=True)
def _asked_for_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_search.DeviceSearch.__init__, "__defaults__", (256, 100_000))


def some_tasks() -> list[Challenge]:
    return [task.challenge for task in load_set("arc1-train").values()][::80]


def searched(task: Challenge, grammar: str, devices: Any = None) -> Found:
    return found_by(Enumeration(task, LIMITS, GRAMMARS[grammar](task), devices=devices))


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("number", range(len(DEVICES)))
def test_a_device_changes_nothing(number: int, grammar: str) -> None:
    queues = DeviceQueues([DEVICES[number].another()])
    for task in some_tasks():
        assert searched(task, grammar, queues) == searched(task, grammar)
    assert queues.queues[0].answers > 0


def test_searches_of_many_threads_share_all_devices() -> None:
    """Two handles stand for two devices where there is one."""
    devices = [device.another() for device in DEVICES]
    queues = DeviceQueues(devices if len(devices) > 1 else [*devices, devices[0].another()])
    tasks, found = some_tasks() * 3, dict[int, Found]()

    def work(number: int) -> None:
        found[number] = searched(tasks[number], "grids", queues)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(tasks))] == [searched(task, "grids") for task in tasks]
    assert all(queue.answers > 0 for queue in queues.queues)


def test_memory_is_given_back() -> None:
    device = DEVICES[0].another()
    queues = DeviceQueues([device])
    searched(some_tasks()[0], "grids", queues)
    gc.collect()
    free = device.free_bytes()
    for _ in range(5):
        searched(some_tasks()[0], "grids", queues)
    gc.collect()
    assert device.free_bytes() >= free - (64 << 20)
