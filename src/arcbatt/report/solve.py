"""What ``arcbatt solve`` shows: a line a task, progress, and afterwards what the answers are worth, where known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import arcbatt
from arcbatt.report.progress import JobView
from arcbatt.report.words import counted, percent, samples_right

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.search.solving import Budget, SolvedTask, SolveReport

__all__ = ["SolveResults", "SolveTotals", "SolveView", "solve_results", "solve_totals", "solved_line"]


@dataclass(frozen=True, slots=True)
class SolveTotals:
    """Sums over the tasks of a run.

    Attributes:
        tasks: number of tasks.
        worked: those that were worked on, or had been by the run that this one resumes.
        resumed: the latter.
        demo_solved: tasks all of whose demo samples some program solves.
        sources: those tasks by where their best program comes from.
        cut_off: tasks that the clock or memory cut off.
        shortened: tasks that the total time left less than they would have had.
        given_up: tasks whose work hung or died twice.
        outputs: test outputs that are known.
        outputs_right: those of them of which an attempt is right.
        known: tasks all of whose outputs are known.
        tasks_right: those of them all of whose outputs are right.
    """

    tasks: int
    worked: int
    resumed: int
    demo_solved: int
    sources: Mapping[str, int]
    cut_off: int
    shortened: int
    given_up: int
    outputs: int
    outputs_right: int
    known: int
    tasks_right: int


@dataclass(frozen=True, slots=True)
class SolveResults:
    """What ``--json`` writes; the same bytes for the same work, unless a task was cut off or shortened.

    Attributes:
        set: name of the task set.
        revision: of the task set.
        engine: name of the engine.
        seed: of the searches.
        time_per_task_s: seconds for each task.
        total_time_s: seconds for all; None for no bound.
        arcbatt: version.
        interrupted: whether Ctrl-C ended the run.
        totals: sums over the tasks.
        tasks: what each task came to.
    """

    set: str
    revision: str
    engine: str
    seed: int
    time_per_task_s: float
    total_time_s: float | None
    arcbatt: str
    interrupted: bool
    totals: SolveTotals
    tasks: tuple[SolvedTask, ...]


def solve_totals(report: SolveReport, right: Mapping[str, Sequence[bool | None]]) -> SolveTotals:
    """Sums over the tasks of a run.

    Args:
        report: the run's.
        right: by task id, whether the attempts at each output are right; None where it is unknown.
    """
    worked = list(report.solved.values())
    solved = [task for task in worked if task.programs]
    known = [outputs for outputs in right.values() if None not in outputs]
    outputs = [is_right for outputs in right.values() for is_right in outputs if is_right is not None]
    return SolveTotals(
        tasks=len(report.submission),
        worked=len(worked),
        resumed=len(report.resumed),
        demo_solved=len(solved),
        sources=dict(sorted(Counter(task.programs[0].source for task in solved).items())),
        cut_off=sum(task.cut_off for task in worked),
        shortened=sum(task.shortened for task in worked),
        given_up=sum(task.failure is not None for task in worked),
        outputs=len(outputs),
        outputs_right=sum(outputs),
        known=len(known),
        tasks_right=sum(all(outputs) for outputs in known),
    )


def solve_results(
    report: SolveReport, totals: SolveTotals, right: Mapping[str, tuple[bool | None, ...]], tasks: TaskSet,
    budget: Budget, engine: str, seed: int,
) -> SolveResults:  # fmt: skip
    """What ``--json`` writes of a run."""
    return SolveResults(
        set=tasks.name, revision=tasks.revision, engine=engine, seed=seed, time_per_task_s=budget.time_per_task_s,
        total_time_s=budget.total_time_s, arcbatt=arcbatt.__version__, interrupted=report.is_interrupted,
        totals=totals, tasks=tuple(replace(task, right=right[task_id]) for task_id, task in report.solved.items()),
    )  # fmt: skip


def solved_line(task: SolvedTask) -> str:
    """One line on a task: what the attempts stand on."""
    if task.failure is not None:
        return f"{task.task}  given up ({task.failure.kind}): {task.failure.message}"
    if task.programs:
        best = task.programs[0]
        solves = counted(len(task.programs), "program solves", "programs solve")
        words = f"{solves} the demo samples, best {best.name} ({best.md5[:12]}, {best.source})"
    else:
        bases = dict.fromkeys(attempt.basis for pair in task.attempts for attempt in pair)
        words = f"no program solves the demo samples; attempts: {'; '.join(_basis(task, name) for name in bases)}"
    return f"{task.task}  {words}{_depends(task)}"


def _basis(task: SolvedTask, name: str) -> str:
    """What an attempt stands on, in words: near misses and how near the best is, or a guess by its name."""
    if name != "near":
        return f"a guess ({name})"
    if task.nearest is None:
        return "near misses"
    right, near = task.nearest
    return f"near misses, best {samples_right(right, task.demo_count, 'demo')}, {percent(near)} of cells"


def _depends(task: SolvedTask) -> str:
    """A remark where the result depends on the machine."""
    reasons = (
        (task.cut_off, "cut off by time or memory"), (task.shortened, "shortened by the total time"),
    )  # fmt: skip
    words = [reason for is_so, reason in reasons if is_so]
    return f"; {', '.join(words)}" if words else ""


class SolveView(JobView):
    """Shows a run while it goes on; a context manager around the work."""

    _solved = 0

    def task_done(self, task: SolvedTask) -> None:
        """Shows a task's line and moves the progress bar; verbose, every program that solves the demo samples."""
        self._solved += bool(task.programs)
        self.advance(f"{self._solved} demo-solved,")
        if self.quiet:
            return
        self.line(solved_line(task))
        for program in task.programs if self.verbose else ():
            self.line(
                f"    {program.md5}  {program.answers}/{task.test_count} test inputs answered  "
                f"{program.size:>4} calls {program.cost:>4} bits  {program.source}  {program.name}"
            )

    def finish(self, report: SolveReport, totals: SolveTotals, path: str) -> None:
        """Shows the totals, the bugs that were found, and where the submission was written."""
        self.bugs(report.bugs)
        self.line(_totals_line(totals))
        if totals.outputs:
            self.line(
                f"known test outputs: {totals.outputs_right} of {totals.outputs} right within two attempts, "
                f"{totals.tasks_right} of {totals.known} tasks wholly right"
            )
        if not self.quiet and path != "-":
            self.line(f"two attempts at each test output are in {path}")
        if report.is_interrupted:
            self.line("interrupted: the tasks that are left have guesses; the same command with --resume goes on")


def _totals_line(totals: SolveTotals) -> str:
    sources = ", ".join(f"{count} {source}" for source, count in totals.sources.items())
    line = f"{counted(totals.tasks, 'task')}: {totals.demo_solved} with all demo samples solved"
    remarks = [
        (totals.resumed, "done before"),
        (totals.given_up, "given up"),
        (totals.cut_off, "cut off by time or memory, so another machine may answer otherwise"),
        (totals.shortened, "shortened by the total time"),
    ]
    line += f" ({sources})" if sources else ""
    return "; ".join([line, *(f"{count} {words}" for count, words in remarks if count)])
