"""Measuring costs by a clock that passes as told, and the break-even that follows from them."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import pytest

from arcbatt.engine.cuda.break_even import CHAINED, MOST, SAMPLES, break_even, worst
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.device import DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.layout import SLOT_BYTES
from arcbatt.engine.cuda.measured_battery import FORMS, chains
from arcbatt.engine.cuda.measuring import measured_costs
from arcbatt.engine.cuda.plan import NATIVE_S, make_plan
from arcbatt.program.graph import CALL, Graph
from support.host_device import COMPILER, FaultyDevice, HostDevice, lost_at
from support.timed import BREAK_EVEN, FAST, SLOW, Clock, TimedDevice, TimedNative
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip


def timed(costs: Costs) -> Costs:
    clock = Clock()
    native: Any = TimedNative(clock, costs)
    return measured_costs(TimedDevice(clock, costs), clock, native)


@pytest.mark.parametrize("costs", [FAST, SLOW, Costs()])
def test_what_is_measured_is_what_it_takes(costs: Costs) -> None:
    found = timed(costs)
    for name in ("start_s", "launch_s", "bytes_per_s", "calls_per_s", "seed_s"):
        assert getattr(found, name) == pytest.approx(getattr(costs, name), rel=0.02), name
    native_s = {form: costs.native_s[form] for form in FORMS}  # of others there are no chains
    assert found.native_s == pytest.approx(native_s, rel=1e-6)


@pytest.mark.parametrize("costs", [FAST, SLOW])
def test_the_break_even_follows(costs: Costs) -> None:
    expected, found = break_even(costs), break_even(timed(costs))
    assert found == (None if expected is None else pytest.approx(expected, rel=0.05))


def test_a_clock_that_stands_still_gives_costs_nevertheless() -> None:
    found = measured_costs(HostDevice(), lambda: 0.0)
    assert all(math.isfinite(value) and value > 0 for value in _numbers(found))


def test_the_native_engine_and_real_kernels_are_measured() -> None:
    device = HostDevice()
    assert all(math.isfinite(value) and value > 0 for value in _numbers(measured_costs(device)))
    assert device.held == 0


def _numbers(costs: Costs) -> list[float]:
    found = asdict(costs)
    return [*found.pop("native_s").values(), *found.values()]


@pytest.mark.parametrize("method", ["allocate", "upload", "launch", "download"])
@pytest.mark.parametrize("call", [1, 7, 12])
def test_a_device_that_is_lost_meanwhile_is_told(method: str, call: int) -> None:
    with pytest.raises(DeviceLostError, match="fell off the bus"):
        measured_costs(FaultyDevice(lost_at(method, call)), Clock())


def test_one_without_memory_is_told_and_keeps_nothing() -> None:
    device = HostDevice(free=1 << 16)
    with pytest.raises(DeviceMemoryError):
        measured_costs(device, Clock())
    assert device.held == 0


@pytest.mark.parametrize("form", FORMS)
def test_the_battery_goes_to_devices_whole(form: str) -> None:
    battery = chains(form, 20, 8)
    assert len(set(battery.roots)) == 20
    assert battery.plan.native_calls[form] >= 20 * 4
    assert battery.plan.call_count == sum(kind == CALL for kind in battery.graph.kinds)


def by_hand(costs: Costs, programs: int, samples: int) -> bool:
    calls = programs * CHAINED * samples
    moved = SLOT_BYTES["G"] * (samples + calls)
    device_s = costs.start_s + CHAINED * costs.launch_s + moved / costs.bytes_per_s
    return device_s + calls * (1 / costs.calls_per_s + costs.seed_s) < calls * costs.native_s["G"]


@pytest.mark.parametrize("samples", [1, SAMPLES, 64])
@pytest.mark.parametrize("costs", [FAST, Costs(bytes_per_s=30e9), Costs(0.0, 0.0, 1e12, 1e12, 1e-9)])
def test_it_is_the_least_that_pays(costs: Costs, samples: int) -> None:
    programs = next(count for count in range(1, 10_000) if by_hand(costs, count, samples))
    assert break_even(costs, samples) == programs * CHAINED * samples


def test_a_device_that_pays_and_one_that_never_does() -> None:
    assert break_even(FAST) == BREAK_EVEN
    assert break_even(SLOW) is None
    assert worst([FAST, SLOW]) is worst([SLOW, FAST]) is SLOW
    slower = Costs(200e-6, 5e-6, 20e9, 1e9, 20e-9, dict(FAST.native_s))
    assert worst([FAST, slower, FAST]) is slower


def test_a_start_that_takes_too_long_is_never_made_up_for() -> None:
    saved_s = MOST * FAST.native_s["G"]
    assert break_even(Costs(saved_s, 5e-6, 20e9, 1e9, 20e-9, dict(FAST.native_s))) is None


def test_a_heavy_call_counts_as_several() -> None:
    graph = Graph()
    grid, one = graph.variable("I"), graph.constant(1)
    light = make_plan(graph, [graph.call(graph.primitive("rot90"), grid)])
    heavy = make_plan(graph, [graph.call(graph.primitive("flooded"), grid, one, one)])
    assert light.native_calls == {"G": 1.0}
    assert heavy.native_calls["M"] > 1.0
    assert FAST.cpu_s(light, 3) == pytest.approx(3 * FAST.native_s["G"])
    assert Costs(native_s={}).cpu_s(light, 1) == NATIVE_S["G"]


def test_calls_that_take_no_time_of_their_own_cost_something_nevertheless() -> None:
    costs = Costs(calls_per_s=1e30)
    found = timed(costs)
    assert 1e8 < found.calls_per_s < 1e12
    assert found.launch_s == pytest.approx(costs.launch_s)
