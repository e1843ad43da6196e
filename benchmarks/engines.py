"""The native engine against the python engine: recorded calls, and starter programs on their own tasks.

    python benchmarks/engines.py [--vectors DIR] [--repeats 5] [--calls-only | --programs-only]

*Calls*: every recorded call of a folder as ``arcbatt doctor --vectors`` takes it, as a node of a graph whose arguments
are constants; the calls of a primitive are evaluated together in a new scope, and only evaluation is timed. Without a
folder the calls are those that the starter programs make on the first sample of their tasks, 60 of a primitive.
*Objects*: that primitive with all combinations of its flags on the inputs of all demo samples of arc1-train.
*Programs*: each starter solver on all samples of its own task, binding the grids and comparing the outputs included.

Both engines run in turn, in this process, on one core, and CPU time counts. Ratios are python's time over native's, of
medians over the repeats; the spread is that of the ratio of single repeats.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from arcbatt.arc import load_set
from arcbatt.battery import Battery
from arcbatt.engine import Engine, available_engines, select_engine
from arcbatt.engine.recorded import Plumbing
from arcbatt.errors import InputError
from arcbatt.library import starter_programs
from arcbatt.program.graph import CONSTANT, DEPENDS_I, PRIMITIVE, Graph

MOST_CALLS = 60
"""Calls of a primitive that are taken from the starter programs."""
LEAST_S = 0.002
"""A measurement is repeated inside until it takes so long."""

MOST_PREPARED = 500
"""New scopes that are made ready before the clock starts, at most."""

Calls = dict[str, tuple[Graph, list[int]]]
"""A graph for each primitive, and in it a node for each call."""


def main() -> None:
    """Runs the benchmark and prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--calls-only", action="store_true")
    parser.add_argument("--programs-only", action="store_true")
    parser.add_argument("--json", type=Path, help="write all ratios by primitive and by program")
    options = parser.parse_args()
    if "native" not in available_engines():
        print("the native engine is not installed: nothing to compare")
        return
    engines = {name: select_engine(name) for name in ("python", "native")}
    results: dict[str, Any] = {}
    if not options.programs_only:
        calls = recorded(options.vectors) if options.vectors else traced()
        results["calls"] = compare_calls(engines, calls, options.repeats)
        results["objects"] = compare_objects(engines, min(options.repeats, 3))
    if not options.calls_only:
        results["programs"] = compare_programs(engines, options.repeats)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")


class Constants(Plumbing):
    """Values as constants of the graph, which no program can have but an engine can; they count as depending on I."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._here = graph

    def plain(self, value: Any) -> int:
        """The node that holds a value without functions."""
        return self._here._append(f"constant {len(self._here)}", CONSTANT, (), value, DEPENDS_I)


def recorded(folder: Path) -> Calls:
    """All recorded calls of a folder that a program can make."""
    found: Calls = {}
    for path in sorted(folder.glob("*.json")):
        graph = Graph()
        roots = []
        for call in json.loads(path.read_text()):
            with suppress(InputError):
                roots.append(Constants(graph).root(path.stem, call))
        found[path.stem] = (graph, roots)
    return found


def traced() -> Calls:
    """Calls that the starter programs make on values, the same ones again where there are fewer than MOST_CALLS."""
    made: dict[str, list[tuple[Graph, tuple[int, ...], dict[int, Any]]]] = {}
    tasks, engine = load_set(), select_engine("python")
    for program in starter_programs():
        task_id = program.name.split("_")[1] if program.kind == "solver" else ""
        if task_id not in tasks:
            continue
        task, source = tasks[task_id], program.graph
        scope = engine.open(source).bind(S=task.pairs, I=task.samples[0].input)
        nodes = source.order(program.root)
        values = dict(zip(nodes, [outcome.value for outcome in scope.run(nodes)], strict=True))
        for node in source.calls(program.root):
            callee, *operands = source.operands[node]
            if source.kinds[callee] == PRIMITIVE and not all(has_function(values[item]) for item in operands):
                made.setdefault(source.values[callee], []).append((source, source.operands[node], values))
    found: Calls = {}
    for name, calls in sorted(made.items()):
        graph = Graph()
        plain = Constants(graph).plain
        roots = []
        for source, (callee, *operands), values in islice(cycle(calls), MOST_CALLS):
            arguments = [
                source.copy(item, graph) if has_function(values[item]) else plain(values[item]) for item in operands
            ]
            roots.append(graph.call(source.copy(callee, graph), *arguments))
        found[name] = (graph, roots)
    return found


def has_function(value: Any) -> bool:
    """Whether a value is or holds a function: such are built again by calls."""
    return callable(value) or (isinstance(value, tuple | frozenset) and any(map(has_function, value)))


def seconds(prepare: Callable[[], Any], work: Callable[[Any], Any]) -> float:
    """CPU seconds of one piece of work, each on something newly prepared; the mean of as many as take LEAST_S."""
    work(prepare())
    count = 1
    while True:
        prepared = [prepare() for _ in range(count)]
        start = time.thread_time()
        for item in prepared:
            work(item)
        took = time.thread_time() - start
        if took >= LEAST_S or count >= MOST_PREPARED:
            return took / count
        count = min(MOST_PREPARED, 1 + int(count * max(2.0, 1.2 * LEAST_S / max(took, 1e-7))))


class Ratio:
    """Times of both engines for the same work, repeat by repeat."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {"python": [], "native": []}

    @property
    def median(self) -> float:
        """Of the medians."""
        return statistics.median(self.times["python"]) / statistics.median(self.times["native"])

    @property
    def spread(self) -> tuple[float, float]:
        """Smallest and largest of a single repeat."""
        ratios = [mine / theirs for mine, theirs in zip(self.times["python"], self.times["native"], strict=True)]
        return min(ratios), max(ratios)


