"""One task with a battery of 32 programs and 4 differs, everything saved: the mean over nine tasks.

    python benchmarks/nine_tasks.py [--count 32] [--seed 0] [--repeats 5] [--jobs N]

The nine tasks are spread evenly over arc1-train; each has a battery of its own with the task's starter solver, where
there is one. The whole job is done as ``arcbatt run`` does it: evaluated, scored, filtered, validated, saved, differs
scored, by every engine that is there. The pool runs before the clock starts, and the store is open. Medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from arcbatt.arc import Task, load_set
from arcbatt.battery import Battery
from arcbatt.engine import available_engines
from arcbatt.execute import available_cores
from arcbatt.pipeline.run import run_tasks
from arcbatt.runs import RunOptions
from arcbatt.runs.recorded import RecordedRun
from arcbatt.runs.workers import open_battery_workers
from arcbatt.store import RunStart, open_store
from batteries import make_programs


def main() -> None:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=available_cores())
    options = parser.parse_args()
    tasks, engines = load_set(), available_engines()
    print(f"{options.count} solvers, 4 differs, {options.jobs} jobs, medians of {options.repeats}")
    columns = "".join(f"{engine + ' s':>11} {'(min':>8} {'max)':>8} {'CPU s':>8}" for engine in engines)
    print(f"{'task':10} {'samples':>7}{columns}")
    medians: dict[str, list[float]] = {engine: [] for engine in engines}
    for task_id in tasks.ids[:: len(tasks) // 9][:9]:
        task = tasks[task_id]
        battery = Battery.of(make_programs(task_id, options.count, options.seed))
        line = f"{task_id:10} {len(task.samples):7}"
        for engine in engines:
            walls, cpus = measure(battery, task, RunOptions(engine, jobs=options.jobs), options.repeats)
            medians[engine].append(statistics.median(walls))
            line += f"{medians[engine][-1]:11.4f} {min(walls):8.4f} {max(walls):8.4f} {statistics.median(cpus):8.4f}"
        print(line)
    print(f"{'mean':18}" + "".join(f"{statistics.mean(found):11.4f}{'':27}" for found in medians.values()).rstrip())


def measure(battery: Battery, task: Task, options: RunOptions, repeats: int) -> tuple[list[float], list[float]]:
    """Wall and CPU seconds of the whole job, by repeat."""
    walls, cpus = [], []
    with open_battery_workers(battery, options) as pool, tempfile.TemporaryDirectory() as folder:
        for repeat in range(repeats + 1):
            with open_store(Path(folder, str(repeat)), create=True) as store:
                run_id = store.begin_run(RunStart("nine tasks", "benchmark", (), "", "", options.engine, {}))
                start = time.perf_counter()
                report = run_tasks(battery, [task], pool, options, RecordedRun(store, run_id))
                if repeat:  # the first one warms the workers
                    walls.append(time.perf_counter() - start)
                    cpus.append(report.timing.cpu["main.run_batt"])
    return walls, cpus


if __name__ == "__main__":
    main()
