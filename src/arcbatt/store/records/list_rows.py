"""What a listing asks for, and its rows: light ones, made by the thousand, without the results sample by sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arcbatt.errors import InputError
from arcbatt.store.records.checks import check_count, check_short

__all__ = [
    "PROGRAM_COLUMNS", "SCORE_COLUMNS", "TASK_COLUMNS", "ListQuery", "ProgramRow", "ScoreRow", "SortKey", "TaskRow",
]  # fmt: skip

SCORE_COLUMNS: Final = (
    "task", "digest", "name", "md5", "size", "demo_right", "demo_count", "near", "test_right", "test_count", "fuel",
    "seconds", "t_log", "failed",
)  # fmt: skip
"""What scores can be sorted by: the fields of :class:`ScoreRow`."""
TASK_COLUMNS: Final = (
    "task", "digest", "demo_count", "test_count", "scores", "name", "md5", "size", "demo_right", "near", "test_right",
    "fuel",
)  # fmt: skip
"""What tasks can be sorted by: the fields of :class:`TaskRow`."""
PROGRAM_COLUMNS: Final = ("name", "md5", "kind", "direction", "size", "tasks", "solved", "demo_right", "near")
"""What programs can be sorted by: the fields of :class:`ProgramRow`."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column to sort by. Rows without a value there come last, whichever the direction."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a listing is about; None stands for anything.

    Attributes:
        task: id of a task: any id that its samples were met under; ``*`` stands for any characters.
        name: name of a program: any that it was seen under; ``*`` stands for any characters.
        md5: MD5 of a program, or the first digits of it.
        near: least share of right cells, 0 to 1: of a score, of a task's best program, of a program's best task.
        is_solved: whether all demo samples are solved: of a score, of a task by some program, of some task by the
            program. Where ``name`` or ``md5`` is given, a task's are those of these programs alone; where ``task`` is
            given, a program's are those on these tasks alone.
        kind: ``solver`` or ``differ``; of programs alone.
        sort: columns, the first one first; what is equal in all stands in the listing's own order.
        limit: most rows, at least 1.

    Raises:
        InputError: a field is out of these bounds.
    """

    task: str | None = None
    name: str | None = None
    md5: str | None = None
    near: float | None = None
    is_solved: bool | None = None
    kind: str | None = None
    sort: tuple[SortKey, ...] = ()
    limit: int | None = None

    def __post_init__(self) -> None:
        for what, word in (("task", self.task), ("name", self.name)):
            if word is not None:
                check_short(word, f"{what} to list")
        if self.md5 is not None and not (0 < len(self.md5) <= 32 and set(self.md5) <= set("0123456789abcdef")):
            raise InputError(f"MD5 to list: expected up to 32 lower-case hexadecimal digits, got {self.md5!r:.80}")
        if self.near is not None and not 0 <= self.near <= 1:
            raise InputError(f"share of right cells to list: expected 0 to 1, got {self.near!r:.80}")
        if self.kind not in (None, "solver", "differ"):
            raise InputError(f"kind to list: expected solver or differ, got {self.kind!r:.80}")
        if self.limit is not None:
            check_count(self.limit, "rows to list", least=1)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score, as listings show it.

    Attributes:
        task: the id that was asked for where that is one, else the first id that the samples were met under.
        digest: of the task's samples.
        name: the program's first name.
        md5: the program.
        size: number of calls in it.
        demo_right: demo samples solved.
        demo_count: demo samples.
        near: mean share of right cells on the demo samples, 0 to 1.
        test_right: test samples solved; None where an output is unknown.
        test_count: test samples.
        fuel: units over all samples.
        seconds: CPU seconds alone for all samples; None where not timed.
        t_log: ``11 - int(ln(seconds))``; None where not timed.
        failed: number of samples that failed.
    """

    task: str
    digest: str
    name: str
    md5: str
    size: int
    demo_right: int
    demo_count: int
    near: float
    test_right: int | None
    test_count: int
    fuel: int
    seconds: float | None
    t_log: int | None
    failed: int


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its best score, as listings show it: by rank, see :mod:`arcbatt.results.ranking`.

    Attributes:
        task: see :class:`ScoreRow`, as for the other fields that stand there.
        digest: of its samples.
        demo_count: demo samples.
        test_count: test samples.
        scores: number of programs with a score.
        name: of the best program; None, like all that follows, where there is no score.
        md5: of the best program.
        size: of the best program.
        demo_right: by the best program.
        near: by the best program.
        test_right: by the best program.
        fuel: of the best program.
    """

    task: str
    digest: str
    demo_count: int
    test_count: int
    scores: int
    name: str | None
    md5: str | None
    size: int | None
    demo_right: int | None
    near: float | None
    test_right: int | None
    fuel: int | None


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program with its scores summed up, as listings show it.

    Attributes:
        name: its first name.
        md5: the program.
        kind: ``solver`` or ``differ``.
        direction: of a differ; None for a solver.
        size: number of calls in it.
        tasks: number of tasks on which it has a score.
        solved: of which it solves all demo samples.
        demo_right: demo samples solved over all its tasks.
        near: largest mean share of right cells on a task, 0 to 1; None where there is no score.
    """

    name: str
    md5: str
    kind: str
    direction: str | None
    size: int
    tasks: int
    solved: int
    demo_right: int
    near: float | None
