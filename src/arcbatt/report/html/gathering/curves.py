"""Curves: tasks solved over time, right answers against CPU seconds, probabilities against what came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from arcbatt.report.html.gathering.work import Piece
from arcbatt.report.html.page_data import CalibrationRow, CurvePoint, TaskData

__all__ = ["calibration_of", "right_against_cpu", "solved_over_time"]

_ROWS: Final = 10


def solved_over_time(
    tasks: Sequence[TaskData], pieces: Sequence[Piece], steps: Mapping[str, int]
) -> tuple[CurvePoint, ...]:
    """How many tasks had all demo samples solved as time went by; empty where no times are known.

    Args:
        tasks: of the page.
        pieces: of the work on them.
        steps: of an evolution, the step that solved a task, by digest.
    """
    solved = {task.digest for task in tasks if task.standing in ("solved", "demo")}
    ends = sorted(piece.end_s for piece in _deciding(pieces, steps) if piece.digest in solved)
    return tuple(CurvePoint(round(end, 4), count) for count, end in enumerate(ends, 1))


def right_against_cpu(
    tasks: Sequence[TaskData], pieces: Sequence[Piece], steps: Mapping[str, int]
) -> tuple[CurvePoint, ...]:
    """Test outputs that were right, against the CPU seconds so far, in the order in which the work was done.

    Of a job with attempts an output is right by one of the first two; of another all outputs of a task are that some
    program solves. Empty where no test output is known, or some seconds are not. Arguments as above.
    """
    by_digest = {task.digest: task for task in tasks}
    if not any(map(_is_known, tasks)) or any(piece.cpu_s is None for piece in pieces):
        return ()
    deciding = set(map(id, _deciding(pieces, steps)))
    points, right, seconds = [], 0, 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.end_s, piece.digest)):
        seconds += piece.cpu_s or 0.0
        if id(piece) in deciding and piece.digest in by_digest:
            right += _right_outputs(by_digest[piece.digest])
            points.append(CurvePoint(round(seconds, 4), right))
    return tuple(points)


def _deciding(pieces: Sequence[Piece], steps: Mapping[str, int]) -> list[Piece]:
    """Of each task the piece that decided it: that of the step that solved it, else its last one."""
    found: dict[str, Piece] = {}
    for piece in pieces:
        known = found.get(piece.digest)
        if known is None or known.step is None or known.step != steps.get(piece.digest):
            found[piece.digest] = piece
    return list(found.values())


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
