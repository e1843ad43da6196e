"""Gathers what a comparison page shows: grids from the tasks, texts from the sides, outputs by running programs again.

Programs run again until their work reaches a bound in fuel. So it is bounded whatever the sides hold, and the page is
the same on every machine but where the clock cuts a program off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import arcbatt
from arcbatt.arc import Grid, Task
from arcbatt.arc.submission import ReadAttempts
from arcbatt.compare import AnswerComparison, ComparedOutput, Comparison, Side
from arcbatt.compare import Change as TaskChange
from arcbatt.compare.sides import TaskStanding
from arcbatt.errors import InputError
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
from arcbatt.report.html.rerun import Rerun, grid_text
from arcbatt.report.words import counted, printable

__all__ = ["gather_answers", "gather_comparison"]

MOST_PROGRAMS: Final = 500
"""Programs of a side alone that are listed."""
_LONGEST_TEXT: Final = 20_000
_ORDER: Final[tuple[Change, ...]] = ("won", "lost", "different", "swapped", "same")


def gather_comparison(
    found: Comparison, before: Side, after: Side, tasks: Mapping[str, Task], rerun: Rerun | None = None
) -> ComparisonData:
    """The page of two runs, workspaces or result files.

    Args:
        found: what differs from one side to the other.
        before: the first side.
        after: the second.
        tasks: those whose grids are at hand; one of other samples than the sides' is left aside.
        rerun: runs the best programs again; None for one with the bound of a page.
    """
    compared = []
    left_out, rerun = 0, rerun or Rerun()
    for kind, change in _changes(found):
        left_out += rerun.is_spent
        compared.append(_compared(kind, change, before, after, tasks, rerun))
    notes = []
    if left_out:
        notes.append(f"On {counted(left_out, 'task')} the programs did not run again: it would be too much work.")
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
    kind: Change, change: TaskChange, before: Side, after: Side, tasks: Mapping[str, Task], rerun: Rerun
) -> ComparedTask:
    programs = _best(change.before, before), _best(change.after, after)
    notes: list[str] = []
    task = _at_hand(change, tasks, notes)
    samples: tuple[ComparedSample, ...] = ()
    if task is not None:
        texts = before.texts.get(change.before.md5, ""), after.texts.get(change.after.md5, "")
        is_spent = rerun.is_spent  # both programs run, or neither
        runs = [
            [] if is_spent else _runs(program, text, task, rerun, notes)
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


def _runs(program: ComparedProgram | None, text: str, task: Task, rerun: Rerun, notes: list[str]) -> list[SampleRun]:
    """A program on each sample, demo samples first; empty where it cannot be run, which a note tells."""
    if program is None:
        return []
    if not text:
        notes.append(f"The text of {program.name} is not known, so it was not run again.")
        return []
    try:
        return rerun.on(task, program.name, text)
    except InputError as error:
        notes.append(str(error))
        return []


def _samples(task: Task, before: list[SampleRun], after: list[SampleRun]) -> Iterator[ComparedSample]:
    for place, sample in enumerate(task.samples):
        yield ComparedSample(
            task.sample_name(place), grid_text(sample.input), grid_text(sample.output),
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
            f"test {output.test}", None if sample is None else grid_text(sample.input), grid_text(known),
            tuple(_attempts(output.before, known)), tuple(_attempts(output.after, known)),
        ),),
        notes=tuple(map(printable, notes)),
    )  # fmt: skip


def _worth(is_right: bool | None) -> float | None:
    return None if is_right is None else float(is_right)


def _attempts(attempts: ReadAttempts | None, known: Grid | None) -> Iterator[SampleRun]:
    for grid in attempts or ():
        is_right = None if known is None else grid == known
        yield SampleRun(grid_text(grid), "" if grid is not None else "malformed", is_right, 0)


def _listed(programs: Sequence[tuple[str, str]], side: Side) -> ProgramList:
    first = tuple([_program(name, md5, side) for name, md5 in programs[:MOST_PROGRAMS]])
    return ProgramList(first, len(programs))
