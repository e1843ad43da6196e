"""Built functions that are called on the same arguments again: each call evaluated once a sample, or every time.

    python benchmarks/calls.py [--every 10] [--repeats 3] [--json FILE]

*Programs*: those of ``call_programs.py`` on all samples of every 10th task of arc1-train, each alone; first without the
memo, then with it, in turn. *Library*: the starter solvers as one battery on the same tasks, where hardly anything is
called twice: what the memo costs. One thread, CPU time, medians over the repeats; the
fuel of both ways is compared on the way.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from arcbatt.arc import Task, load_set
from arcbatt.battery import Battery
from arcbatt.engine import Engine, available_engines
from arcbatt.engine.call_memo import NO_CALL_MEMO
from arcbatt.library import starter_solvers
from arcbatt.program import Program, parse_programs
from call_programs import PROGRAMS


def engines_of(name: str) -> dict[str, Engine]:
    """An engine that evaluates every call, and one that evaluates each once."""
    from arcbatt.engine.native import NativeEngine

    return {"each": NativeEngine(call_memo=NO_CALL_MEMO), "once": NativeEngine()}


def run(engine: Engine, programs: Sequence[Program], tasks: Sequence[Task]) -> tuple[float, int]:
    """CPU seconds for the programs as one battery on all samples of the tasks, and the fuel spent."""
    battery = Battery.of(programs)
    roots = list(battery.solvers.values())
    scope = engine.open(battery.graph)
    fuel = 0
    start = time.thread_time()
    for task in tasks:
        for verdicts, _ in scope.bind(S=task.pairs).judge_samples(roots, task.samples):
            fuel += sum(verdict.fuel for verdict in verdicts)
    return time.thread_time() - start, fuel


def compared(
    engines: dict[str, Engine], programs: Sequence[Program], tasks: Sequence[Task], repeats: int
) -> dict[str, float]:
    """Median seconds of each way, in turn."""
    times: dict[str, list[float]] = {way: [] for way in engines}
    fuels = set()
    for _ in range(repeats):
        for way, engine in engines.items():
            seconds, fuel = run(engine, programs, tasks)
            times[way].append(seconds)
            fuels.add(fuel)
    if len(fuels) != 1:
        raise SystemExit(f"{programs[0].name}: the two ways spend different fuel: {sorted(fuels)}")
    return {way: statistics.median(found) for way, found in times.items()}


def tell(name: str, times: dict[str, float]) -> float:
    """One line; the ratio."""
    ratio = times["each"] / times["once"]
    print(f"{name:28} {times['each'] * 1e3:12.1f} {times['once'] * 1e3:12.1f} {ratio:8.2f}", flush=True)
    return ratio


def table(name: str, tasks: Sequence[Task], repeats: int) -> dict[str, float]:
    """A line a program and one for the library; the ratio of each."""
    engines = engines_of(name)
    samples = sum(len(task.samples) for task in tasks)
    print(f"\n{name} engine, {len(tasks)} tasks with {samples} samples, medians of {repeats}")
    print(f"{'':28} {'each ms':>12} {'once ms':>12} {'ratio':>8}")
    ratios, sums = {}, {"each": 0.0, "once": 0.0}
    for program in parse_programs(PROGRAMS):
        times = compared(engines, [program], tasks, repeats)
        ratios[program.name] = tell(program.name, times)
        sums = {way: sums[way] + times[way] for way in sums}
    ratios["all programs"] = tell("all programs", sums)
    print(f"{'geometric mean':54} {statistics.geometric_mean(ratios.values()):8.2f}")
    ratios["library"] = tell("starter library", compared(engines, starter_solvers(), tasks, max(repeats, 5)))
    return ratios


def main() -> None:
    """Runs the benchmark and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the ratio of each program")
    options = parser.parse_args()
    tasks = list(load_set().values())
    found = {}
    if "native" in available_engines():
        found["native"] = table("native", tasks[:: options.every], options.repeats)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
