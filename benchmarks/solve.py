"""Tasks of arc1-eval answered within two attempts, at two seconds a task: how many, and which.

    python benchmarks/solve.py [--set arc1-eval] [--time-per-task 2] [--count N] [--seed 0] [--jobs N]

The starter programs, those that the search found on arc1-train among them, then enumeration, then evolution; no store.
With ``--count`` so many tasks spread evenly over the set; without, all of them (7 minutes on two quiet cores, twice
that on busy ones). The answers are fixed before the first is held against a test output. Seconds are of the machine;
the answers are not, but for tasks that are reported as cut off.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from arcbatt.arc import TaskSet, load_set
from arcbatt.execute import available_cores
from arcbatt.library import starter_programs
from arcbatt.runs import RunOptions
from arcbatt.search.solving import Budget, SolveReport
from arcbatt.search.solving.solve import solve
from arcbatt.search.solving.worth import right_attempts


def main() -> None:
    """Runs the benchmark and prints what was answered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="name", default="arc1-eval")
    parser.add_argument("--time-per-task", type=float, default=2.0)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=available_cores())
    options = parser.parse_args()
    tasks = spread(load_set(options.name), options.count)
    start = time.perf_counter()
    run_options = RunOptions(joins_store=False, jobs=options.jobs)
    report = solve(
        starter_programs(), tasks, run_options, Budget(options.time_per_task), None, seed=options.seed
    )
    wall_s = time.perf_counter() - start
    right = right_attempts(report.submission, tasks)
    print(f"{options.name}, {len(tasks)} tasks, {options.time_per_task:g} s a task, {options.jobs} jobs, seed "
          f"{options.seed}: {wall_s:.0f} s, {wall_s * options.jobs / len(tasks):.2f} s a task and job")  # fmt: skip
    outputs = [is_right for task in right.values() for is_right in task]
    solved = [task_id for task_id, task in right.items() if all(task)]
    print(f"outputs right within two attempts: {sum(map(bool, outputs))} of {len(outputs)}")
    print(f"tasks wholly right: {len(solved)} of {len(tasks)}")
    print("right on all demo samples:", sum(bool(task.programs) for task in report.solved.values()))
    print("wholly right tasks by the basis of the right attempt:", in_a_line(bases(report, tasks, solved)))
    print("cut off by the clock:", sum(task.cut_off for task in report.solved.values()))
    if not options.name.startswith(("arc1-eval", "arc2-eval")):  # nothing should be chosen by which of these are solved
        print("solved:", *solved)


def spread(tasks: TaskSet, count: int | None) -> TaskSet:
    """So many tasks, spread evenly over the set; all with None."""
    if count is None or count >= len(tasks):
        return tasks.slice()
    return tasks.select(tasks.ids[len(tasks) * number // count] for number in range(count))


def bases(report: SolveReport, tasks: TaskSet, solved: list[str]) -> Counter[str]:
    """What the first right attempt at the first output of each solved task stood on: a source of programs, a guess."""
    counts: Counter[str] = Counter()
    for task_id in solved:
        solved_task = report.solved[task_id]
        sources = {program.md5: program.source for program in solved_task.programs}
        output = tasks[task_id].test[0].output
        attempt = next(attempt for attempt in solved_task.attempts[0] if attempt.grid == output)
        counts[sources[attempt.programs[0]] if attempt.basis == "right" else attempt.basis] += 1
    return counts


def in_a_line(counts: Counter[str]) -> str:
    """Counts in a line, names in alphabetical order."""
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "none"


if __name__ == "__main__":
    main()
