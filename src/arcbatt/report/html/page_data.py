"""What a report page shows: typed, plain, and of a stated format, so that who gathers and who draws can differ.

A grid is text here: its rows of digits joined by ``/``, as ``"012/345"``; None stands for an unknown one. All texts may
come from strangers and are data: who draws escapes them. Tasks and programs refer to each other by place or MD5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = [
    "FORMAT", "AttemptData", "CalibrationRow", "CurvePoint", "FailureData", "GainData", "GenerationData", "ParentData",
    "PhaseData", "ProgramData", "ProgramOnTask", "ReportData", "RunData", "SampleData", "SampleRun", "SpanData",
    "Standing", "StepData", "TaskData", "TotalsData", "WorkData",
]  # fmt: skip

FORMAT: Final = 1
"""Version of this format; a change that a reader of the page's data would notice raises it."""

Standing = Literal["solved", "demo", "near", "none", "failed"]
"""How a task stands: solved on all samples; on all demo samples, the test wrong or unknown; not solved, but some output
has right cells; no output near; its work was given up."""


@dataclass(frozen=True, slots=True)
class StepData:
    """A statement of a program with its value on a sample.

    Attributes:
        text: the statement, ``x1 = hmirror(I)``.
        words: its value or failure on one line; "" where an earlier step had failed that it needs.
        grid: the value where it is a grid.
        objects: the value drawn in the sample's frame where it is an object, a patch, or a set of them: a list of
            (row, column, color or None) for each object; empty for other values.
        is_failing: whether the program fails at this step.
    """

    text: str
    words: str
    grid: str | None = None
    objects: tuple[tuple[tuple[int, int, int | None], ...], ...] = ()
    is_failing: bool = False


