"""What each phase took: wall and CPU seconds by the design's metric names, and spans for a trace."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from arcbatt.store import PhaseSeconds

__all__ = ["METRICS", "Span", "Timing"]

METRICS = (
    "main.run_batt",
    "run_batt.check_batt",
    "run_batt.phase4_demo_parallel",
    "run_batt.phase4_demo_cpu",
    "run_batt.phase4_test_parallel",
    "run_batt.phase4_test_cpu",
    "run_batt.phase1_filter",
    "run_batt.phase2_inline_batch",
    "run_batt.phase3a_validate_batch",
    "run_batt.check_solver_speed",
    "run_batt.phase3b_file_ops",
    "run_batt.phase4_differs",
)
"""Every metric, in the order of the table.

``main.run_batt`` holds all others, ``run_batt.check_batt`` the phases named demo and test, and
``phase3a_validate_batch`` holds ``check_solver_speed``. A metric named ``_parallel`` is the time from the first to the
last piece of that work, one named ``_cpu`` its CPU seconds summed over the processes. The other column of each stays
empty, so that no sum over parallel work stands where elapsed time is expected.
"""


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of work on one process, for a trace.

    Attributes:
        name: a metric's name without its prefix, or what was evaluated.
        task: the task's id.
        start_ns: by the system's monotonic clock, which all processes of a machine share.
        duration_ns: wall time.
        process: id of the process.
    """

    name: str
    task: str
    start_ns: int
    duration_ns: int
    process: int


@dataclass(slots=True)
class Timing:
    """Seconds by metric; sums over tasks when merged.

    Attributes:
        wall: elapsed seconds by metric; a metric that has none is absent.
        cpu: CPU seconds by metric, over all processes that took part.
        spans: pieces of work, in no particular order.
    """

    wall: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)

    @contextmanager
    def phase(self, metric: str, task: str) -> Iterator[None]:
        """Measures a block that runs in this process alone."""
        start_ns, start_cpu = time.monotonic_ns(), time.thread_time()
        try:
            yield
        finally:
            duration_ns = time.monotonic_ns() - start_ns
            self.add(metric, duration_ns / 1e9, time.thread_time() - start_cpu)
            self.spans.append(Span(metric.rpartition(".")[2], task, start_ns, duration_ns, os.getpid()))

    def add(self, metric: str, wall_s: float | None = None, cpu_s: float | None = None) -> None:
        """Adds to a metric; None leaves its column as it is."""
        if wall_s is not None:
            self.wall[metric] = self.wall.get(metric, 0.0) + wall_s
        if cpu_s is not None:
            self.cpu[metric] = self.cpu.get(metric, 0.0) + cpu_s

    def merge(self, other: Timing) -> None:
        """Adds another timing's figures and spans to these."""
        for metric, seconds in other.wall.items():
            self.add(metric, wall_s=seconds)
        for metric, seconds in other.cpu.items():
            self.add(metric, cpu_s=seconds)
        self.spans.extend(other.spans)

    def table(self) -> dict[str, PhaseSeconds]:
        """Seconds by metric, in the order of :data:`METRICS`; None where a column does not apply."""
        return {name: PhaseSeconds(self.wall.get(name), self.cpu.get(name)) for name in METRICS}

    def trace(self) -> dict[str, Any]:
        """The spans in Chrome's trace format, which Perfetto opens; times in microseconds."""
        events = [
            {"name": span.name, "cat": "arcbatt", "ph": "X", "ts": span.start_ns / 1000, "dur": span.duration_ns / 1000,
             "pid": span.process, "tid": span.process, "args": {"task": span.task}}
            for span in sorted(self.spans, key=lambda span: (span.start_ns, -span.duration_ns))
        ]  # fmt: skip
        return {"traceEvents": events, "displayTimeUnit": "ms"}
