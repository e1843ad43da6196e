"""The best programs of each task, evaluated again for their outputs and steps.

A program that cannot be read or run again gets a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from arcbatt.arc import Task
from arcbatt.engine import Outcome, on_cpu, select_engine
from arcbatt.execute import Item
from arcbatt.program.program import Program
from arcbatt.report.html.gathering.found import FoundTask, Progress
from arcbatt.report.html.gathering.reading import ReadPrograms
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.report.html.gathering.values import output_of, step_data
from arcbatt.report.html.page_data import ProgramOnTask, SampleRun
from arcbatt.report.html.page_workers import FUEL, FUEL_OF_ALL, called, open_page_workers, task_limit_s
from arcbatt.report.steps import step_values
from arcbatt.results import FULL_SHARE, shares_of
from arcbatt.runs.opened_battery import OpenedBattery

__all__ = ["evaluated"]

_FUEL_UNKNOWN: Final = 10_000
_MOST_STEPS: Final = 100
"""A longer program is shown without the values of its steps."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A program to be run on a task, with or without its steps."""

    md5: str
    is_stepped: bool


def evaluated(
    tasks: Sequence[tuple[FoundTask, Task]], programs: ReadPrograms, *, best: int, stepped: int, engine: str,
    on_progress: Progress = lambda done, count: None,
) -> None:  # fmt: skip
    """Runs the best programs of tasks and puts what they give in the place of what the tasks list of them.

    Args:
        tasks: those whose samples are at hand, in the order in which the fuel for all is spent.
        programs: reads their texts.
        best: programs of a task.
        stepped: of which so many with all their steps.
        engine: name of an engine, or ``auto``.
        on_progress: told of each task.

    Raises:
        EngineError: the engine is not installed.
    """
    name = select_engine(on_cpu(engine)).name
    left = FUEL_OF_ALL.get(name, min(FUEL_OF_ALL.values()))
    wanted: dict[str, tuple[_Wanted, ...]] = {}
    for task, _ in tasks:
        chosen, left = _chosen(task, programs, best, stepped, left)
        if chosen:
            wanted[task.key.digest] = chosen
    read = {item.md5: programs.read(item.md5) for items in wanted.values() for item in items}
    work = [
        (task.key.digest, grids, wanted[task.key.digest]) for task, grids in tasks if task.key.digest in wanted
    ]  # fmt: skip
    found = _run(work, [item for item in read.values() if item is not None], name, on_progress)
    for task, grids in tasks:
        runs = found.get(task.key.digest, {})
        task.programs = [_merged(task, item, grids, runs) for item in task.programs]


def _chosen(
    task: FoundTask, programs: ReadPrograms, best: int, stepped: int, left: int
) -> tuple[tuple[_Wanted, ...], int]:
    """The programs of a task to be run, and what is left of the fuel for all; the others get a note."""
    chosen: list[_Wanted] = []
    for place, item in enumerate(task.programs):
        note = ""
        fuel = item.fuel or _FUEL_UNKNOWN
        program = programs.read(item.md5) if place < best else None
        if place >= best:
            note = f"not run again: not among the best {best}"
        elif program is None:
            note = programs.why_not(item.md5)
        elif fuel > FUEL:
            note = f"not run again: it needs {fuel:,} units of fuel"
        elif fuel > left:
            note = "not run again: the fuel for all programs of the page was spent"
        if note:
            task.programs[place] = replace(item, note=one_line(note))
            continue
        if any(known.md5 == item.md5 for known in chosen):
            continue
        left -= fuel
        chosen.append(_Wanted(item.md5, len(chosen) < stepped))
    return tuple(chosen), left


_Runs = dict[str, "tuple[SampleRun, ...] | str"]
"""What programs gave on the samples of a task, by MD5; or why they could not be run."""


