"""What ``arcbatt run`` shows: a line a task, progress, totals, the timing table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcbatt.report.progress import task_progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from arcbatt.pipeline import RunReport, Timing

__all__ = ["RunView", "task_line", "timing_table", "totals"]

def totals(report: RunReport) -> dict[str, Any]:
    """Sums over the tasks of a run, as JSON data.

    ``tasks``, ``failed`` (given up), ``resumed``, ``candidates``, ``filtered``, ``kept``, ``demo_solved`` (tasks all of
    whose demo samples some program solves), ``solved`` (tasks all of whose samples one solves), ``unknown`` (tasks with
    unknown test outputs, which are never counted as solved).
    """
    done = [summary for summary in report.summaries.values() if summary["status"] == "done"]
    return {
        "tasks": len(report.summaries),
        "failed": len(report.summaries) - len(done),
        "resumed": len(report.resumed),
        "candidates": sum(summary["candidates"] for summary in done),
        "filtered": sum(summary["filtered"] for summary in done),
        "kept": sum(len(summary["kept"]) for summary in done),
        "demo_solved": sum(summary["solve_demo"] > 0 for summary in done),
        "solved": sum((summary["solve_all"] or 0) > 0 for summary in done),
        "unknown": sum(summary["solve_all"] is None for summary in done),
    }


def task_line(summary: dict[str, Any]) -> str:
    """One line on a task: candidates before and after the filter, how many solve it, and the best."""
    if summary["status"] == "failed":
        return f"{summary['task']}  failed ({summary['failure']['kind']}): {summary['failure']['message']}"
    solve_all = summary["solve_all"]
    all_told = "test outputs unknown" if solve_all is None else f"{solve_all} solve all"
    return (
        f"{summary['task']}  {summary['candidates']} candidates, {summary['filtered']} after filter; "
        f"{summary['solve_demo']} solve demo, {all_told}; {_best(summary)}{_cut_off(summary)}"
    )


def _cut_off(summary: dict[str, Any]) -> str:
    """A warning where the result depends on the machine."""
    count = summary.get("cut_off", 0)
    return f"; {count} cut off by time or memory (-t SECONDS and --memory MB give more)" if count else ""


def _best(summary: dict[str, Any]) -> str:
    best = summary["best"]
    if best is None:
        return "none kept"
    test = "?" if best["test_right"] is None else best["test_right"]
    return f"best {best['name']} {best['demo_right']}/{summary['demo_count']} demo {test}/{summary['test_count']} test"


def timing_table(timing: Timing) -> Table:
    """The phases with their wall and CPU seconds; a dash where a column does not apply."""
    from rich.table import Table

    table = Table(title="Timing, summed over tasks", title_justify="left")
    table.add_column("phase")
    table.add_column("wall s", justify="right")
    table.add_column("CPU s", justify="right")
    for name, row in timing.table().items():
        table.add_row(name, *("-" if seconds is None else f"{seconds:.4f}" for seconds in row.values()))
    return table


class RunView:
    """Shows a run while it goes on; a context manager around the work.

    Args:
        count: number of tasks.
        quiet: show the totals only.
        verbose: show every kept program of each task.
        to_stderr: leave standard output to something else.
    """

    def __init__(self, count: int, *, quiet: bool = False, verbose: bool = False, to_stderr: bool = False) -> None:
        from rich.console import Console

        self._count = count
        self._quiet = quiet
        self._verbose = verbose
        self._out = Console(stderr=to_stderr, highlight=False, soft_wrap=True)
        self._progress: Progress | None = None

    def __enter__(self) -> RunView:
        if not self._quiet:
            self._progress = task_progress(self._count, self._out)
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def task_done(self, summary: dict[str, Any]) -> None:
        """Shows a task's line and moves the progress bar."""
        if self._progress is not None:
            self._progress.advance(self._progress.task_ids[0])
        if self._quiet:
            return
        self._print(task_line(summary))
        if self._verbose:
            for kept in summary.get("kept", ()):
                test = "?" if kept["test_right"] is None else kept["test_right"]
                self._print(
                    f"    {kept['md5']}  {kept['demo_right']}/{summary['demo_count']} demo  "
                    f"{test}/{summary['test_count']} test  {kept['fuel']:>9} fuel  {kept['name']}"
                )

    def finish(self, report: RunReport, *, timing: bool) -> None:
        """Shows the totals, the bugs that were found, and the timing table when it is asked for."""
        for bug in report.bugs:
            self._print(f"BUG in arcbatt, please report it: {bug}")
        sums = totals(report)
        tasks = "1 task" if sums["tasks"] == 1 else f"{sums['tasks']} tasks"
        told = (
            f"{tasks}: {sums['solved']} solved, {sums['demo_solved']} with all demo samples solved; "
            f"{sums['candidates']} candidates, {sums['filtered']} after filter, {sums['kept']} validated and stored"
        )
        if sums["failed"]:
            told += f"; {sums['failed']} given up"
        if sums["unknown"]:
            told += f"; {sums['unknown']} with unknown test outputs"
        if sums["resumed"]:
            told += f"; {sums['resumed']} done before"
        self._print(told)
        if report.interrupted:
            self._print("interrupted: what is done is stored; the same command with --resume goes on")
        if timing:
            self._out.print(timing_table(report.timing))

    def _print(self, line: str) -> None:
        console: Console = self._out if self._progress is None else self._progress.console
        console.print(line, markup=False)
