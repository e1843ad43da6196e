"""What a device answers, on the host: against the python primitives, and a twin of keys and of their table."""

from __future__ import annotations

import ctypes
import random

import pytest

from arcbatt.engine.cuda.enumeration import steps
from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.rules import Production
from arcbatt.engine.cuda.enumeration.wanted import Segment, Status, Wanted
from support.device_search import RandomSearch, TwinSearch
from support.host_device import COMPILER, HostDevice, build

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")


@pytest.mark.parametrize("seed", range(40))
def test_random_requests(seed: int) -> None:
    """Some searches, several requests of each one after the other, all searches at a time in one go."""
    rng, device = random.Random(seed), HostDevice()
    searches = [RandomSearch(rng) for _ in range(rng.choice([1, 1, 2, 4]))]
    memories = [search.open(device) for search in searches]
    for _ in range(5):
        wanted = [search.wanted() for search in searches]
        answers = answer(device, list(zip(memories, wanted, strict=True)))
        for search, mine, given in zip(searches, wanted, answers, strict=True):
            search.take(search.check(mine, given))
    for memory in memories:
        memory.close()
    assert device.held == 0


def test_most_is_told() -> None:
    rng, device = random.Random(1), HostDevice()
    search = RandomSearch(rng, node_fuel=100_000)
    memory = search.open(device)
    for _ in range(10):
        wanted = search.wanted(blocks=40)
        (given,) = answer(device, [(memory, wanted)])
        search.take(search.check(wanted, given))
    assert search.could > 300
    assert search.unknown < 0.1 * search.could
