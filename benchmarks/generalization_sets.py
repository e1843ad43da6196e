"""The sets of ``benchmarks/generalization.py``: which tasks, what is left out, and whether names may be told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arcbatt.arc import Grid, Task, TaskSet, load_set, load_tasks
from arcbatt.arc.submission import read_solutions
from arcbatt.arc.task import with_outputs
from arcbatt.errors import InputError
from arcbatt.library import starter_solvers

__all__ = ["HELD_OUT", "SETS", "ChosenSet", "Selection", "choose", "own_demos", "selected"]

HELD_OUT: Final = ("arc1-eval", "arc2-eval")
"""Nothing may be developed on these: no names of theirs are printed or saved."""
SETS: Final = ("loo", "arc2-rest", "variants", *HELD_OUT)


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """A set to measure.

    Attributes:
        name: its name, that of the file where it is none of :data:`SETS`.
        tasks: with all test outputs.
        leaves_out: whether each task is solved without the programs named for it.
        has_names: whether it may be developed on, so that ids may be told.
        malformed: number of tasks of the file that are left out because they are none, such as grids of 31 rows.
    """

    name: str
    tasks: TaskSet
    leaves_out: bool
    has_names: bool
    malformed: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tasks of a set: all, or every so many, or so many spread evenly."""

    every: int | None = None
    count: int | None = None

    def __str__(self) -> str:
        if self.every is not None:
            return f"every {self.every}"
        return "all" if self.count is None else f"{self.count} tasks"


def choose(
    name: str | None, data: Path | None, solutions: Path | None, *, leaves_out: bool = False, has_names: bool = False
) -> ChosenSet:
    """The set of a name, or of a file.

    Args:
        name: one of :data:`SETS`, or None for the tasks of the file.
        data: tasks; needed for ``variants`` and without a name.
        solutions: their test outputs, in Kaggle's form; None where the tasks, or a file beside theirs, have them.
        leaves_out: also where the set alone would not say so.
        has_names: tell names of a file without a set's name. Not if one of its tasks is in a held-out set.

    Raises:
        InputError: the options do not fit each other, a file cannot be read, or a test output is unknown.
    """
    if (data is None) is (name in (None, "variants")):
        raise InputError("--data FILE goes with --set variants or without --set; the other sets need none")
    if name == "loo":
        return ChosenSet(name, load_set("arc1-train"), True, True)
    if name == "arc2-rest":
        return ChosenSet(name, _arc2_rest(), True, True)
    if data is None:
        assert name is not None
        return ChosenSet(name, load_set(name), leaves_out, False)
    whole = load_tasks((), (data,), skips_bad=True)
    tasks = _solved(whole.slice(), solutions)
    may_have_names = (name == "variants" or has_names) and not _touches_held_out(tasks)
    return ChosenSet(name or data.name, tasks, leaves_out, may_have_names, len(whole) - len(tasks))


def selected(tasks: TaskSet, selection: Selection) -> TaskSet:
    """The tasks of a set that are to be measured.

    Raises:
        InputError: a task is malformed.
    """
    every, count = selection.every, selection.count
    if every is not None:
        return tasks.select(tasks.ids[::every])
    if count is None or count >= len(tasks):
        return tasks.slice()
    return tasks.select(tasks.ids[len(tasks) * number // count] for number in range(count))


def own_demos() -> frozenset[frozenset[tuple[Grid, Grid]]]:
    """The demo samples of each task of arc1-train for which the library has a program."""
    train = load_set("arc1-train")
    ids = {re.sub(r"^solve_([0-9a-f]{8}).*", r"\1", solver.name) for solver in starter_solvers()}
    return frozenset(frozenset(train[task_id].pairs) for task_id in train.ids if task_id in ids)


def _arc2_rest() -> TaskSet:
    """The tasks of arc2-train that are neither in arc1-train nor in arc1-eval, by id or samples."""
    tasks = load_set("arc2-train")
    known = [load_set(name) for name in ("arc1-train", "arc1-eval")]
    digests = {task.digest for one in known for task in one.values()}
    return tasks.select(
        task_id for task_id in tasks.ids
        if not any(task_id in one for one in known) and tasks[task_id].digest not in digests
    )  # fmt: skip


def _solved(tasks: TaskSet, solutions: Path | None) -> TaskSet:
    """A set with all its test outputs.

    Raises:
        InputError: one is unknown, or contradicts the task's own.
    """
    known = {} if solutions is None else read_solutions(solutions)

    def read(task_id: str) -> Task:
        task = tasks[task_id]
        task = with_outputs(task, known[task_id], str(solutions)) if task_id in known else task
        if any(sample.output is None for sample in task.test):
            raise InputError(f"task {task_id}: its test outputs are unknown; name a file of them with --solutions")
        return task

    return TaskSet(tasks.name, tasks.ids, read, lambda: tasks.revision)


def _touches_held_out(tasks: TaskSet) -> bool:
    """Whether one of the tasks has the id or the demo samples of one of a held-out set."""
    held_out = [load_set(name) for name in HELD_OUT]
    return any(task_id in one for one in held_out for task_id in tasks.ids) or not _demos(tasks.values()).isdisjoint(
        _demos(task for one in held_out for task in one.values())
    )


def _demos(tasks: Iterable[Task]) -> frozenset[frozenset[tuple[Grid, Grid]]]:
    return frozenset(frozenset(task.pairs) for task in tasks)
