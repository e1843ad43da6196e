"""What ``arcbatt solve`` shows: a line a task, progress, and afterwards what the answers are worth, where known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from arcbatt.report.progress import task_progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from arcbatt.search.solving import SolveReport

__all__ = ["SolveView", "solve_totals", "solved_line"]

def solve_totals(report: SolveReport, right: Mapping[str, Sequence[bool | None]]) -> dict[str, Any]:
    """Sums over the tasks of a run, as JSON data.

    ``tasks``, ``worked`` (those that were worked on, or had been by the run that this one resumes), ``resumed``,
    ``demo_solved`` (tasks all of whose demo samples some program solves), ``sources`` (those tasks by where their best
    program comes from), ``cut_off``, ``shortened``, ``given_up``; and of the test outputs that are known: ``outputs``,
    ``outputs_right`` (one of the attempts is right), ``known`` (tasks all of whose outputs are known) and
    ``tasks_right`` (those all of whose outputs are right).

    Args:
        report: the run's.
        right: by task id, whether the attempts at each output are right; None where it is unknown.
    """
    summaries = list(report.summaries.values())
    solved = [summary for summary in summaries if summary["programs"]]
    known = [outputs for outputs in right.values() if None not in outputs]
    outputs = [is_right for outputs in right.values() for is_right in outputs if is_right is not None]
    return {
        "tasks": len(report.submission),
        "worked": len(summaries),
        "resumed": len(report.resumed),
        "demo_solved": len(solved),
        "sources": dict(sorted(Counter(summary["programs"][0]["source"] for summary in solved).items())),
        "cut_off": sum(summary["cut_off"] for summary in summaries),
        "shortened": sum(summary["shortened"] for summary in summaries),
        "given_up": sum("failure" in summary for summary in summaries),
        "outputs": len(outputs),
        "outputs_right": sum(outputs),
        "known": len(known),
        "tasks_right": sum(all(outputs) for outputs in known),
    }


def solved_line(summary: dict[str, Any]) -> str:
    """One line on a task: what the attempts stand on."""
    programs = summary["programs"]
    if "failure" in summary:
        told = f"given up ({summary['failure']['kind']}): {summary['failure']['message']}"
    elif programs:
        best = programs[0]
        count = "1 program solves" if len(programs) == 1 else f"{len(programs)} programs solve"
        told = f"{count} the demo samples, best {best['name']} ({best['md5'][:12]}, {best['source']})"
    else:
        bases = dict.fromkeys(attempt["basis"] for pair in summary["attempts"] for attempt in pair)
        told = f"no program solves the demo samples; attempts: {', '.join(map(_basis, bases))}"
    return f"{summary['task']}  {told}{_depends(summary)}"


def _basis(name: str) -> str:
    """What an attempt stands on, in words: near misses, or a guess by its name."""
    return "near misses" if name == "near" else f"a guess ({name})"


def _depends(summary: dict[str, Any]) -> str:
    """A remark where the result depends on the machine."""
    reasons = {"cut_off": "cut off by time or memory", "shortened": "shortened by the total time"}
    told = [reason for key, reason in reasons.items() if summary[key] and "failure" not in summary]
    return f"; {', '.join(told)}" if told else ""


class SolveView:
    """Shows a run while it goes on; a context manager around the work. The live part is for a terminal alone.

    Args:
        count: number of tasks.
        quiet: show the totals only.
        verbose: show every program that solves a task's demo samples.
        to_stderr: leave standard output to something else.
    """

    def __init__(self, count: int, *, quiet: bool = False, verbose: bool = False, to_stderr: bool = False) -> None:
        from rich.console import Console

        self._count = count
        self._quiet = quiet
        self._verbose = verbose
        self._out = Console(stderr=to_stderr, highlight=False, soft_wrap=True)
        self._progress: Progress | None = None
        self._solved = 0

    def __enter__(self) -> SolveView:
        if not self._quiet:
            self._progress = task_progress(self._count, self._out)
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def task_done(self, summary: dict[str, Any]) -> None:
        """Shows a task's line and moves the progress bar."""
        self._solved += bool(summary["programs"])
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], advance=1, description=f"{self._solved} demo-solved,")
        if self._quiet:
            return
        self._print(solved_line(summary))
        for program in summary["programs"] if self._verbose else ():
            self._print(
                f"    {program['md5']}  {program['answers']}/{summary['test_count']} test inputs answered  "
                f"{program['size']:>4} calls {program['cost']:>4} bits  {program['source']}  {program['name']}"
            )

    def finish(self, report: SolveReport, sums: Mapping[str, Any], path: str) -> None:
        """Shows the totals, the bugs that were found, and where the submission was written."""
        for summary in report.summaries.values():
            for bug in summary["bugs"]:
                self._print(f"BUG in arcbatt, please report it: {bug}")
        tasks = "1 task" if sums["tasks"] == 1 else f"{sums['tasks']} tasks"
        sources = ", ".join(f"{count} {source}" for source, count in sums["sources"].items())
        told = f"{tasks}: {sums['demo_solved']} with all demo samples solved" + (f" ({sources})" if sources else "")
        for key, words in _TOLD.items():
            if sums[key]:
                told += f"; {sums[key]} {words}"
        self._print(told)
        if sums["outputs"]:
            self._print(
                f"known test outputs: {sums['outputs_right']} of {sums['outputs']} right within two attempts, "
                f"{sums['tasks_right']} of {sums['known']} tasks wholly right"
            )
        if not self._quiet and path != "-":
            self._print(f"two attempts at each test output are in {path}")
        if report.interrupted:
            self._print("interrupted: the tasks that are left have guesses; the same command with --resume goes on")

    def _print(self, line: str) -> None:
        console: Console = self._out if self._progress is None else self._progress.console
        console.print(line, markup=False)


_TOLD = {
    "resumed": "done before",
    "given_up": "given up",
    "cut_off": "cut off by time or memory, so another machine may answer otherwise",
    "shortened": "shortened by the total time",
}
