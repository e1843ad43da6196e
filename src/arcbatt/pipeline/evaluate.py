"""Evaluating: the battery's solvers on a sample, each node of the graph evaluated once."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.engine.tally import VerdictList, Verdicts
from arcbatt.pipeline.state import State
from arcbatt.pipeline.timing import Span

__all__ = ["SampleReport", "evaluate_sample", "evaluate_sample_cautiously", "evaluate_sample_unshared"]


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


def evaluate_sample(state: State, task: Task, index: int, cautious: bool = False) -> SampleReport:
    """Evaluates every solver of the battery on one sample.

    A solver sees the sample's input and the demo pairs. The expected output of a test sample is only compared with.

    Args:
        state: engine and battery.
        task: the task.
        index: the sample's number in ``task.samples``.
        cautious: see :meth:`arcbatt.engine.Scope.run`.
    """
    start_ns, start_cpu = time.monotonic_ns(), time.thread_time()
    sample = task.samples[index]
    scope = state.scope(task).bind(I=sample.input)
    verdicts = scope.judge(list(state.battery.solvers.values()), sample.output, cautious)
    cpu_s = time.thread_time() - start_cpu
    span = Span(task.sample_name(index), task.id, start_ns, time.monotonic_ns() - start_ns, os.getpid())
    return SampleReport(index, verdicts, cpu_s, span)


def evaluate_sample_cautiously(state: State, task: Task, index: int) -> SampleReport:
    """The last resort where :func:`evaluate_sample` hung or died: the light programs keep their verdicts."""
    return evaluate_sample(state, task, index, cautious=True)


def evaluate_sample_unshared(state: State, task: Task, index: int) -> SampleReport:
    """The same as :func:`evaluate_sample` the plain way: one solver after the other, each in a graph of its own.

    This is what sharing is held against, for meaning (``arcbatt verify``) and for speed (``benchmarks/journey.py``).
    """
    start_ns, start_cpu = time.monotonic_ns(), time.thread_time()
    verdicts = VerdictList()
    for name in state.battery.solvers:
        lone = State(Battery.of([state.battery.program(name)]), state.settings)
        verdicts.append(evaluate_sample(lone, task, index).verdicts[0])
    span = Span("unshared", task.id, start_ns, time.monotonic_ns() - start_ns, os.getpid())
    return SampleReport(index, verdicts, time.thread_time() - start_cpu, span)
