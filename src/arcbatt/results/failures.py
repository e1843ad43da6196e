"""What failed, as a person asks: how many programs, of which kind, in which primitive, and for which first reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.results.task_table import TaskTable

if TYPE_CHECKING:
    from arcbatt.engine.verdict import Verdict

__all__ = ["FailureGroup", "failure_groups", "merged_groups", "own_failures"]


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Programs that failed in one primitive with one kind of failure. A program counts by its first failing sample.

    Attributes:
        kind: of the failure.
        call: the primitive; ``()`` for a computed function, "" where nothing had started.
        count: how many programs, or, over several tasks, programs on tasks.
        program: the name of the first of them.
        task: id of the task on which that one failed.
        sample: the place of the sample on which it failed, demo samples first, from 0.
        step: the failing statement of its canonical text.
        message: the reason, in the words of the engine that evaluated; it takes no part in comparisons.
    """

    kind: FailureKind
    call: str
    count: int
    program: str
    task: str
    sample: int
    step: int
    message: str = field(compare=False)


def failure_groups(table: TaskTable, names: Sequence[str], task_id: str) -> tuple[FailureGroup, ...]:
    """The failures in a table, the largest group first; groups of one size by kind and primitive.

    Args:
        table: of a task.
        names: of its programs.
        task_id: of the task.
    """
    first: dict[int, tuple[int, Failure]] = {}
    for place, sample in enumerate(table.samples):
        failures = dict(sample.failures())
        if failures:
            for program, number in enumerate(sample.numbers):
                if number in failures and program not in first:
                    first[program] = (place, failures[number])
    groups = [
        FailureGroup(failure.kind, failure.call, 1, names[program], task_id, place, failure.step, failure.message)
        for program, (place, failure) in sorted(first.items())
    ]
    return merged_groups(groups)


def own_failures(verdicts: Iterable[tuple[str, Sequence[Verdict]]], task_id: str) -> tuple[FailureGroup, ...]:
    """The failures in primitives of the user's own: a search passes over those of the DSL, but these may be mistakes.

    Args:
        verdicts: of each program its name, and one verdict a sample, demo samples first. Not looked at where the user
            has no primitives.
        task_id: of the task.
    """
    from arcbatt.dsl.registry import REGISTRY

    own = {primitive.name for primitive in REGISTRY if primitive.theme == "user"}
    groups = []
    for name, row in verdicts if own else ():
        place = next((place for place, verdict in enumerate(row) if verdict.failure is not None), None)
        failure = None if place is None else row[place].failure
        if place is not None and failure is not None and failure.call in own:
            groups.append(
                FailureGroup(failure.kind, failure.call, 1, name, task_id, place, failure.step, failure.message)
            )
    return merged_groups(groups)


def merged_groups(groups: Iterable[FailureGroup]) -> tuple[FailureGroup, ...]:
    """Groups of one kind and primitive as one, with the first one's example; the largest first."""
    found: dict[tuple[FailureKind, str], FailureGroup] = {}
    for group in groups:
        known = found.get((group.kind, group.call))
        found[group.kind, group.call] = group if known is None else replace(known, count=known.count + group.count)
    return tuple(sorted(found.values(), key=lambda group: (-group.count, group.kind, group.call)))
