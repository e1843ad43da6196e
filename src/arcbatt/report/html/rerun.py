"""The best programs of both sides of a comparison, run again for their outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arcbatt.arc import Task
from arcbatt.engine import Outcome, on_cpu, select_engine
from arcbatt.execute import Item
from arcbatt.program.parse import collect_programs
from arcbatt.program.program import Program
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.report.html.gathering.values import output_of
from arcbatt.report.html.page_data import SampleRun
from arcbatt.report.html.page_workers import FUEL_OF_ALL, called, open_page_workers, task_limit_s
from arcbatt.report.steps import failure_in_words
from arcbatt.runs.opened_battery import OpenedBattery

__all__ = ["Rerun", "read_solver", "rerun"]

_AT_ONCE: Final = 16
"""Tasks between two looks at the fuel that is spent."""
_CUT_OFF: Final = "not run again: the fuel for all programs of the page was spent"


@dataclass(frozen=True, slots=True)
class Rerun:
    """Programs to be run on a task.

    Attributes:
        task: the task.
        md5s: of the programs.
    """

    task: Task
    md5s: tuple[str, ...]


_Runs = dict[str, tuple[SampleRun, ...]]


def read_solver(md5: str, text: str) -> Program | str:
    """The solver of a text, which may be a stranger's; or why it cannot be read here, on one line."""
    programs, refusals = collect_programs(text, f"program {md5[:12]}")
    if refusals:
        return one_line(f"cannot be read here: {refusals[0]}")
    if len(programs) != 1 or programs[0].md5 != md5 or programs[0].kind != "solver":
        return "cannot be read here: its text is no canonical text of a solver"
    return programs[0]


def rerun(
    work: Sequence[Rerun], programs: Sequence[Program], engine: str = "auto", fuel: int | None = None
) -> list[_Runs | str]:
    """Runs programs on the samples of tasks, in the order of the tasks, until the fuel for all is spent.

    Args:
        work: the tasks with their programs.
        programs: all of these programs.
        engine: name of an engine, or ``auto``.
        fuel: units over all programs; None for that of a page (``page_workers.py``). Tasks that are begun are done.

    Returns:
        For each task what its programs gave, by MD5, one run a sample; or why they did not run.

    Raises:
        EngineError: the engine is not installed.
    """
    found: list[_Runs | str] = []
    if not any(item.md5s for item in work):
        return [{} for _ in work]
    name = select_engine(on_cpu(engine)).name
    left = fuel if fuel is not None else FUEL_OF_ALL.get(name, min(FUEL_OF_ALL.values()))
    with open_page_workers(programs, name) as workers:
        for start in range(0, len(work), _AT_ONCE):
            part = work[start : start + _AT_ONCE]
            if left <= 0:
                found += [_CUT_OFF] * len(part)
                continue
            items = [Item(place, _run_task, (item.task, item.md5s), task_limit_s(item.task))
                     for place, item in enumerate(part)]  # fmt: skip
            results = sorted(workers.run(items), key=lambda result: int(result.key))
            found += [
                result.value if result.failure is None else one_line(f"cannot run again here: {result.failure.message}")
                for result in results
            ]
            left -= sum(_spent(result.value) for result in results if result.failure is None)
    return found


def _run_task(opened: OpenedBattery, task: Task, md5s: tuple[str, ...]) -> _Runs:
    """Programs on the samples of a task; runs in a worker."""
    programs = [opened.battery.program(called(md5)) for md5 in md5s]
    runs: dict[str, list[SampleRun]] = {md5: [] for md5 in md5s}
    scope = opened.scope(task)
    for sample in task.samples:
        outcomes = scope.bind(I=sample.input).run([program.root for program in programs])
        for md5, program, outcome in zip(md5s, programs, outcomes, strict=True):
            runs[md5].append(_run(program, outcome, sample.output))
    return {md5: tuple(found) for md5, found in runs.items()}


def _run(program: Program, outcome: Outcome, expected: object) -> SampleRun:
    if outcome.failure is not None:
        words = one_line(failure_in_words(program, outcome.failure, {}))
        return SampleRun(None, words, None if expected is None else False, outcome.fuel)
    output, words = output_of(outcome.value)
    return SampleRun(output, words, None if expected is None else outcome.value == expected, outcome.fuel)


def _spent(runs: _Runs) -> int:
    return sum(run.fuel for found in runs.values() for run in found)
