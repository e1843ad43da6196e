"""What only a GPU can show: the kernels on it, launches, memory, several devices. Elsewhere skipped, with the reason.

    python -m pytest tests/gpu
"""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample, load_set
from arcbatt.battery.battery import Battery
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine import Limits, select_engine
from arcbatt.engine.cuda import known_costs
from arcbatt.engine.cuda.break_even import break_even, worst
from arcbatt.engine.cuda.coverage import kernels
from arcbatt.engine.cuda.cupy_device import open_devices
from arcbatt.engine.cuda.device import DeviceMemoryError
from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.rules import Production
from arcbatt.engine.cuda.enumeration.wanted import Segment, Wanted
from arcbatt.engine.cuda.known_costs import measured_devices
from arcbatt.engine.cuda.measuring import measured_costs
from arcbatt.errors import EngineError
from arcbatt.library import starter_programs
from arcbatt.program.graph import Graph
from support.cuda_programs import covered_program, engine_on
from support.device_search import RandomSearch, TwinSearch, entries_of
from support.kernel_calls import pack_as, results
from support.native_cases import Cases, python_result
from support.programs import random_grid
from support.twins import needs_native, program_text, told, typed

try:
    DEVICES, WHY = open_devices(), ""
except EngineError as error:
    DEVICES, WHY = [], str(error)

pytestmark = [needs_native, pytest.mark.skipif(not DEVICES, reason=WHY)]


@pytest.fixture(params=range(len(DEVICES)))
def device(request: pytest.FixtureRequest) -> Any:
    """Each GPU in turn."""
    return DEVICES[request.param]


def test_random_calls_of_every_kernel(device: Any) -> None:
    cases, calls, values = Cases(random.Random(1)), [], 0
    for kernel in kernels():
        primitive = REGISTRY[kernel.primitive]
        for _ in range(300):
            arguments = cases.arguments(primitive)
            slots = [pack_as(value, form) for value, form in zip(arguments, kernel.takes, strict=True)]
            if None not in slots:
                calls.append((kernel, arguments, [slot for slot in slots if slot is not None]))
    found = results(device, [(kernel, slots) for kernel, _, slots in calls])
    for (kernel, arguments, _), (value, fuel) in zip(calls, found, strict=True):
        if value is None:
            continue
        primitive = REGISTRY[kernel.primitive]
        work = 0 if primitive.work is None else primitive.work(*arguments)
        kind, expected = python_result(primitive, arguments)
        assert (kind, typed(value[0]), fuel) == ("ok", typed(expected), 1 + (work >> 3)), (kernel, arguments)
        values += 1
    assert values > 10_000


@pytest.mark.parametrize("seed", range(20))
def test_random_programs_have_the_same_outcomes(seed: int, device: Any) -> None:
    """1,000 programs a seed."""
    rng, graph = random.Random(seed), Graph()
    roots = [covered_program(rng, graph, rng.randint(1, 6)) for _ in range(1_000)]
    grid, limits = random_grid(rng), Limits(fuel=rng.choice([20, 1_000, 200_000]))
    mine = engine_on([device], limits).open(graph).bind(S=(), I=grid).run(roots)
    theirs = select_engine("python", limits).open(graph).bind(S=(), I=grid).run(roots)
    for root, one, other in zip(roots, mine, theirs, strict=True):
        assert told(one) == told(other), (program_text(graph, root), grid)


def test_starter_programs_on_tasks(device: Any) -> None:
    battery, engine, native = Battery.of(starter_programs()), engine_on([device]), select_engine("native")
    for task in list(load_set().values())[::20]:
        rows = [
            [list(row) for row, _ in one.open(battery.graph).bind(S=task.pairs).judge_samples(roots, task.samples)]
            for one in (engine, native)
            for roots in [list(battery.solvers.values())]
        ]
        assert rows[0] == rows[1], task.id
    assert engine.traffic.calls > 0


