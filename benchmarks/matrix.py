"""Every starter program on every task: program-samples a second, memory, and how both grow with the programs.

    python benchmarks/matrix.py [--python-every 40] [--repeats 3] [--jobs N]

A program-sample is one program evaluated on one sample and its output compared, failures included. All starter solvers
are one battery. The native engine works on all 400 tasks of arc1-train; the python engine, for the ratio, on every
40th, and so does the native one once more. Then one thread against two, and batteries of 10, 30, 100 and 300 programs
(drawn from the starters, and mutated ones beyond them). The pool runs before the clock starts; medians.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Sequence

from arcbatt.arc import Task, load_set
from arcbatt.battery import Battery
from arcbatt.engine import Limits, available_engines
from arcbatt.execute import Executor, Item, available_cores
from arcbatt.library import starter_solvers
from arcbatt.pipeline.evaluate import evaluate_samples
from arcbatt.runs import OpenedBattery, RunOptions
from arcbatt.runs.workers import open_battery_workers
from batteries import mutated


def evaluate_task(opened: OpenedBattery, task: Task) -> tuple[int, int]:
    """Program-samples of a task, and how many of them are right."""
    reports = evaluate_samples(opened, task, range(len(task.samples)))
    rows = [report.verdicts for report in reports]
    tally = rows[0].tally(rows, len(rows))
    return len(rows) * len(rows[0]), sum(tally.demo_right)


def run(pool: Executor, tasks: Sequence[Task]) -> tuple[float, int, int]:
    """Seconds, program-samples and right ones for all tasks."""
    start = time.perf_counter()
    found = [result.value for result in pool.run(Item(task.id, evaluate_task, (task,)) for task in tasks)]
    return time.perf_counter() - start, sum(count for count, _ in found), sum(right for _, right in found)


def timed(battery: Battery, engine: str, tasks: Sequence[Task], jobs: int, repeats: int) -> tuple[float, int, int]:
    """Median seconds, program-samples and right ones."""
    with open_battery_workers(battery, RunOptions(engine, Limits(), jobs=jobs)) as pool:
        run(pool, tasks[:jobs])  # the battery is opened by every worker
        found = [run(pool, tasks) for _ in range(repeats)]
    return statistics.median(seconds for seconds, _, _ in found), found[0][1], found[0][2]


def peak_mb() -> float:
    """Peak memory of this process so far, where the native engine's threads are."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(name: str, seconds: float, count: int, right: int, jobs: int) -> None:
    """One line."""
    print(f"{name:34} {seconds:9.3f} {count:9} {right:6} {count / seconds:12.0f} {count / seconds / jobs:12.0f}")


def main() -> None:
    """Runs the benchmark and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python-every", type=int, default=40)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=available_cores())
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if "native" not in available_engines():
        print("the native engine is not installed: nothing to compare")
        return
    jobs, repeats = options.jobs, options.repeats
    tasks, solvers = list(load_set().values()), starter_solvers()
    battery = Battery.of(solvers)
    some = tasks[:: options.python_every]

    print(f"{len(battery.solvers)} programs, {len(battery.graph)} nodes, medians of {repeats}")
    print(f"{'':34} {'wall s':>9} {'runs':>9} {'right':>6} {'runs/s':>12} {'runs/s/core':>12}")
    native = timed(battery, "native", tasks, jobs, repeats)
    tell(f"native, {len(tasks)} tasks, {jobs} threads", *native, jobs)
    print(f"peak memory {peak_mb():.0f} MB")
    one = timed(battery, "native", tasks, 1, repeats)
    tell(f"native, {len(tasks)} tasks, 1 thread", *one, 1)
    print(f"{jobs} threads are {one[0] / native[0]:.2f} times as fast as one")
    mine = timed(battery, "native", some, jobs, repeats)
    tell(f"native, {len(some)} tasks, {jobs} threads", *mine, jobs)
    theirs = timed(battery, "python", some, jobs, 1)
    tell(f"python, {len(some)} tasks, {jobs} processes", *theirs, jobs)
    print(f"native is {theirs[0] / mine[0]:.1f} times as fast as python")

    print(f"\n{'programs':>8} {'nodes':>7} {'wall s':>8} {'us a program and sample':>24} {'peak MB':>8}")
    rng = random.Random(options.seed)
    rng.shuffle(solvers)
    for count in (10, 30, 100, 300):
        programs = solvers[:count]
        programs += mutated(solvers, count - len(programs), options.seed)
        battery = Battery.of(programs)
        seconds, runs, _ = timed(battery, "native", tasks[::4], jobs, repeats)
        cost_us = seconds * jobs / runs * 1e6
        print(f"{len(battery.solvers):8} {len(battery.graph):7} {seconds:8.3f} {cost_us:24.2f} {peak_mb():8.0f}")


if __name__ == "__main__":
    main()
