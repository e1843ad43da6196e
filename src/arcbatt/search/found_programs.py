"""What the store keeps of programs that a search found."""

from __future__ import annotations

from collections.abc import Sequence

from arcbatt.arc import Challenge, Task
from arcbatt.pipeline.differs import score_differs
from arcbatt.pipeline.record import task_record
from arcbatt.pipeline.validate import Claim, compare, validate_batch
from arcbatt.results import TaskKey
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.store import TaskRecord

__all__ = ["found_record"]

def found_record(
    opened: OpenedBattery, task: Task | Challenge, key: TaskKey, claims: Sequence[Claim]
) -> tuple[TaskRecord | None, tuple[str, ...]]:
    """What the store gets of found programs, each run alone from its own text, and a line for each bug found by that.

    Args:
        opened: its differs are scored.
        task: the task. The search did not see the outputs that it may have: here they are compared with, after it.
        key: of the task.
        claims: solvers, and what they gave in the search.

    Returns:
        the record, without a summary; None where no program is left for the store.
    """
    validations = validate_batch(opened, task, [claim.program.text for claim in claims])
    sound, bugs = compare(task, claims, validations)
    if not sound:
        return None, bugs
    differs = score_differs(opened, task, {item.program.md5: item.outputs for item in sound})
    return task_record(opened.battery, key, sound, differs), bugs
