"""Runs the library's starter solvers on variants of their own task: the same rule, other grids and colors.

    python tools/variants.py --data variants_challenges.json --solutions variants_solutions.json [--file colors]

A starter is named after its task, ``solve_<id>``; it runs on every sample, demo and test, of the task with this id in
the data file. A program that is right on its task by accident, or for its colors alone, shows here. Prints how many
samples are right and how many starters are right on all of theirs; then a line for each other starter: name, file,
samples right, the first sample that it gets wrong and why.

This looks at test outputs: it is for curating the library, and nothing flows back into a search.
"""

from __future__ import annotations

import argparse
import functools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from arcbatt.arc import Task, TaskSet, load_tasks
from arcbatt.arc.submission import Solutions, read_solutions
from arcbatt.arc.task import with_outputs
from arcbatt.engine import ENGINES, select_engine
from arcbatt.errors import ArcbattError, InputError
from arcbatt.library import starter_solvers
from arcbatt.library.files import read_files
from arcbatt.program.program import Program

_DEFINED = re.compile(r"^def (\w+)\(", re.MULTILINE)


class Tested(NamedTuple):
    """A starter on the variant of its task.

    Attributes:
        name: the program's name.
        file: the name of the library's file that has it; "" for a program of another source.
        reasons: for each sample, demo then test: None where the output is right, else why it is not: ``wrong``, or
            the failure.
        first_wrong: what the first sample that is not right is called; "" when all are right.
    """

    name: str
    file: str
    reasons: tuple[str | None, ...]
    first_wrong: str

    @property
    def right(self) -> int:
        """Samples right."""
        return self.reasons.count(None)

    @property
    def is_right(self) -> bool:
        """Whether all samples are right."""
        return self.right == len(self.reasons)


def main() -> None:
    """Prints how the starters do on a data file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="tasks, ids as in arc1-train")
    parser.add_argument("--solutions", type=Path, help="their test outputs, where the data file has none")
    parser.add_argument("--file", action="append", help="only starters of this file of the library; repeatable")
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="by default the fastest that is installed")
    options = parser.parse_args()
    tasks = read_tasks(options.data, options.solutions)
    programs = starter_solvers()
    known = sorted({files()[program.name] for program in programs})
    if unknown := sorted(set(options.file or ()) - set(known)):
        raise InputError(f"--file: the library has no file {', '.join(unknown)}; it has {', '.join(known)}")
    wanted = [program for program in programs if not options.file or files()[program.name] in options.file]
    print(*report(list(run(wanted, tasks, options.engine))), sep="\n")


def read_tasks(data: Path, solutions: Path | None) -> dict[str, Task]:
    """The tasks of a data file by id, test outputs filled in; malformed ones are left out, which is told.

    Raises:
        InputError: a file cannot be read, or a test output is missing.
    """
    tasks = load_tasks(data=[data], skips_bad=True).slice()
    for note in tasks.notes:
        print(f"variants.py: {note}", file=sys.stderr)
    return dict(_solved(tasks, read_solutions(solutions) if solutions else {}, str(solutions)))


def _solved(tasks: TaskSet, solutions: Solutions, where: str) -> Iterator[tuple[str, Task]]:
    for task_id, task in tasks.items():
        solved = with_outputs(task, solutions[task_id], where) if task_id in solutions else task
        if any(sample.output is None for sample in solved.test):
            raise InputError(f"task {task_id}: a test output is missing; name the file that has it with --solutions")
        yield task_id, solved


def run(programs: Iterable[Program], tasks: dict[str, Task], engine: str = "auto") -> Iterator[Tested]:
    """Each program on the task that it is named after, in their order; programs without such a task are left out."""
    chosen = select_engine(engine)
    for program in programs:
        task = tasks.get(program.name.removeprefix("solve_"))
        if task is None:
            continue
        scope = chosen.open(program.graph).bind(S=task.pairs)
        reasons: list[str | None] = []
        for sample in task.samples:
            (outcome,) = scope.bind(I=sample.input).run([program.root])
            wrong = None if outcome.value == sample.output else "wrong"
            reasons.append(str(outcome.failure) if outcome.failure else wrong)
        first = next((index for index, reason in enumerate(reasons) if reason), None)
        name = "" if first is None else task.sample_name(first)
        yield Tested(program.name, files().get(program.name, ""), tuple(reasons), name)


def report(tested: list[Tested]) -> Iterator[str]:
    """The lines to print about what :func:`run` gave."""
    right, total = sum(item.right for item in tested), sum(len(item.reasons) for item in tested)
    yield f"samples right: {right} / {total} ({right / max(total, 1):.1%})"
    yield f"starters right on all samples: {sum(item.is_right for item in tested)} / {len(tested)}"
    for item in tested:
        if not item.is_right:
            reason = next(reason for reason in item.reasons if reason)
            place = f"{item.name}  {item.file}  {item.right} / {len(item.reasons)}"
            yield f"{place}  {item.first_wrong}: {reason}"


@functools.cache
def files() -> dict[str, str]:
    """For each program of the library the name of its file, without the suffix."""
    return {
        name: Path(path).stem for path, source in read_files() for name in _DEFINED.findall(source.decode("utf-8"))
    }


if __name__ == "__main__":
    try:
        main()
    except ArcbattError as failure:
        sys.exit(f"variants.py: {failure}")