def test_samples_in_one_batch(device: Any) -> None:
    rng, graph = random.Random(2), Graph()
    roots = [covered_program(rng, graph, rng.randint(1, 5)) for _ in range(200)]
    samples = [Sample(random_grid(rng, 30), None) for _ in range(64)]
    engine = engine_on([device])
    found = [list(row) for row, _ in engine.open(graph).bind(S=()).judge_samples(roots, samples)]
    assert found == [
        list(row) for row, _ in select_engine("native").open(graph).bind(S=()).judge_samples(roots, samples)
    ]
    assert engine.traffic.batches == 1


def test_memory_ends(device: Any) -> None:
    free = device.free_bytes()
    with pytest.raises(DeviceMemoryError):
        device.allocate(1 << 50)
    memory = device.allocate(1 << 20)
    device.release(memory)
    assert device.free_bytes() >= free - (64 << 20)


def test_costs_are_measured(device: Any) -> None:
    """None of them is lost in what the clock cannot tell apart; nothing is said of how large they are."""
    costs = measured_costs(device)
    found = [costs.start_s, costs.launch_s, 1 / costs.bytes_per_s, 1 / costs.calls_per_s, *costs.native_s.values()]
    assert all(math.isfinite(value) and value > 1e-12 for value in found), costs


def test_what_was_measured_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCBATT_CACHE", str(tmp_path))
    monkeypatch.setattr(known_costs, "_known", {})
    found = measured_devices()
    assert len(found) == len(DEVICES)
    monkeypatch.setattr(known_costs, "_known", {})
    monkeypatch.setattr(known_costs, "measured_costs", lambda _: pytest.fail("measured again"))
    assert measured_devices() == found


def test_auto_takes_gpus_exactly_where_a_battery_pays() -> None:
    slowest = worst([found.costs for found in measured_devices()])
    assert select_engine("auto").name == ("native" if break_even(slowest) is None else "cuda")

@pytest.mark.parametrize("seed", range(10))
def test_requests_of_enumerations(seed: int, device: Any) -> None:
    """Several searches in one go, and kept records as arguments of later requests."""
    searches = [RandomSearch(random.Random(100 * seed + number)) for number in range(8)]
    memories = [search.open(device) for search in searches]
    for _ in range(6):
        wanted = [search.wanted(60) for search in searches]
        answers = answer(device, list(zip(memories, wanted, strict=True)))
        for search, mine, given in zip(searches, wanted, answers, strict=True):
            search.take(search.check(mine, given))
    for memory in memories:
        memory.close()


def test_requests_of_enumerations_over_many_tiles(device: Any) -> None:
    """Keys that many warps find at the same time: the first combination that gives a value has it."""
    search = TwinSearch(["offset"], [Production("add", [0, 0], 0)], 2, 100, [])
    memory, rng = search.open(device), random.Random(1)
    values = [[(rng.randint(-20, 20), rng.randint(-9, 9)), (rng.randint(-3, 3), 0)] for _ in range(300)]
    blob, added = entries_of(search, 0, values)
    wanted = Wanted([Segment(0, ((0, 300), (0, 300)), False, 0, 90_000)], True, b"", blob, [added])
    (given,) = answer(device, [(memory, wanted)])
    search.check(wanted, given)
    memory.close()


def test_several_share_the_samples() -> None:
    """Two GPUs, or two streams of one."""
    rng, graph = random.Random(3), Graph()
    roots = [covered_program(rng, graph, rng.randint(1, 5)) for _ in range(300)]
    samples = [Sample(random_grid(rng, 30), None) for _ in range(40)]
    pair = DEVICES if len(DEVICES) > 1 else [DEVICES[0], *_second_stream()]
    found = [list(row) for row, _ in engine_on(pair).open(graph).bind(S=()).judge_samples(roots, samples)]
    assert found == [
        list(row) for row, _ in select_engine("native").open(graph).bind(S=()).judge_samples(roots, samples)
    ]


def _second_stream() -> list[Any]:
    import cupy

    from arcbatt.engine.cuda.cupy_device import CupyDevice

    return [CupyDevice(cupy, 0)]
