"""The records that go into a store and come out of it.

A record checks itself when it is made, so one that exists is sound: this is what protects against a database that
comes from a stranger as well as against a mistake of the caller. All are immutable and compare by value.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard, TypeVar

from arcbatt.errors import InputError

__all__ = [
    "MAX_NAME",
    "MAX_TEXT",
    "DifferScoreRecord",
    "LineageRecord",
    "ProgramRecord",
    "ProgramTotal",
    "RunRecord",
    "ScoreRecord",
    "TaskRecord",
    "is_md5",
]

MAX_TEXT = 4 * 1024 * 1024
"""Longest canonical text of a program, in bytes of UTF-8."""

MAX_NAME = 200
"""Longest name of a program, id of a task and other short text, in characters."""

MAX_INTEGER = 2**63 - 1

DIRECTIONS = {"solver": (None,), "differ": ("iz", "zo")}
"""The directions that a program of each kind can have."""

STATUSES = ("running", "finished", "interrupted", "failed")

_T = TypeVar("_T")

_MD5 = re.compile(r"[0-9a-f]{32}")


def is_md5(value: object) -> TypeGuard[str]:
    """Whether a value is an MD5 as programs are named by: 32 lower-case hexadecimal digits, fit for a file name."""
    return isinstance(value, str) and _MD5.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class ProgramRecord:
    """A program by its canonical text.

    Attributes:
        md5: MD5 of the text, 32 lower-case hexadecimal digits: the identity of the program.
        text: canonical text, at most :data:`MAX_TEXT` bytes.
        kind: ``solver`` or ``differ``.
        direction: ``iz`` or ``zo`` of a differ, None for a solver.
        name: name under which the program was first seen, 1 to :data:`MAX_NAME` printable characters.
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
        _check_md5(self.md5, "program")
        where = f"program {self.md5}"
        if self.kind not in DIRECTIONS or self.direction not in DIRECTIONS[self.kind]:
            raise InputError(f"{where}: expected a solver or an iz or zo differ, got {self.kind!r}, {self.direction!r}")
        _check_short(self.name, f"{where}: name")
        _check_count(self.size, f"{where}: size")
        _check_text(self.text, self.md5, where)


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """How one solver does on one task, validated alone from its own text.

    Attributes:
        task: id of the task.
        md5: the solver.
        demo_right: o_score, 0 to ``demo_count``.
        demo_count: number of demo samples, at least 1.
        test_right: number of test samples solved, None when not every test output is known. Reported only: it enters
            no choice.
        test_count: number of test samples.
        fuel: fuel over all samples of the task.
        seconds: CPU seconds of the validation alone.
        t_log: ``11 - int(ln(seconds))``.
        failures: number of samples that failed, by kind of failure.
    """

    task: str
    md5: str
    demo_right: int
    demo_count: int
    test_right: int | None
    test_count: int
    fuel: int
    seconds: float
    t_log: int
    failures: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_short(self.task, "task id")
        _check_md5(self.md5, f"score on {self.task}")
        where = f"score of {self.md5} on {self.task}"
        _check_count(self.demo_count, f"{where}: demo_count", least=1)
        _check_count(self.demo_right, f"{where}: demo_right", most=self.demo_count)
        _check_count(self.test_count, f"{where}: test_count")
        if self.test_right is not None:
            _check_count(self.test_right, f"{where}: test_right", most=self.test_count)
        _check_count(self.fuel, f"{where}: fuel")
        _check_seconds(self.seconds, where)
        _check_t_log(self.t_log, where)
        _check_failures(self.failures, where)


