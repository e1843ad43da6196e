"""What ``arcbatt solve`` shows: a line a task, progress, and afterwards what the answers are worth, where known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcbatt.report.progress import JobView
from arcbatt.report.words import counted, own_failure_lines, percent, samples_right

if TYPE_CHECKING:
    from arcbatt.report.solve_json import SolveTotals
    from arcbatt.search.solving import SolvedTask, SolveReport

__all__ = ["SolveView", "solved_line"]


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
        for line in own_failure_lines(group for task in report.solved.values() for group in task.failures):
            self.line(line)
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
