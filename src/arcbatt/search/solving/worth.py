"""What answers turned out to be worth: the one place of solving that looks at test outputs, after all is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arcbatt.arc import Grid, Task
from arcbatt.arc.submission import Submission

__all__ = ["judged", "right_outputs"]


def right_outputs(outputs: Sequence[Grid | None], task: Task) -> int | None:
    """Number of test outputs that a program's grids equal; None when a test output is unknown."""
    if any(sample.output is None for sample in task.test):
        return None
    return sum(grid == sample.output for grid, sample in zip(outputs, task.test, strict=True))


def judged(submission: Submission, tasks: Mapping[str, Task]) -> dict[str, tuple[bool | None, ...]]:
    """By task id, whether one of the attempts at each test output is right; None where the output is unknown."""
    return {
        task_id: tuple(
            None if sample.output is None else sample.output in attempts
            for sample, attempts in zip(task.test, submission[task_id], strict=True)
        )
        for task_id, task in tasks.items()
    }
