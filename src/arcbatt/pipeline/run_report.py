"""What a run did, for those who show it."""

from __future__ import annotations

from dataclasses import dataclass, field

from arcbatt.pipeline.task_summary import TaskSummary
from arcbatt.pipeline.timing import Timing
from arcbatt.store import RunTotals

__all__ = ["RunReport"]


@dataclass(slots=True)
class RunReport:
    """What a run did.

    Attributes:
        run_id: its number in the store.
        summaries: the summary of each task by id, in the order in which the tasks were given; tasks that an interrupted
            run did not reach are absent.
        resumed: ids of the tasks that an earlier run had done.
        stored: for each task, by the digest of its samples, the number of its kept programs whose score is in the
            store; tasks that an earlier run had done are among them.
        timing: seconds by phase, summed over the tasks done now.
        durations: seconds of each solver by name, over the tasks done now; a node that several need counts for the
            one that was evaluated first. Depends on the machine.
        is_interrupted: whether Ctrl-C ended the run before its last task.
        lost: tasks that other drivers did too, since they took this one for dead; its results of them were dropped.

    Example:
        >>> report = RunReport(run_id=1)
        >>> report.totals.tasks, report.bugs
        (0, [])
    """

    run_id: int
    summaries: dict[str, TaskSummary] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)
    stored: dict[str, int] = field(default_factory=dict)
    timing: Timing = field(default_factory=Timing)
    durations: dict[str, float] = field(default_factory=dict)
    is_interrupted: bool = False
    lost: int = 0

    def _repr_html_(self) -> str:
        from arcbatt.pipeline.run_html import run_html

        return run_html(self)

    @property
    def bugs(self) -> list[str]:
        """Outcomes that a program did not reproduce alone, sorted: bugs in arcbatt. Empty, one hopes."""
        return sorted(bug for summary in self.summaries.values() for bug in summary.bugs)

    @property
    def totals(self) -> RunTotals:
        """Sums over the tasks."""
        done = [summary for summary in self.summaries.values() if summary.failure is None]
        known = [summary for summary in done if summary.solve_all is not None]
        return RunTotals(
            tasks=len(self.summaries),
            done=len(done),
            failed=len(self.summaries) - len(done),
            solved=sum(bool(summary.solve_all) for summary in known) if known or not done else None,
            demo_solved=sum(summary.solve_demo > 0 for summary in done),
            programs=max((summary.solvers for summary in done), default=0),
            stored=sum(self.stored.values()),
        )
