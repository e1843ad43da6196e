"""Enumerations with the kernels of GPUs, run on the host: they find and count what the native search does."""

from __future__ import annotations

import gc
import random
import threading
import warnings
from typing import Any

import pytest

from arcbatt.arc import Challenge
from arcbatt.engine.cuda.device import DeviceMemoryError
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues
from arcbatt.engine.cuda.enumeration.wanted import Answer, Wanted
from arcbatt.errors import DeviceWarning
from arcbatt.program.parse import parse_programs
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, Fragments, Grammar, device_search, grid_grammar
from support.enumerations import GRAMMARS, LIMITS, Found, found_by, small_tasks
from support.host_device import COMPILER, FaultyDevice, HostDevice, lost_at
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip

FRAGMENTS = """
def solve_one(I):
    x1 = hmirror(I)
    O = hconcat(x1, I)
    return O

def solve_other(I):
    x1 = ofcolor(I, ZERO)
    x2 = fill(I, THREE, x1)
    O = rot90(x2)
    return O
"""


@pytest.fixture(autouse=True)
def _asked_for_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Devices are asked for levels that are far too small to pay."""
    monkeypatch.setattr(device_search.DeviceSearch.__init__, "__defaults__", (8, 2_000))


def searched(
    task: Challenge, grammar: Grammar, limits: EnumerationLimits, devices: DeviceQueues | None = None,
    most: int | None = None,
) -> Found:  # fmt: skip
    return found_by(Enumeration(task, limits, grammar, devices=devices), most)


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("limits", LIMITS)
def test_a_device_changes_nothing(grammar: str, limits: str) -> None:
    for number, task in enumerate(small_tasks()):
        rules, bounds, device = GRAMMARS[grammar](task), LIMITS[limits], HostDevice()
        queues = DeviceQueues([device])
        expected = searched(task, rules, bounds)
        assert searched(task, rules, bounds, queues, most=(None, 300, 1)[number % 3]) == expected
        assert queues.queues[0].answers > 0 or limits == "answers"  # which may end it before
        gc.collect()
        assert queues.queues[0].searches == 0
        assert device.held == 0


def test_searches_of_many_threads_share_devices() -> None:
    limits, tasks = EnumerationLimits(nodes=8_000), small_tasks()[1:] * 2
    expected = [searched(task, grid_grammar(task), limits) for task in tasks]
    devices = [HostDevice("one"), HostDevice("other")]
    queues, found = DeviceQueues(devices), dict[int, Found]()

    def work(number: int) -> None:
        found[number] = searched(tasks[number], grid_grammar(tasks[number]), limits, queues)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(tasks))] == expected
    assert all(queue.answers > 0 for queue in queues.queues)
    gc.collect()
    assert [device.held for device in devices] == [0, 0]


def test_fragments_count_as_expressions() -> None:
    task = small_tasks()[1]
    programs = parse_programs(FRAGMENTS, "here")
    limits = EnumerationLimits(nodes=5_000)
    expected, found = (
        found_by(Enumeration(task, limits, grid_grammar(task), Fragments(programs), devices))
        for devices in (None, DeviceQueues([HostDevice()]))
    )
    assert found == expected


@pytest.mark.parametrize("free", [3_000, 300_000, 1_500_000])
def test_too_little_memory_for_a_device(free: int) -> None:
    task, limits, device = small_tasks()[1], EnumerationLimits(nodes=20_000), HostDevice(free=free)
    queues = DeviceQueues([device])
    grammar = grid_grammar(task)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert searched(task, grammar, limits, queues) == searched(task, grammar, limits)
    assert device.held == 0
    assert (queues.queues[0].answers > 0) == (free > 3_000)


@pytest.mark.parametrize("method", ["allocate", "upload", "fill", "run", "read"])
def test_a_lost_device_leaves_the_rest_to_the_cpu(method: str) -> None:
    task, limits = small_tasks()[1], EnumerationLimits(nodes=8_000)
    grammar = grid_grammar(task)
    expected = searched(task, grammar, limits)
    for call in (1, 2, 5, 9):
        device = FaultyDevice(lost_at(method, call))
        queues = DeviceQueues([device])
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            assert searched(task, grammar, limits, queues) == expected
            assert searched(task, grammar, limits, queues) == expected  # no device is asked any more
        is_lost = device.counts.get(method, 0) >= call
        assert [(item.category, str(item.message)) for item in told] == [
            (DeviceWarning, "faulty is lost (it fell off the bus); enumerations go on on the CPU")
        ] * is_lost


def test_what_cannot_be_an_answer_ends_the_devices_work() -> None:
    class Odd(DeviceQueues):
        def answer(self, memory: SearchMemory, wanted: Wanted) -> Answer:
            found = super().answer(memory, wanted)
            return found._replace(outcomes=found.outcomes[4:]) if self.queues[0].answers > 3 else found

    task, limits, device = small_tasks()[1], EnumerationLimits(nodes=8_000), HostDevice()
    grammar = grid_grammar(task)
    with pytest.warns(DeviceWarning, match=r"^host gives no answers that could be right \(\d+ outcomes of 4 bytes"):
        assert searched(task, grammar, limits, Odd([device])) == searched(task, grammar, limits)
    assert device.held == 0


def test_memory_that_others_take_for_a_while() -> None:
    rng = random.Random(5)

    def fault(method: str, _: int) -> Exception | None:
        return DeviceMemoryError("others took it") if method == "allocate" and rng.random() < 0.02 else None

    task, limits, device = small_tasks()[2], EnumerationLimits(nodes=10_000), FaultyDevice(fault)
    grammar, queues = grid_grammar(task), DeviceQueues([device])
    assert searched(task, grammar, limits, queues) == searched(task, grammar, limits)
    assert queues.queues[0].answers > 0
    assert device.held == 0


def test_an_enumeration_that_is_dropped_gives_its_memory_back() -> None:
    task, device = small_tasks()[1], HostDevice()
    queues = DeviceQueues([device])
    search: Any = Enumeration(task, EnumerationLimits(nodes=50_000), grid_grammar(task), devices=queues)
    while queues.queues[0].answers == 0:
        search.advance(100)
    assert device.held > 0
    del search
    gc.collect()
    assert device.held == 0


def test_expressions_that_may_cost_too_much_are_for_no_device() -> None:
    task, queues = small_tasks()[1], DeviceQueues([HostDevice()])
    limits, grammar = EnumerationLimits(nodes=2_000, node_fuel=1 << 29), grid_grammar(task)
    assert searched(task, grammar, limits, queues) == searched(task, grammar, limits)
    assert queues.queues[0].answers == 0
