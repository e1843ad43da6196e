"""Gathers what a comparison page shows: grids of tasks, texts of the sides, outputs of programs that run again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import arcbatt
from arcbatt.arc import Task
from arcbatt.compare import Change as TaskChange
from arcbatt.compare import Comparison, Side
from arcbatt.compare.sides import TaskStanding
from arcbatt.errors import InputError
from arcbatt.program.program import Program
from arcbatt.report.compare import standing_in_words
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
from arcbatt.report.html.gathering.at_hand import samples_of
from arcbatt.report.html.gathering.texts import bounded
from arcbatt.report.html.page_data import SampleRun
from arcbatt.report.html.rerun import Rerun, read_solver, rerun
from arcbatt.report.words import counted, printable

__all__ = ["MOST_PROGRAMS", "gather_comparison"]

MOST_PROGRAMS: Final = 500
"""Programs of a side alone that are listed."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A task that changed: how, its samples where they are at hand, what is to be run on it, and what a page notes."""

    kind: Change
    change: TaskChange
    task: Task | None
    md5s: tuple[str, ...]
    notes: tuple[str, ...]


def gather_comparison(
    found: Comparison, before: Side, after: Side, tasks: Mapping[str, Task], *, engine: str = "auto",
    fuel: int | None = None,
) -> ComparisonData:  # fmt: skip
    """The page of two runs, workspaces or result files; the best programs run again on the tasks that changed.

    Args:
        found: what differs from one side to the other.
        before: the first side.
        after: the second.
        tasks: those whose grids are at hand; one of other samples than the sides' is left aside.
        engine: name of the engine that runs programs, or ``auto``.
        fuel: units over all programs, as for :func:`arcbatt.report.html.rerun.rerun`.

    Raises:
        EngineError: the engine is not installed.
    """
    read = _Texts(before, after)
    changed = [_planned(kind, change, tasks, read) for kind, change in _changes(found)]
    here = [item for item in changed if item.task is not None]
    work = [Rerun(item.task, item.md5s) for item in here if item.task is not None]
    runs = dict(zip(map(id, here), rerun(work, read.programs, engine, fuel), strict=True))
    compared = [_compared(item, runs.get(id(item), {}), before, after) for item in changed]
    return ComparisonData(
        format=FORMAT, arcbatt=arcbatt.__version__, kind="runs",
        before=printable(found.before), after=printable(found.after),
        summary=(f"{counted(found.common, 'task')} on both sides",), tasks=tuple(compared),
        only_before=tuple(map(printable, found.only_before)), only_after=tuple(map(printable, found.only_after)),
        new=_listed(found.new, after), gone=_listed(found.gone, before),
        phases=tuple([PhaseRow(printable(phase.phase), phase.before_s, phase.after_s) for phase in found.phases]),
        notes=tuple(_left_out(runs.values())),
    )  # fmt: skip


class _Texts:
    """Reads the programs of both sides, each once; they may be a stranger's."""

    def __init__(self, *sides: Side) -> None:
        self._sides = sides
        self._read: dict[str, Program | str] = {}

    @property
    def programs(self) -> list[Program]:
        """Those that were read and can be run."""
        return [program for program in self._read.values() if not isinstance(program, str)]

    def why_not(self, md5: str) -> str:
        """Reads a program; why it cannot be run, or ""."""
        if md5 not in self._read:
            text = next((side.texts[md5] for side in self._sides if md5 in side.texts), None)
            self._read[md5] = "its text is not known" if text is None else read_solver(md5, text)
        found = self._read[md5]
        return found if isinstance(found, str) else ""


def _changes(found: Comparison) -> Iterator[tuple[Change, TaskChange]]:
    lists: tuple[tuple[Change, tuple[TaskChange, ...]], ...] = (
        ("won", found.won), ("lost", found.lost), ("nearer", found.nearer), ("farther", found.farther),
    )  # fmt: skip
    for kind, changes in lists:
        for change in changes:
            yield kind, change


def _planned(kind: Change, change: TaskChange, tasks: Mapping[str, Task], read: _Texts) -> _Changed:
    notes: list[str] = []
    task = _at_hand(change, tasks, notes)
    md5s: list[str] = []
    for standing in (change.before, change.after):
        if task is None or not standing.program:
            continue
        why_not = read.why_not(standing.md5)
        if why_not:
            notes.append(f"{standing.program} is not run again: {why_not}")
        elif standing.md5 not in md5s:
            md5s.append(standing.md5)
    return _Changed(kind, change, task, tuple(md5s), tuple(map(printable, notes)))


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
        return None
    return task


def _compared(
    item: _Changed, runs: Mapping[str, tuple[SampleRun, ...]] | str, before: Side, after: Side
) -> ComparedTask:
    change = item.change
    notes = item.notes + ((runs,) if isinstance(runs, str) else ())
    given = {} if isinstance(runs, str) else runs
    return ComparedTask(
        task=printable(change.task), test=None, change=item.kind,
        before=printable(standing_in_words(change.before)), after=printable(standing_in_words(change.after)),
        near_before=_near(change.before), near_after=_near(change.after),
        samples=() if item.task is None else tuple(
            ComparedSample(
                sample.name, sample.input, sample.output,
                given.get(change.before.md5, ())[place : place + 1], given.get(change.after.md5, ())[place : place + 1],
            )
            for place, sample in enumerate(samples_of(item.task))
        ),
        program_before=_best(change.before, before), program_after=_best(change.after, after), notes=notes,
    )  # fmt: skip


def _near(standing: TaskStanding) -> float | None:
    return 1.0 if standing.is_solved else standing.near


def _best(standing: TaskStanding, side: Side) -> ComparedProgram | None:
    return _program(standing.program, standing.md5, side) if standing.program else None


def _program(name: str, md5: str, side: Side) -> ComparedProgram:
    text = bounded(side.texts.get(md5, ""))
    return ComparedProgram(printable(name), printable(md5), "\n".join(map(printable, text.splitlines())))


def _listed(programs: Sequence[tuple[str, str]], side: Side) -> ProgramList:
    first = tuple([_program(name, md5, side) for name, md5 in programs[:MOST_PROGRAMS]])
    return ProgramList(first, len(programs))


def _left_out(runs: Iterable[Mapping[str, tuple[SampleRun, ...]] | str]) -> Iterator[str]:
    count = sum(isinstance(found, str) for found in runs)
    if count:
        yield f"On {counted(count, 'task')} the programs did not run again; the rows say why."
