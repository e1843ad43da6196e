"""The best programs of both sides of a comparison, run again for their outputs: bounded, in workers that can be killed.

What is bounded is fuel, so the same programs run on every machine; the clock and the memory are the second line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import loaded_files
from arcbatt.engine import Limits, Outcome, select_engine
from arcbatt.execute import Item
from arcbatt.program.parse import collect_programs
from arcbatt.program.program import Program
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.report.html.gathering.values import output_of
from arcbatt.report.html.page_data import SampleRun
from arcbatt.report.steps import failure_in_words
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.runs.options import RunOptions
from arcbatt.runs.workers import open_battery_workers

__all__ = ["FUEL_OF_ALL", "Rerun", "read_solver", "rerun"]

FUEL_OF_ALL: Final[Mapping[str, int]] = {"native": 400_000_000, "python": 20_000_000}
"""Units over all programs, by engine: some ten seconds."""
_FUEL: Final = 5_000_000
"""Of a program on a sample: more than twice what the heaviest known right program needs."""
_TIMEOUT_S: Final = 5.0
_GRACE_S: Final = 30.0
_MEMORY_BYTES: Final = 2 * 1024**3
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
        fuel: units over all programs; None for :data:`FUEL_OF_ALL`. The tasks that are begun are done.

    Returns:
        For each task what its programs gave, by MD5, one run a sample; or why they did not run.

    Raises:
        EngineError: the engine is not installed.
    """
    found: list[_Runs | str] = []
    if not any(item.md5s for item in work):
        return [{} for _ in work]
    name = select_engine(engine).name
    left = fuel if fuel is not None else FUEL_OF_ALL.get(name, min(FUEL_OF_ALL.values()))
    battery = Battery.of(program.renamed(_called(program.md5)) for program in programs)
    options = RunOptions(
        engine=name, limits=Limits(_FUEL, _TIMEOUT_S), primitive_files=tuple(map(str, loaded_files())),
        memory_bytes=_MEMORY_BYTES,
    )  # fmt: skip
    with open_battery_workers(battery, options) as workers:
        for start in range(0, len(work), _AT_ONCE):
            part = work[start : start + _AT_ONCE]
            if left <= 0:
                found += [_CUT_OFF] * len(part)
                continue
            items = [Item(place, _run_task, (item.task, item.md5s), _GRACE_S + _TIMEOUT_S * len(item.task.samples))
                     for place, item in enumerate(part)]  # fmt: skip
            results = sorted(workers.run(items), key=lambda result: int(result.key))
            found += [
                result.value if result.failure is None else one_line(f"cannot run again here: {result.failure.message}")
                for result in results
            ]
            left -= sum(_spent(result.value) for result in results if result.failure is None)
    return found


def _called(md5: str) -> str:
    return f"solve_{md5}"


def _run_task(opened: OpenedBattery, task: Task, md5s: tuple[str, ...]) -> _Runs:
    """Programs on the samples of a task; runs in a worker."""
    programs = [opened.battery.program(_called(md5)) for md5 in md5s]
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
