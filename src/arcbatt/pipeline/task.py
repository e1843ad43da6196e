"""One task through all phases, in the order of the design: evaluate, score, filter, inline, validate, differs.

The same code runs a task in one process or with its samples and candidates spread over a pool: the executor decides.
Saving is the caller's, who is the store's one writer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.execute import Executor, Item, ItemFailure
from arcbatt.pipeline.differs import DifferReport, score_differs
from arcbatt.pipeline.evaluate import SampleReport, evaluate_samples, evaluate_samples_cautiously
from arcbatt.pipeline.filter import distinct_bodies, outcome_classes
from arcbatt.pipeline.inline import Inlined, best, inline_batch
from arcbatt.pipeline.record import task_record
from arcbatt.pipeline.score import Candidate, score
from arcbatt.pipeline.settings import Settings
from arcbatt.pipeline.summary import Found, failed_summary, summarize
from arcbatt.pipeline.timing import Timing
from arcbatt.pipeline.validate import Validation, first_difference, validate_batch
from arcbatt.store import TaskRecord

__all__ = ["TaskResult", "run_task", "task_timeout_s"]

_GRACE_S = 10.0
"""What a process may take beyond its samples' time limits before it is killed."""


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a run found out about a task.

    Attributes:
        task: the task's id.
        summary: JSON data for people and programs; see :mod:`arcbatt.pipeline.summary`. Holds no timings.
        record: what the store keeps; None when the task failed.
        timing: seconds by phase.
        bugs: outcomes that a program did not reproduce alone, one line each: bugs in arcbatt. Empty, one hopes.
    """

    task: str
    summary: dict[str, Any]
    record: TaskRecord | None
    timing: Timing
    bugs: tuple[str, ...] = field(default=())


class _ItemFailedError(Exception):
    def __init__(self, failure: ItemFailure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def run_task(
    battery: Battery, task: Task, executor: Executor, settings: Settings, cautious: bool = False
) -> TaskResult:
    """Takes a task through all phases.

    Deterministic but for timings: the result is the same with any executor. A worker that hangs or dies twice makes
    the task fail as a whole; its summary says so.

    Args:
        battery: the battery, the same as in the executor's state.
        task: the task.
        executor: opened with a :class:`~arcbatt.pipeline.state.State` of the battery and these settings.
        settings: what to keep, and the limits.
        cautious: evaluate light programs only; see :meth:`arcbatt.engine.Scope.run`.
    """
    timing = Timing()
    try:
        with timing.phase("main.run_batt", task.id):
            return _Phases(battery, task, executor, settings, timing, cautious).run()
    except _ItemFailedError as error:
        return TaskResult(task.id, failed_summary(task, battery, error.failure), None, timing)


def task_timeout_s(task: Task, settings: Settings) -> float | None:
    """Seconds after which a process that works on a whole task is given up; None without a time limit."""
    limit_s = settings.limits.timeout_s
    return None if limit_s is None else _GRACE_S + 4 * limit_s * len(task.samples)


class _Phases:
    def __init__(
        self, battery: Battery, task: Task, executor: Executor, settings: Settings, timing: Timing, cautious: bool
    ) -> None:
        self.battery = battery
        self.task = task
        self.executor = executor
        self.settings = settings
        self.timing = timing
        self.cautious = cautious

    def run(self) -> TaskResult:
        phase, task = self.timing.phase, self.task
        with phase("run_batt.check_batt", task.id):
            reports = self._evaluate()
            candidates, cut_off = score(self.battery, task, [report.verdicts for report in reports])
        with phase("run_batt.phase1_filter", task.id):
            distinct = distinct_bodies(candidates)
            classes = outcome_classes(distinct)
        with phase("run_batt.phase2_inline_batch", task.id):
            kept = best(inline_batch(self.battery, distinct), self.settings)
        with phase("run_batt.phase3a_validate_batch", task.id):
            validations = self._validate(kept)
            sound, bugs = self._compare(kept, validations)
        with phase("run_batt.phase4_differs", task.id):
            differs = self._score_differs(sound)
        alone = {item.candidate.root: item.candidate for item, _ in sound}
        found = Found(
            candidates=len(candidates),
            # Alone a program has all the time to itself: what it gives there counts.
            distinct=[alone.get(candidate.root, candidate) for candidate in distinct],
            outcome_classes=classes,
            cut_off=cut_off,
            kept=sound,
            differs=differs,
            bugs=bugs,
        )
        summary = summarize(self.battery, task, found)
        return TaskResult(task.id, summary, task_record(self.battery, task, sound, differs, summary), self.timing, bugs)

    def _evaluate(self) -> list[SampleReport]:
        demo_count, limit_s = len(self.task.demo), self.settings.limits.timeout_s
        count = len(self.task.samples)
        evaluate = evaluate_samples_cautiously if self.cautious else evaluate_samples
        # One worker takes all samples of a part at once, several take one each.
        parts = [range(demo_count), range(demo_count, count)] if self.executor.jobs == 1 else [
            range(index, index + 1) for index in range(count)
        ]
        items = [
            Item(part, evaluate, (self.task, part),
                 None if limit_s is None else _GRACE_S + 2 * limit_s * len(part), evaluate_samples_cautiously)
            for part in parts
        ]  # fmt: skip
        start = time.monotonic()
        ends = {"demo": start, "test": start}
        reports: dict[int, SampleReport] = {}
        for _, found in self._results(items, "run_batt.check_batt"):
            for report in found:
                reports[report.index] = report
                part = "demo" if report.index < demo_count else "test"
                ends[part] = time.monotonic()
                self.timing.add(f"run_batt.phase4_{part}_cpu", cpu_s=report.cpu_s)
                self.timing.spans.append(report.span)
        self.timing.add("run_batt.phase4_demo_parallel", wall_s=ends["demo"] - start)
        # Samples of both parts run at the same time: the test's share begins where the demo's ends.
        self.timing.add("run_batt.phase4_test_parallel", wall_s=max(0.0, ends["test"] - ends["demo"]))
        return [reports[index] for index in range(count)]

    def _validate(self, kept: Sequence[Inlined]) -> list[Validation]:
        limit_s = self.settings.limits.timeout_s
        items = [
            Item(
                (start, stop),
                validate_batch,
                (self.task, [item.program.text for item in kept[start:stop]]),
                None if limit_s is None else _GRACE_S + 2 * limit_s * len(self.task.samples) * (stop - start),
            )
            for start, stop in self._shares(len(kept))
        ]
        found: dict[int, Validation] = {}
        for (start, stop), validations in self._results(items, "run_batt.phase3a_validate_batch"):
            found.update(zip(range(start, stop), validations, strict=True))
        validations = [found[index] for index in range(len(kept))]
        self.timing.add("run_batt.check_solver_speed", cpu_s=sum(item.seconds for item in validations))
        self.timing.spans.extend(item.span for item in validations)
        return validations

    def _compare(
        self, kept: Sequence[Inlined], validations: Sequence[Validation]
    ) -> tuple[list[tuple[Inlined, Validation]], tuple[str, ...]]:
        """The candidates that reproduced their outcomes, as they scored alone, and a line for each that did not."""
        sound: list[tuple[Inlined, Validation]] = []
        bugs: list[str] = []
        for item, validation in zip(kept, validations, strict=True):
            candidate = item.candidate
            difference = first_difference(self.task, candidate.verdicts, validation.verdicts)
            if difference is None:
                alone = Candidate.alone(candidate.name, candidate.root, validation.verdicts, candidate.demo_count)
                sound.append((Inlined(alone, item.program), validation))
            else:
                bugs.append(f"task {self.task.id}, {candidate.name} ({item.program.md5}), {difference}")
        return sound, tuple(bugs)

    def _score_differs(self, sound: Sequence[tuple[Inlined, Validation]]) -> DifferReport:
        outputs = {item.program.md5: validation.outputs for item, validation in sound}
        names = list(outputs)
        merged = DifferReport({}, {})
        items = [
            Item((start, stop), score_differs, (self.task, {md5: outputs[md5] for md5 in names[start:stop]}),
                 task_timeout_s(self.task, self.settings))
            for start, stop in self._shares(len(names))
        ]  # fmt: skip
        for _, report in self._results(items, "run_batt.phase4_differs"):
            merged.s_scores.update(report.s_scores)
            merged.distances.update(report.distances)
        return merged

    def _shares(self, count: int) -> Iterator[tuple[int, int]]:
        """Ranges that cover so many candidates, one for each process, or two where that evens out the load."""
        parts = min(count, self.executor.jobs * 2 if self.executor.jobs > 1 else 1)
        bounds = [count * part // parts for part in range(parts + 1)] if parts else []
        return pairwise(bounds)

    def _results(self, items: Sequence[Item], metric: str) -> Iterator[tuple[Any, Any]]:
        """Keys and values as they come; the CPU time of other processes goes to a metric and to the task's sum."""
        for result in self.executor.run(items):
            if result.failure is not None:
                raise _ItemFailedError(result.failure)
            for name in (metric, "main.run_batt"):
                self.timing.add(name, cpu_s=result.cpu_s)
            yield result.key, result.value
