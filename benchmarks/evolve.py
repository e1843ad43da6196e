"""How fast evolution evaluates programs, and what it solves of arc1-train that the starter programs do not.

    python benchmarks/evolve.py [--generations 6] [--minutes M] [--jobs 2] [--seed 0] [--set arc1-train] [--engine auto]

``arcbatt evolve --tasks unsolved`` in a workspace of its own. The rate counts programs that are new to their task and
generation, each evaluated on all samples of the task, by the wall clock from the first generation of children on:
breeding, choosing, validating and storing included. Before it, generation 0 evaluates the starter programs and their
parts on every task. With --minutes the evolution goes on for so long, and the tasks are listed that the starter
programs left unsolved: ``+`` marks those on which a stored solver is right on the test too (test outputs are compared
with here and enter nothing before).
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from arcbatt.arc import load_set
from arcbatt.engine import Limits, select_engine
from arcbatt.execute import available_cores
from arcbatt.library import starter_programs
from arcbatt.runs import RunOptions
from arcbatt.search.evolution import EvolutionSettings
from arcbatt.search.evolution.breeding import EvolutionPlan
from arcbatt.search.evolution.ending import Ending
from arcbatt.search.evolution.evolution_request import EvolutionRequest
from arcbatt.search.evolution.evolution_state import EvolutionState
from arcbatt.search.evolution.evolve import EvolutionReport, EvolutionWatcher, evolve
from arcbatt.search.evolution.generation_line import GenerationLine
from arcbatt.search.mutation import MutationSettings
from arcbatt.store import Store, open_store

FUEL = 1_000_000
"""As ``arcbatt evolve`` has it."""


class Watch(EvolutionWatcher):
    """Adds up programs and seconds: of generation 0, and of those that breed."""

    def __init__(self) -> None:
        self.programs = {"generation 0": 0, "children": 0}
        self.wall_s = {"generation 0": 0.0, "children": 0.0}
        self.cpu_s = dict(self.wall_s)

    def step_done(self, line: GenerationLine, state: EvolutionState, seconds_left: float | None) -> None:
        """Takes a step in; a line for each generation that solved a task."""
        part = "children" if line.generation else "generation 0"
        self.programs[part] += line.programs
        self.wall_s[part] += line.timing.wall_s
        self.cpu_s[part] += line.timing.cpu_s
        if line.newly_solved and line.generation:
            found = " ".join(line.newly_solved)
            print(f"  generation {line.generation}, {self.wall_s['children']:.0f} s: {found}", flush=True)


def main() -> None:
    """Runs the benchmark and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--generations", type=int, default=6)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--jobs", type=int, default=available_cores())
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--set", default="arc1-train")
    parser.add_argument("--engine", default="auto")
    options = parser.parse_args()
    tasks = load_set(options.set).slice()
    engine = select_engine(options.engine).name
    plan = EvolutionPlan(options.seed, EvolutionSettings(), MutationSettings())
    run_options = RunOptions(engine, Limits(FUEL, 60.0), joins_store=False, jobs=options.jobs)
    request = EvolutionRequest(tasks, True, 32, plan, run_options, starter_programs())
    minutes = options.minutes
    ending = Ending(generations=options.generations) if minutes is None else Ending(seconds=60 * minutes)
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, "store"), create=True) as store:
        report = evolve(request, ending, store, watcher=watch)
        print(f"{engine} engine, {options.jobs} jobs, seed {options.seed}, {len(tasks)} tasks of {options.set}: "
              f"{report.state.generation} generations of children in {report.seconds:.0f} s")  # fmt: skip
        for part, programs in watch.programs.items():
            if programs:
                print(f"{part:14} {programs:10,} programs, {programs / watch.wall_s[part]:8,.0f} a second, "
                      f"{programs / watch.cpu_s[part]:8,.0f} a CPU second of the workers")  # fmt: skip
        print_solved(report, store)


def print_solved(report: EvolutionReport, store: Store) -> None:
    """Prints how many tasks were solved before and by children, and the latter one by one."""
    found = [task for task in report.tasks if report.state.solved.get(task.digest)]
    right = [task for task in found if any(score.result.solves_all for score in store.scores(task.digest))]
    before = len(report.state.solved) - len(found)
    print(f"{before} of {len(report.tasks)} tasks solved at the beginning, {len(found)} more by children, "
          f"{len(right)} of these right on the test too")  # fmt: skip
    if found:
        print("  " + " ".join(f"{'+' if task in right else '-'}{task.id}" for task in found))


if __name__ == "__main__":
    main()
