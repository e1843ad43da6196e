"""First phase: the battery's solvers on a sample, each node of the graph evaluated once."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from arcbatt.arc import Task
from arcbatt.pipeline.state import State
from arcbatt.pipeline.timing import Span
from arcbatt.pipeline.verdict import Verdict, judge

__all__ = ["SampleReport", "evaluate_sample"]


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
    verdicts: tuple[Verdict, ...]
    cpu_s: float
    span: Span


def evaluate_sample(state: State, task: Task, index: int) -> SampleReport:
    """Evaluates every solver of the battery on one sample.

    A solver sees the sample's input and the demo pairs. The expected output of a test sample is only compared with.
    """
    start_ns, start_cpu = time.monotonic_ns(), time.process_time()
    sample = task.samples[index]
    outcomes = state.scope(task).bind(I=sample.input).run(list(state.battery.solvers.values()))
    verdicts = tuple(judge(outcome, sample.output) for outcome in outcomes)
    cpu_s = time.process_time() - start_cpu
    name = f"demo {index + 1}" if index < len(task.demo) else f"test {index - len(task.demo) + 1}"
    span = Span(name, task.id, start_ns, time.monotonic_ns() - start_ns, os.getpid())
    return SampleReport(index, verdicts, cpu_s, span)
