"""Devices that are short of memory or lost: a search's memory stays as it was, or the loss is told."""

from __future__ import annotations

import random
from typing import Any

import pytest

from arcbatt.engine.cuda.device import DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.wanted import Answer, Segment, Wanted
from support.device_search import RandomSearch
from support.host_device import COMPILER, FaultyDevice, HostDevice, lost_at

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")


def told(given: Answer) -> tuple[bytes, ...]:
    """What does not depend on where things lie."""
    return given.outcomes, given.sizes, given.fits


def state_of(memory: SearchMemory) -> tuple[Any, ...]:
    """What a search holds; of its table the content."""
    table: Any = memory.table
    if table is not None:
        keys = memory.device.read(table.keys, 0, 8 * table.capacity)
        table = (*table, keys, memory.device.read(table.firsts, 0, 4 * table.capacity))
    return dict(memory.lists), table, len(memory.pieces), memory.outputs_memory


@pytest.mark.parametrize("seed", range(4))
def test_short_of_memory_nothing_has_changed(seed: int) -> None:
    """Every single allocation fails once, in every one of some requests, in which lists and tables grow."""
    rng, failing = random.Random(seed), [0]
    searches = [RandomSearch(rng, node_fuel=1_000) for _ in range(2)]

    def fault(method: str, count: int) -> Exception | None:
        if method != "allocate":
            return None
        failing[0] -= 1
        return DeviceMemoryError("others took it") if failing[0] == 0 else None

    device = FaultyDevice(fault)
    memories = [search.open(device) for search in searches]
    failures = 0
    for number in range(4):
        # The last but one makes lists and tables grow.
        wanted = [search.wanted(blocks=300 if number == 2 else 12)._replace(keys=b"") for search in searches]
        asked, attempt = list(zip(memories, wanted, strict=True)), 1
        while True:
            held, failing[0] = device.held, attempt
            before = list(map(state_of, memories))
            try:
                answers = answer(device, asked)
                break
            except DeviceMemoryError:
                assert (list(map(state_of, memories)), device.held) == (before, held)
                attempt += 1
        failures += attempt - 1
        for search, mine, given in zip(searches, wanted, answers, strict=True):
            search.take(search.check(mine, given))
    assert failures > 20
    for memory in memories:
        memory.close()
    assert device.held == 0


class Measured(HostDevice):
    """Notes the most that is held at a time."""

    most = 0

    def allocate(self, size: int) -> Any:
        memory = super().allocate(size)
        self.most = max(self.most, self.held)
        return memory


def test_asked_in_parts_they_get_the_same() -> None:
    rng = random.Random(9)
    searches = [RandomSearch(rng, node_fuel=1_000) for _ in range(2)]
    wanted = [search.wanted(blocks=60) for search in searches]
    at_once, in_turn = Measured(), Measured()
    expected = answer(at_once, [(search.open(at_once), mine) for search, mine in zip(searches, wanted, strict=True)])
    for one in [(search.open(in_turn), mine) for search, mine in zip(searches, wanted, strict=True)]:
        answer(in_turn, [one])
    assert in_turn.most < at_once.most
    tight = HostDevice(free=in_turn.most)
    asked = [(search.open(tight), mine) for search, mine in zip(searches, wanted, strict=True)]
    with pytest.raises(DeviceMemoryError):
        answer(tight, asked)
    parts = [answer(tight, [one])[0] for one in asked]
    assert list(map(told, parts)) == list(map(told, expected))


@pytest.mark.parametrize(
    ("method", "calls"), [("allocate", 8), ("upload", 4), ("fill", 4), ("run", 8), ("read", 4)]
)  # fmt: skip
def test_a_lost_device_is_told(method: str, calls: int) -> None:
    for call in range(1, calls + 1):
        search = RandomSearch(random.Random(call), node_fuel=1_000)
        wanted = search.wanted(blocks=40)
        device = FaultyDevice(lost_at(method, call))
        memory, other = search.open(device), search.open(device)
        with pytest.raises(DeviceLostError):
            answer(device, [(memory, wanted), (other, wanted)])
        memory.close()


@pytest.mark.parametrize("step", range(3, 9))
def test_a_launch_without_memory_is_a_loss_once_the_table_has_changed(step: int) -> None:
    search = RandomSearch(random.Random(1), node_fuel=1_000)
    wanted = search.wanted(blocks=30)
    assert wanted.keys
    assert any(segment.length for segment in wanted.segments)

    def fault(method: str, count: int) -> Exception | None:
        return DeviceMemoryError("no room for a stack") if (method, count) == ("run", step) else None

    device = FaultyDevice(fault)
    error = DeviceMemoryError if step == 3 else DeviceLostError
    with pytest.raises(error):
        answer(device, [(search.open(device), wanted)])
    assert device.held == 0


def test_a_table_beyond_its_numbers_is_too_much_memory() -> None:
    search = RandomSearch(random.Random(1))
    device = HostDevice()
    memory = search.open(device)
    wanted = search.wanted()
    answer(device, [(memory, wanted)])
    assert memory.table is not None
    memory.table = memory.table._replace(most=2**31)
    more = Wanted([segment for segment in wanted.segments if segment.length], True, b"", b"", [])
    with pytest.raises(DeviceMemoryError, match="table"):
        answer(device, [(memory, more)])
    assert isinstance(more.segments[0], Segment)
