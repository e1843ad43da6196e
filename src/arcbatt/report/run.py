"""What ``arcbatt run`` shows: a line a task, progress, and at the end what came near, what failed, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING

from arcbatt.pipeline.task_summary import NearestProgram, TaskSummary
from arcbatt.report.progress import JobView
from arcbatt.report.words import counted, failure_line, percent, samples_right
from arcbatt.results import FailureGroup, merged_groups

if TYPE_CHECKING:
    from rich.table import Table

    from arcbatt.pipeline import RunReport, Timing

__all__ = ["RunView", "durations_table", "nearest_lines", "task_line", "timing_table"]

_MOST_NEAR = 5
_MOST_FAILURES = 5


def task_line(summary: TaskSummary) -> str:
    """One line on a task: what solves it, or what comes nearest."""
    return f"{summary.task}  {_standing(summary)}{_cut_off(summary)}"


def _standing(summary: TaskSummary) -> str:
    best, nearest = summary.best, summary.nearest
    if summary.failure is not None:
        return f"given up ({summary.failure.kind}): {summary.failure.message}"
    if best is not None and best.solves_demo:
        word = "solved" if best.solves_all else "demo only" if best.test_right is not None else "demo"
        test = samples_right(best.test_right, summary.test_count, "test")
        return f"{word} {best.name} {_right(summary, best.demo_right)} {test}"
    if nearest is not None and nearest.near == 0:
        return "nothing near: no output has a right cell"
    if nearest is not None:
        return f"nearest {nearest.name} {_right(summary, nearest.demo_right)}, {percent(nearest.near)} of cells"
    return "no program gives a grid"


def _right(summary: TaskSummary, demo_right: int) -> str:
    return samples_right(demo_right, summary.demo_count, "demo")


def _cut_off(summary: TaskSummary) -> str:
    """A warning where the result depends on the machine."""
    count = summary.cut_off
    return f"; {counted(count, 'program')} cut off by time or memory (-t, --memory give more)" if count else ""


def nearest_lines(summaries: Sequence[TaskSummary], most: int = _MOST_NEAR) -> list[str]:
    """A line for each of the tasks that no program solves, the nearest first, at most so many."""
    return [f"{summary.task}  {_standing(summary)}" for _, summary in _nearest(summaries)[:most]]


def _nearest(summaries: Sequence[TaskSummary]) -> list[tuple[NearestProgram, TaskSummary]]:
    """The tasks that no program solves, each with its nearest program, the nearest first."""
    near = [(summary.nearest, summary) for summary in summaries if summary.nearest is not None and summary.nearest.near]
    return sorted(near, key=lambda pair: (-pair[0].near, pair[1].task))


def _failures(summaries: Sequence[TaskSummary]) -> tuple[FailureGroup, ...]:
    return merged_groups(group for summary in summaries for group in summary.failures)


def _failure_lines(groups: Sequence[FailureGroup], tasks: int, store_options: str) -> list[str]:
    """Counts by kind, then the primitives in which most programs fail, each with its first reason."""
    kinds: Counter[str] = Counter()
    for group in groups:
        kinds[str(group.kind)] += group.count
    by_kind = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    whole = counted(sum(kinds.values()), "program") if tasks == 1 else counted(sum(kinds.values()), "evaluation")
    lines = [f"failed: {whole}: {by_kind}", *map(failure_line, groups[:_MOST_FAILURES])]
    if len(groups) > _MOST_FAILURES:
        more = counted(len(groups) - _MOST_FAILURES, "more group")
        lines.append(f"        and {more}: arcbatt list failures{store_options}")
    return lines


def timing_table(timing: Timing) -> Table:
    """The phases with their wall and CPU seconds; a dash where a column does not apply."""
    from rich.table import Table

    table = Table()
    table.add_column("phase")
    table.add_column("wall s", justify="right")
    table.add_column("CPU s", justify="right")
    for name, row in timing.table().items():
        table.add_row(name, *("-" if seconds is None else f"{seconds:.4f}" for seconds in (row.wall_s, row.cpu_s)))
    return table


def durations_table(report: RunReport, most: int) -> Table:
    """The programs that took the longest, with their seconds and their share of all programs' seconds."""
    from rich.table import Table
    from rich.text import Text

    whole = sum(report.durations.values()) or 1.0
    slowest = sorted(report.durations.items(), key=lambda item: (-item[1], item[0]))[:most]
    table = Table()
    table.add_column("seconds", justify="right")
    table.add_column("share", justify="right")
    table.add_column("program")
    for name, seconds in slowest:
        table.add_row(f"{seconds:.4f}", percent(seconds / whole), Text(name))
    return table


