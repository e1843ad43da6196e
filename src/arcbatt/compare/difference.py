"""What differs between two sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arcbatt.compare.sides import Side, TaskStanding
from arcbatt.store import PhaseSeconds

__all__ = ["Change", "Comparison", "PhaseChange", "compare"]


@dataclass(frozen=True, slots=True)
class Change:
    """A task that stands otherwise on the second side.

    Attributes:
        task: its id.
        before: on the first side.
        after: on the second.
        digest: of its samples; "" where no side knows it.
    """

    task: str
    before: TaskStanding
    after: TaskStanding
    digest: str = ""


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """A phase with its seconds on both sides: CPU seconds, or elapsed ones where it has no others."""

    phase: str
    before_s: float
    after_s: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from the first side to the second. Tasks by id, programs by name and MD5, phases in their order.

    Attributes:
        before: name of the first side.
        after: name of the second.
        common: number of tasks on both sides; only these are compared.
        only_before: ids of tasks that the first side alone has.
        only_after: ids of tasks that the second side alone has.
        won: solved on the second side alone; where both solve the demo samples, right on the test there alone.
        lost: the other way round.
        nearer: solved on neither, with more cells right on the second.
        farther: the other way round.
        new: (name, MD5) of programs of the second side alone.
        gone: of the first side alone.
        phases: those measured on both sides.
    """

    before: str
    after: str
    common: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    won: tuple[Change, ...]
    lost: tuple[Change, ...]
    nearer: tuple[Change, ...]
    farther: tuple[Change, ...]
    new: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    phases: tuple[PhaseChange, ...]


def compare(before: Side, after: Side) -> Comparison:
    """Compares two sides. Tasks are the same by the digest of their samples, or by id where a side knows no digest."""
    pairs = dict(_pairs(before.tasks, after.tasks))
    changes = [
        Change(there[0], before.tasks[there], after.tasks[here], there[1] or here[1])
        for there, here in sorted(pairs.items())
    ]
    matched = set(pairs.values())
    return Comparison(
        before=before.name,
        after=after.name,
        common=len(pairs),
        only_before=tuple(sorted(key[0] for key in before.tasks if key not in pairs)),
        only_after=tuple(sorted(key[0] for key in after.tasks if key not in matched)),
        won=tuple(change for change in changes if _worth(change.before) < _worth(change.after)),
        lost=tuple(change for change in changes if _worth(change.before) > _worth(change.after)),
        nearer=tuple(change for change in changes if _nearer(change.before, change.after)),
        farther=tuple(change for change in changes if _nearer(change.after, change.before)),
        new=_only(after.programs, before.programs),
        gone=_only(before.programs, after.programs),
        phases=tuple(_phases(before.phases, after.phases)),
    )


def _pairs(
    before: Mapping[tuple[str, str], TaskStanding], after: Mapping[tuple[str, str], TaskStanding]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    by_digest = {digest: (task, digest) for task, digest in sorted(after, reverse=True) if digest}
    by_id = {task: (task, digest) for task, digest in after}
    for task, digest in before:
        if (task, digest) in after:
            yield (task, digest), (task, digest)
        elif digest and digest in by_digest:
            yield (task, digest), by_digest[digest]
        elif task in by_id and not (digest and by_id[task][1]):
            yield (task, digest), by_id[task]


def _worth(standing: TaskStanding) -> tuple[bool, bool]:
    return standing.is_solved, standing.is_solved and standing.is_right is not False


def _nearer(before: TaskStanding, after: TaskStanding) -> bool:
    if before.is_solved or after.is_solved or before.near is None or after.near is None:
        return False
    return after.near > before.near


def _only(these: Mapping[str, str], those: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, md5) for md5, name in these.items() if md5 not in those))


def _phases(before: Mapping[str, PhaseSeconds], after: Mapping[str, PhaseSeconds]) -> Iterator[PhaseChange]:
    for phase, there in before.items():
        here = after.get(phase)
        if here is None:
            continue
        first = there.cpu_s if there.cpu_s is not None else there.wall_s
        second = here.cpu_s if here.cpu_s is not None else here.wall_s
        if first is not None and second is not None:
            yield PhaseChange(phase, first, second)
