"""GPUs against the native engine: nodes and program-samples a second by size of the battery, bytes moved, first result.

    python benchmarks/gpu.py [--sizes 100,1000,10000] [--samples 4,64] [--repeats 5]

First for each device what the engine measured of it, which is what `auto` and `doctor` go by, and how fast a copy of
64 MiB comes back from it. Then a battery of random chains of four calls from grids to grids, on random grids. Each line
is one size: seconds of the native engine on one thread; of the CUDA engine, which takes whatever has a kernel to the
devices; of the devices alone, without what the native engine does with their values, and what those were expected to be
for one device; nodes a second of the devices, program-samples a second of both engines; bytes that came back, in all, a
second, and as a share of what the copies came to. Medians. At the end: from how many calls times samples on the devices
were expected to be faster, and were; and the seconds from nothing to the first result in a process of its own, kernels
compiled.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from arcbatt.arc import Grid, Sample
from arcbatt.engine import Scope, select_engine
from arcbatt.engine.cuda import CudaEngine
from arcbatt.engine.cuda.batches import Devices
from arcbatt.engine.cuda.break_even import break_even, worst
from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.cupy_device import device_states, open_devices
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.known_costs import measured_devices
from arcbatt.engine.cuda.layout import pack_value
from arcbatt.engine.cuda.plan import Plan, make_plan
from arcbatt.errors import EngineError
from arcbatt.program.graph import Graph

CHAINED = 4
COPIED = 64 << 20
FIRST = """
import time
start = time.perf_counter()
from arcbatt.engine.cuda.cupy_device import open_devices
open_devices()
print(time.perf_counter() - start)
"""


class Always(Costs):
    """Whatever has a kernel goes to a device."""

    def pays(self, plan: Plan, samples: int) -> bool:
        """True where there is anything."""
        return plan.call_count * samples > 0


def chains(count: int, seed: int) -> tuple[Graph, list[int]]:
    """So many different programs, each a chain of calls that give grids for nearly every grid."""
    rng, graph = random.Random(seed), Graph()
    plain = ["rot90", "rot180", "rot270", "hmirror", "vmirror", "dmirror", "cmirror", "compress", "tophalf", "lefthalf"]
    roots: dict[int, None] = {}
    while len(roots) < count:
        node = graph.variable("I")
        for _ in range(CHAINED):
            a, b = (graph.constant(rng.randrange(10)) for _ in range(2))
            if rng.random() < 0.5:
                node = graph.call(graph.primitive(rng.choice(plain)), node)
            elif rng.random() < 0.5:
                node = graph.call(graph.primitive(rng.choice(["replace", "switch"])), node, a, b)
            else:
                cells = graph.call(graph.primitive("ofcolor"), graph.variable("I"), a)
                node = graph.call(graph.primitive("fill"), node, b, cells)
        roots[node] = None
    return graph, list(roots)


def grids(count: int, seed: int) -> list[Grid]:
    """Grids of 5 to 30 rows and columns."""
    rng = random.Random(seed)
    sides = [(rng.randint(5, 30), rng.randint(5, 30)) for _ in range(count)]
    return [tuple(tuple(rng.randrange(10) for _ in range(width)) for _ in range(height)) for height, width in sides]


def median(repeats: int, work: Callable[[], object]) -> float:
    """Median seconds."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def evaluated(scope: Scope, roots: Sequence[int], samples: Sequence[Sample]) -> list[object]:
    """Some of the verdicts on all programs; what depends on an input is evaluated anew each time."""
    found = scope.judge_samples(roots, samples)
    return [[row[index] for index in range(0, len(row), 97)] for row, _ in found]


def copied_bytes_per_s(number: int, repeats: int) -> float:
    """Bytes a second of a large copy from a device into pinned memory: nothing that comes back can be faster."""
    import cupy

    runtime = cupy.cuda.runtime
    with cupy.cuda.Device(number):
        stream = cupy.cuda.Stream(non_blocking=True)
        source, target = cupy.cuda.MemoryPool().malloc(COPIED), cupy.cuda.alloc_pinned_memory(COPIED)

        def copy() -> None:
            runtime.memcpyAsync(target.ptr, source.ptr, COPIED, runtime.memcpyDeviceToHost, stream.ptr)
            stream.synchronize()

        copy()  # the first time, memory is touched
        return COPIED / median(repeats, copy)


