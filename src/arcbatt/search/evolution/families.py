"""Which members stay: the best, but no family of near-copies may fill the places.

Two limits hold. Members that give the same on all samples (test inputs included) are one as far as the task can tell,
and few of them stay. And a member joins the *family* of the best member that is like it, where likeness is the number
of primitives that both name divided by the number that either names, each use counted: variants of one program that
differ in constants, or in a call or two of many, are one family and get a bounded number of places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from arcbatt.search.evolution.evolution_settings import EvolutionSettings
from arcbatt.search.evolution.member import Member

__all__ = ["diverse", "likeness"]


def diverse(members: Iterable[Member], settings: EvolutionSettings, keep: int | None = None) -> list[Member]:
    """The members that stay, best first: at most ``keep`` (None: ``settings.keep``), within both limits.

    Places are left empty rather than filled with more of a family. Depends on the members alone, not on their order.
    """
    keep = settings.keep if keep is None else keep
    kept: list[Member] = []
    outcomes: Counter[int] = Counter()
    founders: list[Member] = []
    sizes: list[int] = []
    for member in _ranked(members):
        if len(kept) == keep:
            break
        if outcomes[member.outcome_class] == settings.same_outcomes:
            continue
        family = _family(member, founders, settings.likeness)
        if family == len(founders):
            founders.append(member)
            sizes.append(0)
        elif sizes[family] == settings.family:
            continue
        sizes[family] += 1
        outcomes[member.outcome_class] += 1
        kept.append(member)
    return kept


def _ranked(members: Iterable[Member]) -> Iterator[Member]:
    """The members by rank; those that are as near as each other are ordered among themselves only when it is needed."""
    for _, near in groupby(sorted(members, key=_nearness, reverse=True), _nearness):
        yield from sorted(near, key=lambda member: member.rank)


def _nearness(member: Member) -> tuple[int, int]:
    return member.nearness


def likeness(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> float:
    """Common primitives over all primitives of two programs, 0 to 1; programs without any are alike."""
    common = len(one & other)
    either = len(one) + len(other) - common
    return common / either if either else 1.0


def _family(member: Member, founders: Sequence[Member], threshold: float) -> int:
    """Number of the first founder that the member is like; as many as there are when it founds a family."""
    for number, founder in enumerate(founders):
        if likeness(member.primitives, founder.primitives) >= threshold:
            return number
    return len(founders)
