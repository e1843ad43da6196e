"""What a comparison page shows: typed, plain, and of a stated format.

Grids are texts, as in :mod:`arcbatt.report.html.page_data`: rows of digits joined by ``/``. All texts may come from
strangers and are data: who draws escapes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from arcbatt.report.html.page_data import SampleRun

__all__ = ["FORMAT", "Change", "ComparedProgram", "ComparedSample", "ComparedTask", "ComparisonData", "PhaseRow",
           "ProgramList"]  # fmt: skip

FORMAT: Final = 1
"""Version of this format; a change that a reader of the page's data would notice raises it."""

Change = Literal["won", "lost", "nearer", "farther", "different", "swapped", "same"]
"""How a task stands on the second side against the first; the last three are of answers alone, neither won nor lost."""


@dataclass(frozen=True, slots=True)
class ComparedSample:
    """A sample with what both sides give on it.

    Attributes:
        name: ``demo 1`` or ``test 1``.
        input: None where the grids of the task are not at hand.
        expected: the right output; None where it is unknown.
        before: of the first side: one run of its best program, or its two attempts; empty where it has nothing.
        after: of the second side.
    """

    name: str
    input: str | None
    expected: str | None
    before: tuple[SampleRun, ...] = ()
    after: tuple[SampleRun, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedProgram:
    """A program: its name, its MD5 and its canonical text; "" for what is not known."""

    name: str
    md5: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ComparedTask:
    """A task that stands otherwise on the second side, or a test output that both sides answer.

    Attributes:
        task: its id.
        test: number of the test output, from 1; None where the task as a whole is meant.
        change: how it stands.
        before: how it stands on the first side, in words.
        after: on the second.
        near_before: share of right cells of the first side's best program, 0 to 1; of answers 1 for right ones and 0
            for wrong ones; None where it is not known.
        near_after: of the second side's.
        samples: demo samples first; empty where nothing is at hand to be drawn.
        program_before: the first side's best program; None where there is none.
        program_after: the second side's.
        notes: why something is not shown, a line each.
    """

    task: str
    test: int | None
    change: Change
    before: str
    after: str
    near_before: float | None = None
    near_after: float | None = None
    samples: tuple[ComparedSample, ...] = ()
    program_before: ComparedProgram | None = None
    program_after: ComparedProgram | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramList:
    """Programs of one side alone, by name and MD5: the first of them, and how many there are in all."""

    programs: tuple[ComparedProgram, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """Seconds of a phase on both sides: CPU seconds, or elapsed ones where it has no others."""

    name: str
    before_s: float
    after_s: float


@dataclass(frozen=True, slots=True)
class ComparisonData:
    """All that a comparison page shows.

    Attributes:
        format: :data:`FORMAT`.
        arcbatt: version that gathered it.
        kind: whether runs (or workspaces, or result files) or answers are compared.
        before: name of the first side.
        after: name of the second.
        summary: the sums in words, a line each.
        tasks: won first, then lost, nearer, farther, different, swapped, same; by id within.
        only_before: ids of tasks that the first side alone has, sorted.
        only_after: that the second side alone has.
        new: programs of the second side alone.
        gone: of the first side alone.
        phases: those measured on both sides, in their order.
        notes: what could not be gathered and why, a line each.
    """

    format: int
    arcbatt: str
    kind: Literal["runs", "answers"]
    before: str
    after: str
    summary: tuple[str, ...]
    tasks: tuple[ComparedTask, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    new: ProgramList = ProgramList()
    gone: ProgramList = ProgramList()
    phases: tuple[PhaseRow, ...] = ()
    notes: tuple[str, ...] = ()
