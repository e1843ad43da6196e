"""What ``benchmarks/generalization.py`` measured, as it is kept in a file, and the sums over it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arcbatt.errors import InputError
from arcbatt.files import read_regular, write_whole
from arcbatt.results.json_form import from_json, to_json

__all__ = [
    "FORMAT", "AttemptResult", "BudgetResult", "OutputResult", "ProgramGroup", "Results", "TaskResult", "Totals",
    "read_results", "totals_of", "write_results",
]  # fmt: skip

FORMAT: Final = 1
"""Version of the file; a file of another one is refused."""


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """An attempt at a test output, held against it.

    Attributes:
        basis: what it stands on: ``right``, ``near`` or the name of a guess.
        source: of the first program that gives it, where that is right on all demo samples; else "".
        family: of that program.
        is_right: whether it is the output.
        probability: what solving itself said of it, 0 to 1; None where it said nothing.
    """

    basis: str
    source: str
    family: str
    is_right: bool
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class OutputResult:
    """A test output.

    Attributes:
        attempts: the better first.
        programs: number of programs that are right on all demo samples and give a grid here.
        is_found: whether one of them gives the output.
    """

    attempts: tuple[AttemptResult, ...]
    programs: int
    is_found: bool

    def is_right(self, attempts: int = 2) -> bool:
        """Whether one of the first attempts is the output."""
        return any(attempt.is_right for attempt in self.attempts[:attempts])


@dataclass(frozen=True, slots=True)
class ProgramGroup:
    """The programs of one source and family that are right on all demo samples of a task.

    Attributes:
        source: where they come from.
        family: their family.
        programs: how many they are, at least 1.
        right: for each test output, whether one of them gives it.
    """

    source: str
    family: str
    programs: int
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class TaskResult:
    """A task.

    Attributes:
        key: its id where names may be told, else 12 hexadecimal digits that are good for comparing alone.
        demo_count: number of demo samples.
        is_own: whether the library has a program for the task of arc1-train that has the same demo samples.
        outputs: of the test samples, in their order.
        groups: its programs by source and family, sorted.
        cpu_s: CPU seconds of the worker; None where its work was given up.
        is_cut_off: whether the clock or memory ended something, so that another machine may come to something else.
    """

    key: str
    demo_count: int
    is_own: bool
    outputs: tuple[OutputResult, ...]
    groups: tuple[ProgramGroup, ...]
    cpu_s: float | None
    is_cut_off: bool

    @property
    def is_wholly_right(self) -> bool:
        """Whether each output is right within two attempts."""
        return all(output.is_right() for output in self.outputs)


@dataclass(frozen=True, slots=True)
class BudgetResult:
    """All tasks at one budget.

    Attributes:
        seconds: the budget of a task.
        wall_s: what all took, with so many jobs as the results name.
        tasks: sorted by key.
    """

    seconds: float
    wall_s: float
    tasks: tuple[TaskResult, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A run of the benchmark.

    Attributes:
        format: version of the file.
        arcbatt: version of the package.
        set: name of the set.
        revision: what identifies its contents.
        part: which of its tasks: ``all``, ``every 8``, ``40 tasks``.
        has_names: whether keys are ids: only where the set may be developed on.
        malformed: number of tasks that the set would have if they were sound.
        leaves_out: whether each task was solved without the programs named for it.
        seed: of the searches.
        jobs: worker processes.
        budgets: by seconds, rising.
    """

    format: int
    arcbatt: str
    set: str
    revision: str
    part: str
    has_names: bool
    malformed: int
    leaves_out: bool
    seed: int
    jobs: int
    budgets: tuple[BudgetResult, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """What every version of the file begins with."""

    format: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over tasks.

    Attributes:
        tasks: number of tasks.
        fitted: those for which some program is right on all demo samples.
        whole: those all of whose outputs are right within two attempts.
        outputs: number of test outputs.
        one: those that the first attempt gives.
        two: those that one of two attempts gives.
        found: those that some program gives that is right on all demo samples.
        fitted_outputs: those for which a program that is right on all demo samples gives a grid.
        fitted_two: of these, those that one of two attempts gives.
        cut_off: tasks whose result depends on the machine.
        cpu_median_s: CPU seconds a task.
        cpu_90_s: nine of ten tasks take no more.
        cpu_sum_s: CPU seconds of all.
    """

    tasks: int
    fitted: int
    whole: int
    outputs: int
    one: int
    two: int
    found: int
    fitted_outputs: int
    fitted_two: int
    cut_off: int
    cpu_median_s: float
    cpu_90_s: float
    cpu_sum_s: float

    @property
    def precision(self) -> float | None:
        """Share of outputs right within two attempts, of those for which a program fits; None where none does."""
        return self.fitted_two / self.fitted_outputs if self.fitted_outputs else None


def totals_of(tasks: Iterable[TaskResult]) -> Totals:
    """Sums over tasks; all 0 for none."""
    tasks = list(tasks)
    outputs = [output for task in tasks for output in task.outputs]
    fitted = [output for output in outputs if output.programs]
    seconds = sorted(task.cpu_s for task in tasks if task.cpu_s is not None)
    return Totals(
        tasks=len(tasks),
        fitted=sum(bool(task.groups) for task in tasks),
        whole=sum(task.is_wholly_right for task in tasks),
        outputs=len(outputs),
        one=sum(output.is_right(1) for output in outputs),
        two=sum(output.is_right() for output in outputs),
        found=sum(output.is_found for output in outputs),
        fitted_outputs=len(fitted),
        fitted_two=sum(output.is_right() for output in fitted),
        cut_off=sum(task.is_cut_off for task in tasks),
        cpu_median_s=statistics.median(seconds) if seconds else 0.0,
        cpu_90_s=_percentile(seconds, 0.9),
        cpu_sum_s=math.fsum(seconds),
    )


def write_results(results: Results, path: Path) -> None:
    """Writes results in one step.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        write_whole(path, (to_json(results) + "\n").encode())
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


def read_results(path: Path) -> Results:
    """The results in a file.

    Raises:
        InputError: it cannot be read, is no file of this benchmark, or one of another version.
    """
    try:
        text = read_regular(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    found = from_json(_Head, text, f"{path}: no results of this benchmark").format
    if found != FORMAT:
        raise InputError(f"{path}: format {found}, but this benchmark reads format {FORMAT}; measure again")
    return from_json(Results, text, f"{path}: no results of this benchmark")


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The least of some rising numbers that so large a share of them does not exceed; 0 of none."""
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else 0.0