def told_costs(repeats: int) -> tuple[Costs, float]:
    """Tells what was measured of each device; the costs of the one that pays last, and the copies of all together."""
    devices, copied = measured_devices(), 0.0
    for number, device in enumerate(devices):
        costs, name = device.costs, device.state.name
        mine = copied_bytes_per_s(int(name[name.rindex("(") + 1 : -1]), repeats)
        copied += mine
        calls = ", ".join(f"{form} {seconds * 1e9:.0f}" for form, seconds in costs.native_s.items())
        print(f"{name}: start {costs.start_s * 1e6:.0f} us, launch {costs.launch_s * 1e6:.1f} us, "
              f"blocks {costs.bytes_per_s / 1e9:.2f} GB/s, {costs.calls_per_s / 1e6:.0f} million calls/s; "
              f"copy of 64 MiB {mine / 1e9:.2f} GB/s")  # fmt: skip
        if number == 0:
            print(f"native engine: calls {calls} ns, taking in a value {costs.seed_s * 1e9:.0f} ns")
    return worst([device.costs for device in devices]), copied


def measure(
    devices: Sequence[Device], size: int, count: int, repeats: int, costs: Costs, copied: float
) -> tuple[int, float, float]:
    """Tells of one size; calls times samples, and the seconds of the native and the CUDA engine.

    Args:
        devices: all of them.
        size: programs.
        count: samples.
        repeats: of which the median is taken.
        costs: what was measured of a device before.
        copied: bytes a second that the devices can copy.
    """
    graph, roots = chains(size, size)
    samples = [Sample(grid, grid) for grid in grids(count, size + count)]
    native, cuda = (
        engine.open(graph).bind(S=()) for engine in (select_engine("native"), CudaEngine(None, devices, Always()))
    )
    if evaluated(native, roots, samples) != evaluated(cuda, roots, samples):
        raise SystemExit(f"the engines disagree on {size} programs")
    native_s = median(repeats, lambda: evaluated(native, roots, samples))
    cuda_s = median(repeats, lambda: evaluated(cuda, roots, samples))
    plan, alone = make_plan(graph, roots), Devices(devices)
    slots = [packed[1] for sample in samples if (packed := pack_value(sample.input)) is not None]
    device_s = median(repeats, lambda: alone.evaluate(plan, slots))
    moved = plan.block_bytes * count
    expected_s = costs.device_s(plan, count) - costs.seed_s * plan.call_count * count
    print(
        f"{size:8} {count:7} {plan.call_count:8} {native_s:9.4f} {cuda_s:9.4f} {device_s:9.4f} {expected_s:10.4f} "
        f"{native_s / cuda_s:6.2f} "
        f"{plan.call_count * count / device_s:12.0f} {size * count / native_s:12.0f} {size * count / cuda_s:12.0f} "
        f"{moved / 2**20:8.1f} {moved / device_s / 1e9:6.2f} {moved / device_s / copied:6.1%}",
        flush=True,
    )
    return plan.call_count * count, native_s, cuda_s


def main() -> None:
    """Runs the benchmark and prints its table; without a GPU, the reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--samples", default="4,64")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    try:
        versions, states = device_states()
        devices = open_devices()
    except EngineError as error:
        print(f"nothing to measure: {error}")
        return
    print(", ".join([*(f"{name} {version}" for name, version in versions.items()), *(state.name for state in states)]))
    costs, copied = told_costs(options.repeats)
    print(f"{'programs':>8} {'samples':>7} {'calls':>8} {'native s':>9} {'cuda s':>9} {'device s':>9} "
          f"{'expected s':>10} {'times':>6} "
          f"{'nodes/s':>12} {'native p-s/s':>12} {'cuda p-s/s':>12} {'MiB':>8} {'GB/s':>6} {'share':>6}")  # fmt: skip
    found = [
        measure(devices, int(size), int(count), options.repeats, costs, copied)
        for size in options.sizes.split(",")
        for count in options.samples.split(",")
    ]
    faster = sorted(calls for calls, native_s, cuda_s in found if cuda_s < native_s)
    expected = break_even(costs)
    words = ["never" if calls is None else f"{calls:,}" for calls in (expected, faster[0] if faster else None)]
    print(f"calls times samples from which on devices are faster: expected {words[0]} and measured {words[1]}")
    first = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    print(f"seconds until a device is ready, in a new process: {float(first.stdout):.1f}")


if __name__ == "__main__":
    main()
