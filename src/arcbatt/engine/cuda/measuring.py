"""Measures what work on a device costs, and what the same costs in the native engine: some tenths of a second.

Fixed batteries, medians, and differences: what two measurements have in common, such as the way through Python, drops
out.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeAlias

from arcbatt.arc import Sample
from arcbatt.engine.cuda.batches import evaluate_on
from arcbatt.engine.cuda.break_even import CHAINED
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.device import Device, DeviceLostError, Memory
from arcbatt.engine.cuda.layout import SLOT_BYTES
from arcbatt.engine.cuda.measured_battery import FORMS, MeasuredBattery, chains, measured_grid, measured_slot
from arcbatt.engine.cuda.plan import CALL_BYTES, Plan
from arcbatt.engine.native import NativeEngine, Seeds

__all__ = ["Clock", "measured_costs"]

Clock: TypeAlias = Callable[[], float]
"""Gives seconds that only go forward."""
_REPEATS: Final = 5
_PROGRAMS: Final = 64
_SHORT, _LONG = 8, 32
"""Calls of a chain; a chain of launches is twice as long as the longest."""
_SAMPLES, _FETCHED = 128, 32
"""Samples for which calls are evaluated, enough to keep a device busy; those of which all values come back."""
_LEAST_SHARE: Final = 0.1
"""What is counted of the time of levels as their calls', at least: a device may be done with them within a launch."""
_LEAST_S: Final = 1e-12
"""A difference is at least this: below it there is only what the clock cannot tell apart."""


def measured_costs(device: Device, clock: Clock = time.perf_counter, engine: NativeEngine | None = None) -> Costs:
    """What work on a device costs, measured now.

    Args:
        device: used by nobody else meanwhile.
        clock: tells the time.
        engine: the native engine; None for a new one.

    Raises:
        DeviceLostError: the device does not answer.
        DeviceMemoryError: it has not the few tens of megabytes that are needed.
    """
    engine = engine or NativeEngine()
    native_s = {form: _native_call_s(engine, form, clock) for form in FORMS}
    seed_s = _seed_s(engine, device, native_s["G"], clock)
    launch_s = _launch_s(device, clock)
    bytes_per_s, calls_per_s = _rates(device, launch_s, clock)
    one = chains("G", 1, 1).plan
    batch_s = _median_s(clock, lambda: evaluate_on(device, one, [measured_slot()]))
    return Costs(_at_least(batch_s - launch_s), launch_s, bytes_per_s, calls_per_s, seed_s, native_s)


# ---------------------------------------------------------------------- the native engine


def _native_call_s(engine: NativeEngine, form: str, clock: Clock) -> float:
    """Seconds of a call that gives a value of a form: how much longer longer chains take."""
    short, long = (chains(form, _PROGRAMS, length) for length in (_SHORT, _LONG))
    longer_s = _judged_s(engine, long, clock) - _judged_s(engine, short, clock)
    return _at_least(longer_s / (long.plan.call_count - short.plan.call_count))


def _seed_s(engine: NativeEngine, device: Device, call_s: float, clock: Clock) -> float:
    """Seconds to take in the value of a call: what remains of those of the call where all values are given.

    In the battery for which the break-even is told: of four values one is a program's result, and so asked for; the
    others only had to be there.
    """
    battery = chains("G", _PROGRAMS, CHAINED)
    plan = battery.plan
    (block,) = evaluate_on(device, plan, [measured_slot()])
    assert block is not None
    seeds = Seeds(plan.nodes, plan.offsets, block)
    saved_s = _judged_s(engine, battery, clock) - _judged_s(engine, battery, clock, seeds)
    return _at_least(call_s - saved_s / plan.call_count)


def _judged_s(engine: NativeEngine, battery: MeasuredBattery, clock: Clock, seeds: Seeds | None = None) -> float:
    scope = engine.open(battery.graph).bind(S=())
    samples = [Sample(measured_grid(), None)]
    given: Sequence[Seeds | None] | None = None if seeds is None else [seeds]
    return _median_s(clock, lambda: scope.judge_samples(battery.roots, samples, False, given))


# ---------------------------------------------------------------------- the device


def _launch_s(device: Device, clock: Clock) -> float:
    """Seconds of a launch after another: how much longer a longer chain takes."""
    found = []
    lengths = (1, 2 * _LONG)
    for length in lengths:
        with _on_device(device, chains("G", 1, length).plan, 1) as battery:
            found.append(_median_s(clock, battery.launch))
    return _at_least((found[1] - found[0]) / (lengths[1] - lengths[0]))


def _rates(device: Device, launch_s: float, clock: Clock) -> tuple[float, float]:
    """Bytes that come back in a second, and calls that are evaluated in one."""
    plan = chains("G", _PROGRAMS, _SHORT).plan
    with _on_device(device, plan, _SAMPLES) as battery:
        wait_s = _median_s(clock, battery.wait)
        levels_s = _median_s(clock, battery.launch) - wait_s
        fetched_s = _median_s(clock, battery.fetch) - wait_s
    calls_s = max(levels_s - launch_s * len(plan.levels), _LEAST_SHARE * levels_s)
    return plan.block_bytes * _FETCHED / _at_least(fetched_s), plan.call_count * _SAMPLES / _at_least(calls_s)


class _OnDevice:
    """A battery in the memory of a device."""

    def __init__(self, device: Device, plan: Plan, samples: int, calls: Memory, shared: Memory, blocks: Memory) -> None:
        self._device = device
        self._plan = plan
        self._samples = samples
        self._places = calls, shared, blocks

    def launch(self) -> None:
        """Evaluates it level by level, and waits."""
        calls, shared, blocks = self._places
        first = 0
        for count in self._plan.levels:
            self._device.launch(calls, first, count, blocks, self._plan.block_bytes, shared, self._samples)
            first += count
        self.wait()

    def wait(self) -> None:
        """A value comes back, once everything is done."""
        self._device.download(self._places[2], SLOT_BYTES["N"], 1)

    def fetch(self) -> None:
        """All values of some samples come back."""
        self._device.download(self._places[2], self._plan.block_bytes, min(_FETCHED, self._samples))


@contextmanager
def _on_device(device: Device, plan: Plan, samples: int) -> Iterator[_OnDevice]:
    """A battery in memory that is given back in the end."""
    held: list[Memory] = []

    def filled(rows: list[bytes], size: int, stride: int) -> Any:
        held.append(device.allocate(size))
        device.upload(held[-1], rows, stride)
        return held[-1]

    try:
        calls = filled([plan.calls], len(plan.calls), len(plan.calls))
        shared = filled([plan.shared or bytes(CALL_BYTES)], max(len(plan.shared), CALL_BYTES), CALL_BYTES)
        blocks = filled([measured_slot()] * samples, plan.block_bytes * samples, plan.block_bytes)
        yield _OnDevice(device, plan, samples, calls, shared, blocks)
    finally:
        with suppress(DeviceLostError):
            for memory in held:
                device.release(memory)


# ---------------------------------------------------------------------- seconds


def _median_s(clock: Clock, work: Callable[[], object]) -> float:
    """Median seconds, after one time that does not count: what is made at the first use is there then."""
    work()
    found = []
    for _ in range(_REPEATS):
        start = clock()
        work()
        found.append(clock() - start)
    return statistics.median(found)


def _at_least(seconds: float) -> float:
    return max(seconds, _LEAST_S)
