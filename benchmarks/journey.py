"""The optimisation journey: one task and one battery, five ways, from everything in sequence to the shared graph.

    python benchmarks/journey.py [--task 007bbfb7] [--count 32] [--seed 0] [--repeats 5] [--jobs N]

Each step keeps what the one before it had:

1. *sequential*: every program alone on every sample, nothing filtered; every candidate inlined and validated on its
   own; for every match between a candidate and an output the whole battery and the differs are evaluated again;
2. *+ filter, batch inlining*: candidates with the same body are one before they are inlined;
3. *+ parallel validation*: candidates are validated over a pool of processes;
4. *+ parallel scoring*: samples too;
5. *+ shared graph*: one graph, each node once a sample, differs once for each distinct grid: what arcbatt does.

A quarter of the battery's solvers are copies of others under new names, as mutation makes them. The pool runs before
the clock starts. All five must keep the same programs. Wall and CPU seconds are medians over the repeats, which take
turns; CPU is summed over processes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arcbatt.arc import Task, load_set
from arcbatt.battery import Battery
from arcbatt.engine import available_engines
from arcbatt.engine.verdict import Verdict, judge
from arcbatt.execute import Executor, InlineExecutor, Item, PoolExecutor, available_cores
from arcbatt.pipeline.differs import DifferReport, score_differs
from arcbatt.pipeline.evaluate import evaluate_samples
from arcbatt.pipeline.filter import distinct_bodies
from arcbatt.pipeline.inline import Inlined, best, inline_batch
from arcbatt.pipeline.record import task_record
from arcbatt.pipeline.score import Candidate, score
from arcbatt.pipeline.validate import Claim, Validation, compare, validate_batch
from arcbatt.program import Program, parse_programs
from arcbatt.results import TaskKey, nearness_of, shares_of
from arcbatt.runs import OpenedBattery, RunOptions
from arcbatt.runs.opened_battery import battery_opener
from arcbatt.runs.workers import PRELOAD
from arcbatt.store import RunStart, open_store
from batteries import make_programs


@dataclass(frozen=True)
class Step:
    """One way to do the work."""

    name: str
    is_filtered: bool
    is_validated_in_parallel: bool
    is_scored_in_parallel: bool
    is_shared: bool


STEPS = [
    Step("sequential", False, False, False, False),
    Step("+ filter, batch inlining", True, False, False, False),
    Step("+ parallel validation", True, True, False, False),
    Step("+ parallel scoring", True, True, True, False),
    Step("+ shared graph", True, True, True, True),
]


class Work:
    """The work on one task by one step, with its CPU seconds."""

    def __init__(self, step: Step, task: Task, programs: list[Program], opened: OpenedBattery, pool: Executor) -> None:
        self.step = step
        self.task = task
        self.programs = programs
        self.opened = opened
        self.here = InlineExecutor(opened)
        self.pool = pool
        self.cpu_s = 0.0

    def run(self, folder: Path) -> list[str]:
        """Does it all and gives the MD5s of what was stored."""
        battery, task, step = self.opened.battery, self.task, self.step
        candidates = self.evaluate()
        distinct = distinct_bodies(candidates)
        inlined = inline_batch(battery, distinct) if step.is_filtered else self.inline_each(candidates)
        validations = self.validate([item.program.text for item in inlined])
        by_md5 = {item.program.md5: validation for item, validation in zip(inlined, validations, strict=True)}
        kept = best(inline_batch(battery, distinct), self.opened.options)
        claims = [Claim(item.program, by_md5[item.program.md5].verdicts) for item in kept]
        sound, _ = compare(task, claims, [by_md5[item.program.md5] for item in kept])
        differs = self.score_differs({item.program.md5: item.outputs for item in sound})
        record = task_record(battery, TaskKey.of(task), sound, differs)
        with open_store(folder / "store", create=True) as store:
            store.save_task(store.begin_run(RunStart("journey", "benchmark", (), "", "", "python", {})), record)
        return [program.md5 for program in record.programs]

    def evaluate(self) -> list[Candidate]:
        """The candidates, from the shared graph, or from every named program alone."""
        task, step = self.task, self.step
        samples = range(len(task.samples))
        if step.is_shared:
            found = self.spread(step.is_scored_in_parallel, evaluate_samples, [(task, [index]) for index in samples])
            return list(score(self.opened.battery, task, [report.verdicts for (report,) in found]).candidates)
        solvers = [program for program in self.programs if program.kind == "solver"]
        texts = [program.text for program in solvers]
        rows = self.spread(step.is_scored_in_parallel, evaluate_each, [(task, index, texts) for index in samples])
        root_of = {name: self.opened.battery.solvers[first] for first in self.opened.battery.solvers
                   for name in self.opened.battery.names[first]}  # fmt: skip
        columns = zip(solvers, zip(*rows, strict=True), strict=True)
        return [
            scored_alone(task, program.name, root_of[program.name], column) for program, column in columns
            if any(verdict.is_grid for verdict in column[: len(task.demo)])
        ]  # fmt: skip

    def inline_each(self, candidates: list[Candidate]) -> list[Inlined]:
        """A text for each name, written anew, as if no one knew that some are the same."""
        by_name = {program.name: program for program in self.programs}
        fresh = [(candidate, by_name[candidate.name].renamed(candidate.name)) for candidate in candidates]
        return [Inlined(candidate, program) for candidate, program in fresh if program.text]

    def validate(self, texts: list[str]) -> list[Validation]:
        """Each program alone from its own text."""
        batches = self.spread(self.step.is_validated_in_parallel, validate_batch, [(self.task, [t]) for t in texts])
        return [validation for batch in batches for validation in batch]

    def score_differs(self, outputs: dict[str, Any]) -> DifferReport:
        """The differs on all outputs; unshared, everything is evaluated again for every match first."""
        if not self.step.is_shared:
            matches = [index for grids in outputs.values() for index, grid in enumerate(grids)
                       if grid == self.task.demo[index].output]  # fmt: skip
            texts = [program.text for program in self.programs if program.kind == "solver"]
            again = [(self.task, index, texts) for index in matches]
            self.spread(self.step.is_scored_in_parallel, evaluate_each, again)
            for _ in matches:
                score_differs(self.opened, self.task, outputs)
        half = len(outputs) // 2 if self.step.is_shared else len(outputs)
        parts = [dict(list(outputs.items())[:half]), dict(list(outputs.items())[half:])]
        found = self.spread(self.step.is_scored_in_parallel, score_differs, [(self.task, part) for part in parts])
        return DifferReport(
            {k: v for report in found for k, v in report.s_scores.items()},
            {k: v for report in found for k, v in report.distances.items()},
        )

    def spread(self, is_parallel: bool, function: Any, arguments: list[tuple[Any, ...]]) -> list[Any]:
        """Calls a function with each of the arguments, here or over the pool, and gives the results in order."""
        executor = self.pool if is_parallel else self.here
        found = {}
        for result in executor.run(Item(n, function, given) for n, given in enumerate(arguments)):
            assert result.failure is None, result.failure
            found[result.key] = result.value
            self.cpu_s += result.cpu_s
        return [found[n] for n in range(len(arguments))]


def scored_alone(task: Task, name: str, root: int, verdicts: Sequence[Verdict]) -> Candidate:
    """A candidate from its own verdicts, demo samples first."""
    demo = verdicts[: len(task.demo)]
    cells = [len(output) * len(output[0]) for _, output in task.pairs]
    nearness = nearness_of(shares_of([verdict.right_cells for verdict in demo], cells))
    test_right = sum(bool(verdict.is_right) for verdict in verdicts[len(demo) :])
    return Candidate(name, root, nearness, test_right, sum(verdict.fuel for verdict in verdicts), 0, 0)


def evaluate_each(opened: OpenedBattery, task: Task, index: int, texts: list[str]) -> list[Verdict]:
    """Verdicts on programs run one after the other, each parsed from its own text."""
    sample = task.samples[index]
    verdicts = []
    for text in texts:
        (program,) = parse_programs(text)
        (outcome,) = opened.engine.open(program.graph).bind(S=task.pairs, I=sample.input).run([program.root])
        verdicts.append(judge(outcome, sample.output))
    return verdicts


def main() -> None:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", default="007bbfb7")
    parser.add_argument("--count", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=available_cores())
    parser.add_argument("--engine", default="python", choices=available_engines())
    options = parser.parse_args()
    task = load_set()[options.task]
    programs = make_programs(options.task, options.count, options.seed)
    run_options = RunOptions(options.engine, keep=options.count)
    battery = Battery.of(programs)
    print(f"task {task.id}, {len(task.samples)} samples; {len(programs) - len(battery.differs)} solvers, "
          f"{len(battery.solvers)} of them different, {len(battery.differs)} differs; {options.jobs} jobs; "
          f"medians of {options.repeats}")  # fmt: skip
    times: dict[str, list[tuple[float, float]]] = {step.name: [] for step in STEPS}
    stored = set()
    with PoolExecutor(battery_opener(OpenedBattery, battery)(run_options), options.jobs, None, PRELOAD) as pool:
        list(pool.run(Item(n, evaluate_samples, (task, [0])) for n in range(4 * options.jobs)))  # warm
        for _ in range(options.repeats):
            for step in STEPS:
                work = Work(step, task, programs, OpenedBattery(battery, run_options), pool)
                with tempfile.TemporaryDirectory() as folder:
                    with open_store(Path(folder, "store"), create=True):
                        pass  # making an empty store is start-up
                    wall, cpu = time.perf_counter(), time.process_time()
                    stored.add(tuple(work.run(Path(folder))))
                    wall = time.perf_counter() - wall
                    times[step.name].append((wall, time.process_time() - cpu + work.cpu_s))
    assert len(stored) == 1, "the steps did not keep the same programs"
    first = statistics.median(wall for wall, _ in times[STEPS[0].name])
    print(f"{'step':26} {'wall s':>9} {'(min':>9} {'max)':>9} {'CPU s':>9} {'speed-up':>9}")
    for name, rows in times.items():
        walls = [wall for wall, _ in rows]
        wall, cpu = statistics.median(walls), statistics.median(cpu for _, cpu in rows)
        print(f"{name:26} {wall:9.4f} {min(walls):9.4f} {max(walls):9.4f} {cpu:9.4f} {first / wall:8.1f}x")


if __name__ == "__main__":
    main()
