"""What answers turned out to be worth: the one place of solving that looks at test outputs, after all is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from arcbatt.arc import Grid, Task
from arcbatt.arc.submission import Submission
from arcbatt.engine.outcome import Outcome
from arcbatt.engine.verdict import Verdict, judge
from arcbatt.results import ProgramResult, TaskKey
from arcbatt.search.solving.solved_task import SolvedTask
from arcbatt.store import TaskRecord

__all__ = ["compared_record", "right_attempts", "right_programs"]


def compared_record(
    record: TaskRecord | None, task: Task, outputs: Mapping[str, Sequence[Grid | None]], summary: str
) -> TaskRecord:
    """A record that was made without the test outputs, compared with them, where known, and under the task's key.

    Args:
        record: of the task's challenge; None where there is nothing but the summary.
        task: the task.
        outputs: by MD5 of each program of the record, what it gives on the test inputs; None for no valid grid.
        summary: JSON text, kept with the mark that the task is done.
    """
    key = TaskKey.of(task)
    if record is None:
        return TaskRecord(key, (), (), (), summary)
    return replace(
        record,
        task=key,
        results=tuple(_compared(result, task, outputs[result.md5]) for result in record.results),
        differ_scores=tuple(replace(score, digest=key.digest) for score in record.differ_scores),
        summary=summary,
    )


def right_attempts(submission: Submission, tasks: Mapping[str, Task]) -> dict[str, tuple[bool | None, ...]]:
    """By task id, whether one of the attempts at each test output is right; None where the output is unknown."""
    return {
        task_id: tuple(
            None if sample.output is None else sample.output in attempts
            for sample, attempts in zip(task.test, submission[task_id], strict=True)
        )
        for task_id, task in tasks.items()
    }


def right_programs(task: Task, outputs: Mapping[str, Sequence[Grid | None]]) -> dict[str, tuple[bool | None, ...]]:
    """By a program's MD5, whether what it gives on each test input is right; None where the output is unknown.

    Args:
        task: the task, decided.
        outputs: by MD5, what a program gives on the test inputs; None for no valid grid, which is wrong.
    """
    expected = [sample.output for sample in task.test]
    return {
        md5: tuple(None if right is None else grid == right for grid, right in zip(grids, expected, strict=True))
        for md5, grids in outputs.items()
    }


def right_answers(solved: SolvedTask, task: Task) -> tuple[tuple[bool | None, ...], ...]:
    """For each test input whether each answer, attempts first, is right; None where the output is unknown."""
    return tuple(
        tuple(None if sample.output is None else answer.grid == sample.output for answer in solved.answers(index))
        for index, sample in enumerate(task.test)
    )


def _compared(result: ProgramResult, task: Task, outputs: Sequence[Grid | None]) -> ProgramResult:
    verdicts = zip(result.test, outputs, task.test, strict=True)
    return replace(result, test=tuple(_known(verdict, grid, sample.output) for verdict, grid, sample in verdicts))


def _known(verdict: Verdict, grid: Grid | None, expected: Grid | None) -> Verdict:
    """A verdict with what the expected output says of it."""
    if expected is None:
        return verdict
    if grid is None:
        return replace(verdict, is_right=False)
    judged = judge(Outcome(grid, None, verdict.fuel), expected)
    return replace(verdict, is_right=judged.is_right, right_cells=judged.right_cells)
