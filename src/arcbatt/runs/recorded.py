"""The run that a job records in the store: begun with what names it, and ended in one of three ways."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import arcbatt
from arcbatt.arc import TaskSet
from arcbatt.engine import select_engine
from arcbatt.execute import Result
from arcbatt.program.program import Program
from arcbatt.results import TaskKey
from arcbatt.results.task_table import RunProgram
from arcbatt.runs.fingerprint import Fingerprint
from arcbatt.runs.options import RunOptions
from arcbatt.store import PhaseSeconds, RunStart, RunTotals, Store, TaskTime
from arcbatt.store.records.task_times import MAX_WORKER

__all__ = ["RecordedRun", "recorded_run", "run_programs"]


@dataclass(slots=True)
class RecordedRun:
    """A run in the store while it goes on; what it came to is filled in by the job before its end.

    Attributes:
        store: open for writing.
        id: the run's number.
        is_interrupted: whether Ctrl-C ended it.
        totals: what it came to; None where it did not get so far.
        phases: seconds by phase.
        began: when, by :func:`time.monotonic`.
    """

    store: Store
    id: int
    is_interrupted: bool = False
    totals: RunTotals | None = None
    phases: Mapping[str, PhaseSeconds] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def time_of(
        self, digest: str, result: Result, cpu_s: float | None, *, step: int = 0, programs: int | None = None
    ) -> TaskTime | None:
        """When and by which worker the result of a task came about; None where nobody knows, since it was given up.

        Args:
            digest: of the task's samples.
            result: from the executor.
            cpu_s: CPU seconds; None when not measured.
            step: of an evolution.
            programs: distinct programs evaluated; None when not counted.
        """
        if result.worker == 0:
            return None
        return TaskTime(
            self.id, digest, min(result.worker, MAX_WORKER), round(max(0.0, result.start - self.began), 6),
            round(result.wall_s, 6), None if cpu_s is None else round(cpu_s, 6), step, programs,
        )  # fmt: skip


@contextmanager
def recorded_run(
    store: Store, fingerprint: Fingerprint, tasks: TaskSet, options: RunOptions
) -> Iterator[RecordedRun]:
    """Records a run around a block: ``finished`` after it, ``failed`` on an error, ``interrupted`` where it says
    so and on Ctrl-C.

    The tasks' ids become names of their samples in the store first.

    Args:
        store: open for writing.
        fingerprint: names the job.
        tasks: what it works on.
        options: engine, resume, and the words of the command line.

    Raises:
        StoreError: something cannot be saved; what was saved before stays.
    """
    engine = select_engine(options.engine, options.limits)
    versions = {"arcbatt": arcbatt.__version__, "engine": engine.version, "python": platform.python_version()}
    start = RunStart(
        key=fingerprint.key, command=fingerprint.parts["command"], arguments=options.arguments,
        data=tasks.name, data_revision=tasks.revision, engine=engine.name, versions=versions,
    )  # fmt: skip
    store.name_tasks([TaskKey.of(task) for task in tasks.values()])
    run = RecordedRun(store, store.begin_run(start, resume=options.resume))
    try:
        yield run
    except BaseException as error:
        status = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
        store.finish_run(run.id, status, run.totals, run.phases)
        raise
    status = "interrupted" if run.is_interrupted else "finished"
    store.finish_run(run.id, status, run.totals, run.phases)


def run_programs(programs: Iterable[Program]) -> list[RunProgram]:
    """Solvers as the tables of a run name them, in their order."""
    return [
        RunProgram(program.md5, program.name, program.size, program.text)
        for program in programs if program.kind == "solver"
    ]  # fmt: skip
