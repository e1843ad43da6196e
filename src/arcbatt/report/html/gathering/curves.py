"""Curves: tasks solved over time, right answers against CPU seconds, probabilities against what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from arcbatt.report.html.page_data import CalibrationRow, CurvePoint, SpanData, TaskData

__all__ = ["calibration_of", "right_against_cpu", "solved_over_time"]

_ROWS: Final = 10


def solved_over_time(tasks: Sequence[TaskData], spans: Sequence[SpanData]) -> tuple[CurvePoint, ...]:
    """How many tasks had all demo samples solved when each of them was done, in time order; empty without spans."""
    solved = {task.id for task in tasks if task.standing in ("solved", "demo")}
    ends = sorted(span.start_s + span.wall_s for span in spans if span.task in solved and not span.name)
    return tuple(CurvePoint(round(end, 4), count) for count, end in enumerate(ends, 1))


def right_against_cpu(tasks: Sequence[TaskData], spans: Sequence[SpanData]) -> tuple[CurvePoint, ...]:
    """Test outputs that were right, against the CPU seconds of the tasks so far, in the order in which they were done.

    Of a job with attempts an output is right by one of the first two; of another all outputs of a task are that some
    program solves. Empty where no test output is known, or the seconds are not.
    """
    by_id = {task.id: task for task in tasks}
    if not any(_is_known(task) for task in tasks):
        return ()
    points, right, seconds = [], 0, 0.0
    for span in sorted(spans, key=lambda span: (span.start_s + span.wall_s, span.task)):
        if span.name or span.cpu_s is None or span.task not in by_id:
            continue
        seconds += span.cpu_s
        right += _right_outputs(by_id[span.task])
        points.append(CurvePoint(round(seconds, 4), right))
    return tuple(points)


def calibration_of(tasks: Iterable[TaskData]) -> tuple[CalibrationRow, ...]:
    """The first two attempts at each known output by tenths of their probability; tenths without any are left out."""
    rows: dict[int, list[tuple[float, bool]]] = {}
    for task in tasks:
        for attempt in task.attempts:
            if attempt.place <= 2 and attempt.probability is not None and attempt.is_right is not None:
                row = min(int(attempt.probability * _ROWS), _ROWS - 1)
                rows.setdefault(row, []).append((attempt.probability, attempt.is_right))
    return tuple(
        CalibrationRow(
            row / _ROWS, (row + 1) / _ROWS, len(found), sum(right for _, right in found),
            round(sum(probability for probability, _ in found) / len(found), 4),
        )
        for row, found in sorted(rows.items())
    )  # fmt: skip


def _is_known(task: TaskData) -> bool:
    if task.attempts:
        return any(attempt.is_right is not None for attempt in task.attempts)
    return any(program.test_right is not None for program in task.programs)


def _right_outputs(task: TaskData) -> int:
    if task.attempts:
        return len({attempt.test for attempt in task.attempts if attempt.place <= 2 and attempt.is_right})
    tests = sum(sample.name.startswith("test") for sample in task.samples)
    return max(tests, 1) if task.standing == "solved" else 0
