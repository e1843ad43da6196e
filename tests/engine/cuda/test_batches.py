"""Batches over devices that run out of memory, are lost, or are several: outcomes stay, and it is said once."""

from __future__ import annotations

import random
import threading
import time
import warnings
from typing import Any

import pytest

from arcbatt.arc import Sample
from arcbatt.engine import select_engine
from arcbatt.engine.cuda import engine as cuda_engine
from arcbatt.engine.cuda.batches import Devices, DeviceWarning
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.device import DeviceMemoryError
from arcbatt.engine.cuda.plan import Plan, make_plan
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from support.cuda_programs import covered_program, engine_on
from support.host_device import COMPILER, FaultyDevice, HostDevice, lost_at
from support.programs import random_grid
from support.twins import needs_native

pytestmark = [
    needs_native, pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host"),
]  # fmt: skip


@pytest.fixture(scope="module")
def battery() -> tuple[Graph, list[int], list[Sample]]:
    """Programs of some levels, and samples for two batches and more of a small device."""
    rng, graph = random.Random(7), Graph()
    roots = [covered_program(rng, graph, rng.randint(1, 5)) for _ in range(80)]
    return graph, roots, [Sample(random_grid(rng), random_grid(rng)) for _ in range(12)]


def verdicts_of(engine: Any, battery: tuple[Graph, list[int], list[Sample]]) -> list[list[Any]]:
    graph, roots, samples = battery
    return [list(row) for row, _ in engine.open(graph).bind(S=()).judge_samples(roots, samples)]


def sizes(plan: Plan) -> int:
    """Bytes that a device needs beside blocks."""
    return len(plan.calls) + len(plan.shared) + 64


def test_batches_are_as_large_as_memory_allows(battery: Any) -> None:
    plan = make_plan(battery[0], battery[1])
    device = HostDevice(free=sizes(plan) + 6 * plan.block_bytes)
    engine = engine_on([device])
    assert verdicts_of(engine, battery) == verdicts_of(select_engine("native"), battery)
    assert device.batches == [4, 4, 4]  # a share is left to others
    assert device.held == 0
    assert engine.traffic.batches == 3
    assert engine.traffic.downloaded == 12 * plan.block_bytes


def test_out_of_memory_halves_the_batch(battery: Any) -> None:
    def too_little(method: str, count: int) -> Exception | None:
        return DeviceMemoryError("others took it") if method == "allocate" and count in (3, 4) else None

    device = FaultyDevice(too_little)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = verdicts_of(engine_on([device]), battery)
    assert found == verdicts_of(select_engine("native"), battery)
    assert device.batches == [3, 3, 6]  # 12 failed, then 6, later the other 6 did not
    assert device.held == 0


def test_too_little_memory_for_one_sample_is_told_once(battery: Any) -> None:
    engine = engine_on([HostDevice(free=20_000)])
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = [verdicts_of(engine, battery) for _ in range(2)]
    assert [str(item.message).split(";")[0] for item in told] == [
        "host has too little memory for one sample of this battery"
    ]
    assert found == [verdicts_of(select_engine("native"), battery)] * 2


@pytest.mark.parametrize("method", ["free_bytes", "allocate", "upload", "launch", "download"])
@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_lost_device_leaves_the_rest_to_the_cpu(method: str, call: int, battery: Any) -> None:
    plan = make_plan(battery[0], battery[1])
    device = FaultyDevice(lost_at(method, call))
    device.free = sizes(plan) + 6 * plan.block_bytes
    engine = engine_on([device])
    expected = verdicts_of(select_engine("native"), battery)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(4):  # some methods are called once for all samples
            assert verdicts_of(engine, battery) == expected
    assert [item.category for item in told] == [DeviceWarning]
    assert str(told[0].message) == "faulty is lost (it fell off the bus); the rest is done on the CPU"


