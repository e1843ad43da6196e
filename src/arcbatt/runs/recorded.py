"""The run that a job records in the store: begun with what names it, and ended in one of three ways."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import arcbatt
from arcbatt.arc import TaskSet
from arcbatt.engine import select_engine
from arcbatt.program.program import Program
from arcbatt.results import TaskKey
from arcbatt.results.task_table import RunProgram
from arcbatt.runs.fingerprint import Fingerprint
from arcbatt.runs.options import RunOptions
from arcbatt.store import PhaseSeconds, RunStart, RunTotals, Store

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
    """

    store: Store
    id: int
    is_interrupted: bool = False
    totals: RunTotals | None = None
    phases: Mapping[str, PhaseSeconds] = field(default_factory=dict)


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
