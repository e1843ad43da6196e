"""Programs on tasks in one call, the results in memory: nothing is stored, validated or searched.

::

    import arcbatt

    found = arcbatt.evaluate("my_solvers.py", arcbatt.load_set().slice(0, 20))
    for item in found.near(0.9):
        print(item.task.id, item.result.name, item.result.near)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from arcbatt.arc import Task, TaskSet
from arcbatt.battery.battery import Battery
from arcbatt.battery.load import load_programs
from arcbatt.engine import Limits
from arcbatt.engine.limits import DEFAULT_FUEL, DEFAULT_TIMEOUT_S
from arcbatt.errors import ExecutorError, InputError
from arcbatt.execute import Item
from arcbatt.pipeline.evaluate import evaluate_samples, evaluate_samples_cautiously
from arcbatt.pipeline.score import score
from arcbatt.pipeline.task_phases import task_timeout_s
from arcbatt.program.parse import Collected
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError
from arcbatt.report.words import counted
from arcbatt.results import (
    FULL_SHARE,
    FailureGroup,
    Nearness,
    ProgramResult,
    RunProgram,
    TaskKey,
    TaskTable,
    failure_groups,
    merged_groups,
)
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.runs.options import DEFAULT_MEMORY_BYTES, RunOptions
from arcbatt.runs.recorded import run_programs
from arcbatt.runs.workers import open_battery_workers

__all__ = ["Evaluated", "Evaluation", "evaluate"]

Programs: TypeAlias = "Battery | Program | Iterable[Program] | Collected | str | os.PathLike[str]"
Tasks: TypeAlias = "TaskSet | Task | Iterable[Task] | str | os.PathLike[str]"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A program on a task.

    Example:
        >>> task = load_set("arc1-train")["67a3c6ac"]
        >>> found = evaluate(parse_programs("def solve_a(I): return vmirror(I)"), task)
        >>> found.solved[0]
        <solve_a on 67a3c6ac: 3/3 demo, 100.0% of cells>
        >>> found.solved[0].result.test_right
        1
    """

    task: TaskKey
    result: ProgramResult

    def __repr__(self) -> str:
        result = self.result
        return (
            f"<{result.name} on {self.task.id}: {result.demo_right}/{result.demo_count} demo, "
            f"{result.near:.1%} of cells>"
        )

    def _repr_html_(self) -> str:
        from arcbatt.evaluation_html import evaluated_html

        return evaluated_html(self)


@dataclass(frozen=True)
class Evaluation:
    """What some programs gave on some tasks. Lists come in the order of the tasks, the better program first.

    Attributes:
        tasks: the tasks, in their order.
        programs: the solvers, in their order; those with the same body are one.
        refusals: what of the files or the collection handed in was refused, and so not evaluated.
        samples: the tasks with their grids, by digest, to be shown.

    Example:
        >>> programs = parse_programs("def solve_a(I): return rot90(I)")
        >>> evaluate(programs, load_set("arc1-train").select(["67a3c6ac", "68b16354"]))
        <Evaluation of 1 program on 2 tasks: 0 solved>
    """

    tasks: tuple[TaskKey, ...]
    programs: tuple[RunProgram, ...]
    _tables: tuple[TaskTable, ...] = field(repr=False)
    refusals: Sequence[ProgramError] = ()
    samples: Mapping[str, Task] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        """Number of pairs of a program and a task."""
        return len(self.tasks) * len(self.programs)

    def __repr__(self) -> str:
        solved = len({item.task.digest for item in self.solved})
        refused = f"; {len(self.refusals):,} refused" if self.refusals else ""
        return (
            f"<Evaluation of {counted(len(self.programs), 'program')} on {counted(len(self.tasks), 'task')}: "
            f"{solved:,} solved{refused}>"
        )

    def __iter__(self) -> Iterator[Evaluated]:
        """Every program on every task: tasks in their order, programs in theirs."""
        for key, table in zip(self.tasks, self._tables, strict=True):
            for place, program in enumerate(self.programs):
                yield Evaluated(key, table.result(place, program))

    @cached_property
    def solved(self) -> list[Evaluated]:
        """The programs that solve all demo samples of a task."""
        return self._chosen(lambda nearness, key: nearness[0] == key.demo_count)

    def near(self, share: float = 0.9) -> list[Evaluated]:
        """The programs that do not solve a task's demo samples, but have at least this share of their cells right.

        Args:
            share: mean over the demo samples, 0 to 1.
        """
        return self._chosen(
            lambda nearness, key: nearness[0] < key.demo_count and nearness[1] / (FULL_SHARE * key.demo_count) >= share
        )

    def best(self, most: int | None = None) -> list[Evaluated]:
        """The best program on each task, in the order of the tasks.

        Args:
            most: of so many tasks from the first on; None for all.
        """
        found = []
        for key, table in list(zip(self.tasks, self._tables, strict=True))[:most]:
            nearness = table.nearness()
            most_near = max(nearness)
            places = [place for place, value in enumerate(nearness) if value == most_near]
            results = (table.result(place, self.programs[place]) for place in places)
            found.append(Evaluated(key, min(results, key=lambda result: result.rank)))
        return found

    def _repr_html_(self) -> str:
        from arcbatt.evaluation_html import evaluation_html

        return evaluation_html(self)

    @cached_property
    def failures(self) -> tuple[FailureGroup, ...]:
        """What failed, by kind and primitive, each with its first reason; the largest group first."""
        names = [program.name for program in self.programs]
        return merged_groups(
            group
            for key, table in zip(self.tasks, self._tables, strict=True)
            for group in failure_groups(table, names, key.id)
        )

    def result(self, program: str, task: str) -> ProgramResult:
        """The result of a program, by name or MD5, on a task, by id.

        Raises:
            InputError: there is no such program or task.
        """
        for key, table in zip(self.tasks, self._tables, strict=True):
            for place, known in enumerate(self.programs if key.id == task else ()):
                if program in (known.name, known.md5):
                    return table.result(place, known)
        raise InputError(f"no program {program!r:.80} on a task {task!r:.80} was evaluated")

    def rows(self) -> list[dict[str, Any]]:
        """A row for every program on every task, as a data frame takes them."""
        return [_row(item) for item in self]

    def frame(self, library: str | None = None) -> Any:
        """The rows as a data frame.

        Args:
            library: ``pandas`` or ``polars``; None for the first of them that is installed.

        Raises:
            ImportError: it is not installed, or neither is.
            InputError: the library is another one.
        """
        from arcbatt.frames import frame_of

        return frame_of(self.rows(), library=library)

    def _chosen(self, fits: Callable[[Nearness, TaskKey], bool]) -> list[Evaluated]:
        found = []
        for key, table in zip(self.tasks, self._tables, strict=True):
            places = [place for place, nearness in enumerate(table.nearness()) if fits(nearness, key)]
            results = [table.result(place, self.programs[place]) for place in places]
            found += [Evaluated(key, result) for result in sorted(results, key=lambda result: result.rank)]
        return found


