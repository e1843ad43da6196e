"""A side of a comparison that is made of answers alone: two attempts at each test output.

It is read from a submission in Kaggle's format, or from a file that ``solve --json`` wrote. Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arcbatt.arc._json import parse_json, read_bytes
from arcbatt.arc._shown import shown_path
from arcbatt.arc.grid import parse_grid
from arcbatt.arc.submission import Attempts, ReadAttempts, read_submission
from arcbatt.arc.task import check_task_id
from arcbatt.errors import InputError
from arcbatt.results.json_form import from_json

__all__ = ["AnswerSide", "answers_of_file", "is_submission"]


@dataclass(frozen=True, slots=True)
class AnswerSide:
    """The answers of one side.

    Attributes:
        name: what the side is called.
        attempts: by task id, the two attempts at each test output; None stands for a malformed one.
        malformed: why each malformed attempt is one, in the file's order.
    """

    name: str
    attempts: Mapping[str, tuple[ReadAttempts, ...]]
    malformed: tuple[str, ...] = ()


def is_submission(path: Path) -> bool:
    """Whether a file is meant as a submission: an object of lists alone, some with attempts in them.

    Raises:
        InputError: the file cannot be read. One that is no JSON is no submission.
    """
    data = read_bytes(path)
    try:
        found = parse_json(data, shown_path(path))
    except InputError:
        return False
    if not isinstance(found, dict) or not all(isinstance(value, list) for value in found.values()):
        return False
    return any(_is_entry(entry) for entries in found.values() for entry in entries)


def answers_of_file(path: Path) -> AnswerSide:
    """The answers in a submission, or in a file of ``solve --json``.

    Raises:
        InputError: the file cannot be read, or has no answers.
    """
    name = shown_path(path)
    if is_submission(path):
        attempts, malformed = read_submission(path)
        return AnswerSide(name, attempts, malformed)
    where = f"{name}: expected a submission, or a file of solve --json"
    found = from_json(_File, read_bytes(path), where)
    return AnswerSide(name, {check_task_id(task.task, name): _attempts(task, name) for task in found.tasks})


# What of a file of ``solve --json`` is read; other keys are left aside.


@dataclass(frozen=True)
class _Attempt:
    grid: object


@dataclass(frozen=True)
class _Task:
    task: str
    attempts: tuple[tuple[_Attempt, _Attempt], ...]


@dataclass(frozen=True)
class _File:
    tasks: tuple[_Task, ...]


def _attempts(task: _Task, name: str) -> tuple[Attempts, ...]:
    where = f"{name}: task {task.task}: test"
    return tuple(
        (parse_grid(first.grid, f"{where} {number}: first attempt"),
         parse_grid(second.grid, f"{where} {number}: second attempt"))
        for number, (first, second) in enumerate(task.attempts, 1)
    )  # fmt: skip


def _is_entry(value: object) -> bool:
    return isinstance(value, dict) and ("attempt_1" in value or "attempt_2" in value)
