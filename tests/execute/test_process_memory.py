"""Hostile programs in worker processes: the python engine stays within the bound on the process's memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from arcbatt.execute import Item, PoolExecutor
from support import items
from support.hostile import hostile_texts

MIB = 1024**2
BOUND = 300 * MIB
PROGRAMS = ("sets of one", "tuples of numbers", "sorted by large keys")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell a process's peak")
def test_a_worker_never_takes_more_than_its_bound() -> None:
    bodies = hostile_texts(20)
    with PoolExecutor(items.make_state, jobs=2, memory_bytes=BOUND) as pool:
        results = list(pool.run([Item(name, items.evaluate, (bodies[name],)) for name in PROGRAMS]))
        alive = [result.value for result in pool.run([Item(0, items.echo, (1,))])]
    assert alive == [("state", 1)]
    ends = []
    for result in results:
        end, peak = result.value if result.failure is None else (str(result.failure.kind), 0)
        ends.append(end)
        assert peak <= BOUND
    assert ends.count("memory") >= 2