def evaluate(
    programs: Programs,
    tasks: Tasks,
    *,
    engine: str = "auto",
    fuel: int = DEFAULT_FUEL,
    timeout_s: float | None = DEFAULT_TIMEOUT_S,
    jobs: int | None = None,
    memory_bytes: int | None = DEFAULT_MEMORY_BYTES,
) -> Evaluation:
    """Evaluates programs on all samples of tasks; the same result with any engine and any number of workers.

    Args:
        programs: a program, programs, a battery, what :func:`arcbatt.load_programs` gives, or a file or folder of
            programs.
        tasks: a task set, a task, some tasks, the name of a set such as ``arc1-train``, or a file or folder of tasks.
        engine: ``auto``, ``native``, ``python`` or ``cuda``.
        fuel: units of a program on a sample.
        timeout_s: seconds of a sample for all programs together; None for no limit.
        jobs: number of workers; None for one a core.
        memory_bytes: bound on the memory of each worker; None for none.

    Raises:
        InputError: a file or name is wrong, or there is no solver.
        ExecutorError: a worker hung or died again and again on a task.

    Example:
        >>> tasks = load_set("arc1-train").select(["67a3c6ac"])
        >>> found = evaluate(parse_programs("def solve_a(I): return first(I)"), tasks)
        >>> found.solved, found.near(0.9), found.failures
        ([], [], ())
        >>> found.result("solve_a", "67a3c6ac").is_candidate
        False
    """
    collected = _collected(programs)
    battery = collected if isinstance(collected, Battery) else Battery.of(collected)
    if not battery.solvers:
        raise InputError("expected at least one solver to evaluate, got none")
    chosen = _tasks(tasks)
    options = RunOptions(
        engine=engine, limits=Limits(fuel, timeout_s), jobs=jobs, memory_bytes=memory_bytes, joins_store=False
    )
    with open_battery_workers(battery, options) as workers:
        items = [
            Item(place, _table, (task,), task_timeout_s(len(task.samples), options, battery), _table_cautiously)
            for place, task in enumerate(chosen)
        ]
        tables: dict[int, TaskTable] = {}
        for result in workers.run(items):
            if result.failure is not None:
                raise ExecutorError(f"task {chosen[result.key].id}: {result.failure.message}")
            tables[result.key] = result.value
    keys = tuple(map(TaskKey.of, chosen))
    rows = tuple(tables[place] for place in range(len(keys)))
    refusals = collected.refusals if isinstance(collected, Collected) else ()
    return Evaluation(keys, tuple(run_programs(battery.programs())), rows, refusals, {t.digest: t for t in chosen})


def _table(opened: OpenedBattery, task: Task) -> TaskTable:
    reports = evaluate_samples(opened, task, range(len(task.samples)))
    return score(opened.battery, task, [report.verdicts for report in reports]).table


def _table_cautiously(opened: OpenedBattery, task: Task) -> TaskTable:
    reports = evaluate_samples_cautiously(opened, task, range(len(task.samples)))
    return score(opened.battery, task, [report.verdicts for report in reports]).table


def _collected(programs: Programs) -> Battery | Collected | Iterable[Program]:
    if isinstance(programs, str | os.PathLike):
        found = load_programs(Path(programs))
        if not found.programs:
            raise InputError("\n".join(found.refusals.lines()))
        return found
    return [programs] if isinstance(programs, Program) else programs


def _tasks(tasks: Tasks) -> Sequence[Task]:
    from arcbatt.arc import SETS, load_path, load_set

    if isinstance(tasks, str | os.PathLike):
        tasks = load_set(tasks) if isinstance(tasks, str) and tasks in SETS else load_path(Path(tasks))
    if isinstance(tasks, Task):
        return [tasks]
    return list(tasks.values() if isinstance(tasks, TaskSet) else tasks)


def _row(item: Evaluated) -> dict[str, Any]:
    result, failure = item.result, item.result.first_failure
    return {
        "task": item.task.id,
        "digest": item.task.digest,
        "program": result.name,
        "md5": result.md5,
        "size": result.size,
        "demo_right": result.demo_right,
        "demo_count": result.demo_count,
        "near": result.near,
        "test_right": result.test_right,
        "test_count": result.test_count,
        "fuel": result.fuel,
        "failure": None if failure is None else str(failure.kind),
        "failed_in": None if failure is None else failure.call,
        "reason": None if failure is None else failure.message,
    }
