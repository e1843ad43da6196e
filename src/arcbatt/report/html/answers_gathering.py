"""Gathers what the page of two submissions shows: the attempts of both sides, and the grids of tasks at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import arcbatt
from arcbatt.arc import Grid, Task
from arcbatt.arc.submission import ReadAttempts
from arcbatt.compare import AnswerComparison, ComparedOutput
from arcbatt.errors import InputError
from arcbatt.report.compare_answers import attempts_in_words, sums_in_words
from arcbatt.report.html.comparison_data import FORMAT, Change, ComparedSample, ComparedTask, ComparisonData
from arcbatt.report.html.gathering.texts import grid_digits
from arcbatt.report.html.page_data import SampleRun
from arcbatt.report.words import printable

__all__ = ["gather_answers"]

_ORDER: Final[tuple[Change, ...]] = ("won", "lost", "different", "swapped", "same")


def gather_answers(found: AnswerComparison, tasks: Mapping[str, Task]) -> ComparisonData:
    """The page of two submissions; the grids of tasks that are at hand stand beside the attempts."""
    compared = [_answered(output, tasks) for output in found.outputs]
    return ComparisonData(
        format=FORMAT, arcbatt=arcbatt.__version__, kind="answers",
        before=printable(found.before), after=printable(found.after),
        summary=tuple(map(printable, sums_in_words(found))),
        tasks=tuple(sorted(compared, key=lambda task: (_ORDER.index(task.change), task.task, task.test))),
        only_before=tuple(map(printable, found.only_before)), only_after=tuple(map(printable, found.only_after)),
    )  # fmt: skip


def _answered(output: ComparedOutput, tasks: Mapping[str, Task]) -> ComparedTask:
    notes: list[str] = []
    change: Change = "won" if output.is_won else "lost" if output.is_lost else output.answers
    try:
        task = tasks.get(output.task)
    except InputError as error:
        task, notes = None, [str(error)]
    sample = task.test[output.test - 1] if task is not None and output.test <= len(task.test) else None
    known = None if sample is None else sample.output
    return ComparedTask(
        task=output.task, test=output.test, change=change,
        before=attempts_in_words(output.before, output.right_before),
        after=attempts_in_words(output.after, output.right_after),
        near_before=_worth(output.right_before), near_after=_worth(output.right_after),
        samples=(ComparedSample(
            f"test {output.test}", None if sample is None else _digits(sample.input), _digits(known),
            tuple(_attempts(output.before, known)), tuple(_attempts(output.after, known)),
        ),),
        notes=tuple(map(printable, notes)),
    )  # fmt: skip


def _worth(is_right: bool | None) -> float | None:
    return None if is_right is None else float(is_right)


def _attempts(attempts: ReadAttempts | None, known: Grid | None) -> Iterator[SampleRun]:
    for grid in attempts or ():
        is_right = None if known is None else grid == known
        yield SampleRun(_digits(grid), "" if grid is not None else "malformed", is_right, 0)


def _digits(grid: Grid | None) -> str | None:
    return None if grid is None else grid_digits(grid)