def compare_calls(engines: dict[str, Engine], calls: Calls, repeats: int) -> dict[str, Any]:
    """A line a primitive; the geometric mean counts every call once."""
    ratios: dict[str, Ratio] = {}
    weights = {}
    for name, (graph, roots) in calls.items():
        if not roots:
            continue
        ratio, weights[name] = ratios.setdefault(name, Ratio()), len(roots)
        scopes = {engine_name: engine.open(graph) for engine_name, engine in engines.items()}
        for _ in range(repeats):
            for engine_name, scope in scopes.items():
                took = seconds(lambda: scope.bind(I=()), lambda inner: inner.measure(roots))  # noqa: B023
                ratio.times[engine_name].append(took)
    print(f"recorded calls: {sum(weights.values())} of {len(ratios)} primitives, medians of {repeats}")
    print(f"{'primitive':14} {'calls':>5} {'python us':>10} {'native us':>10} {'ratio':>8} {'(min':>8} {'max)':>8}")
    for name, ratio in sorted(ratios.items(), key=lambda item: item[1].median):
        mine, theirs = (statistics.median(ratio.times[e]) / weights[name] * 1e6 for e in ("python", "native"))
        low, high = ratio.spread
        print(f"{name:14} {weights[name]:5} {mine:10.2f} {theirs:10.4f} {ratio.median:8.1f} {low:8.1f} {high:8.1f}")
    by_call = [ratios[name].median for name in ratios for _ in range(weights[name])]
    by_primitive = [ratio.median for ratio in ratios.values()]
    told = {
        "geometric mean over calls": statistics.geometric_mean(by_call),
        "geometric mean over primitives": statistics.geometric_mean(by_primitive),
        "least": min(by_primitive),
    }
    for what, value in told.items():
        print(f"{what}: {value:.1f} times")
    return {**told, "primitives": {name: ratio.median for name, ratio in ratios.items()}}


def compare_objects(engines: dict[str, Engine], repeats: int) -> dict[str, float]:
    """``objects`` with all flags on the inputs of all demo samples of arc1-train."""
    graph = Graph()
    callee, plain = graph.primitive("objects"), Constants(graph).plain
    flags = list(product([graph.constant(False), graph.constant(True)], repeat=3))
    grids = [sample.input for task in load_set().values() for sample in task.demo]
    roots = [graph.call(callee, grid, *three) for grid in map(plain, grids) for three in flags]
    scopes = {name: engine.open(graph) for name, engine in engines.items()}
    ratio = Ratio()
    for _ in range(repeats):
        for name, scope in scopes.items():
            ratio.times[name].append(seconds(lambda: scope.bind(I=()), lambda inner: inner.measure(roots)))  # noqa: B023
    mine, theirs = (statistics.median(ratio.times[name]) / len(roots) * 1e6 for name in ("python", "native"))
    print(f"\nobjects on {len(grids)} grids with {len(flags)} combinations of flags, medians of {repeats}")
    print(f"python {mine:.1f} us, native {theirs:.3f} us a call, {ratio.median:.1f} times")
    return {"python_us": mine, "native_us": theirs}


def compare_programs(engines: dict[str, Engine], repeats: int) -> dict[str, Any]:
    """Each starter solver on the samples of its task."""
    tasks = load_set()
    ratios: dict[str, Ratio] = {}
    for program in starter_programs():
        task_id = program.name.split("_")[1] if program.kind == "solver" else ""
        if task_id not in tasks:
            continue
        task, ratio = tasks[task_id], ratios.setdefault(program.name, Ratio())

        def work(scope: Any) -> None:
            scope.judge_samples(roots, samples)  # noqa: B023

        samples, pairs = task.samples, task.pairs
        battery = Battery.of([program])
        roots = list(battery.solvers.values())
        scopes = {name: engine.open(battery.graph) for name, engine in engines.items()}
        for _ in range(repeats):
            for name, scope in scopes.items():
                ratio.times[name].append(seconds(lambda: scope.bind(S=pairs), work))  # noqa: B023
    medians = [ratio.median for ratio in ratios.values()]
    sums = {name: sum(statistics.median(r.times[name]) for r in ratios.values()) for name in engines}
    print(f"\nstarter programs on the samples of their tasks: {len(ratios)} programs, medians of {repeats}")
    print(f"python {sums['python'] * 1e3:.1f} ms, native {sums['native'] * 1e3:.2f} ms in all")
    print(f"geometric mean {statistics.geometric_mean(medians):.1f} times")
    low, middle, high = min(medians), statistics.median(medians), max(medians)
    print(f"of the sums {sums['python'] / sums['native']:.1f}, least {low:.1f}, median {middle:.1f}, most {high:.1f}")
    return {"geometric mean": statistics.geometric_mean(medians), "programs": {n: r.median for n, r in ratios.items()}}


if __name__ == "__main__":
    main()
