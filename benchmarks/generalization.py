"""How well what fits the demo samples generalizes: tasks fitted, outputs right, precision, what the choice loses.

    python benchmarks/generalization.py --set loo [--every N | --count N] [--budgets 0.4,2,5,20] [-o FILE]
    python benchmarks/generalization.py --set variants --data FILE --solutions FILE [--leave-out]
    python benchmarks/generalization.py --data FILE [--solutions FILE] [--leave-out] [--names]
    python benchmarks/generalization.py compare FILE FILE

The starter programs, then the searches; no store. Sets: ``loo``, arc1-train with each task solved without the programs
named for it; ``arc2-rest``, the tasks of arc2-train that are in no set of ARC-AGI-1, likewise; ``variants``, new
samples of the tasks of arc1-train; ``arc1-eval`` and ``arc2-eval``, of which totals are told and no names, in files
neither. Of ``--data`` without a set, names are told with ``--names`` alone.

The answers of a task are fixed before they are held against its test outputs. CPU seconds are those of the worker, and
of the machine; the answers are not, but for tasks that are reported as cut off. With ``-o`` the results go into a file,
two of which ``compare`` holds against each other.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import arcbatt
from arcbatt.arc import Grid, Task, TaskSet
from arcbatt.errors import ArcbattError
from arcbatt.execute import available_cores
from arcbatt.library import starter_programs
from arcbatt.runs import RunOptions
from arcbatt.search.solving import Budget, Solution
from arcbatt.search.solving.solve import solve
from arcbatt.search.solving.solved_task import Attempt, SolvingProgram
from arcbatt.search.solving.worth import right_programs
from generalization_results import (
    FORMAT,
    AttemptResult,
    BudgetResult,
    OutputResult,
    ProgramGroup,
    Results,
    TaskResult,
    read_results,
    write_results,
)
from generalization_sets import SETS, ChosenSet, Selection, choose, own_demos, selected
from generalization_tables import comparison, report


def main(arguments: Sequence[str]) -> None:
    """Measures, or compares, and prints.

    Raises:
        ArcbattError: files or options are wrong, or the work failed.
    """
    if arguments[:1] == ["compare"]:
        parser = argparse.ArgumentParser(prog="generalization.py compare")
        parser.add_argument("first", type=Path)
        parser.add_argument("second", type=Path)
        options = parser.parse_args(arguments[1:])
        lines = comparison(read_results(options.first), read_results(options.second))
    else:
        options = _parsed(arguments)
        chosen = choose(
            options.set, options.data, options.solutions, leaves_out=options.leave_out, has_names=options.names
        )
        part = Selection(options.every, options.count)
        results = measured(chosen, part, options.budgets, options.seed, options.jobs)
        if options.output is not None:
            write_results(results, options.output)
        lines = report(results)
    for line in lines:
        print(line)


def measured(chosen: ChosenSet, part: Selection, budgets: Sequence[float], seed: int, jobs: int) -> Results:
    """Solves the tasks of a set at some budgets, in seconds.

    Raises:
        ArcbattError: the work failed.
        KeyboardInterrupt: Ctrl-C.
    """
    tasks = selected(chosen.tasks, part)
    known = own_demos()
    return Results(
        format=FORMAT, arcbatt=arcbatt.__version__, set=chosen.name, revision=chosen.tasks.revision, part=str(part),
        has_names=chosen.has_names, malformed=chosen.malformed, leaves_out=chosen.leaves_out, seed=seed, jobs=jobs,
        budgets=tuple(_at_budget(chosen, tasks, seconds, seed, jobs, known) for seconds in sorted(set(budgets))),
    )  # fmt: skip


def _at_budget(
    chosen: ChosenSet, tasks: TaskSet, seconds: float, seed: int, jobs: int,
    known: frozenset[frozenset[tuple[Grid, Grid]]],
) -> BudgetResult:  # fmt: skip
    found: list[TaskResult] = []

    def keep(solution: Solution) -> None:
        task = tasks[solution.solved.task]
        key = task.id if chosen.has_names else hashlib.sha256(f"generalization {task.id}".encode()).hexdigest()[:12]
        found.append(task_result(task, solution, key, is_own=frozenset(task.pairs) in known))

    start_s = time.perf_counter()
    run = solve(
        starter_programs(), tasks, RunOptions(joins_store=False, jobs=jobs), Budget(seconds), None, seed=seed,
        leaves_out=chosen.leaves_out, on_solution=keep,
    )  # fmt: skip
    if run.error is not None:
        raise run.error
    if run.is_interrupted:
        raise KeyboardInterrupt
    wall_s = time.perf_counter() - start_s
    return BudgetResult(seconds, round(wall_s, 3), tuple(sorted(found, key=lambda one: one.key)))


def task_result(task: Task, solution: Solution, key: str, *, is_own: bool) -> TaskResult:
    """What came out of a task, decided, held against its test outputs.

    Args:
        task: with all test outputs.
        solution: its.
        key: what the results call it.
        is_own: whether the library has a program for a task of these demo samples.
    """
    solved = solution.solved
    right = {md5: tuple(map(bool, rights)) for md5, rights in right_programs(task, solution.outputs).items()}
    by_md5 = {program.md5: program for program in reversed(solved.programs)}
    outputs = tuple(
        OutputResult(
            tuple(_attempt(attempt, sample.output, by_md5) for attempt in attempts),
            sum(grids[index] is not None for grids in solution.outputs.values()),
            any(rights[index] for rights in right.values()),
        )
        for index, (sample, attempts) in enumerate(zip(task.test, solved.attempts, strict=True))
    )
    cpu_s = None if solution.cpu_s is None else round(solution.cpu_s, 4)
    return TaskResult(key, len(task.demo), is_own, outputs, _groups(by_md5, right), cpu_s, solved.cut_off)


def _attempt(attempt: Attempt, output: Grid | None, programs: dict[str, SolvingProgram]) -> AttemptResult:
    first = programs.get(attempt.programs[0]) if attempt.programs else None
    return AttemptResult(
        attempt.basis, "" if first is None else first.source, "" if first is None else first.family,
        attempt.grid == output, attempt.probability,
    )  # fmt: skip


def _groups(programs: dict[str, SolvingProgram], right: dict[str, tuple[bool, ...]]) -> tuple[ProgramGroup, ...]:
    """A task's programs by source and family."""
    members: dict[tuple[str, str], list[str]] = {}
    for md5, program in programs.items():
        members.setdefault((program.source, program.family), []).append(md5)
    return tuple(
        ProgramGroup(source, family, len(md5s), tuple(map(any, zip(*(right[md5] for md5 in md5s), strict=True))))
        for (source, family), md5s in sorted(members.items())
    )


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS)
    parser.add_argument("--data", type=Path, metavar="FILE", help="tasks, of the set variants or of your own")
    parser.add_argument("--solutions", type=Path, metavar="FILE", help="their test outputs, as Kaggle has them")
    parser.add_argument("--leave-out", action="store_true", help="each task without the programs named for it")
    parser.add_argument("--names", action="store_true", help="--data may be developed on: tell names")
    parser.add_argument("--budgets", type=seconds, default=(0.4, 2.0, 5.0, 20.0), metavar="SECONDS,...")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--every", type=number, metavar="N", help="every Nth task of the set")
    part.add_argument("--count", type=number, metavar="N", help="N tasks spread evenly over the set")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=number, default=available_cores())
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where the results are kept")
    return parser.parse_args(arguments)


def seconds(text: str) -> tuple[float, ...]:
    """Budgets with commas between them; ValueError for what is none."""
    found = tuple(map(float, text.split(",")))
    if not all(math.isfinite(one) and one >= 0 for one in found):
        raise ValueError
    return found


def number(text: str) -> int:
    """A whole number, at least 1; ValueError for what is none."""
    if int(text) < 1:
        raise ValueError
    return int(text)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ArcbattError as error:
        sys.exit(f"generalization.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