def _run(
    tasks: Sequence[tuple[str, Task, tuple[_Wanted, ...]]], programs: Sequence[Program], engine: str,
    on_progress: Progress,
) -> dict[str, _Runs]:
    """What the wanted programs gave, by the digest of the task."""
    if not tasks:
        return {}
    found: dict[str, _Runs] = {}
    with open_page_workers(programs, engine) as workers:
        items = [Item(digest, _run_task, (task, wanted), task_limit_s(task))
                 for digest, task, wanted in tasks]  # fmt: skip
        wanted_of = {digest: wanted for digest, _, wanted in tasks}
        for done, result in enumerate(workers.run(items), 1):
            on_progress(done, len(items))
            if result.failure is None:
                found[result.key] = result.value
            else:
                note = f"cannot be run again here: {result.failure.message}"
                found[result.key] = {item.md5: note for item in wanted_of[result.key]}
    return found


def _run_task(opened: OpenedBattery, task: Task, wanted: tuple[_Wanted, ...]) -> _Runs:
    """The programs on the samples of a task; runs in a worker."""
    battery = opened.battery
    programs = [(item, battery.program(called(item.md5))) for item in wanted]
    roots = {
        item.md5: [*battery.graph.calls(program.root), program.root] if _is_stepped(item, program) else [program.root]
        for item, program in programs
    }
    scope = opened.scope(task)
    runs: dict[str, list[SampleRun]] = {item.md5: [] for item in wanted}
    for sample in task.samples:
        outcomes = iter(scope.bind(I=sample.input).run([root for of_one in roots.values() for root in of_one]))
        for item, program in programs:
            own = [next(outcomes) for _ in roots[item.md5]]
            runs[item.md5].append(_sample_run(program, own, sample.output, _is_stepped(item, program)))
    return {md5: tuple(found) for md5, found in runs.items()}


def _is_stepped(item: _Wanted, program: Program) -> bool:
    return item.is_stepped and program.size <= _MOST_STEPS


def _sample_run(program: Program, outcomes: Sequence[Outcome], expected: object, is_stepped: bool) -> SampleRun:
    outcome = outcomes[-1]
    output, words = (None, one_line(str(outcome.failure))) if outcome.failure is not None else output_of(outcome.value)
    is_right = None if expected is None else outcome.failure is None and outcome.value == expected
    steps = tuple(map(step_data, step_values(program, outcomes))) if is_stepped else ()
    return SampleRun(output, words, is_right, outcome.fuel, steps)


def _merged(task: FoundTask, item: ProgramOnTask, grids: Task, runs: _Runs) -> ProgramOnTask:
    """A program's result with its runs; measured by them where nothing was known."""
    found = runs.get(item.md5)
    if found is None:
        return item
    if isinstance(found, str):
        return replace(item, note=one_line(found))
    demos = len(grids.demo)
    rights = [run.is_right for run in found]
    demo_right = sum(map(bool, rights[:demos]))
    test_right = None if None in rights[demos:] else sum(map(bool, rights[demos:]))
    if item.md5 in task.unmeasured:
        task.unmeasured.discard(item.md5)
        return replace(
            item, demo_right=demo_right, near=_near(found[:demos], grids), test_right=test_right,
            fuel=sum(run.fuel for run in found), samples=found,
        )  # fmt: skip
    note = "" if demo_right == item.demo_right else "gives something else here than what was stored"
    return replace(item, samples=found, note=note)


def _near(runs: Sequence[SampleRun], task: Task) -> float:
    """Mean share of right cells of outputs on the demo samples, 0 to 1."""
    cells = [len(output) * len(output[0]) for _, output in task.pairs]
    right = [_right_cells(run.output, output) for run, (_, output) in zip(runs, task.pairs, strict=True)]
    return sum(shares_of(right, cells)) / (FULL_SHARE * len(cells))


def _right_cells(output: str | None, expected: Sequence[Sequence[int]]) -> int:
    rows = [] if output is None else output.split("/")
    if len(rows) != len(expected) or len(rows[0]) != len(expected[0]):
        return 0
    return sum(cell == str(right) for cell, right in _cells(rows, expected))


def _cells(rows: Sequence[str], expected: Sequence[Sequence[int]]) -> Iterator[tuple[str, int]]:
    for row, right in zip(rows, expected, strict=True):
        yield from zip(row, right, strict=True)
