"""Evaluating: the battery's solvers on samples, each node of the graph evaluated once."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.tally import VerdictList, Verdicts
from arcbatt.pipeline.timing import Span
from arcbatt.runs.opened_battery import OpenedBattery

__all__ = [
    "SampleReport", "evaluate_samples", "evaluate_samples_cautiously", "evaluate_samples_unshared",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleReport:
    """Verdicts on all solvers of a battery on one sample.

    Attributes:
        index: the sample's number in ``task.samples``: demo samples first, then test samples.
        verdicts: one for each name of ``battery.solvers``, in that order.
        cpu_s: CPU seconds that the evaluation took.
        span: when and where it ran.
    """

    index: int
    verdicts: Verdicts
    cpu_s: float
    span: Span


def evaluate_samples(
    opened: OpenedBattery, task: Task, indices: Sequence[int], cautious: bool = False
) -> list[SampleReport]:
    """Evaluates every solver of the battery on some samples, one after the other.

    A solver sees the sample's input and the demo pairs. The expected output of a test sample is only compared with.

    Args:
        opened: engine and battery.
        task: the task.
        indices: the samples' numbers in ``task.samples``.
        cautious: see :meth:`arcbatt.engine.Scope.run`.
    """
    start_ns, start_cpu = time.monotonic_ns(), time.thread_time()
    samples = [task.samples[index] for index in indices]
    judged = opened.judge_samples(task, samples, cautious)
    took_ns, took_cpu_s = time.monotonic_ns() - start_ns, time.thread_time() - start_cpu
    whole_s = sum(seconds for _, seconds in judged) or 1.0
    reports = []
    for index, (verdicts, seconds) in zip(indices, judged, strict=True):
        duration_ns = int(took_ns * seconds / whole_s)
        span = Span(task.sample_name(index), task.id, start_ns, duration_ns, os.getpid())
        reports.append(SampleReport(index, verdicts, took_cpu_s * seconds / whole_s, span))
        start_ns += duration_ns
    return reports


def evaluate_samples_cautiously(opened: OpenedBattery, task: Task, indices: Sequence[int]) -> list[SampleReport]:
    """The last resort where :func:`evaluate_samples` hung or died: the light programs keep their verdicts."""
    return evaluate_samples(opened, task, indices, cautious=True)


def evaluate_samples_unshared(opened: OpenedBattery, task: Task, indices: Sequence[int]) -> list[SampleReport]:
    """The same as :func:`evaluate_samples` the plain way: one solver after the other, each in a graph of its own.

    This is what sharing is held against, for meaning (``arcbatt verify``) and for speed (``benchmarks/journey.py``).
    """
    reports = []
    for index in indices:
        start_ns, start_cpu = time.monotonic_ns(), time.thread_time()
        verdicts = VerdictList()
        for name in opened.battery.solvers:
            lone = OpenedBattery(Battery.of([opened.battery.program(name)]), opened.options)
            (report,) = evaluate_samples(lone, task, (index,))
            verdicts.append(report.verdicts[0])
        span = Span("unshared", task.id, start_ns, time.monotonic_ns() - start_ns, os.getpid())
        reports.append(SampleReport(index, verdicts, time.thread_time() - start_cpu, span))
    return reports