@dataclass(frozen=True, slots=True)
class DifferScoreRecord:
    """How well a differ tells solved from unsolved, with the output of one solver on one task.

    Attributes:
        task: id of the task.
        solver_md5: the solver whose output was compared.
        differ_md5: the differ.
        iz: s_score as an iz differ, None when it has none.
        zo: s_score as a zo differ, None when it has none.
        t_log: of the differ on this task, None when not timed.
    """

    task: str
    solver_md5: str
    differ_md5: str
    iz: int | None
    zo: int | None
    t_log: int | None = None

    def __post_init__(self) -> None:
        _check_short(self.task, "task id")
        _check_md5(self.solver_md5, f"differ score on {self.task}")
        _check_md5(self.differ_md5, f"differ score on {self.task}")
        where = f"score of differ {self.differ_md5} on {self.task}"
        for name, value in (("iz", self.iz), ("zo", self.zo)):
            if value is not None:
                _check_count(value, f"{where}: {name}")
        if self.t_log is not None:
            _check_t_log(self.t_log, where)


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """Everything that a run found out about one task, saved in one transaction.

    Attributes:
        task: id of the task.
        programs: every program that the scores speak of, and no solver without a score.
        scores: at most one for each solver.
        differ_scores: at most one for each pair of a scored solver and a differ.
        summary: what is kept with the task's done mark for ``--resume``. JSON data: dictionaries with text keys,
            lists, text, finite numbers, booleans and None.
    """

    task: str
    programs: tuple[ProgramRecord, ...]
    scores: tuple[ScoreRecord, ...]
    differ_scores: tuple[DifferScoreRecord, ...]
    summary: dict[str, Any]

    def __post_init__(self) -> None:
        _check_short(self.task, "task id")
        tasks = {score.task for score in self.scores} | {score.task for score in self.differ_scores}
        if not tasks <= {self.task}:
            raise InputError(f"task {self.task}: expected scores of this task alone")
        solvers = _unique([program.md5 for program in self.programs if program.kind == "solver"], self.task)
        differs = _unique([program.md5 for program in self.programs if program.kind == "differ"], self.task)
        if _unique([score.md5 for score in self.scores], self.task) != solvers:
            raise InputError(f"task {self.task}: expected one score for each solver among the programs, and no other")
        pairs = _unique([(score.solver_md5, score.differ_md5) for score in self.differ_scores], self.task)
        if not all(solver in solvers and differ in differs for solver, differ in pairs):
            raise InputError(f"task {self.task}: expected differ scores of solvers and differs among the programs")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of arcbatt over tasks.

    Attributes:
        id: number of the run in its store, from 1, later runs higher.
        key: names what was asked for; runs of the same key can be resumed. The caller's business.
        series: id of the run that this one resumes, over all resumptions; its own id when it began anew.
        arguments: JSON data.
        data_revision: revision of the data set.
        engine: name of the engine.
        versions: JSON data.
        metrics: JSON data; empty while running.
        status: ``running``, ``finished``, ``interrupted`` (also when it was killed) or ``failed``.
        started: time in UTC, ISO 8601, seconds.
        finished: likewise, None while running and when killed.
    """

    id: int
    key: str
    series: int
    arguments: dict[str, Any]
    data_revision: str
    engine: str
    versions: dict[str, Any]
    metrics: dict[str, Any]
    status: str
    started: str
    finished: str | None

    def __post_init__(self) -> None:
        _check_count(self.id, "run: id")
        where = f"run {self.id}"
        _check_count(self.series, f"{where}: series")
        for value in (self.key, self.data_revision, self.engine, self.started):
            _check_short(value, f"{where}: field")
        if self.finished is not None:
            _check_short(self.finished, f"{where}: finished")
        if self.status not in STATUSES:
            raise InputError(f"{where}: expected a status of {', '.join(STATUSES)}, got {self.status!r:.80}")


@dataclass(frozen=True, slots=True)
class LineageRecord:
    """That a program was made from another: by md5, with a word or a line on the mutation. Either may be gone."""

    child: str
    parent: str
    mutation: str

    def __post_init__(self) -> None:
        _check_md5(self.child, "lineage")
        _check_md5(self.parent, "lineage")
        _check_short(self.mutation, f"lineage of {self.child}: mutation")


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
        _check_md5(self.md5, "total")
        for value in (self.o_score, self.tasks, self.solved):
            _check_count(value, f"total of {self.md5}")
        if not isinstance(self.best, (int, float)) or not 0 <= self.best <= 1:
            raise InputError(f"total of {self.md5}: expected a part from 0 to 1, got {self.best!r:.80}")


def _check_md5(value: object, where: str) -> None:
    if not is_md5(value):
        raise InputError(f"{where}: expected an MD5 of 32 hexadecimal digits, got {value!r:.80}")


def _check_short(value: object, where: str) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME or not value.isprintable():
        raise InputError(f"{where}: expected 1 to {MAX_NAME} printable characters, got {value!r:.80}")


def _check_count(value: object, where: str, *, least: int = 0, most: int = MAX_INTEGER) -> None:
    # bool is an int to Python but not to every database
    if type(value) is not int or not least <= value <= most:
        raise InputError(f"{where}: expected an integer from {least} to {most}, got {value!r:.80}")


def _check_seconds(value: object, where: str) -> None:
    if type(value) not in (int, float) or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise InputError(f"{where}: expected seconds, 0 or more, got {value!r:.80}")


def _check_t_log(value: object, where: str) -> None:
    if type(value) is not int or abs(value) > 1000:
        raise InputError(f"{where}: expected a t_log from -1000 to 1000, got {value!r:.80}")


def _check_failures(failures: object, where: str) -> None:
    if not isinstance(failures, Mapping):
        raise InputError(f"{where}: expected failures by kind, got {failures!r:.80}")
    for kind, count in failures.items():
        _check_short(kind, f"{where}: kind of failure")
        _check_count(count, f"{where}: failures")


def _check_text(text: object, md5: str, where: str) -> None:
    if not isinstance(text, str):
        raise InputError(f"{where}: expected text, got {type(text).__name__}")
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: the text is no Unicode text: {error.reason}") from None
    if len(content) > MAX_TEXT:
        raise InputError(f"{where}: expected at most {MAX_TEXT} bytes of text, got {len(content)}")
    actual = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if actual != md5:
        raise InputError(f"{where}: its text has the MD5 {actual}")


def _unique(values: list[_T], task: str) -> set[_T]:
    unique = set(values)
    if len(unique) < len(values):
        raise InputError(f"task {task}: a program or a score is given twice")
    return unique
