"""The steps with several threads for the lanes of a warp, and through what stands in for CuPy."""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest

from arcbatt.engine.cuda import cupy_device
from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.rules import Production
from arcbatt.engine.cuda.enumeration.wanted import Segment, Wanted
from support.device_search import RandomSearch, TwinSearch, entries_of
from support.fake_cupy import FakeMemoryError, FakeRuntimeError, fake_cupy
from support.host_device import COMPILER, build_program
from support.lane_device import SERVER_SOURCE, LaneDevice

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")


def ask(device: Device, seeds: range, requests: int, blocks: int = 12) -> None:
    """Some searches in one go, several times, all of which is compared."""
    searches = [RandomSearch(random.Random(seed)) for seed in seeds]
    memories = [search.open(device) for search in searches]
    for _ in range(requests):
        wanted = [search.wanted(blocks) for search in searches]
        answers = answer(device, list(zip(memories, wanted, strict=True)))
        for search, mine, given in zip(searches, wanted, answers, strict=True):
            search.take(search.check(mine, given))
    for memory in memories:
        memory.close()


def test_lanes_do_not_race() -> None:
    """A thread sanitizer sees what one lane reads that another writes unordered; and what they give is right."""
    program = build_program(SERVER_SOURCE, "-DLANES=4", "-fsanitize=thread", "-g")
    if program is None:
        pytest.skip("this C++ compiler has no thread sanitizer")
    device = LaneDevice(program)
    try:
        ask(device, range(3), 3)
        ask_for_tiles(device)
        ask_for_objects(device)
    except DeviceLostError:
        status, complaints = device.end()
        if "unexpected memory mapping" in complaints:
            pytest.skip("the thread sanitizer does not know how this kernel lays out memory")
        raise AssertionError(complaints[:3000]) from None
    status, complaints = device.end()
    assert status == 0, complaints[:3000]


def ask_for_tiles(device: Device) -> None:
    """Enough combinations for several tiles, with keys that many share."""
    search = TwinSearch(["count"], [Production("add", [0, 0], 0)], 2, 100, [])
    memory, rng = search.open(device), random.Random(1)
    blob, added = entries_of(search, 0, [[rng.randint(-30, 30), rng.randint(-5, 5)] for _ in range(48)])
    wanted = Wanted([Segment(0, ((0, 48), (0, 48)), False, 0, 48 * 48)], True, b"", blob, [added])
    (given,) = answer(device, [(memory, wanted)])
    search.check(wanted, given)
    memory.close()


def ask_for_objects(device: Device) -> None:
    """Objects of several colors, different on each sample."""
    search = TwinSearch(["object"], [Production("hmirror", [0], 0)], 4, 10_000, [])
    memory, rng = search.open(device), random.Random(2)
    values = [[frozenset((rng.randint(0, 9), (i, j)) for i in range(5) for j in range(k)) for k in range(3, 7)]]
    blob, added = entries_of(search, 0, values)
    (given,) = answer(
        device, [(memory, wanted := Wanted([Segment(0, ((0, 1),), False, 0, 1)], True, b"", blob, [added]))]
    )
    search.check(wanted, given)
    memory.close()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a stand-in in CuPy's place; the one device there is."""

    def install(*arguments: Any) -> Device:
        monkeypatch.setitem(sys.modules, "cupy", fake_cupy(1, *arguments))
        monkeypatch.setattr(cupy_device, "_opened", None)
        (device,) = cupy_device.open_devices()
        return device

    return install


def test_it_goes_through_cupy(installed: Any) -> None:
    ask(installed(), range(3), 3)


@pytest.mark.parametrize("name", ["malloc", "memsetAsync", "memcpy2DAsync", "memcpyAsync", "launch"])
def test_errors_of_cupy_have_names(name: str, installed: Any) -> None:
    broken: list[Exception] = []
    device = installed(lambda asked: broken[0] if broken and asked == name else None)
    broken.append(FakeRuntimeError(700))
    with pytest.raises(DeviceLostError):
        ask(device, range(1), 1, 40)
    broken[0] = FakeMemoryError("no")
    with pytest.raises(DeviceLostError if name == "memcpyAsync" else DeviceMemoryError):
        ask(device, range(1), 1, 40)
