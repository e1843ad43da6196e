"""The columns of a score, from a program's result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arcbatt.results import ProgramResult, TaskKey

__all__ = ["SCORE_VALUES", "score_row"]

SCORE_VALUES: Final = (
    "demo_right", "demo_count", "near", "test_right", "test_count", "size", "fuel", "seconds", "t_log", "failed",
)  # fmt: skip
"""The columns of a score beside its key."""


def score_row(task: TaskKey, result: ProgramResult) -> dict[str, object]:
    """The row of the table ``scores`` for a result on a task."""
    demo_right, near = result.nearness
    return {
        "digest": task.digest, "md5": result.md5, "demo_right": demo_right, "demo_count": task.demo_count,
        "near": near, "test_right": result.test_right, "test_count": task.test_count, "size": result.size,
        "fuel": result.fuel, "seconds": None if result.seconds is None else float(result.seconds),
        "t_log": result.t_log,
        "failed": sum(verdict.failure is not None for verdict in result.verdicts),
    }  # fmt: skip
