"""One task through all phases, in the order of the design: evaluate, score, filter, inline, validate, differs.

The same code runs a task in one process or with its samples and candidates spread over a pool: the executor decides.
Saving is the caller's, who is the store's one writer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.tally import Verdicts
from arcbatt.execute import Executor, Item, ItemFailure
from arcbatt.pipeline.differs import DifferReport, score_differs
from arcbatt.pipeline.evaluate import SampleReport, evaluate_samples, evaluate_samples_cautiously
from arcbatt.pipeline.filter import distinct_bodies, outcome_classes
from arcbatt.pipeline.inline import best, inline_batch
from arcbatt.pipeline.record import task_record
from arcbatt.pipeline.score import Scores, score
from arcbatt.pipeline.task_summary import PhaseFindings, TaskSummary, failed_summary, summarize
from arcbatt.pipeline.timing import Timing
from arcbatt.pipeline.validate import Claim, Validated, compare, validate_batch
from arcbatt.results import TaskKey
from arcbatt.results.json_form import to_json
from arcbatt.runs.options import RunOptions
from arcbatt.runs.pieces import piece_count
from arcbatt.store import TaskRecord

__all__ = ["TaskRun", "run_task", "task_timeout_s"]

_GRACE_S = 10.0
"""What a process may take beyond its samples' time limits before it is killed."""


@dataclass(frozen=True, slots=True)
class TaskRun:
    """What a run found out about a task.

    Attributes:
        summary: for people and programs. Holds no timings.
        record: what the store keeps; None when the task failed.
        timing: seconds by phase.
    """

    summary: TaskSummary
    record: TaskRecord | None
    timing: Timing


class _ItemFailedError(Exception):
    def __init__(self, failure: ItemFailure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def run_task(
    battery: Battery, task: Task, executor: Executor, options: RunOptions, cautious: bool = False
) -> TaskRun:
    """Takes a task through all phases.

    Deterministic except for timings: the result is the same with any executor. A worker that hangs or dies twice makes
    the task fail as a whole; its summary says so.

    Args:
        battery: the battery, the same as in the executor's workers.
        task: the task.
        executor: opened with an :class:`~arcbatt.runs.OpenedBattery` of the battery and these options.
        options: what to keep, and the limits.
        cautious: evaluate light programs only; see :meth:`arcbatt.engine.Scope.run`.

    Example:
        >>> from arcbatt.execute import InlineExecutor
        >>> from arcbatt.runs import OpenedBattery
        >>> battery, options = Battery.of(parse_programs("def solve_a(I): return vmirror(I)")), RunOptions()
        >>> task = load_set("arc1-train")["67a3c6ac"]
        >>> run_task(battery, task, InlineExecutor(OpenedBattery(battery, options)), options).summary.solve_all
        1
    """
    timing = Timing()
    try:
        with timing.phase("main.run_batt", task.id):
            return _Phases(battery, task, executor, options, timing, cautious).run()
    except _ItemFailedError as error:
        return TaskRun(failed_summary(task, battery, error.failure), None, timing)


def task_timeout_s(samples: int, options: RunOptions, battery: Battery | None = None) -> float | None:
    """Seconds after which a process that works on a whole task is given up; None without a time limit.

    Args:
        samples: of the task.
        options: with the time limit of a sample.
        battery: what is evaluated; None for what is small.
    """
    limit_s = options.limits.timeout_s
    pieces = 1 if battery is None else piece_count(battery, options)
    return None if limit_s is None else _GRACE_S + 4 * limit_s * samples * pieces


class _Phases:
    def __init__(
        self, battery: Battery, task: Task, executor: Executor, options: RunOptions, timing: Timing, cautious: bool
    ) -> None:
        self.battery = battery
        self.task = task
        self.executor = executor
        self.options = options
        self.timing = timing
        self.cautious = cautious

    def run(self) -> TaskRun:
        phase, task = self.timing.phase, self.task
        with phase("run_batt.check_batt", task.id):
            scores = score(self.battery, task, self._evaluate())
        with phase("run_batt.phase1_filter", task.id):
            distinct = distinct_bodies(scores.candidates)
            classes = outcome_classes(distinct)
        with phase("run_batt.phase2_inline_batch", task.id):
            kept = best(inline_batch(self.battery, distinct), self.options)
            claims = [Claim(item.program, scores.verdicts(item.candidate)) for item in kept]
        with phase("run_batt.phase3a_validate_batch", task.id):
            sound, bugs = self._validate(claims)
        with phase("run_batt.phase4_differs", task.id):
            differs = self._score_differs(sound)
        found = PhaseFindings(scores, distinct, classes, sound, differs, bugs)
        return self._result(scores, found)

    def _result(self, scores: Scores, found: PhaseFindings) -> TaskRun:
        summary = summarize(self.battery, self.task, found)
        key = TaskKey.of(self.task)
        record = task_record(self.battery, key, found.kept, found.differs, to_json(summary), scores.table)
        return TaskRun(summary, record, self.timing)

    def _evaluate(self) -> list[Verdicts]:
        demo_count, limit_s = len(self.task.demo), self.options.limits.timeout_s
        count = len(self.task.samples)
        pieces = piece_count(self.battery, self.options)
        evaluate = evaluate_samples_cautiously if self.cautious else evaluate_samples
        # One worker takes all samples of a part at once, several take one each.
        parts = [range(demo_count), range(demo_count, count)] if self.executor.jobs == 1 else [
            range(index, index + 1) for index in range(count)
        ]
        items = [
            Item(part, evaluate, (self.task, part),
                 None if limit_s is None else _GRACE_S + 2 * limit_s * len(part) * pieces, evaluate_samples_cautiously)
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
        return [reports[index].verdicts for index in range(count)]

    def _validate(self, claims: Sequence[Claim]) -> tuple[list[Validated], tuple[str, ...]]:
        limit_s = self.options.limits.timeout_s
        items = [
            Item(
                (start, stop),
                validate_batch,
                (self.task, [claim.program.text for claim in claims[start:stop]]),
                None if limit_s is None else _GRACE_S + 2 * limit_s * len(self.task.samples) * (stop - start),
            )
            for start, stop in self._shares(len(claims))
        ]
        found = dict(self._results(items, "run_batt.phase3a_validate_batch"))
        validations = [validation for part in sorted(found) for validation in found[part]]
        self.timing.add("run_batt.check_solver_speed", cpu_s=sum(item.seconds for item in validations))
        self.timing.spans.extend(item.span for item in validations)
        return compare(self.task, claims, validations)

    def _score_differs(self, sound: Sequence[Validated]) -> DifferReport:
        outputs = {item.program.md5: item.outputs for item in sound}
        names = list(outputs)
        merged = DifferReport({}, {})
        items = [
            Item((start, stop), score_differs, (self.task, {md5: outputs[md5] for md5 in names[start:stop]}),
                 task_timeout_s(len(self.task.samples), self.options))
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
