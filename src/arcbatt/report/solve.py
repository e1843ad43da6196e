"""What ``arcbatt solve`` shows: a line a task, progress, and afterwards what the answers are worth, where known."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from arcbatt.report.progress import JobView
from arcbatt.report.words import counted, own_failure_lines, percent, probability_in_words, samples_right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcbatt.arc import Task
    from arcbatt.report.solve_json import SolveTotals
    from arcbatt.search.solving import SolvedTask, SolveReport

__all__ = ["SolveView", "solved_line"]


def solved_line(task: SolvedTask) -> str:
    """One line on a task: how probably the attempts are right, and what they stand on.

    The two probabilities at a test input stand together; those of the next test input follow a stroke.
    """
    if task.failure is not None:
        return f"{task.task}  given up ({task.failure.kind}): {task.failure.message}"
    if task.programs:
        best = task.programs[0]
        # All that were found, as the story and the JSON count them; the programs named are some of them.
        count = max(len(task.programs), sum(task.found.values()))
        solves = counted(count, "program solves", "programs solve")
        words = f"{solves} the demo samples, best {best.name} ({best.md5[:12]}, {best.source})"
    else:
        bases = dict.fromkeys(attempt.basis for pair in task.attempts for attempt in pair)
        words = f"no program solves the demo samples; attempts: {'; '.join(_basis(task, name) for name in bases)}"
    return f"{task.task}  {_probabilities(task)}{words}{_depends(task)}"


def _probabilities(task: SolvedTask) -> str:
    """Those of the attempts that have one, for each test input; "" where none has."""
    known = [[attempt.probability for attempt in pair if attempt.probability is not None] for pair in task.attempts]
    if not any(known):
        return ""
    told = [", ".join(map(probability_in_words, pair)) or "not known" for pair in known]
    return f"right with probability {' / '.join(told)}; "


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
    """Shows a run while it goes on; a context manager around the work.

    Args:
        tasks: by id; only what is told of them in their demo samples and test inputs is shown before the end.
        quiet: show the end only.
        verbose: show the programs and the attempts of each task.
        explains: show at the end the story of each task.
        to_stderr: leave standard output to something else.
        limit_s: seconds after which the run ends in any case; None for no such bound.

    Attributes:
        store_options: what a command needs to find the same workspace, with a space before it.
        data_options: what a command needs to find the same tasks, likewise.
        resuming: the command that goes on.
        is_saved: whether the store gets the run.
    """

    is_saved = True
    store_options = ""
    data_options = ""
    resuming = ""
    _solved = 0

    def __init__(
        self, tasks: Mapping[str, Task], *, quiet: bool = False, verbose: bool = False, explains: bool = False,
        to_stderr: bool = False, limit_s: float | None = None,
    ) -> None:  # fmt: skip
        super().__init__(len(tasks), quiet=quiet, verbose=verbose, to_stderr=to_stderr, limit_s=limit_s)
        self._tasks = tasks
        self._explains = explains

    def task_done(self, task: SolvedTask) -> None:
        """Shows a task's line and moves the progress bar; verbose, also its programs and attempts."""
        self._solved += bool(task.programs)
        self.advance(f"{self._solved} demo-solved,")
        # The story of a task begins with its line, and that of the only one follows at once.
        if self.quiet or (self._explains and self.count == 1):
            return
        if self._explains:
            self.line(solved_line(task))  # its programs, if they are to be shown, are part of its story
            return
        self._show_task(task)

    def stories(self, report: SolveReport) -> None:
        """Shows the story of each task that was worked on: after the end, since it tells which answers are right."""
        if not self._explains:
            return
        from arcbatt.report.solve_story import story
        from arcbatt.search.solving.worth import right_answers

        for task_id, solved in report.solved.items():
            if self.count > 1:
                self.line()
            self._show_task(solved)
            task = self._tasks[task_id]
            for part in story(solved, task.challenge, right_answers(solved, task), self.width):
                self.line(part) if isinstance(part, str) else self.show(part)

    def _show_task(self, task: SolvedTask) -> None:
        self.line(solved_line(task))
        if not self.verbose:
            return
        for program in task.programs:
            self.line(
                f"    {program.md5}  {program.answers}/{task.test_count} test inputs answered  "
                f"{program.size:>4} calls {program.cost:>4} bits  {program.source}  {program.name}"
            )
        if not self._explains:
            from arcbatt.report.solve_story import attempt_lines

            for line in attempt_lines(task, self._tasks[task.task].challenge):
                self.line(f"    {line}")

    def finish(self, report: SolveReport, totals: SolveTotals, path: str) -> None:
        """Shows the totals, the bugs that were found, and where the submission was written."""
        self.bugs(report.bugs)
        self.line(_totals_line(totals))
        if totals.outputs:
            self.line(
                f"known test outputs: {totals.outputs_right} of {totals.outputs} right within two attempts, "
                f"{totals.expected_known:.1f} expected, {totals.tasks_right} of {totals.known} tasks wholly right"
            )
        elif report.solved:
            outputs = sum(map(len, report.submission.values()))
            self.line(f"{totals.expected:.1f} of {counted(outputs, 'test output')} expected right within two attempts")
        for line in own_failure_lines(group for task in report.solved.values() for group in task.failures):
            self.line(line)
        if not self.quiet and path != "-":
            self.line(f"two attempts at each test output are in {path}")
        if report.lost:
            self.line(f"done twice: {counted(report.lost, 'task')}, since this process was silent and taken for dead")
        if report.is_interrupted:
            self.line("interrupted: the tasks that are left have guesses; the same command with --resume goes on")
        if not self.quiet:
            self.next(self._next_steps(report, totals, path))

    def _next_steps(self, report: SolveReport, totals: SolveTotals, path: str) -> list[str]:
        """Go on, where something is left; see what the answers are worth; look into a task without an answer."""
        steps = [self.resuming] if report.is_interrupted or totals.shortened else []
        if totals.outputs and path != "-":
            steps.append(f"arcbatt score {quote(path)}{self.data_options or ' --set arc1-train'}")
        unsolved = [task_id for task_id, solved in report.solved.items() if not solved.programs]
        if unsolved:
            task = quote(unsolved[0])
            steps.append(f"arcbatt evolve --tasks {task} --time 60{self.data_options}{self.store_options}")
        if self.is_saved:
            steps.append(f"arcbatt report{self.data_options}{self.store_options}")
        return steps


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
