"""Which member is bred from next."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from arcbatt.search.evolution.member import Member

__all__ = ["choose_parent", "specialist"]

_SPECIALISTS = 0.5
"""Share of the parents that are chosen sample by sample; the others by rank."""


def choose_parent(members: Sequence[Member], rng: Random) -> Member:
    """A parent out of a population, best first and not empty: a specialist, or the better of two at random."""
    if rng.random() < _SPECIALISTS:
        return specialist(members, rng)
    return members[min(rng.randrange(len(members)), rng.randrange(len(members)))]


def specialist(members: Sequence[Member], rng: Random) -> Member:
    """A member that is best on some sample, among those on a second one, and so on, in a random order of samples.

    So a program that is right where no other is breeds, even if it is bad elsewhere.

    Source:
        Spector, Assessment of problem modality by differential performance of lexicase selection (2012).
    """
    samples = list(range(len(members[0].shares)))
    rng.shuffle(samples)
    left = list(members)
    for sample in samples:
        best = max(member.shares[sample] for member in left)
        left = [member for member in left if member.shares[sample] == best]
        if len(left) == 1:
            return left[0]
    return left[rng.randrange(len(left))]
