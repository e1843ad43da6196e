"""One side of a comparison: how the tasks stand, which programs there are, what the phases took.

It is read from a run's tables, from what a workspace keeps, or from a file that ``--json`` wrote. Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from arcbatt.arc._json import read_bytes
from arcbatt.errors import InputError
from arcbatt.results import FULL_SHARE
from arcbatt.results.json_form import from_json
from arcbatt.store import ListQuery, PhaseSeconds, Store

__all__ = ["Side", "TaskStanding", "side_of_file", "side_of_run", "side_of_store"]

_MOST_SHARES: Final = 10**12
"""Of a task in a file."""


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """How a task stands on one side.

    Attributes:
        is_solved: whether some program solves all demo samples.
        is_right: whether the test outputs are right too, by a program or by the attempts; None where that is unknown.
        near: share of right cells of the best program, 0 to 1; None where it is not known.
        program: name of the best program; "" where there is none.
        md5: of the best program; "" where there is none or it is not known.
    """

    is_solved: bool
    is_right: bool | None
    near: float | None
    program: str
    md5: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: what it is called.
        tasks: how each task stands, by what identifies a task: the id and, where known, the digest of the samples.
        programs: name by MD5.
        phases: seconds by phase; empty where they were not measured.
        texts: canonical text by MD5, of those programs whose text is known.
    """

    name: str
    tasks: Mapping[tuple[str, str], TaskStanding]
    programs: Mapping[str, str]
    phases: Mapping[str, PhaseSeconds] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def side_of_run(store: Store, run_id: int, name: str) -> Side:
    """A run of a store, from the tables that it kept.

    Raises:
        InputError: no such run, or one without tables.
    """
    found = [run for run in store.runs() if run.id == run_id]
    if not found:
        raise InputError(f"{name}: no such run; 'arcbatt list runs' lists the runs")
    programs = store.run_programs(run_id)
    tasks = {}
    for key, table in store.tables(run_id):
        table.check(key, len(programs))
        nearness = table.nearness()
        if not nearness:
            continue
        best = max(range(len(nearness)), key=lambda place: (nearness[place], -place))
        result = table.result(best, programs[best])
        solvers = [place for place, near in enumerate(nearness) if near[0] == key.demo_count]
        rights = [table.result(place, programs[place]).test_right for place in solvers]
        is_right = None if None in rights else any(right == key.test_count for right in rights)
        tasks[key.id, key.digest] = TaskStanding(bool(solvers), is_right, result.near, result.name, result.md5)
    if not tasks:
        raise InputError(f"{name}: run {run_id} kept no results to compare; name its workspace, or a file of --json")
    texts = {program.md5: program.text for program in programs}
    return Side(name, tasks, {program.md5: program.name for program in programs}, found[0].phases, texts)


def side_of_store(store: Store, name: str) -> Side:
    """What a workspace keeps: the best score on each task, and all programs."""
    tasks = {
        (row.task, row.digest): TaskStanding(
            row.demo_right == row.demo_count,
            None if row.test_right is None else row.test_right == row.test_count, row.near, row.name or "",
            row.md5 or "",
        )
        for row in store.list_tasks(ListQuery())
        if row.demo_right is not None
    }  # fmt: skip
    programs = store.programs("solver")
    texts = {record.md5: record.text for record in programs}
    return Side(name, tasks, {record.md5: record.name for record in programs}, texts=texts)


# What of the files is read; other keys are left aside.


@dataclass(frozen=True)
class _Program:
    md5: str
    name: str
    text: str | None = None


@dataclass(frozen=True)
class _Kept:
    md5: str
    name: str
    near: float
    demo_right: int
    test_right: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.near <= 1:
            raise InputError(f"near: expected a share from 0 to 1, got {self.near!r:.80}")


@dataclass(frozen=True)
class _Task:
    task: str
    digest: str = ""
    test_count: int = 0
    solve_demo: int | None = None
    solve_all: int | None = None
    kept: tuple[_Kept, ...] = ()
    nearest: _Kept | None = None
    programs: tuple[_Program, ...] = ()
    right: tuple[bool | None, ...] = ()


@dataclass(frozen=True)
class _Timing:
    phases: dict[str, PhaseSeconds] = field(default_factory=dict)


@dataclass(frozen=True)
class _Solved:
    task: str
    test: bool | None = None


@dataclass(frozen=True)
class _File:
    tasks: tuple[_Task, ...] | int
    timing: _Timing | None = None
    solved: tuple[_Solved, ...] = ()
    nearness: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for task, (_, shares) in self.nearness.items():
            if not 0 <= shares <= _MOST_SHARES:
                raise InputError(f"nearness of {task!r:.80}: expected a sum of shares, got {shares!r:.80}")


def side_of_file(path: Path) -> Side:
    """A file that ``run --json``, ``solve --json`` or ``evolve --json`` wrote.

    Raises:
        InputError: it cannot be read, or is no such file.
    """
    where = str(path)
    found = from_json(_File, read_bytes(path), f"{where}: expected a file of --json, or a submission")
    if isinstance(found.tasks, int):
        return Side(where, _evolved(found), {})
    tasks = {(task.task, task.digest): _standing(task) for task in found.tasks}
    programs = {item.md5: item.name for task in found.tasks for item in task.kept}
    programs.update((item.md5, item.name) for task in found.tasks for item in task.programs)
    texts = {item.md5: item.text for task in found.tasks for item in task.programs if item.text is not None}
    return Side(where, tasks, programs, found.timing.phases if found.timing is not None else {}, texts)


def _standing(task: _Task) -> TaskStanding:
    best = task.kept[0] if task.kept else task.nearest
    if task.right:
        known = None not in task.right
        is_right = all(task.right) if known else None
        if not task.programs:
            return TaskStanding(False, is_right, None, "")
        return TaskStanding(True, is_right, None, task.programs[0].name, task.programs[0].md5)
    is_solved = bool(task.solve_demo)
    is_right = None if task.solve_all is None else task.solve_all > 0
    if best is None:
        return TaskStanding(is_solved, is_right, None, "")
    return TaskStanding(is_solved, is_right, best.near, best.name, best.md5)


def _evolved(found: _File) -> dict[tuple[str, str], TaskStanding]:
    solved = {item.task: item.test for item in found.solved}
    return {
        (task, ""): TaskStanding(task in solved, solved.get(task), _share(nearness), "")
        for task, nearness in found.nearness.items()
    }


def _share(nearness: tuple[int, int]) -> float | None:
    """Unknown: the file does not say how many demo samples there are; more is nearer all the same."""
    return nearness[1] / FULL_SHARE