@dataclass(frozen=True, slots=True)
class SampleRun:
    """A program on one sample.

    Attributes:
        output: what it gave, where that is a grid.
        words: what it gave on one line where it is no grid, or how it failed; "" for a grid.
        is_right: None where the output is unknown.
        fuel: units.
        steps: the statements in canonical order; empty where they were not gathered.
    """

    output: str | None
    words: str
    is_right: bool | None
    fuel: int
    steps: tuple[StepData, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramOnTask:
    """A program's result on a task, best first in a task's list.

    Attributes:
        md5: the program.
        demo_right: demo samples solved.
        near: mean share of right cells of the demo samples, 0 to 1.
        test_right: test samples solved; None where that is unknown.
        fuel: units over all samples.
        seconds: CPU seconds over all samples; None where not measured.
        samples: one run a sample, demo samples first; empty where it was not evaluated again for the page.
        note: why it was not; "" where it was.
    """

    md5: str
    demo_right: int
    near: float
    test_right: int | None
    fuel: int
    seconds: float | None
    samples: tuple[SampleRun, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SampleData:
    """A sample: ``demo 1`` or ``test 1``, its input, and its output where that is known."""

    name: str
    input: str
    output: str | None


@dataclass(frozen=True, slots=True)
class AttemptData:
    """An answer of ``solve`` at a test input; places 1 and 2 are the attempts, later ones were not chosen.

    Attributes:
        test: number of the test input, from 1.
        place: from 1.
        grid: the answer.
        probability: 0 to 1; None for a guess.
        basis: ``right``, ``near`` or the name of a guess.
        families: goals and sources of the programs behind it.
        md5s: programs that give it, best first.
        evidence: lines, each begins with ``+`` (speaks for it), ``-`` (against it) or ``=``.
        is_right: None where the output is unknown.
    """

    test: int
    place: int
    grid: str
    probability: float | None
    basis: str
    families: tuple[str, ...]
    md5s: tuple[str, ...]
    evidence: tuple[str, ...]
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class FailureData:
    """Programs that failed in one way: the kind, the primitive, and the first reason with the program it is of."""

    kind: str
    call: str
    message: str
    count: int
    program: str


@dataclass(frozen=True, slots=True)
class TaskData:
    """A task.

    Attributes:
        id: its id.
        digest: of its samples.
        set: name of the set that it was found in; "" where its grids are not at hand.
        standing: see :data:`Standing`.
        near: of the best program, 0 to 1; None where there is none.
        families: goal families and sources behind its programs or attempts, sorted.
        samples: demo samples first; empty where its grids are not at hand.
        programs: best first, some of them.
        program_count: how many have a result.
        attempts: of ``solve``, by test input and place; empty for other jobs.
        failures: largest first.
        notes: further lines: why its work was given up, cut off, why the search ended.
        seconds: CPU seconds that it took; None where not measured.
    """

    id: str
    digest: str
    set: str
    standing: Standing
    near: float | None
    families: tuple[str, ...] = ()
    samples: tuple[SampleData, ...] = ()
    programs: tuple[ProgramOnTask, ...] = ()
    program_count: int = 0
    attempts: tuple[AttemptData, ...] = ()
    failures: tuple[FailureData, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ParentData:
    """A program that another was bred from, and by which mutation."""

    md5: str
    mutation: str


@dataclass(frozen=True, slots=True)
class ProgramData:
    """A program, with sums over the tasks of the page.

    Attributes:
        md5: of its text.
        name: what people call it.
        size: number of calls.
        text: its canonical text.
        words: what it does, in lines; empty where no line is known.
        tasks: number of tasks with a result.
        solved: of which all demo samples are solved.
        near: best share of right cells on a task, 0 to 1; None where there is none.
        fuel: units over all tasks.
        seconds: over all tasks; None where not measured.
        parents: what it was bred from.
    """

    md5: str
    name: str
    size: int
    text: str
    words: tuple[str, ...] = ()
    tasks: int = 0
    solved: int = 0
    near: float | None = None
    fuel: int = 0
    seconds: float | None = None
    parents: tuple[ParentData, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseData:
    """Seconds of a phase, summed over tasks; None where a column does not apply."""

    name: str
    wall_s: float | None
    cpu_s: float | None


@dataclass(frozen=True, slots=True)
class SpanData:
    """A piece of work for the timeline.

    Attributes:
        worker: number of the worker, from 1.
        task: id of the task.
        name: what was done: the name of a phase, or "" for a task as a whole.
        start_s: seconds since the run began.
        wall_s: elapsed seconds.
        cpu_s: CPU seconds; None where not measured.
    """

    worker: int
    task: str
    name: str
    start_s: float
    wall_s: float
    cpu_s: float | None


@dataclass(frozen=True, slots=True)
class WorkData:
    """What the work took, all of it dependent on the machine."""

    phases: tuple[PhaseData, ...] = ()
    spans: tuple[SpanData, ...] = ()


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of a curve: seconds since the beginning (or CPU seconds), and a count."""

    seconds: float
    count: int


@dataclass(frozen=True, slots=True)
class GainData:
    """That a task came nearer in a generation: shares of right cells, 0 to 1."""

    task: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class GenerationData:
    """A generation of an evolution."""

    number: int
    programs: int
    new: int
    solved: int
    programs_per_s: float
    gains: tuple[GainData, ...] = ()


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """Attempts with a probability from ``low`` to ``high``: number, number right, and mean probability."""

    low: float
    high: float
    count: int
    right: int
    mean: float


@dataclass(frozen=True, slots=True)
class RunData:
    """The run that the page is about; a page of a whole workspace has none. Times are UTC, ISO 8601."""

    id: int
    command: str
    arguments: tuple[str, ...]
    status: str
    started: str
    finished: str | None
    engine: str
    data: str
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TotalsData:
    """Sums: tasks, of which solved on all samples (None: unknown), on all demo samples, near, given up; programs."""

    tasks: int
    solved: int | None
    demo_solved: int
    near: int
    failed: int
    programs: int


@dataclass(frozen=True, slots=True)
class ReportData:
    """All that a report page shows.

    Attributes:
        format: :data:`FORMAT`.
        arcbatt: version that gathered it.
        title: what it is a report of.
        run: None for a whole workspace.
        totals: sums.
        tasks: sorted by id, then digest.
        programs: every program that is named, sorted by tasks solved, demo samples solved, nearness (the more the
            better), name, MD5.
        failures: over all tasks, largest first.
        work: phases and timeline.
        solved_over_time: points in time order; empty where not measured.
        right_against_cpu: test outputs right, against the CPU seconds of the tasks so far; empty where unknown.
        generations: of an evolution, in order.
        calibration: rows by rising probability, of ``solve`` with known outputs.
        notes: what could not be gathered and why, a line each.
    """

    format: int
    arcbatt: str
    title: str
    run: RunData | None
    totals: TotalsData
    tasks: tuple[TaskData, ...] = ()
    programs: tuple[ProgramData, ...] = ()
    failures: tuple[FailureData, ...] = ()
    work: WorkData = field(default_factory=WorkData)
    solved_over_time: tuple[CurvePoint, ...] = ()
    right_against_cpu: tuple[CurvePoint, ...] = ()
    generations: tuple[GenerationData, ...] = ()
    calibration: tuple[CalibrationRow, ...] = ()
    notes: tuple[str, ...] = ()
