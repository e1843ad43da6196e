"""What an invariant is, and the two ways in which most are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["Invariant", "Pairs", "Relation", "always", "changes", "color_words", "common", "repeated"]

Pairs = Sequence[PairFacts]
"""The demo pairs of a task: one or more."""

Keeps = Callable[[PairFacts], bool]


@dataclass(frozen=True, slots=True)
class Relation:
    """An invariant with its parameters fitted.

    Attributes:
        text: what holds, a sentence with the parameters.
        breach: what an output that breaks it is like, a sentence.
        keeps: whether a pair keeps it; never fails.
    """

    text: str
    breach: str
    keeps: Keeps


@dataclass(frozen=True, slots=True)
class Invariant:
    """A relation between input and output that may hold on every demo of a task.

    Attributes:
        name: lower-case words with hyphens; files of weights use it as a key, so it never changes.
        fit: the relation with its parameters, which every demo pair keeps; None where it does not hold, or says
            nothing. The order of the demos decides nothing.
        implied_by: names of invariants beside which this one says nothing more; it is left out where one of them holds.
    """

    name: str
    fit: Callable[[Pairs], Relation | None]
    implied_by: tuple[str, ...] = ()


def always(
    name: str, text: str, breach: str, keeps: Keeps, *, telling: Keeps | None = None, implied_by: tuple[str, ...] = ()
) -> Invariant:
    """An invariant without parameters: every demo keeps it, and on one at least it is telling (None: on any)."""
    relation = Relation(text, breach, keeps)

    def fit(pairs: Pairs) -> Relation | None:
        if all(map(keeps, pairs)) and (telling is None or any(map(telling, pairs))):
            return relation
        return None

    return Invariant(name, fit, implied_by)


def changes(pair: PairFacts) -> bool:
    """Whether input and output have the same shape and differ: what relations between cells are told by."""
    return pair.same_shape and pair.changed != 0


def common(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    """What all of some sets have; there is one at least."""
    first, *others = sets
    return first.intersection(*others)


def repeated(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    """What two of some sets or more have."""
    once: set[int] = set()
    twice: set[int] = set()
    for each in sets:
        twice |= once & each
        once |= each
    return frozenset(twice)


def color_words(colors: Iterable[int]) -> str:
    """Colors in a sentence: ``color 3``, ``colors 1, 2 and 8``."""
    *most, last = map(str, sorted(colors))
    return f"colors {', '.join(most)} and {last}" if most else f"color {last}"
