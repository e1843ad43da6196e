"""What failed, as a person asks: how many programs, of which kind, in which primitive, and for which first reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.packed import PackedSample
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
    found: dict[tuple[FailureKind, str], _Group] = {}
    left: Sequence[int] = range(len(table))  # the programs that have not failed yet
    for place, sample in enumerate(table.samples):
        failures = dict(sample.failures())
        if failures:
            failing = [program for program in left if sample.numbers[program] in failures]
            _count(found, sample, place, failures, failing)
            left = sorted(set(left).difference(failing))
    groups = [group.named(names, task_id) for group in found.values()]
    return tuple(sorted(groups, key=_by_size))


@dataclass(slots=True)
class _Group:
    """A group that is being counted: how many, and the place of the first program with its sample and failure."""

    count: int
    first: tuple[int, int, Failure]

    def named(self, names: Sequence[str], task_id: str) -> FailureGroup:
        program, place, failure = self.first
        return FailureGroup(
            failure.kind, failure.call, self.count, names[program], task_id, place, failure.step, failure.message
        )


def _count(
    found: dict[tuple[FailureKind, str], _Group], sample: PackedSample, place: int, failures: Mapping[int, Failure],
    failing: Sequence[int],
) -> None:  # fmt: skip
    """Adds the programs that fail on a sample first; by the few different failures, not by program."""
    numbers = [sample.numbers[program] for program in failing]
    first = dict(zip(reversed(numbers), reversed(failing), strict=True))
    for number, count in Counter(numbers).items():
        failure = failures[number]
        example = (first[number], place, failure)
        group = found.setdefault((failure.kind, failure.call), _Group(0, example))
        group.count += count
        if example[0] < group.first[0]:
            group.first = example


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
    return tuple(sorted(found.values(), key=_by_size))


def _by_size(group: FailureGroup) -> tuple[int, FailureKind, str]:
    return -group.count, group.kind, group.call
