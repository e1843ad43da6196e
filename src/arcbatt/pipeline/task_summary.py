"""The summary of a task: the same for the same task, battery and options, however they were run.

It is what ``arcbatt run --json`` prints for a task and what ``--resume`` gives back for one that is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.errors import InputError
from arcbatt.execute import ItemFailure
from arcbatt.pipeline.differs import DifferReport
from arcbatt.pipeline.score import Candidate, Scores
from arcbatt.pipeline.validate import Validated
from arcbatt.results import FULL_SHARE, FailureGroup, ProgramResult, failure_groups
from arcbatt.results.json_form import from_json

__all__ = ["KeptProgram", "NearestProgram", "PhaseFindings", "TaskSummary", "failed_summary", "final_summary",
           "renamed_summary", "stored_summary", "summarize"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptProgram:
    """A solver that was validated and kept.

    Attributes:
        result: what it gave alone; its measured seconds are left out, since they differ from run to run.
        names: all names that this body has in the battery.
        distances: for each differ by name the sum of what it measures between the solver's grids and the outputs of
            the demo samples; None where it has no value.
    """

    result: ProgramResult
    names: tuple[str, ...]
    distances: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class NearestProgram:
    """The program that comes nearest to solving a task's demo samples.

    Attributes:
        name: in the battery.
        md5: of its canonical text.
        demo_right: number of demo samples solved.
        near: mean over the demo samples of the share of right cells, 0 to 1.
    """

    name: str
    md5: str
    demo_right: int
    near: float


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """What a run found out about a task. Holds no timings.

    Attributes:
        task: the task's id.
        digest: of its samples.
        demo_count: number of demo samples.
        test_count: number of test samples.
        solvers: in the battery.
        differs: in the battery.
        failure: why the task was given up: its work hung or died twice; None where it was done.
        candidates: solvers that give a grid on a demo sample.
        filtered: those with a body of their own.
        outcome_classes: how many of these differ in what they give.
        cut_off: solvers that time or memory ran out for: where it is not 0 the result depends on the machine, and
            ``--resume`` does the task again.
        solve_demo: how many of the filtered solve all demo samples.
        solve_all: how many solve all samples; None when a test output is unknown.
        kept: validated programs, best first.
        nearest: the nearest program where none solves all demo samples; None where one does, or there is no candidate.
        failures: what failed, the largest group first.
        no_grid: solvers that fail on no sample and give a value that is no grid on one.
        bugs: outcomes that were not reproduced, a line each.
    """

    task: str
    digest: str
    demo_count: int
    test_count: int
    solvers: int
    differs: int
    failure: ItemFailure | None = None
    candidates: int = 0
    filtered: int = 0
    outcome_classes: int = 0
    cut_off: int = 0
    solve_demo: int = 0
    solve_all: int | None = None
    kept: tuple[KeptProgram, ...] = ()
    nearest: NearestProgram | None = None
    failures: tuple[FailureGroup, ...] = ()
    no_grid: int = 0
    bugs: tuple[str, ...] = ()

    @property
    def best(self) -> ProgramResult | None:
        """The first of the kept programs."""
        return self.kept[0].result if self.kept else None


@dataclass(frozen=True, slots=True)
class PhaseFindings:
    """What the phases found out about a task.

    Attributes:
        scores: of all solvers.
        distinct: the candidates with a body of their own, in the battery's order.
        outcome_classes: how many of them differ in what they give.
        kept: the kept ones, best first.
        differs: what the differs say of them.
        bugs: outcomes that were not reproduced, a line each.
    """

    scores: Scores
    distinct: Sequence[Candidate]
    outcome_classes: int
    kept: Sequence[Validated]
    differs: DifferReport
    bugs: tuple[str, ...]


def summarize(battery: Battery, task: Task, found: PhaseFindings) -> TaskSummary:
    """The summary of a task that went through all phases."""
    # Alone a program has all the time to itself: what it gives there counts.
    alone = {item.program.root: (item.result.demo_right, item.result.test_right) for item in found.kept}
    rights = [alone.get(item.root, (item.nearness[0], item.test_right)) for item in found.distinct]
    solving = [test_right for demo_right, test_right in rights if demo_right == len(task.demo)]
    is_known = all(sample.output is not None for sample in task.test)
    return TaskSummary(
        task=task.id,
        digest=task.digest,
        demo_count=len(task.demo),
        test_count=len(task.test),
        solvers=len(battery.solvers),
        differs=len(battery.differs),
        candidates=len(found.scores.candidates),
        filtered=len(found.distinct),
        outcome_classes=found.outcome_classes,
        cut_off=found.scores.cut_off,
        solve_demo=len(solving),
        solve_all=solving.count(len(task.test)) if is_known else None,
        kept=tuple(_kept(battery, item, found.differs) for item in found.kept),
        nearest=None if solving else _nearest(battery, task, found.distinct),
        failures=failure_groups(found.scores.table, list(battery.solvers), task.id),
        no_grid=found.scores.table.no_grid_count(),
        bugs=found.bugs,
    )


def failed_summary(task: Task, battery: Battery, failure: ItemFailure) -> TaskSummary:
    """The summary of a task whose work hung or died twice."""
    return TaskSummary(
        task.id, task.digest, len(task.demo), len(task.test), len(battery.solvers), len(battery.differs), failure
    )


def final_summary(text: str) -> TaskSummary | None:
    """The summary that was stored as JSON text; None where the task is to be done again.

    That is so where time or memory ran out for a program, where the work failed, and where the text is no summary: a
    store may come from a stranger.
    """
    summary = stored_summary(text)
    return summary if summary is not None and summary.failure is None and summary.cut_off == 0 else None


def stored_summary(text: str) -> TaskSummary | None:
    """The summary that a JSON text stands for, whatever became of the task; None where it is no summary."""
    try:
        return from_json(TaskSummary, text, "summary")
    except InputError:
        return None


def renamed_summary(summary: TaskSummary, task_id: str) -> TaskSummary:
    """The summary of the same samples under another id."""
    failures = tuple(replace(group, task=task_id) for group in summary.failures)
    return replace(summary, task=task_id, failures=failures)


def _nearest(battery: Battery, task: Task, candidates: Sequence[Candidate]) -> NearestProgram | None:
    near = max((candidate.nearness for candidate in candidates), default=None)
    if near is None:
        return None
    nearest = [battery.program(candidate.name) for candidate in candidates if candidate.nearness == near]
    program = min(nearest, key=lambda program: (program.size, program.md5))
    return NearestProgram(program.name, program.md5, near[0], round(near[1] / (FULL_SHARE * len(task.demo)), 6))


def _kept(battery: Battery, item: Validated, differs: DifferReport) -> KeptProgram:
    program = item.program
    distances = dict(zip(battery.differs, differs.distances[program.md5], strict=True))
    return KeptProgram(replace(item.result, seconds=None), tuple(battery.names[program.name]), distances)