class RunView(JobView):
    """Shows a run while it goes on, and its end.

    Attributes:
        options: what a command needs to find the same tasks, programs and workspace, with a space before it.
        store_options: what a command needs to find the same workspace, likewise.
        resuming: the command that goes on after an interrupt.
    """

    options = ""
    store_options = ""
    resuming = ""

    def task_done(self, summary: TaskSummary) -> None:
        """Shows a task's line and moves the progress bar."""
        self.advance()
        if self.quiet:
            return
        self.line(task_line(summary))
        for kept in summary.kept if self.verbose else ():
            result = kept.result
            self.line(
                f"    {result.md5}  {samples_right(result.demo_right, result.demo_count, 'demo')}  "
                f"{samples_right(result.test_right, result.test_count, 'test')}  {percent(result.near)} of cells  "
                f"{result.fuel:>9} fuel  {result.name}"
            )

    def finish(self, report: RunReport, *, timing: bool, durations: int = 0) -> None:
        """Shows the totals, what came near, what failed, what took the time, and what to do next."""
        self.bugs(report.bugs)
        summaries = list(report.summaries.values())
        self.line(_totals_line(report))
        if not self.quiet:
            self._answers(summaries)
        if report.lost:
            self.line(f"done twice: {counted(report.lost, 'task')}, since this process was silent and taken for dead")
        if report.is_interrupted:
            self.line("interrupted: what is done is stored; the same command with --resume goes on")
        if durations:
            self.line("Slowest programs, elapsed time over all samples; shared parts count for the first")
            self.show(durations_table(report, durations))
        if timing:
            self.line("Timing, summed over tasks")
            self.show(timing_table(report.timing))
        if not self.quiet:
            going_on = [self.resuming] if report.is_interrupted else []
            self.next([*going_on, *_next_steps(summaries, self.options, self.store_options)])

    def _answers(self, summaries: Sequence[TaskSummary]) -> None:
        near = nearest_lines(summaries)
        if near and len(summaries) > len(near):
            unsolved = sum(summary.nearest is not None for summary in summaries)
            self.line(f"nearest of {counted(unsolved, 'task')} that no program solves:")
            for line in near:
                self.line(f"  {line}")
        groups = _failures(summaries)
        for line in _failure_lines(groups, len(summaries), self.store_options) if groups else ():
            self.line(line)
        no_grid = sum(summary.no_grid for summary in summaries)
        if no_grid:
            words = counted(no_grid, "program" if len(summaries) == 1 else "evaluation")
            self.line(f"no grid: {words} gave a value that is no grid")


def _totals_line(report: RunReport) -> str:
    sums, summaries = report.totals, report.summaries.values()
    solved = "" if sums.solved is None else f"{sums.solved} solved, "
    line = (
        f"{counted(sums.tasks, 'task')}: {solved}{sums.demo_solved} with all demo samples solved; "
        f"{counted(sum(summary.candidates for summary in summaries), 'candidate')}, "
        f"{sum(summary.filtered for summary in summaries):,} after filter, {counted(sums.stored, 'score')} stored"
    )
    unknown = sum(summary.failure is None and summary.solve_all is None for summary in summaries)
    for count, words in ((sums.failed, "given up"), (unknown, "with unknown test outputs"),
                         (len(report.resumed), "done before")):  # fmt: skip
        line += f"; {count} {words}" if count else ""
    return line


def _next_steps(summaries: Sequence[TaskSummary], options: str, store_options: str) -> list[str]:
    """What to do next: look at the nearest program, breed from it, or list what is there; and the page."""
    near = _nearest(summaries)
    if not near:
        return [f"arcbatt list tasks{store_options}", f"arcbatt report{options}"] if summaries else []
    nearest, summary = near[0]
    task = quote(summary.task)
    return [
        f"arcbatt show {nearest.md5[:12]} --task {task} --steps{options}",
        f"arcbatt evolve --tasks {task} --time 60{options}",
        f"arcbatt report{options}",
    ]
