"""What the store keeps of a task: the kept solvers, the differs, and their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.pipeline.differs import DifferReport
from arcbatt.pipeline.inline import Inlined
from arcbatt.pipeline.validate import Validation, t_log
from arcbatt.program.program import Program
from arcbatt.store import DifferScoreRecord, ProgramRecord, ScoreRecord, TaskRecord

__all__ = ["program_record", "task_record"]


def program_record(program: Program) -> ProgramRecord:
    """A program as the store keeps it."""
    return ProgramRecord(program.md5, program.text, program.kind, program.direction, program.name, program.size)


def task_record(
    battery: Battery,
    task: Task,
    sound: Sequence[tuple[Inlined, Validation]],
    differs: DifferReport,
    summary: dict[str, Any],
) -> TaskRecord:
    """Everything about a task that goes into the store in one transaction."""
    differ_programs = [battery.program(name) for name in battery.differs] if sound else []
    solver_programs = [item.program for item, _ in sound]
    return TaskRecord(
        task=task.id,
        programs=tuple(map(program_record, (*solver_programs, *differ_programs))),
        scores=tuple(_score_record(task, item, validation) for item, validation in sound),
        differ_scores=tuple(
            _differ_score(task, solver.md5, differ, s_score)
            for solver in solver_programs
            for differ, s_score in zip(differ_programs, differs.s_scores[solver.md5], strict=True)
        ),
        summary=summary,
    )


def _score_record(task: Task, item: Inlined, validation: Validation) -> ScoreRecord:
    candidate = item.candidate
    return ScoreRecord(
        task=task.id,
        md5=item.program.md5,
        demo_right=candidate.demo_right,
        demo_count=candidate.demo_count,
        test_right=candidate.test_right,
        test_count=len(task.test),
        fuel=candidate.fuel,
        seconds=validation.seconds,
        t_log=t_log(validation.seconds),
        failures=candidate.failures,
    )


def _differ_score(task: Task, solver_md5: str, differ: Program, s_score: int) -> DifferScoreRecord:
    is_iz = differ.direction == "iz"
    return DifferScoreRecord(task.id, solver_md5, differ.md5, s_score if is_iz else None, None if is_iz else s_score)
