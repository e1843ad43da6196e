"""Submissions in Kaggle's format: two attempts at each test output, checked before they are written and when read.

A submission is ``{task_id: [{"attempt_1": grid, "attempt_2": grid}, ...]}``, one entry for each test input in order;
solutions are ``{task_id: [grid, ...]}``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from arcbatt.arc._json import check_object, parse_json, read_bytes
from arcbatt.arc._shown import shown, shown_path
from arcbatt.arc.grid import Grid, is_grid, parse_grid
from arcbatt.arc.task import Task, check_task_id
from arcbatt.errors import InputError

__all__ = [
    "ATTEMPTS", "Attempts", "ReadAttempts", "Score", "Solutions", "Submission", "joined_solutions", "read_solutions",
    "read_submission", "score_submission", "solutions_of", "submission_problems", "submission_text",
]  # fmt: skip

ATTEMPTS = 2
"""Attempts at each test output."""

Attempts: TypeAlias = tuple[Grid, Grid]
"""The first and the second attempt at one test output."""

ReadAttempts: TypeAlias = tuple[Grid | None, Grid | None]
"""Attempts as a file has them; None: malformed, and never right."""

Submission: TypeAlias = Mapping[str, Sequence[Attempts]]
"""By task id, attempts at the outputs of its test inputs, in their order."""

Solutions: TypeAlias = Mapping[str, Sequence[Grid]]
"""By task id, the outputs of its test inputs, in their order."""

_KEYS = ("attempt_1", "attempt_2")
_MOST_REPORTED = 5


def submission_text(submission: Submission, tasks: Mapping[str, Task]) -> str:
    """A submission as JSON text, tasks sorted by id; the same bytes for the same attempts.

    Args:
        submission: attempts for every task.
        tasks: the tasks that it answers; their test outputs are not looked at.

    Raises:
        InputError: it does not fit the tasks; the message has the first reasons.
    """
    problems = list(submission_problems(submission, tasks))
    if problems:
        more = f"; and {len(problems) - _MOST_REPORTED} more" if len(problems) > _MOST_REPORTED else ""
        raise InputError(f"the submission does not fit the tasks: {'; '.join(problems[:_MOST_REPORTED])}{more}")
    entries = {
        task_id: [dict(zip(_KEYS, attempts, strict=True)) for attempts in submission[task_id]]
        for task_id in sorted(submission)
    }
    return json.dumps(entries, separators=(",", ":")) + "\n"


def submission_problems(submission: Submission, tasks: Mapping[str, Task]) -> Iterator[str]:
    """What keeps a submission from answering the tasks, a line each: nothing when it is valid.

    Every task has to be there and no other, with one entry for each test input, two attempts in it, each a valid grid.
    """
    for task_id, task in tasks.items():
        if task_id not in submission:
            yield f"task {task_id}: no entry"
        elif len(submission[task_id]) != len(task.test):
            yield f"task {task_id}: expected {len(task.test)} entries, one a test input, got {len(submission[task_id])}"
    for task_id, entries in submission.items():
        if task_id not in tasks:
            yield f"task {task_id}: not among the tasks"
        for number, attempts in enumerate(entries, 1):
            if len(attempts) != ATTEMPTS or not all(map(is_grid, attempts)):
                yield f"task {task_id}: test {number}: expected {ATTEMPTS} valid grids"


def read_submission(
    path: str | os.PathLike[str],
) -> tuple[dict[str, tuple[ReadAttempts, ...]], tuple[str, ...]]:
    """The submission in a file, and what is malformed in it.

    An attempt that is missing or no grid is None, as an official scorer counts it: wrong.

    Returns:
        By task id, the attempts at each test output; and the reason for each malformed attempt, in the file's order.

    Raises:
        InputError: the file cannot be read or is no submission: an object of lists, with at least one sound attempt.
    """
    malformed: list[str] = []
    submission = {
        task_id: tuple(
            _parse_entry(entry, f"{where}: test {number}", malformed) for number, entry in enumerate(entries, 1)
        )
        for task_id, entries, where in _read_lists(path, "attempts")
    }
    attempts = (attempt for entries in submission.values() for entry in entries for attempt in entry)
    if all(attempt is None for attempt in attempts):
        raise InputError(f"{shown_path(path)}: no submission, it has no valid attempt: {malformed[0]}")
    return submission, tuple(malformed)


def read_solutions(path: str | os.PathLike[str]) -> dict[str, tuple[Grid, ...]]:
    """The solutions in a file.

    Raises:
        InputError: the file cannot be read or holds no solutions; the message names task and test.
    """
    return {
        task_id: tuple(parse_grid(grid, f"{where}: test {number} output") for number, grid in enumerate(grids, 1))
        for task_id, grids, where in _read_lists(path, "output grids")
    }


def joined_solutions(files: Sequence[tuple[str, Mapping[str, tuple[Grid, ...]]]]) -> dict[str, tuple[Grid, ...]]:
    """The solutions of several files, each given with its name: those of the first, then those that it lacks.

    Raises:
        InputError: two files have different outputs for a task.
    """
    joined: dict[str, tuple[Grid, ...]] = {}
    homes: dict[str, str] = {}
    for name, solutions in files:
        for task_id, outputs in solutions.items():
            if joined.setdefault(task_id, outputs) != outputs:
                raise InputError(
                    f"{shown_path(name)}: task {task_id}: its outputs differ from those in "
                    f"{shown_path(homes[task_id])}; score against one of the files at a time"
                )
            homes.setdefault(task_id, name)
    return joined


def solutions_of(tasks: Mapping[str, Task]) -> dict[str, tuple[Grid, ...]]:
    """The test outputs that tasks have.

    Raises:
        InputError: an output is unknown.
    """
    solutions = {}
    for task_id, task in tasks.items():
        outputs = tuple(sample.output for sample in task.test if sample.output is not None)
        if len(outputs) < len(task.test):
            raise InputError(f"task {task_id}: its test outputs are unknown; name a file of them with --solutions")
        solutions[task_id] = outputs
    return solutions


@dataclass(frozen=True, slots=True)
class Score:
    """How right a submission is.

    Attributes:
        right: by task id, in the order of the solutions, whether one of the attempts at each output is right; a task
            that the submission lacks has none right.
        missing: tasks with a solution that the submission lacks, in that order.
        extra: tasks of the submission without a solution, sorted; they are left aside.
    """

    right: Mapping[str, tuple[bool, ...]]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def outputs(self) -> int:
        """Number of test outputs."""
        return sum(map(len, self.right.values()))

    @property
    def outputs_right(self) -> int:
        """Number of test outputs that an attempt equals."""
        return sum(map(sum, self.right.values()))

    @property
    def tasks_right(self) -> int:
        """Number of tasks all of whose outputs are right."""
        return sum(map(all, self.right.values()))

    @property
    def mean(self) -> float:
        """Mean over the tasks of the share of their outputs right, 0 to 1: what the ARC Prize's own scorer gives."""
        shares = [sum(outputs) / len(outputs) for outputs in self.right.values()]
        return sum(shares) / len(shares) if shares else 0.0


