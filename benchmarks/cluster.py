"""What ``--cluster local:N`` costs against the workers that a run has without it, and what more workers bring.

    python benchmarks/cluster.py [--tasks 400] [--repeats 5] [--counts 1,2] [--no-start]

The main job: the starter programs on tasks of arc1-train, every task through all phases and saved in a store. With
the same number of workers, threads of the driver's process and a cluster take turns; the ratio of their seconds is the
overhead. Workers run and have the battery open before the clock starts. Then the same as whole commands, so with the
start of Python, of the scheduler and of the workers. Medians of the repeats; ratios are of the pairs, so that a machine
that is busy for a while disturbs both sides. The seconds of the processors, of all processes together, say more where
it is busy all the time.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from arcbatt.arc import TaskSet, load_set
from arcbatt.battery import Battery
from arcbatt.execute import Executor
from arcbatt.library import starter_programs
from arcbatt.pipeline.run import run_tasks
from arcbatt.runs import RunOptions
from arcbatt.runs.fingerprint import Fingerprint
from arcbatt.runs.recorded import recorded_run
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import open_store


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and those of the processors."""

    wall_s: float
    cpu_s: float


def cpu_s() -> float:
    """CPU seconds so far of this process and all that it started and that still run."""
    me = psutil.Process()
    return sum(sum(process.cpu_times()[:2]) for process in (me, *me.children(recursive=True)))


def run(battery: Battery, tasks: TaskSet, workers: Executor, options: RunOptions) -> Spent:
    """What the main job on the tasks takes, with workers that run already."""
    fingerprint = Fingerprint.of("run", options, battery.programs())
    with (
        tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store,
        recorded_run(store, fingerprint, tasks, options) as recorded,
    ):  # fmt: skip
        start, start_cpu = time.perf_counter(), cpu_s()
        report = run_tasks(battery, list(tasks.values()), workers, options, recorded)
        spent = Spent(time.perf_counter() - start, cpu_s() - start_cpu)
    assert report.totals.failed == 0
    assert len(report.summaries) == len(tasks)
    return spent


def pairs(battery: Battery, tasks: TaskSet, count: int, repeats: int) -> list[tuple[Spent, Spent]]:
    """What it takes without and with a cluster of so many workers, by turns."""
    plain, cluster = RunOptions(jobs=count), RunOptions(cluster=f"local:{count}")
    some = tasks.slice(0, 8 * count)
    with open_battery_workers(battery, plain) as threads, open_battery_workers(battery, cluster) as nodes:
        for workers, options in ((threads, plain), (nodes, cluster)):
            run(battery, some, workers, options)
        return [
            (run(battery, tasks, threads, plain), run(battery, tasks, nodes, cluster)) for _ in range(repeats)
        ]  # fmt: skip


def command(tasks: int, words: Sequence[str]) -> Spent:
    """What a whole command takes."""
    with tempfile.TemporaryDirectory() as folder:
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "arcbatt", "run", "--set", "arc1-train", "-s", "0", "-c", str(tasks), "-q",
             "--workspace", str(Path(folder, "w")), *words],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Spent(time.perf_counter() - start, cpu)


def tell(name: str, found: Sequence[tuple[Spent, Spent]]) -> None:
    """One line: medians by the clock, and medians of the ratios, with the least and the greatest."""
    here, there = (statistics.median(spent.wall_s for spent in side) for side in zip(*found, strict=True))
    walls = sorted(cluster.wall_s / plain.wall_s for plain, cluster in found)
    cpus = sorted(cluster.cpu_s / plain.cpu_s for plain, cluster in found)
    texts = [f"{statistics.median(some):.3f} ({some[0]:.2f} to {some[-1]:.2f})" for some in (walls, cpus)]
    print(f"{name:26} {here:9.2f} {there:9.2f}  {texts[0]:22} {texts[1]}", flush=True)


def main() -> None:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--counts", default="1,2")
    parser.add_argument("--no-start", action="store_true", help="leave out the whole commands")
    options = parser.parse_args()
    counts = [int(word) for word in options.counts.split(",")]
    battery, tasks = Battery.of(starter_programs()), load_set("arc1-train").slice(0, options.tasks)
    print(f"{len(battery.solvers)} solvers on {len(tasks)} tasks, medians of {options.repeats}")
    print(f"{'':26} {'without':>9} {'cluster':>9}  {'ratio by the clock':22} ratio of CPU seconds")
    found = {count: pairs(battery, tasks, count, options.repeats) for count in counts}
    for count, seconds in found.items():
        tell(f"{count} worker{'s' * (count > 1)}", seconds)
    for count in [] if options.no_start else counts:
        started = [
            (command(len(tasks), ["-j", str(count)]), command(len(tasks), ["--cluster", f"local:{count}"]))
            for _ in range(max(1, options.repeats // 2))
        ]  # fmt: skip
        tell(f"{count} worker{'s' * (count > 1)}, start included", started)
    first = counts[0]
    for count in counts[1:]:
        bases = (statistics.median(one[side].wall_s for one in found[first]) for side in (0, 1))
        now = (statistics.median(one[side].wall_s for one in found[count]) for side in (0, 1))
        plain, cluster = (base / seconds for base, seconds in zip(bases, now, strict=True))
        print(f"{count} workers are faster than {first}: without a cluster {plain:.2f} times, with one {cluster:.2f}")


if __name__ == "__main__":
    main()
