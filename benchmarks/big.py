"""What a battery of very many programs costs, stage by stage, and where it would break.

    python benchmarks/big.py [--programs 1000 10000 100000] [--tasks 20] [--jobs 1] [--seed 0] [--folder DIR]

The programs are mutations of the starter solvers, each another, in program files. For each size a process of its own
reads them, merges them, cuts the battery into pieces, opens every piece once, and runs the battery on tasks with a
store, as ``arcbatt run`` does. Of each stage are printed CPU seconds (the machine may be shared), memory and bytes, and
the slope: the exponent of the number of programs by which they grow between the two largest sizes. At the end: what
1,000 tasks would take, and 10,000,000 programs, by the largest size and a slope of at least 1. Where the process of a
size is interrupted (SIGINT), the tasks that it did count.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from arcbatt.arc import load_set
from arcbatt.battery import Battery, load_programs
from arcbatt.engine import select_engine
from arcbatt.library import starter_differs, starter_solvers
from arcbatt.pipeline import run_battery
from arcbatt.report.run_json import run_json
from arcbatt.results.task_table import MAX_TABLE
from arcbatt.runs import RunOptions
from arcbatt.runs.pieces import most_nodes, pieces_of
from arcbatt.search.mutation import Mutator
from arcbatt.store import open_store

A_FILE = 1_000
"""Programs of a file."""
MANY, TASKS = 10_000_000, 1_000
"""What is extrapolated to."""
MACHINE_BYTES = 64 * 1024**3
"""A usual machine."""
MB = 1024**2


def write_mutations(folder: Path, count: int, seed: int) -> None:
    """Writes so many programs, mutations of the starter solvers with different texts, as files of 1,000 each."""
    pool, rng = starter_solvers(), random.Random(seed)
    mutator, known, texts = Mutator(pool), {program.md5 for program in pool}, []
    folder.mkdir(parents=True)
    first = len(known)
    while len(known) - first < count:
        child = mutator.mutate(rng.choice(pool), None, rng)
        if child is None or child.program.md5 in known:
            continue
        known.add(child.program.md5)
        number = len(known) - first
        texts.append(child.program.text.replace("def solve(", f"def solve_big_{number:08}(", 1))
        if len(texts) == A_FILE or number == count:
            (folder / f"part_{number:08}.py").write_text("\n\n".join(texts))
            texts.clear()


class Stages:
    """Takes the cost of one stage after the other."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, float]] = {}
        self._cpu, self._start = time.process_time(), time.monotonic()

    def done(self, name: str, **more: float) -> None:
        """Notes what was done since the last call."""
        cpu_s, wall_s = time.process_time() - self._cpu, time.monotonic() - self._start
        gc.collect()
        self.rows[name] = {"cpu_s": cpu_s, "wall_s": wall_s, "held": held_bytes(), "peak": peak_bytes(), **more}
        self._cpu, self._start = time.process_time(), time.monotonic()


def held_bytes() -> int:
    """Memory of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def peak_bytes() -> int:
    """The most that this process ever had."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(folder: Path, tasks: int, jobs: int, seed: int) -> dict[str, dict[str, float]]:
    """All stages on the programs of a folder."""
    stages, options = Stages(), RunOptions(jobs=jobs, joins_store=False)
    all_tasks = load_set()
    chosen = all_tasks.select(sorted(random.Random(seed).sample(all_tasks.ids, tasks)))
    stages.done("start")
    programs, refusals = load_programs(folder)
    assert not refusals, refusals[0]
    stages.done("load")
    battery = Battery.of([*programs, *starter_differs()])
    del programs
    stages.done("merge", nodes=len(battery.graph))
    pieces = pieces_of(battery, options)
    bytes_of_pieces = sum(piece.graph.bytes + 4 * len(piece.places) for piece in pieces)
    nodes = sum(len(piece.graph) for piece in pieces)
    stages.done("pieces", pieces=len(pieces), nodes=nodes or len(battery.graph), bytes=bytes_of_pieces)
    engine = select_engine("auto", options.limits)
    for piece in pieces:
        engine.open(piece.graph.graph())
    if not pieces:
        engine.open(battery.graph)
    stages.done("open")
    for program in battery.programs():
        _ = program.md5
    stages.done("texts")
    with tempfile.TemporaryDirectory() as workspace:
        with open_store(workspace, create=True) as store:
            report = run_battery(battery, chosen, options, store)
            stages.done("run", **phases(report.timing.table()))
            some = [table for _, table in islice(store.tables(1), 3)]
            _ = some[0].samples, some[0].seconds
            stages.done("read tables")
        stored = sum(path.stat().st_size for path in Path(workspace).rglob("*") if path.is_file())
    text = json.dumps(run_json(report))
    stages.done("json", bytes=len(text))
    done = [chosen[task_id] for task_id in report.summaries]
    stages.rows["run"] |= {"bytes": stored, "tasks": len(done), "samples": sum(len(task.samples) for task in done)}
    for name in ("evaluating_s", "beside_s", "storing_s", "samples"):
        stages.rows["run"][name] /= len(done)
    a_table = sum(len(table.verdicts) + len(table.nanoseconds) for table in some) / len(some)
    stages.rows["run"] |= {"table": a_table, "once": max(0.0, stored - a_table * len(done))}
    stages.rows["json"]["bytes"] /= len(done)
    return stages.rows