def score_submission(submission: Mapping[str, Sequence[ReadAttempts]], solutions: Solutions) -> Score:
    """Compares a submission with the solutions. A malformed attempt is wrong.

    Raises:
        InputError: a task has another number of entries than outputs.
    """
    right = {}
    for task_id, outputs in solutions.items():
        entries = submission.get(task_id)
        if entries is not None and len(entries) != len(outputs):
            raise InputError(
                f"submission: task {task_id}: expected {len(outputs)} entries, one a test output, got {len(entries)}"
            )
        right[task_id] = tuple(
            entries is not None and output in entries[index] for index, output in enumerate(outputs)
        )
    missing = tuple(task_id for task_id in solutions if task_id not in submission)
    extra = tuple(sorted(task_id for task_id in submission if task_id not in solutions))
    return Score(right, missing, extra)


def _read_lists(path: str | os.PathLike[str], of_what: str) -> Iterator[tuple[str, Sequence[object], str]]:
    """Task id, list and place of each entry of a file ``{task_id: [...]}``; no list is empty."""
    file = shown_path(path)
    entries = check_object(parse_json(read_bytes(path), file), (), file)
    if not entries:
        raise InputError(f"{file}: expected {of_what} by task id, got an empty object")
    for task_id, value in entries.items():
        where = f"{file}: task {check_task_id(task_id, file)}"
        if not isinstance(value, list):
            raise InputError(f"{where}: expected a list of {of_what}, one for each test input, got {shown(value)}")
        if not value:
            raise InputError(f"{where}: expected {of_what} for each test input, got an empty list")
        yield task_id, value, where


def _parse_entry(value: object, where: str, malformed: list[str]) -> ReadAttempts:
    first, second = (_parse_attempt(value, key, where, malformed) for key in _KEYS)
    return first, second


def _parse_attempt(entry: object, key: str, where: str, malformed: list[str]) -> Grid | None:
    try:
        return parse_grid(check_object(entry, (key,), where)[key], f"{where}: {key}")
    except InputError as error:
        malformed.append(str(error))
        return None
