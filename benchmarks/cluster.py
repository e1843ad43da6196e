"""What ``--cluster local:N`` costs against the workers that a run has without it, and what more workers bring.

    python benchmarks/cluster.py [--tasks 400] [--repeats 5] [--counts 1,2] [--no-start]

The main job: the starter programs on tasks of arc1-train, every task through all phases and saved in a store. With
the same number of workers, threads of the driver's process and a cluster take turns; the ratio of their seconds is the
overhead. Workers run and have the battery open before the clock starts. Then the same as whole commands, so with the
start of Python, of the scheduler and of the workers. Medians of the repeats; ratios are of the pairs, so that a machine
that is busy for a while disturbs both sides.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

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


def run(battery: Battery, tasks: TaskSet, workers: Executor, options: RunOptions) -> float:
    """Seconds of the main job on the tasks, with workers that run already."""
    fingerprint = Fingerprint.of("run", options, battery.programs())
    with (
        tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store,
        recorded_run(store, fingerprint, tasks, options) as recorded,
    ):  # fmt: skip
        start = time.perf_counter()
        report = run_tasks(battery, list(tasks.values()), workers, options, recorded)
        seconds = time.perf_counter() - start
    assert report.totals.failed == 0
    assert len(report.summaries) == len(tasks)
    return seconds


def pairs(battery: Battery, tasks: TaskSet, count: int, repeats: int) -> list[tuple[float, float]]:
    """Seconds without and with a cluster of so many workers, by turns."""
    plain, cluster = RunOptions(jobs=count), RunOptions(cluster=f"local:{count}")
    some = tasks.slice(0, 8 * count)
    with open_battery_workers(battery, plain) as threads, open_battery_workers(battery, cluster) as nodes:
        for workers, options in ((threads, plain), (nodes, cluster)):
            run(battery, some, workers, options)
        return [
            (run(battery, tasks, threads, plain), run(battery, tasks, nodes, cluster)) for _ in range(repeats)
        ]  # fmt: skip


def command_s(tasks: int, words: Sequence[str]) -> float:
    """Seconds of a whole command."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "arcbatt", "run", "--set", "arc1-train", "-s", "0", "-c", str(tasks), "-q",
             "--workspace", str(Path(folder, "w")), *words],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return time.perf_counter() - start


def tell(name: str, found: Sequence[tuple[float, float]]) -> None:
    """One line: medians, and the median of the ratios with their least and greatest."""
    plain, cluster = (statistics.median(column) for column in zip(*found, strict=True))
    ratios = sorted(there / here for here, there in found)
    middle = statistics.median(ratios)
    print(f"{name:28} {plain:9.2f} {cluster:9.2f} {middle:7.3f} {ratios[0]:7.3f} to {ratios[-1]:.3f}", flush=True)


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
    print(f"{'':28} {'without':>9} {'cluster':>9} {'ratio':>7} {'least to most':>16}")
    found = {count: pairs(battery, tasks, count, options.repeats) for count in counts}
    for count, seconds in found.items():
        tell(f"{count} worker{'s' * (count > 1)}", seconds)
    for count in [] if options.no_start else counts:
        started = [
            (command_s(len(tasks), ["-j", str(count)]), command_s(len(tasks), ["--cluster", f"local:{count}"]))
            for _ in range(max(1, options.repeats // 2))
        ]  # fmt: skip
        tell(f"{count} worker{'s' * (count > 1)}, start included", started)
    first = counts[0]
    for count in counts[1:]:
        bases = (statistics.median(one[side] for one in found[first]) for side in (0, 1))
        now = (statistics.median(one[side] for one in found[count]) for side in (0, 1))
        plain, cluster = (base / seconds for base, seconds in zip(bases, now, strict=True))
        print(f"{count} workers are faster than {first}: without a cluster {plain:.2f} times, with one {cluster:.2f}")


if __name__ == "__main__":
    main()
