"""Validating: each kept program alone, from its own text, on every sample. What differs from the battery is a bug."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from arcbatt.arc import Grid, Task
from arcbatt.engine.verdict import Verdict
from arcbatt.pipeline.state import State
from arcbatt.pipeline.timing import Span
from arcbatt.program.parse import parse_programs

__all__ = ["Validation", "first_difference", "t_log", "validate_batch"]


@dataclass(frozen=True, slots=True)
class Validation:
    """What a program gave alone.

    Attributes:
        verdicts: one a sample of the task, demo samples first.
        outputs: the grids it gave on the demo samples; None where it gave none.
        seconds: CPU seconds for all samples, parsing not counted.
        span: when and where it ran.
    """

    verdicts: tuple[Verdict, ...]
    outputs: tuple[Grid | None, ...]
    seconds: float
    span: Span


def validate_batch(state: State, task: Task, texts: Sequence[str]) -> list[Validation]:
    """Runs programs alone, each from its canonical text in a graph of its own, on every sample of a task."""
    return [_validate(state, task, text) for text in texts]


def _validate(state: State, task: Task, text: str) -> Validation:
    start_ns = time.monotonic_ns()
    (program,) = parse_programs(text, "canonical text")
    scope = state.engine.open(program.graph).bind(S=task.pairs)
    verdicts: list[Verdict] = []
    outputs: list[Any] = []
    seconds = 0.0
    for sample in task.samples:
        start_cpu = time.thread_time()
        verdict, grid = scope.bind(I=sample.input).judge_one(program.root, sample.output)
        seconds += time.thread_time() - start_cpu
        verdicts.append(verdict)
        outputs.append(grid)
    span = Span("validate", task.id, start_ns, time.monotonic_ns() - start_ns, os.getpid())
    return Validation(tuple(verdicts), tuple(outputs[: len(task.demo)]), seconds, span)


def t_log(seconds: float) -> int:
    """``11 - int(ln(seconds))``: larger is faster. Times below a nanosecond count as one."""
    return 11 - int(log(max(seconds, 1e-9)))


def first_difference(task: Task, battery: Sequence[Verdict], alone: Sequence[Verdict]) -> str | None:
    """Where a program's outcomes alone differ from those in its battery, in words; None when they agree.

    Outcomes that depend on the machine, such as timeouts, agree with everything.
    """
    for index, (there, here) in enumerate(zip(battery, alone, strict=True)):
        if there != here and not there.is_machine_dependent and not here.is_machine_dependent:
            return f"{task.sample_name(index)}: in the battery {_told(there)}, alone {_told(here)}"
    return None


def _told(verdict: Verdict) -> str:
    what = f"value {verdict.digest}" if verdict.failure is None else str(verdict.failure)
    return f"{what} for {verdict.fuel} fuel"