def test_engines_of_several_threads_use_a_device_in_turn(battery: Any) -> None:
    expected = verdicts_of(select_engine("native"), battery)
    users: list[int] = []
    most: list[int] = []

    def fault(method: str, count: int) -> Exception | None:
        if method == "free_bytes":
            users.append(threading.get_ident())
        if method == "download":
            most.append(len({*users}))
            time.sleep(0.01)  # so that others would come in between
            users.clear()
        return None

    device, found = FaultyDevice(fault), []
    threads = [
        threading.Thread(target=lambda: found.append(verdicts_of(engine_on([device]), battery))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
    assert set(most) == {1}


def test_a_device_that_one_engine_lost_is_lost_to_the_others(battery: Any) -> None:
    device = FaultyDevice(lost_at("launch", 1))
    engines, expected = [engine_on([device]) for _ in range(3)], verdicts_of(select_engine("native"), battery)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for engine in engines:
            assert verdicts_of(engine, battery) == expected
            assert not engine._devices
    assert [item.category for item in told] == [DeviceWarning]
    assert device.counts["launch"] == 1


def test_values_are_held_for_so_many_samples_at_a_time(battery: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, expected = make_plan(battery[0], battery[1]), verdicts_of(select_engine("native"), battery)
    for held, batches in ((5 * plan.block_bytes, [5, 5, 2]), (plan.block_bytes, [1] * 12), (plan.block_bytes - 1, [])):
        monkeypatch.setattr(cuda_engine, "_HELD_BYTES", held)
        device = HostDevice()
        assert verdicts_of(engine_on([device]), battery) == expected
        assert device.batches == batches


def test_several_devices_share_the_samples(battery: Any) -> None:
    """Each waits with its first batch until the other has one too."""
    plan = make_plan(battery[0], battery[1])
    both = threading.Barrier(2)

    def meet(method: str, count: int) -> Exception | None:
        if method == "upload" and count == 3:  # the first blocks, after calls and constants
            both.wait(timeout=30)
        return None

    devices = [FaultyDevice(meet, "one"), FaultyDevice(meet, "two")]
    for device in devices:
        device.free = sizes(plan) + 3 * plan.block_bytes
    found = verdicts_of(engine_on(devices), battery)
    assert found == verdicts_of(select_engine("native"), battery)
    assert all(device.batches for device in devices)
    assert sum(map(sum, (device.batches for device in devices))) == 12
    assert [device.held for device in devices] == [0, 0]


@pytest.mark.parametrize("call", [3, 4, 5])
def test_what_a_lost_device_had_goes_to_the_other(call: int, battery: Any) -> None:
    plan = make_plan(battery[0], battery[1])
    lost, other = FaultyDevice(lost_at("upload", call), "one"), HostDevice("two")
    lost.free = other.free = sizes(plan) + 2 * plan.block_bytes
    engine = engine_on([lost, other])
    expected = verdicts_of(select_engine("native"), battery)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(8):  # until the one has had so many batches
            assert verdicts_of(engine, battery) == expected
    assert [str(item.message) for item in told] == ["one is lost (it fell off the bus); the rest is done on two"]
    assert sum(lost.batches) + sum(other.batches) >= 8 * 12


def test_errors_that_no_device_should_raise_are_not_hidden(battery: Any) -> None:
    has_broken = threading.Event()

    def broken(method: str, count: int) -> Exception | None:
        if method != "launch":
            return None
        has_broken.set()
        return ZeroDivisionError("a mistake in here")

    def late(method: str, count: int) -> Exception | None:
        """Leaves the other device a batch, which it might not get else."""
        assert method != "launch" or has_broken.wait(60)
        return None

    for devices in ([FaultyDevice(broken)], [FaultyDevice(broken, "one"), FaultyDevice(late, "two")]):
        has_broken.clear()
        plan = make_plan(battery[0], battery[1])
        for device in devices:
            device.free = sizes(plan) + 2 * plan.block_bytes
        with pytest.raises(ZeroDivisionError):
            verdicts_of(engine_on(devices), battery)


def test_threads_share_the_devices(battery: Any) -> None:
    engine, expected = engine_on([HostDevice()]), verdicts_of(select_engine("native"), battery)
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(verdicts_of(engine, battery))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_devices_are_taken_only_where_that_pays() -> None:
    text = "\n".join(f"def solve_{n}(I):\n    return rot90(replace(I, {n % 10}, {n // 10}))\n" for n in range(90))
    programs = parse_programs(text)
    graph = Graph()
    roots = [graph.call(graph.primitive("rot90"), graph.variable("I"))]
    assert not Costs().pays(make_plan(graph, roots), 4)
    assert not Costs().pays(make_plan(Graph(), []), 4)
    plan = make_plan(programs[0].graph, [programs[0].root])
    assert plan.call_count == 2
    assert Costs(0, 0, 1e12, 1e12, 0).pays(plan, 4)
    assert not Costs(start_s=1).pays(plan, 4)


def test_what_has_no_kernel_is_left_out() -> None:
    body = "paint(rot90(I), first(objects(hconcat(I, first(first(S))), True, True, False)))"
    (program,) = parse_programs(f"def solve_a(S, I):\n    return {body}\n")
    plan = make_plan(program.graph, [program.root])
    assert plan.levels == (1,)
    assert len(plan.nodes) == 4


def test_no_devices_evaluate_nothing() -> None:
    graph = Graph()
    plan = make_plan(graph, [graph.call(graph.primitive("rot90"), graph.variable("I"))])
    assert Devices([]).evaluate(plan, [b"", None]) == [None, None]
    assert not Devices([])
