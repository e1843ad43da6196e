"""Tasks and samples, and how they are read from and written to JSON values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from arcbatt.arc._json import check_object
from arcbatt.arc._shown import shown
from arcbatt.arc.challenge import Challenge
from arcbatt.arc.grid import Grid, parse_grid
from arcbatt.arc.samples import Sample, Samples
from arcbatt.errors import InputError

__all__ = ["Sample", "Task", "check_task_id", "parse_samples", "parse_task", "task_to_json", "with_outputs"]

_LONGEST_ID = 100
_TASK_ID = re.compile(rf"[A-Za-z0-9_-][A-Za-z0-9_.@-]{{0,{_LONGEST_ID - 1}}}")


class Task(Samples):
    """An ARC task: at least one demo sample, whose output is known, and its test samples.

    Raises:
        InputError: there is no demo sample, or one without its output.

    Example:
        >>> task = Task("tiny", (Sample(((1, 2),), ((2, 1),)),), (Sample(((3, 4),)),))
        >>> task.sample_name(0), task.sample_name(1)
        ('demo 1', 'test 1')
    """

    @cached_property
    def challenge(self) -> Challenge:
        """The task without its test outputs: what a search gets. Made once."""
        return Challenge(self.id, self.demo, tuple(Sample(sample.input) for sample in self.test))

    def _digested(self) -> list[Grid | None]:
        return super()._digested() + [sample.output for sample in self.test]


def check_task_id(task_id: str, where: str) -> str:
    """The id itself if it can serve as a file name everywhere.

    Raises:
        InputError: it is not 1 to 100 letters, digits, ``_``, ``.``, ``@`` or ``-`` (ASCII), or starts with a dot or
            ``@``.
    """
    if _TASK_ID.fullmatch(task_id):
        return task_id
    raise InputError(
        f"{where}: {shown(task_id)} cannot be a task id, because ids become file names: {_trouble_with(task_id)}; "
        "rename it"
    )


def _trouble_with(task_id: str) -> str:
    if not task_id:
        return "it is empty"
    if len(task_id) > _LONGEST_ID:
        return f"it has {len(task_id)} characters, expected at most {_LONGEST_ID}"
    if task_id[0] in ".@":
        return f"it begins with {shown(task_id[0])}"
    wrong = next(character for character in task_id if not _TASK_ID.fullmatch(f"_{character}"))
    return f"it contains {shown(wrong)}, expected A-Z a-z 0-9 _ . @ - only"


def parse_task(task_id: str, value: object, where: str) -> Task:
    """The task that a JSON value ``{"train": [sample, ...], "test": [sample, ...]}`` stands for.

    A sample is ``{"input": grid, "output": grid}``; a test sample's output may be missing or null: it is unknown.
    Other keys are left aside.

    Args:
        task_id: the task's id, checked by the caller.
        value: the value as the JSON parser gave it.
        where: what a message starts with: the file or the data set.

    Raises:
        InputError: the value is no task; the message names file, task, sample, row and cell.
    """
    where = f"{where}: task {task_id}"
    parts = check_object(value, ("train", "test"), where)
    demo = parse_samples(parts["train"], f"{where}: demo", is_output_needed=True)
    test = parse_samples(parts["test"], f"{where}: test", is_output_needed=False)
    return Task(task_id, demo, test)


def with_outputs(task: Task, value: object, where: str) -> Task:
    """The task with the outputs of its test samples filled in from a solution's JSON value.

    Args:
        task: a task whose test outputs are unknown, or the same as the solution's.
        value: a list with one grid (or null: unknown) for each test sample, in their order.
        where: what a message starts with: the file of the solutions.

    Raises:
        InputError: the number of grids differs, one is no grid, or it contradicts an output that the task has.
    """
    where = f"{where}: task {task.id}"
    if not isinstance(value, list | tuple):
        raise InputError(f"{where}: expected a list of output grids, got {shown(value)}")
    if len(value) != len(task.test):
        raise InputError(f"{where}: expected {len(task.test)} outputs, one for each test sample, got {len(value)}")
    test = []
    for number, (sample, grid) in enumerate(zip(task.test, value, strict=True), 1):
        output = sample.output if grid is None else parse_grid(grid, f"{where}: test {number} output")
        if sample.output is not None and output != sample.output:
            raise InputError(f"{where}: test {number} output: differs from the output that the task itself has")
        test.append(Sample(sample.input, output))
    return replace(task, test=tuple(test))


def task_to_json(task: Samples) -> dict[str, list[dict[str, object]]]:
    """A task or challenge as a value for :func:`json.dump`, as :func:`parse_task` reads it, without unknown outputs."""

    def samples_to_json(samples: Sequence[Sample]) -> list[dict[str, object]]:
        return [
            {"input": s.input} if s.output is None else {"input": s.input, "output": s.output} for s in samples
        ]

    return {"train": samples_to_json(task.demo), "test": samples_to_json(task.test)}


def parse_samples(value: object, where: str, *, is_output_needed: bool) -> tuple[Sample, ...]:
    """The samples that a JSON value ``[{"input": grid, "output": grid}, ...]`` stands for: one or more.

    Raises:
        InputError: it is something else, or an output is missing that is needed.
    """
    if not isinstance(value, list | tuple):
        raise InputError(f"{where} samples: expected a list of samples, got {shown(value)}")
    if not value:
        raise InputError(f"{where} samples: expected at least one sample, got none")
    return tuple(_parse_sample(s, f"{where} {n}", is_output_needed=is_output_needed) for n, s in enumerate(value, 1))


def _parse_sample(value: object, where: str, *, is_output_needed: bool) -> Sample:
    parts = check_object(value, ("input", "output") if is_output_needed else ("input",), where)
    output = parts.get("output")
    if output is None and not is_output_needed:
        return Sample(parse_grid(parts["input"], f"{where} input"))
    return Sample(parse_grid(parts["input"], f"{where} input"), parse_grid(output, f"{where} output"))
