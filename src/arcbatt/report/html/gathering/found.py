"""What a store has of the subject of a page, before anything is drawn or evaluated: the same for every kind of job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arcbatt.report.html.page_data import GenerationData, ProgramOnTask
from arcbatt.results import FailureGroup, ProgramResult, TaskKey
from arcbatt.search.solving import SolvedTask

__all__ = ["Found", "FoundTask", "KnownProgram", "Progress", "Sums", "result_on_task"]

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many tasks a stage of the work is done with, from 1, and how many there are."""


@dataclass(frozen=True, slots=True)
class KnownProgram:
    """A program whose text is known: its MD5, name, number of calls, canonical text."""

    md5: str
    name: str
    size: int
    text: str


@dataclass(slots=True)
class Sums:
    """What a program came to over the tasks of the page; ``near`` is None before the first, ``seconds`` if unknown."""

    tasks: int = 0
    solved: int = 0
    demo_right: int = 0
    near: float | None = None
    fuel: int = 0
    seconds: float | None = None

    def add(self, on_task: ProgramOnTask, demo_count: int) -> None:
        """Adds the program's result on one more task."""
        self.tasks += 1
        self.solved += on_task.demo_right == demo_count
        self.demo_right += on_task.demo_right
        self.near = max(self.near or 0.0, on_task.near)
        self.fuel += on_task.fuel
        if on_task.seconds is not None:
            self.seconds = (self.seconds or 0.0) + on_task.seconds


@dataclass(slots=True)
class FoundTask:
    """A task of the page.

    Attributes:
        key: of its samples.
        programs: best first, some of them; nothing is evaluated again yet.
        program_count: how many have a result.
        solves_demo: whether some program solves all demo samples.
        solves_all: whether some solves all samples, or, of ``solve``, the attempts are right; None where unknown.
        near: mean share of right cells of the best program, 0 to 1; None where no program is known.
        is_given_up: whether its work was given up.
        unmeasured: MD5s of programs that stand in ``programs`` without a result: it has to be found by evaluation.
        solved: what ``solve`` came to on it.
        failures: what failed.
        notes: lines for people.
        seconds: CPU seconds; None where not measured.
        step: of an evolution, the generation that solved it; None where none did, and of other jobs.
    """

    key: TaskKey
    programs: list[ProgramOnTask] = field(default_factory=list)
    program_count: int = 0
    solves_demo: bool = False
    solves_all: bool | None = None
    near: float | None = None
    is_given_up: bool = False
    unmeasured: set[str] = field(default_factory=set)
    solved: SolvedTask | None = None
    failures: tuple[FailureGroup, ...] = ()
    notes: list[str] = field(default_factory=list)
    seconds: float | None = None
    step: int | None = None


@dataclass(slots=True)
class Found:
    """What a page is about.

    Attributes:
        tasks: in any order.
        programs: by MD5; those of which the text is known.
        sums: by MD5, over all tasks; None: those of what the tasks list.
        generations: of an evolution.
        notes: what could not be read, a line each.
    """

    tasks: list[FoundTask] = field(default_factory=list)
    programs: dict[str, KnownProgram] = field(default_factory=dict)
    sums: Mapping[str, Sums] | None = None
    generations: tuple[GenerationData, ...] = ()
    notes: list[str] = field(default_factory=list)


def result_on_task(result: ProgramResult) -> ProgramOnTask:
    """A stored result as a page has it."""
    return ProgramOnTask(
        result.md5, result.demo_right, result.near, result.test_right, result.fuel, result.seconds
    )  # fmt: skip
