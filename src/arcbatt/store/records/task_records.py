"""The records that go into a store and come out of it.

A record checks itself when it is made, so one that exists is sound: this is what protects against a database that
comes from a stranger as well as against a mistake of the caller. All are immutable and compare by value. JSON data
goes in and out as text; its owner reads and writes it with :mod:`arcbatt.results.json_form`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.records.checks import (
    check_count,
    check_json,
    check_md5,
    check_short,
    check_t_log,
    check_text,
    check_unique,
)
from arcbatt.store.records.result_checks import check_result

if TYPE_CHECKING:
    from arcbatt.results import ProgramResult, TaskKey, TaskTable

__all__ = [
    "DifferScoreRecord",
    "LineageRecord",
    "ProgramRecord",
    "ProgramTotal",
    "ScoreRecord",
    "TaskRecord",
]

DIRECTIONS = {"solver": (None,), "differ": ("iz", "zo")}
"""The directions that a program of each kind can have."""


@dataclass(frozen=True, slots=True)
class ProgramRecord:
    """A program by its canonical text.

    Attributes:
        md5: MD5 of the text, 32 lower-case hexadecimal digits: the identity of the program.
        text: canonical text, at most 4 MiB.
        kind: ``solver`` or ``differ``.
        direction: ``iz`` or ``zo`` of a differ, None for a solver.
        name: name under which the program was first seen, 1 to 200 printable characters.
        size: number of calls in the program.

    Raises:
        InputError: a field is out of these bounds, or the text has another MD5.
    """

    md5: str
    text: str
    kind: str
    direction: str | None
    name: str
    size: int

    def __post_init__(self) -> None:
        check_md5(self.md5, "program")
        where = f"program {self.md5}"
        if self.kind not in DIRECTIONS or self.direction not in DIRECTIONS[self.kind]:
            raise InputError(f"{where}: expected a solver or an iz or zo differ, got {self.kind!r}, {self.direction!r}")
        check_short(self.name, f"{where}: name")
        check_count(self.size, f"{where}: size")
        check_text(self.text, self.md5, where)


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """How one solver does on one task, validated alone from its own text.

    Attributes:
        task: the task, by the digest of its samples and the first id that it was met under.
        result: the solver's result on it. Of a score that an earlier version of arcbatt stored, the samples are not
            known one by one: solved ones come first, in each of demo and test samples, and what is not solved counts
            as without a right cell.

    Raises:
        InputError: the result is none that a program can have on this task.
    """

    task: TaskKey
    result: ProgramResult

    def __post_init__(self) -> None:
        check_result(self.task, self.result)


@dataclass(frozen=True, slots=True)
class DifferScoreRecord:
    """How well a differ distinguishes solved from unsolved, with the output of one solver on one task.

    Attributes:
        digest: of the task's samples.
        solver_md5: the solver whose output was compared.
        differ_md5: the differ.
        iz: s_score as an iz differ, None when it has none.
        zo: s_score as a zo differ, None when it has none.
        t_log: of the differ on this task, None when not timed.
    """

    digest: str
    solver_md5: str
    differ_md5: str
    iz: int | None
    zo: int | None
    t_log: int | None = None

    def __post_init__(self) -> None:
        for md5 in (self.digest, self.solver_md5, self.differ_md5):
            check_md5(md5, "differ score")
        where = f"score of differ {self.differ_md5} on task {self.digest}"
        for name, value in (("iz", self.iz), ("zo", self.zo)):
            if value is not None:
                check_count(value, f"{where}: {name}")
        check_t_log(self.t_log, where)


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """Everything that a run found out about one task, saved in one transaction.

    Attributes:
        task: the task.
        programs: every program that the results and differ scores speak of, and no solver without a result.
        results: at most one for each solver.
        differ_scores: at most one for each pair of a solver with a result and a differ.
        summary: JSON text, kept with the task's done mark for ``--resume``.
        table: the results of all programs of the run on the task; None when the run keeps no tables.
    """

    task: TaskKey
    programs: tuple[ProgramRecord, ...]
    results: tuple[ProgramResult, ...]
    differ_scores: tuple[DifferScoreRecord, ...]
    summary: str
    table: TaskTable | None = None

    def __post_init__(self) -> None:
        where = f"task {self.task.id}"
        check_json(self.summary, f"{where}: summary")
        for result in self.results:
            check_result(self.task, result)
        if any(score.digest != self.task.digest for score in self.differ_scores):
            raise InputError(f"{where}: expected differ scores of this task alone")
        solvers = check_unique((program.md5 for program in self.programs if program.kind == "solver"), where)
        differs = check_unique((program.md5 for program in self.programs if program.kind == "differ"), where)
        if check_unique((result.md5 for result in self.results), where) != solvers:
            raise InputError(f"{where}: expected one result for each solver among the programs, and no other")
        pairs = check_unique(((score.solver_md5, score.differ_md5) for score in self.differ_scores), where)
        if not all(solver in solvers and differ in differs for solver, differ in pairs):
            raise InputError(f"{where}: expected differ scores of solvers and differs among the programs")
        if self.table is not None and self.table.demo_count != self.task.demo_count:
            raise InputError(f"{where}: expected a table of {self.task.demo_count} demo samples")


@dataclass(frozen=True, slots=True)
class LineageRecord:
    """That a program was made from another: by md5, with a word or a line on the mutation. Either may be gone."""

    child: str
    parent: str
    mutation: str

    def __post_init__(self) -> None:
        check_md5(self.child, "lineage")
        check_md5(self.parent, "lineage")
        check_short(self.mutation, f"lineage of {self.child}: mutation")


@dataclass(frozen=True, slots=True)
class ProgramTotal:
    """A solver's scores over all its tasks; all zero for one that was never scored.

    Attributes:
        md5: the solver.
        o_score: sum of o_score over its tasks: its weight when a battery is drawn.
        tasks: number of tasks on which it has a score.
        solved: number of tasks of which it solves all demo samples.
        best: largest part of a task's demo samples solved, 0 to 1.
    """

    md5: str
    o_score: int
    tasks: int
    solved: int
    best: float

    def __post_init__(self) -> None:
        check_md5(self.md5, "total")
        for value in (self.o_score, self.tasks, self.solved):
            check_count(value, f"total of {self.md5}")
        if not isinstance(self.best, (int, float)) or not 0 <= self.best <= 1:
            raise InputError(f"total of {self.md5}: expected a part from 0 to 1, got {self.best!r:.80}")
