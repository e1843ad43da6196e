"""What the store keeps of a task: the kept solvers, the differs, their scores, and the results of all."""

from __future__ import annotations

from collections.abc import Sequence

from arcbatt.battery.battery import Battery
from arcbatt.pipeline.differs import DifferReport
from arcbatt.pipeline.validate import Validated
from arcbatt.program.program import Program
from arcbatt.results import TaskKey, TaskTable
from arcbatt.store import DifferScoreRecord, ProgramRecord, TaskRecord

__all__ = ["program_record", "task_record"]


def program_record(program: Program) -> ProgramRecord:
    """A program as the store keeps it."""
    return ProgramRecord(program.md5, program.text, program.kind, program.direction, program.name, program.size)


def task_record(
    battery: Battery,
    key: TaskKey,
    sound: Sequence[Validated],
    differs: DifferReport,
    summary: str = "{}",
    table: TaskTable | None = None,
) -> TaskRecord:
    """Everything about a task that goes into the store in one transaction.

    Args:
        battery: its differs were scored.
        key: of the task.
        sound: the programs to keep.
        differs: what the differs say of them.
        summary: JSON text, kept with the mark that the task is done.
        table: the results of all programs; None where they are not kept.
    """
    differ_programs = [battery.program(name) for name in battery.differs] if sound else []
    return TaskRecord(
        task=key,
        programs=tuple(map(program_record, (*(item.program for item in sound), *differ_programs))),
        results=tuple(item.result for item in sound),
        differ_scores=tuple(
            _differ_score(key, item.program.md5, differ, s_score)
            for item in sound
            for differ, s_score in zip(differ_programs, differs.s_scores[item.program.md5], strict=True)
        ),
        summary=summary,
        table=table,
    )


def _differ_score(key: TaskKey, solver_md5: str, differ: Program, s_score: int) -> DifferScoreRecord:
    is_iz = differ.direction == "iz"
    iz, zo = (s_score, None) if is_iz else (None, s_score)
    return DifferScoreRecord(key.digest, solver_md5, differ.md5, iz, zo)
