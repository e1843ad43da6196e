"""Enumerations with GPUs against the native search alone: nodes a second, by the number of searches at a time.

    python benchmarks/gpu_search.py [--every 20] [--nodes 4000000] [--at-a-time 1,4,16] [--repeats 3]

Grids to grids (``grid_grammar``) on every 20th task of arc1-train, each search in a thread of its own. Each line is a
number of searches at a time: seconds with the native search alone and with the devices, and how many times as fast that
is; nodes that the devices evaluated, and a second of the time that they worked; requests, and how many were answered
together; bytes that came back, in all and a second. What is found is compared. Medians.

At the end: the seconds of one search from its beginning to the first answer of a device, kernels compiled.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from arcbatt.arc import Challenge, load_set
from arcbatt.engine.cuda.cupy_device import device_states, open_devices
from arcbatt.engine.cuda.device import Device
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.queue import DeviceQueues
from arcbatt.engine.cuda.enumeration.wanted import Answer, Wanted
from arcbatt.errors import EngineError
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, grid_grammar


class Watched(DeviceQueues):
    """Devices with counts of what they did."""

    def __init__(self, devices: Sequence[Device]) -> None:
        super().__init__([device.another() for device in devices])
        self.nodes = self.requests = self.moved = 0
        self.first_s = 0.0
        self._begin = time.perf_counter()
        self._count = threading.Lock()

    def answer(self, memory: SearchMemory, wanted: Wanted) -> Answer:
        """Counts the request, too."""
        found = super().answer(memory, wanted)
        with self._count:
            self.first_s = self.first_s or time.perf_counter() - self._begin
            self.nodes += wanted.combinations
            self.requests += 1
            self.moved += len(found.outcomes) + len(found.sizes) + len(found.fits) + len(found.values)
        return found


def searched(tasks: Sequence[Challenge], nodes: int, at_a_time: int, devices: DeviceQueues | None) -> tuple[float, Any]:
    """Seconds of the searches, and what they did."""
    limits = EnumerationLimits(nodes=nodes, memory_bytes=8 << 30, answers=None)

    def search(task: Challenge) -> tuple[int, ...]:
        found = Enumeration(task, limits, grid_grammar(task), devices=devices)
        programs = len([*found])
        report = found.report
        return programs, report.applied, report.unique, report.duplicates, report.failed, report.fuel

    start = time.perf_counter()
    with ThreadPoolExecutor(at_a_time) as pool:
        counts = list(pool.map(search, tasks))
    return time.perf_counter() - start, counts


def main() -> None:
    """Runs the benchmark and prints its table; without a GPU, the reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--nodes", type=int, default=4_000_000)
    parser.add_argument("--at-a-time", default="1,4,16")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    try:
        versions, states = device_states()
        devices = open_devices()
    except EngineError as error:
        print(f"nothing to measure: {error}")
        return
    print(", ".join([*(f"{name} {version}" for name, version in versions.items()), *(state.name for state in states)]))
    tasks = [task.challenge for task in load_set().values()][:: options.every]
    print(f"{len(tasks)} tasks, {options.nodes} nodes each")
    print("at a time  native s  with GPU s  times  GPU nodes  GPU nodes/s  requests  together     MB    GB/s")
    for at_a_time in map(int, options.at_a_time.split(",")):
        native_s, with_s = [], []
        for _ in range(options.repeats):
            watched = Watched(devices)
            seconds, expected = searched(tasks, options.nodes, at_a_time, None)
            native_s.append(seconds)
            seconds, found = searched(tasks, options.nodes, at_a_time, watched)
            with_s.append(seconds)
            if found != expected:
                raise SystemExit("the searches disagree")
        worked_s, rounds = (sum(getattr(queue, what) for queue in watched.queues) for what in ("worked_s", "rounds"))
        native, mixed = statistics.median(native_s), statistics.median(with_s)
        print(
            f"{at_a_time:9} {native:9.2f} {mixed:11.2f} {native / mixed:6.2f} {watched.nodes:10} "
            f"{watched.nodes / worked_s:12.0f} {watched.requests:9} {watched.requests / max(1, rounds):9.1f} "
            f"{watched.moved / 1e6:6.0f} {watched.moved / worked_s / 1e9:7.2f}",
            flush=True,
        )
    watched = Watched(devices)
    searched(tasks[:1], options.nodes, 1, watched)
    print(f"seconds until the first answer of a device: {watched.first_s:.2f}")


if __name__ == "__main__":
    main()
