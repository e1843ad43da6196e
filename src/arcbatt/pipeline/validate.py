"""Validating and comparing: each kept program alone, from its own text, on every sample of a task.

What a program gives alone must be what it gave among others, failures and fuel included. A difference is a bug in
arcbatt: it is reported as one, and the program is not stored. This is the one place that validates; every job does it
here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge, Grid, Task
from arcbatt.engine.verdict import Verdict
from arcbatt.pipeline.timing import Span
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.results import ProgramResult
from arcbatt.runs.opened_battery import OpenedBattery

__all__ = ["Claim", "Validated", "Validation", "compare", "validate_batch"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A program and what it gave among others: one verdict a sample, demo samples first."""

    program: Program
    verdicts: Sequence[Verdict]


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


@dataclass(frozen=True, slots=True)
class Validated:
    """A program that gave alone what it gave among others.

    Attributes:
        program: the program.
        result: as it gave it alone, timed.
        outputs: the grids on the demo samples; None where it gave none.
    """

    program: Program
    result: ProgramResult
    outputs: tuple[Grid | None, ...]


def validate_batch(opened: OpenedBattery, task: Task | Challenge, texts: Sequence[str]) -> list[Validation]:
    """Runs programs alone, each from its canonical text in a graph of its own, on every sample of a task."""
    return [_validate(opened, task, text) for text in texts]


def _validate(opened: OpenedBattery, task: Task | Challenge, text: str) -> Validation:
    start_ns = time.monotonic_ns()
    (program,) = parse_programs(text, "canonical text")
    scope = opened.engine.open(program.graph).bind(S=task.pairs)
    verdicts: list[Verdict] = []
    outputs: list[Grid | None] = []
    seconds = 0.0
    for sample in task.samples:
        start_cpu = time.thread_time()
        verdict, grid = scope.bind(I=sample.input).judge_one(program.root, sample.output)
        seconds += time.thread_time() - start_cpu
        verdicts.append(verdict)
        outputs.append(grid)
    span = Span("validate", task.id, start_ns, time.monotonic_ns() - start_ns, os.getpid())
    return Validation(tuple(verdicts), tuple(outputs[: len(task.demo)]), seconds, span)


def compare(
    task: Task | Challenge, claims: Iterable[Claim], validations: Iterable[Validation]
) -> tuple[list[Validated], tuple[str, ...]]:
    """The programs that gave the same alone, in order, and a line for each that did not.

    Test outputs may be unknown on one side, as they are to a search; then right and wrong are not compared there.
    Outcomes that depend on the machine, such as timeouts, agree with everything.
    """
    sound, bugs = [], []
    for claim, validation in zip(claims, validations, strict=True):
        program = claim.program
        difference = _difference(task, claim.verdicts, validation.verdicts)
        if difference is None:
            sound.append(Validated(program, _result(task, program, validation), validation.outputs))
        else:
            bugs.append(f"task {task.id}, {program.name} ({program.md5}), {difference}")
    return sound, tuple(bugs)


def _result(task: Task | Challenge, program: Program, validation: Validation) -> ProgramResult:
    demo_count = len(task.demo)
    return ProgramResult(
        program.md5, program.name, program.size, validation.verdicts[:demo_count], validation.verdicts[demo_count:],
        tuple(len(output) * len(output[0]) for _, output in task.pairs), validation.seconds,
    )  # fmt: skip


def _difference(task: Task | Challenge, among: Sequence[Verdict], alone: Sequence[Verdict]) -> str | None:
    """Where a program's outcomes alone differ from those among others, in words; None when they agree."""
    for index, (there, here) in enumerate(zip(among, alone, strict=True)):
        if there.is_machine_dependent or here.is_machine_dependent:
            continue
        if not there.agrees_with(here):
            return f"{task.sample_name(index)}: in the battery {_in_words(there)}, alone {_in_words(here)}"
    return None


def _in_words(verdict: Verdict) -> str:
    what = f"value {verdict.digest}" if verdict.failure is None else str(verdict.failure)
    return f"{what} for {verdict.fuel} fuel"
