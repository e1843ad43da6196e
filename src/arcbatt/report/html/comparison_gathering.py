"""Gathers what a comparison page shows: grids from the tasks, texts from the sides, outputs by running programs again.

Programs run again for the first tasks alone, with the limits of ``arcbatt show``; so the work is bounded whatever the
sides hold, and no clock enters but where a program is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import arcbatt
from arcbatt.arc import Grid, Task
from arcbatt.arc.grid import is_grid
from arcbatt.arc.submission import ReadAttempts
from arcbatt.compare import AnswerComparison, ComparedOutput, Comparison, Side
from arcbatt.compare import Change as TaskChange
from arcbatt.compare.sides import TaskStanding
from arcbatt.engine import Outcome
from arcbatt.errors import InputError
from arcbatt.pipeline.outcomes import step_outcomes
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.report.compare import standing_in_words
from arcbatt.report.compare_answers import attempts_in_words, sums_in_words
from arcbatt.report.html.comparison_data import (
    FORMAT,
    Change,
    ComparedProgram,
    ComparedSample,
    ComparedTask,
    ComparisonData,
    PhaseRow,
    ProgramList,
)
from arcbatt.report.html.page_data import SampleRun
from arcbatt.report.steps import failure_in_words, value_in_words
from arcbatt.report.words import counted, printable

__all__ = ["gather_answers", "gather_comparison"]

MOST_EVALUATED: Final = 100
"""Tasks whose programs run again."""
MOST_PROGRAMS: Final = 500
"""Programs of a side alone that are listed."""
_LONGEST_TEXT: Final = 20_000
_ORDER: Final[tuple[Change, ...]] = ("won", "lost", "different", "swapped", "same")


def gather_comparison(found: Comparison, before: Side, after: Side, tasks: Mapping[str, Task]) -> ComparisonData:
    """The page of two runs, workspaces or result files.

    Args:
        found: what differs from one side to the other.
        before: the first side.
        after: the second.
        tasks: those whose grids are at hand; one of other samples than the sides' is left aside.
    """
    changes = list(_changes(found))
    compared = [
        _compared(kind, change, before, after, tasks, evaluates=place < MOST_EVALUATED)
        for place, (kind, change) in enumerate(changes)
    ]
    notes = []
    if len(changes) > MOST_EVALUATED:
        notes.append(f"The programs ran again on the first {MOST_EVALUATED} tasks that changed, not on all.")
    return ComparisonData(
        format=FORMAT, arcbatt=arcbatt.__version__, kind="runs",
        before=printable(found.before), after=printable(found.after),
        summary=(f"{counted(found.common, 'task')} on both sides",), tasks=tuple(compared),
        only_before=tuple(map(printable, found.only_before)), only_after=tuple(map(printable, found.only_after)),
        new=_listed(found.new, after), gone=_listed(found.gone, before),
        phases=tuple([PhaseRow(printable(phase.phase), phase.before_s, phase.after_s) for phase in found.phases]),
        notes=tuple(notes),
    )  # fmt: skip


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


def _changes(found: Comparison) -> Iterator[tuple[Change, TaskChange]]:
    lists: tuple[tuple[Change, tuple[TaskChange, ...]], ...] = (
        ("won", found.won), ("lost", found.lost), ("nearer", found.nearer), ("farther", found.farther),
    )  # fmt: skip
    for kind, changes in lists:
        for change in changes:
            yield kind, change


def _compared(
    kind: Change, change: TaskChange, before: Side, after: Side, tasks: Mapping[str, Task], *, evaluates: bool
) -> ComparedTask:
    programs = _best(change.before, before), _best(change.after, after)
    notes: list[str] = []
    task = _at_hand(change, tasks, notes)
    samples: tuple[ComparedSample, ...] = ()
    if task is not None:
        texts = before.texts.get(change.before.md5, ""), after.texts.get(change.after.md5, "")
        runs = [
            _runs(program, text, task, notes) if evaluates else []
            for program, text in zip(programs, texts, strict=True)
        ]
        samples = tuple(_samples(task, *runs))
    return ComparedTask(
        task=printable(change.task), test=None, change=kind,
        before=printable(standing_in_words(change.before)), after=printable(standing_in_words(change.after)),
        near_before=_near(change.before), near_after=_near(change.after), samples=samples,
        program_before=programs[0], program_after=programs[1], notes=tuple(map(printable, notes)),
    )  # fmt: skip


def _near(standing: TaskStanding) -> float | None:
    return 1.0 if standing.is_solved else standing.near


def _best(standing: TaskStanding, side: Side) -> ComparedProgram | None:
    if not standing.program:
        return None
    return _program(standing.program, standing.md5, side)


def _program(name: str, md5: str, side: Side) -> ComparedProgram:
    text = side.texts.get(md5, "")[:_LONGEST_TEXT]
    return ComparedProgram(printable(name), printable(md5), "\n".join(map(printable, text.splitlines())))


def _at_hand(change: TaskChange, tasks: Mapping[str, Task], notes: list[str]) -> Task | None:
    """The task itself where its grids are at hand, and are those that the sides were scored on."""
    try:
        task = tasks.get(change.task)
    except InputError as error:
        notes.append(str(error))
        return None
    if task is None:
        notes.append("The grids of this task are not at hand: --set or --data names its set.")
    elif change.digest and task.digest != change.digest:
        notes.append("The task of this id that is at hand has other samples: --set or --data names the right one.")
        task = None
    return task


def _runs(program: ComparedProgram | None, text: str, task: Task, notes: list[str]) -> list[SampleRun]:
    """A program on each sample, demo samples first; empty where it cannot be run, which a note tells."""
    if program is None:
        return []
    if not text:
        notes.append(f"The text of {program.name} is not known, so it was not run again.")
        return []
    try:
        (read,) = parse_programs(text, program.name)
        outcomes = step_outcomes(read, task)
    except (InputError, ValueError) as error:
        notes.append(f"{program.name} cannot be read here: {str(error).splitlines()[0]:.200}")
        return []
    return [_run(read, steps[-1], sample.output) for sample, steps in zip(task.samples, outcomes, strict=True)]


def _run(program: Program, outcome: Outcome, expected: Grid | None) -> SampleRun:
    if outcome.failure is not None:
        words = printable(failure_in_words(program, outcome.failure, {}))
        return SampleRun(None, words, None if expected is None else False, outcome.fuel)
    is_right = None if expected is None else outcome.value == expected
    if not is_grid(outcome.value):
        return SampleRun(None, printable(value_in_words(outcome.value)), is_right, outcome.fuel)
    return SampleRun(_grid_text(outcome.value), "", is_right, outcome.fuel)


def _samples(task: Task, before: list[SampleRun], after: list[SampleRun]) -> Iterator[ComparedSample]:
    for place, sample in enumerate(task.samples):
        yield ComparedSample(
            task.sample_name(place), _grid_text(sample.input), _grid_text(sample.output),
            tuple(before[place : place + 1]), tuple(after[place : place + 1]),
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
            f"test {output.test}", None if sample is None else _grid_text(sample.input), _grid_text(known),
            tuple(_attempts(output.before, known)), tuple(_attempts(output.after, known)),
        ),),
        notes=tuple(map(printable, notes)),
    )  # fmt: skip


def _worth(is_right: bool | None) -> float | None:
    return None if is_right is None else float(is_right)


def _attempts(attempts: ReadAttempts | None, known: Grid | None) -> Iterator[SampleRun]:
    for grid in attempts or ():
        is_right = None if known is None else grid == known
        yield SampleRun(_grid_text(grid), "" if grid is not None else "malformed", is_right, 0)


def _listed(programs: Sequence[tuple[str, str]], side: Side) -> ProgramList:
    first = tuple([_program(name, md5, side) for name, md5 in programs[:MOST_PROGRAMS]])
    return ProgramList(first, len(programs))


def _grid_text(grid: Grid | None) -> str | None:
    return None if grid is None else "/".join("".join(map(str, row)) for row in grid)
