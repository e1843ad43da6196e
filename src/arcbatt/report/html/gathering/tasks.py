"""A task as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arcbatt.arc import Task
from arcbatt.report.html.gathering.at_hand import samples_of
from arcbatt.report.html.gathering.attempts import attempt_data, attempts_are_right
from arcbatt.report.html.gathering.failures import failure_data
from arcbatt.report.html.gathering.found import FoundTask
from arcbatt.report.html.gathering.programs import Lineage
from arcbatt.report.html.gathering.texts import one_line
from arcbatt.report.html.page_data import Standing, TaskData

__all__ = ["task_data"]

_MOST_FAILURES: Final = 10
_MOST_NOTES: Final = 20


def task_data(
    found: FoundTask, at_hand: tuple[Task, str] | None, md5s: Mapping[str, str], lineage: Lineage,
    seconds: float | None,
) -> TaskData:  # fmt: skip
    """The data of a task.

    Args:
        found: what the store has of it, its programs evaluated.
        at_hand: its samples and the name of their set; None where they are not at hand.
        md5s: MD5 by name of a program, for its failures.
        lineage: tells which programs were bred.
        seconds: CPU seconds that it took; None where not measured.
    """
    task, set_name = at_hand if at_hand is not None else (None, "")
    attempts = tuple(attempt_data(found.solved, task)) if found.solved is not None else ()
    if found.solved is not None:
        found.solves_all = attempts_are_right(attempts, found.key.test_count)
    programs = tuple(item for item in found.programs if item.md5 not in found.unmeasured or item.near)
    near = max((item.near for item in programs), default=None) if found.near is None else found.near
    return TaskData(
        found.key.id, found.key.digest, one_line(set_name), _standing(found, near), near, _families(found, lineage),
        samples_of(task) if task is not None else (), programs, found.program_count, attempts,
        failure_data(found.failures, md5s, _MOST_FAILURES), tuple(map(one_line, found.notes[:_MOST_NOTES])), seconds,
    )  # fmt: skip


def _standing(found: FoundTask, near: float | None) -> Standing:
    if found.is_given_up:
        return "failed"
    if found.solves_demo:
        return "solved" if found.solves_all else "demo"
    return "near" if near else "none"


def _families(found: FoundTask, lineage: Lineage) -> tuple[str, ...]:
    """Goals and sources of the attempts; of other jobs whether the best program was bred."""
    if found.solved is not None:
        answers = [answer for index in range(found.solved.test_count) for answer in found.solved.answers(index)]
        named = {family for answer in answers for family in answer.families}
        return tuple(sorted(map(one_line, named | {program.family for program in found.solved.programs} - {""})))
    return ("evolution",) if found.programs and lineage.parents(found.programs[0].md5) else ()
