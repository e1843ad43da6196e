"""When and on which worker a run did its tasks: all that the store keeps of this depends on the machine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from arcbatt.errors import InputError
from arcbatt.store.records.checks import check_count, check_md5

__all__ = ["MAX_SECONDS", "MAX_WORKER", "TaskTime", "programs_per_s"]

MAX_WORKER = 1_000_000
"""Highest number of a worker; a run that had more gives the later ones this number."""

MAX_SECONDS = 1e9
"""Most seconds of a run, some 30 years: sums of what a stranger wrote stay finite."""


@dataclass(frozen=True, slots=True)
class TaskTime:
    """A piece of a run's work: a task as a whole, or a step of an evolution on a task.

    Attributes:
        run_id: the run that did it; times are counted from its beginning.
        digest: of the task's samples.
        worker: number of the thread or process, from 1; what took the place of a process that ended may have its
            number. Where a task was spread over all workers, 1; tasks are done one after the other then.
        start_s: seconds from the beginning of the run, by the monotonic clock.
        wall_s: elapsed seconds.
        cpu_s: CPU seconds over all workers that took part, so that a task that was spread may have more than elapsed;
            None when not measured.
        step: of an evolution, from 0; 0 for other runs.
        programs: distinct programs evaluated in it; of a task that was solved, those that the searches tried. None when
            not counted.

    Raises:
        InputError: a field is out of these bounds.
    """

    run_id: int
    digest: str
    worker: int
    start_s: float
    wall_s: float
    cpu_s: float | None
    step: int = 0
    programs: int | None = None

    def __post_init__(self) -> None:
        check_count(self.run_id, "time of a task: run")
        check_md5(self.digest, "time of a task")
        where = f"time of task {self.digest} in run {self.run_id}"
        check_count(self.worker, f"{where}: worker", least=1, most=MAX_WORKER)
        check_count(self.step, f"{where}: step")
        for name, seconds in (("start_s", self.start_s), ("wall_s", self.wall_s), ("cpu_s", self.cpu_s)):
            if name != "cpu_s" or seconds is not None:
                _check_span(seconds, f"{where}: {name}")
        if self.programs is not None:
            check_count(self.programs, f"{where}: programs")

    @property
    def end_s(self) -> float:
        """When it ended, as ``start_s``."""
        return self.start_s + self.wall_s


def programs_per_s(times: Iterable[TaskTime], samples: Mapping[str, int] | None = None) -> float | None:
    """Programs by the wall clock, from the first piece's start to the last one's end, summed over the runs.

    What is not done yet does not count, so the figure lags behind by a task a worker while a run goes on.

    Args:
        times: of any runs, in any order.
        samples: number of samples of each task by its digest: then the figure is evaluations, programs times samples,
            and tasks that are not among them are left out. None for programs.

    Returns:
        0 or more; None where nothing was counted or no time went by.

    Example:
        >>> task = "0" * 32
        >>> times = [TaskTime(1, task, 1, 0.0, 1.0, 1.0, 0, 100), TaskTime(1, task, 2, 0.5, 1.5, 1.0, 1, 300)]
        >>> programs_per_s(times), programs_per_s(times, {task: 4})
        (200.0, 800.0)
    """
    spans: dict[int, tuple[float, float]] = {}
    count = 0
    for time in times:
        if time.programs is not None and (samples is None or time.digest in samples):
            count += time.programs * (1 if samples is None else samples[time.digest])
            start_s, end_s = spans.get(time.run_id, (time.start_s, time.end_s))
            spans[time.run_id] = min(start_s, time.start_s), max(end_s, time.end_s)
    elapsed_s = sum(end_s - start_s for start_s, end_s in spans.values())
    return count / elapsed_s if elapsed_s > 0 else None


def _check_span(value: object, where: str) -> None:
    if type(value) not in (int, float) or not math.isfinite(value) or not 0 <= value <= MAX_SECONDS:  # type: ignore[arg-type, operator]
        raise InputError(f"{where}: expected seconds from 0 to {MAX_SECONDS:.0f}, got {value!r:.80}")
