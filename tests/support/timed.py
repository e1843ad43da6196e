"""Time that passes as told: a clock, and a device and a native engine whose work takes what costs say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from arcbatt.engine.cuda import choosing, cupy_device, known_costs
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.plan import make_plan
from arcbatt.program.graph import Graph
from support.host_device import HostDevice

FAST = Costs(100e-6, 5e-6, 20e9, 1e9, 20e-9, {"N": 60e-9, "G": 300e-9, "M": 250e-9, "O": 500e-9})
"""Costs of a device that is worth it."""
SLOW = Costs(200e-6, 10e-6, 1e9, 50e6, 90e-9, {"N": 30e-9, "G": 120e-9, "M": 100e-9, "O": 400e-9})
"""Costs of one that never is."""
BREAK_EVEN = 528
"""Calls times samples from which on the first is worth it."""


def forget(monkeypatch: pytest.MonkeyPatch, folder: Any) -> None:
    """As in a new process, with the cache in a folder."""
    monkeypatch.setenv("ARCBATT_CACHE", str(folder))
    monkeypatch.setattr(cupy_device, "_opened", None)
    monkeypatch.setattr(choosing, "_chosen", None)
    monkeypatch.setattr(choosing, "_warned_in", 0)
    monkeypatch.setattr(known_costs, "_known", {})


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


class TimedDevice(HostDevice):
    """Works as usual; by the clock it takes what costs say."""

    def __init__(self, clock: Clock, costs: Costs) -> None:
        super().__init__("timed")
        self._clock = clock
        self._costs = costs

    def launch(
        self, calls: Any, first: int, count: int, blocks: Any, block_bytes: int, shared: Any, samples: int
    ) -> None:
        super().launch(calls, first, count, blocks, block_bytes, shared, samples)
        self._clock.pass_by(self._costs.launch_s + count * samples / self._costs.calls_per_s)

    def download(self, memory: Any, size: int, count: int) -> list[bytes]:
        self._clock.pass_by(self._costs.start_s + size * count / self._costs.bytes_per_s)
        return super().download(memory, size, count)


class TimedNative:
    """As much of the native engine as is measured: it evaluates nothing, and takes its time."""

    def __init__(self, clock: Clock, costs: Costs) -> None:
        self._clock = clock
        self._costs = costs
        self._graph = Graph()

    def open(self, graph: Graph) -> TimedNative:
        found = TimedNative(self._clock, self._costs)
        found._graph = graph
        return found

    def bind(self, **_: Any) -> TimedNative:
        return self

    def judge_samples(self, roots: Sequence[int], samples: Sequence[Any], cautious: bool, seeds: Any) -> None:
        plan = make_plan(self._graph, roots)
        self._clock.pass_by(1e-3 + 300e-9 * len(roots))  # whatever is done for each program besides
        if seeds is None:
            self._clock.pass_by(self._costs.cpu_s(plan, len(samples)))
        else:
            self._clock.pass_by(self._costs.seed_s * sum(len(one.nodes) // 4 for one in seeds))
