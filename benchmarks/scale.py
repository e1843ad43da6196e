"""What the main job costs against the number of programs and of tasks.

    python benchmarks/scale.py [--tasks 6] [--repeats 3] [--seed 0] [--jobs N]

First the same few tasks with 1, 3, 10, 30, 100 and all starter solvers, and all starter differs: sharing makes
the nodes grow slower than the programs. Then all solvers on 1, 2, 4 ... tasks over the pool. Everything is done that
``arcbatt run`` does, the store included; the pool runs before the clock starts. Medians over the repeats.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from arcbatt.arc import Task, load_set
from arcbatt.battery import Battery
from arcbatt.execute import available_cores
from arcbatt.library import starter_differs, starter_solvers
from arcbatt.pipeline import Timing
from arcbatt.pipeline.run import run_tasks
from arcbatt.runs import RunOptions
from arcbatt.runs.recorded import RecordedRun
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import RunStart, open_store


def measure(battery: Battery, tasks: list[Task], jobs: int, repeats: int) -> tuple[float, Timing]:
    """Median wall seconds of the whole job, and the timing of the last repeat."""
    options = RunOptions(jobs=jobs)
    walls = []
    with open_battery_workers(battery, options) as pool:
        timing = Timing()
        for repeat in range(repeats + 1):
            with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, "store"), create=True) as store:
                run = RecordedRun(store, store.begin_run(RunStart("scale", "benchmark", (), "", "", "auto", {})))
                start = time.perf_counter()
                timing = run_tasks(battery, tasks, pool, options, run).timing
                if repeat:  # the first one warms the processes
                    walls.append(time.perf_counter() - start)
    return statistics.median(walls), timing


def main() -> None:
    """Runs the benchmark and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=6)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=available_cores())
    options = parser.parse_args()
    rng = random.Random(options.seed)
    solvers, tasks = starter_solvers(), load_set()
    rng.shuffle(solvers)
    chosen = [tasks[task_id] for task_id in rng.sample(tasks.ids, options.tasks)]

    print(f"{options.tasks} tasks, {options.jobs} jobs, medians of {options.repeats}")
    print(f"{'programs':>8} {'calls':>7} {'nodes':>7} {'s a task':>9} {'CPU ms a program and task':>26}")
    for count in sorted({n for n in (1, 3, 10, 30, 100, len(solvers)) if n <= len(solvers)}):
        battery = Battery.of([*solvers[:count], *starter_differs()])
        wall, timing = measure(battery, chosen, options.jobs, options.repeats)
        calls = sum(program.size for program in solvers[:count])
        nodes = len(battery.graph.calls(*battery.solvers.values()))
        cost_ms = 1000 * timing.cpu["main.run_batt"] / count / len(chosen)
        print(f"{count:8} {calls:7} {nodes:7} {wall / len(chosen):9.4f} {cost_ms:26.3f}")

    battery = Battery.of([*solvers, *starter_differs()])
    print(f"\n{len(solvers)} solvers, {len(battery.differs)} differs")
    print(f"{'tasks':>8} {'wall s':>9} {'s a task':>9}")
    count = 1
    while count <= 2 * options.tasks:
        some = [tasks[task_id] for task_id in rng.sample(tasks.ids, count)]
        wall, _ = measure(battery, some, options.jobs, 1)
        print(f"{count:8} {wall:9.4f} {wall / count:9.4f}")
        count *= 2
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the main process {peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