def phases(table: Any) -> dict[str, float]:
    """CPU seconds of evaluating and of what comes after it; wall seconds of storing."""
    cpu = {name: row.cpu_s or 0.0 for name, row in table.items()}
    evaluating = cpu["run_batt.phase4_demo_cpu"] + cpu["run_batt.phase4_test_cpu"]
    storing = table["run_batt.phase3b_file_ops"].wall_s or 0.0
    return {"evaluating_s": evaluating, "beside_s": cpu["main.run_batt"] - evaluating, "storing_s": storing}


def slope(sizes: list[int], values: list[float]) -> float:
    """The exponent between the two largest sizes; not a number where there is next to nothing at one of them."""
    if len(sizes) < 2 or min(values[-2:]) < 0.01:
        return math.nan
    return math.log(values[-1] / values[-2]) / math.log(sizes[-1] / sizes[-2])


def show(found: dict[int, dict[str, dict[str, float]]]) -> None:
    """Prints a table of all stages and sizes, and what follows from it."""
    sizes = sorted(found)
    rows = {
        "load, CPU s": ("load", "cpu_s", 1), "merge, CPU s": ("merge", "cpu_s", 1),
        "pieces, CPU s": ("pieces", "cpu_s", 1), "open all pieces, CPU s": ("open", "cpu_s", 1),
        "evaluate a task, CPU s": ("run", "evaluating_s", 1),
        "score, filter, validate a task, CPU s": ("run", "beside_s", 1),
        "store a task, s": ("run", "storing_s", 1), "write all texts, CPU s": ("texts", "cpu_s", 1),
        "read three tables, CPU s": ("read tables", "cpu_s", 1), "JSON, CPU s": ("json", "cpu_s", 1),
        "nodes, thousands": ("merge", "nodes", 1e3), "pieces": ("pieces", "pieces", 1),
        "nodes of all pieces, thousands": ("pieces", "nodes", 1e3),
        "held once merged, MB": ("merge", "held", MB), "pieces hold, MB": ("pieces", "bytes", MB),
        "peak once merged, MB": ("merge", "peak", MB), "peak, MB": ("json", "peak", MB),
        "stored a task, MB": ("run", "table", MB), "stored once, MB": ("run", "once", MB),
        "JSON a task, MB": ("json", "bytes", MB),
        "tasks done": ("run", "tasks", 1),
    }  # fmt: skip
    print(f"{'programs':38} " + " ".join(f"{size:>11,}" for size in sizes) + "   slope")
    for title, (stage, name, unit) in rows.items():
        values = [found[size][stage][name] / unit for size in sizes]
        print(f"{title:38} " + " ".join(f"{value:11.3f}" for value in values) + f" {slope(sizes, values):7.2f}")
    extrapolate(found, sizes)


def extrapolate(found: dict[int, dict[str, dict[str, float]]], sizes: list[int]) -> None:
    """Prints what more tasks and many more programs would take."""
    largest = sizes[-1]

    def at(size: int, stage: str, name: str) -> float:
        base = {known: found[known]["start"]["held"] if name == "peak" else 0.0 for known in sizes}
        values = [found[known][stage][name] - base[known] for known in sizes]
        exponent = slope(sizes, values)
        return base[largest] + values[-1] * (size / largest) ** (1.0 if math.isnan(exponent) else max(1.0, exponent))

    samples = found[largest]["run"]["samples"]
    for size in (largest, MANY):
        once_h = sum(at(size, stage, "cpu_s") for stage in ("load", "merge", "pieces", "texts")) / 3600
        run_h = sum(at(size, "run", name) for name in ("evaluating_s", "beside_s", "storing_s")) * TASKS / 3600
        stored = (at(size, "run", "table") * TASKS + at(size, "run", "once")) / 1024**3
        peak = at(size, "json", "peak") / 1024**3
        packed = size * 12 / 1024**3
        print(
            f"\n{size:,} programs on {TASKS:,} tasks: {once_h:.2f} h until the first task, {run_h:,.1f} CPU h of work, "
            f"{stored:,.1f} GiB stored, peak {peak:,.1f} GiB"
            f"{' (more than ' + str(MACHINE_BYTES // 1024**3) + ' GiB)' if peak * 1024**3 > MACHINE_BYTES else ''}; "
            f"the table of a task of {samples:.1f} samples has over {packed * samples:.2f} GiB before compression, "
            f"{MAX_TABLE / 1024**3:g} GiB are read: {int(MAX_TABLE / (12 * size)):,} samples at most"
        )


def main() -> None:
    """Runs the benchmark and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--tasks", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where the programs are kept, to be taken the next time")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(measure(options.one, options.tasks, options.jobs, options.seed)))
        return
    found = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in sorted(options.programs):
            folder = (options.folder or Path(temporary)) / f"programs_{size}_{options.seed}"
            if not folder.is_dir():
                write_mutations(folder, size, options.seed)
            words = [f"--{name}={getattr(options, name)}" for name in ("tasks", "jobs", "seed")]
            command = [sys.executable, __file__, f"--one={folder}", *words]
            found[size] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    nodes = most_nodes(RunOptions())
    print(f"{options.tasks} tasks, {options.jobs} jobs, pieces of at most {nodes:,} nodes")
    show(found)


if __name__ == "__main__":
    main()
