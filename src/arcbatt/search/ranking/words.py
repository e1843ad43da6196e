"""What speaks for and against an answer, in words.

Which side a fact is on is what the model makes of it: its weights times how far the answer's numbers are from those of
the other answers at the test input, on average.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from arcbatt.search.evidence.invariants import invariant_names
from arcbatt.search.ranking.features import FAMILIES, MOST_BITS, SHARE
from arcbatt.search.ranking.model import UNITS_PER_BIT, Model

__all__ = ["Remark", "Side", "Surroundings", "Weighed", "remarks"]

_LEAST: Final = UNITS_PER_BIT // 8
"""What weighs less, in 1/1024 bit, is on neither side."""
_SYMMETRIES: Final = 7
_NAMED: Final = 3
"""Broken invariants that are told with what they say, those that weigh most."""
_PARTS: Final[Mapping[int, str]] = {5: "1 of 3", 8: "1 of 2", 10: "2 of 3"}
"""Shares of two or three exchanges, in sixteenths, rounded down."""


class Side(StrEnum):
    """Whether a fact speaks for an answer, against it, or for neither, weighed by the model."""

    FOR = "+"
    AGAINST = "-"
    NEITHER = "="


class Weighed(Protocol):
    """An answer as it was weighed."""

    @property
    def features(self) -> Mapping[str, int]:
        """The numbers that the model weighed; those that are missing are 0."""

    @property
    def broken(self) -> tuple[str, ...]:
        """Names of the likely invariants that it breaks."""

    @property
    def count(self) -> int:
        """How many programs give it."""

    @property
    def families(self) -> tuple[str, ...]:
        """Which goals and sources found those."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A fact about an answer.

    Attributes:
        text: the fact; no capital, no full stop.
        side: what it speaks for.
        units: how much, in 1/1024 bit: what the score gains by it over the other answers, on average.
    """

    text: str
    side: Side
    units: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an answer is told against.

    Attributes:
        model: what weighed it.
        demos: number of demo samples.
        fits: number of programs that fit; 0 where it is not known.
        held: what each likely invariant says, by its name; names that are missing are told as they are.
        others: the features of the other answers at the test input.
    """

    model: Model
    demos: int
    fits: int = 0
    held: Mapping[str, str] | None = None
    others: Sequence[Mapping[str, int]] = ()

    def known(self, *names: str) -> bool:
        """Whether another answer has one of these features."""
        return any(features.get(name) for features in self.others for name in names)

    def units(self, features: Mapping[str, int], names: Sequence[str]) -> int:
        """What an answer's score gains by some features over the others, on average; over nothing where it is alone."""
        weights, others = self.model.weights, self.others
        gains = [
            weights.get(name, 0) * (features.get(name, 0) * max(1, len(others)) - sum(_of(others, name)))
            for name in names
        ]
        return sum(gains) // max(1, len(others))


def remarks(answer: Weighed, around: Surroundings) -> list[Remark]:
    """What speaks for and against an answer, what weighs most first; of equals in a fixed order. None for a guess.

    Args:
        answer: the answer.
        around: what it is told against.
    """
    if not answer.features:
        return []
    found = []
    for names, is_size, words in _FACTS:
        text = words(answer, around)
        if text:
            # The size of a program says nothing where there is none to compare it with.
            units = 0 if is_size and not around.others else around.units(answer.features, names)
            found.append(Remark(text, _side(units), units))
    return sorted(found, key=lambda remark: -abs(remark.units))


def _side(units: int) -> Side:
    if abs(units) < _LEAST:
        return Side.NEITHER
    return Side.FOR if units > 0 else Side.AGAINST


def _of(others: Sequence[Mapping[str, int]], name: str) -> list[int]:
    return [features.get(name, 0) for features in others]


def _is_near(answer: Weighed) -> bool:
    return any(name.startswith("near-") for name in answer.features)


def _programs(answer: Weighed, around: Surroundings) -> str:
    count, fits = answer.count, max(around.fits, answer.count)
    if _is_near(answer):
        return f"{count:,} near {'miss gives' if count == 1 else 'misses give'} it"
    if not count:
        return ""
    if fits == 1:
        return "the only program that fits gives it"
    if count == fits and around.fits:
        return f"all {count:,} programs that fit give it"
    of = f" of {fits:,}" if around.fits else ""
    return f"{count:,}{of} program{'' if fits == 1 else 's'} that fit give{'s' if count == 1 else ''} it"


def _families(answer: Weighed, around: Surroundings) -> str:
    # What is in the store may have been found for this very task: it is no second opinion.
    families = [family for family in answer.families if family != "store"]
    store = ", and the store has it" if len(families) < len(answer.families) else ""
    if len(families) > 1:
        return f"{len(families)} families agree: {', '.join(families)}{store}"
    if families:
        return f"one family alone gives it: {families[0]}{store}"
    return "programs of the store alone give it" if store else ""


def _bits(answer: Weighed, around: Surroundings) -> str:
    features = answer.features
    is_near = _is_near(answer)
    which, bits = "nearest" if is_near else "cheapest", features.get("near-bits" if is_near else "bits", 0)
    return f"its {which} program has {bits} bits{' or more' if bits >= MOST_BITS else ''}"


def _unanswered(answer: Weighed, around: Surroundings) -> str:
    left = answer.features.get("unanswered", 0)
    return f"each of its programs fails on {left} or more of the test inputs" if left else ""


def _symmetries(answer: Weighed, around: Surroundings) -> str:
    cheapest, best = answer.features.get("symmetries", 0), answer.features.get("symmetries-best", 0)
    if best or around.known("symmetries", "symmetries-best"):
        more = f", its best program under {best}" if best > cheapest else ""
        return f"right under {cheapest} of {_SYMMETRIES} symmetries{more}"
    return ""


def _symmetric_tests(answer: Weighed, around: Surroundings) -> str:
    followed = answer.features.get("symmetric-tests", 0)
    if followed or around.known("symmetric-tests"):
        return f"it follows {followed} of {_SYMMETRIES} symmetries of the test input"
    return ""


def _exchanges(answer: Weighed, around: Surroundings) -> str:
    if _is_near(answer):
        return ""
    if answer.features.get("no-exchanges"):
        return "no exchange of colors could be tried"
    share = answer.features.get("exchanges", 0)
    if share >= SHARE:
        return "its colors can be exchanged"
    if share:
        return f"right under {_PARTS.get(share, f'{share} of {SHARE}')} exchanges of colors"
    return "wrong wherever colors are exchanged"


def _held(answer: Weighed, around: Surroundings) -> str:
    if answer.features.get("held") or around.known("held"):
        return f"learned without one demo sample, it is right on that one in {_share(answer, around, 'held')} cases"
    return ""


def _determined(answer: Weighed, around: Surroundings) -> str:
    if not answer.features.get("literals"):
        return ""
    share = _share(answer, around, "determined")
    return f"without one demo sample, the others still determine its literals in {share} cases"


def _literals(answer: Weighed, around: Surroundings) -> str:
    count = answer.features.get("literals", 0)
    if count or around.known("literals"):
        return f"its cheapest program has {count or 'no'} literal{'' if count == 1 else 's'}"
    return ""


def _loose(answer: Weighed, around: Surroundings) -> str:
    count = answer.features.get("loose", 0)
    return f"with another value of {_some(count, 'literal')} it fits as well and gives another output" if count else ""


def _choices_held(answer: Weighed, around: Surroundings) -> str:
    if answer.features.get("choices-held") or around.known("choices-held"):
        share = _share(answer, around, "choices-held")
        return f"with functions and flags chosen without one demo sample, it is right on that one in {share} cases"
    return ""


def _choices_loose(answer: Weighed, around: Surroundings) -> str:
    count = answer.features.get("choices-loose", 0)
    choices = _some(count, "function or flag", "functions or flags")
    return f"with {choices} exchanged it fits as well and gives another output" if count else ""


def _needed(answer: Weighed, around: Surroundings) -> str:
    # 0 also stands for a program that is not the cheapest fit after all samples.
    if answer.features.get("needed-demos"):
        return f"it took {_share(answer, around, 'needed-demos')} demo samples until it was the cheapest fit"
    return ""


def _pivotal(answer: Weighed, around: Surroundings) -> str:
    if answer.features.get("pivotal-demos"):
        return f"{_share(answer, around, 'pivotal-demos')} demo samples keep a cheaper program from fitting, each alone"
    return ""


def _looks(answer: Weighed, around: Surroundings) -> str:
    looks = {"is-input": "the input", "is-blank": "of one color", "is-demo-output": "the output of a demo sample"}
    return " and ".join(f"it is {words}" for name, words in looks.items() if answer.features.get(name))


def _broken(answer: Weighed, around: Surroundings) -> str:
    weights = around.model.weights
    names = sorted(answer.broken, key=lambda name: weights.get(f"breaks-{name}", 0))
    if not names:
        return "breaks no likely invariant"
    held = around.held or {}
    told = "; ".join(held.get(name, name) for name in names[:_NAMED])
    more = f"; and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    others = [features.get("broken", features.get("near-broken", 0)) for features in around.others]
    only = "only " if len(names) * len(others) < sum(others) else ""
    # In brackets, since other facts may follow after a semicolon.
    return f"breaks {only}{_some(len(names), 'likely invariant')} ({told}{more})"


def _nearness(answer: Weighed, around: Surroundings) -> str:
    if not _is_near(answer):
        return ""
    return f"its nearest program is right on {_share(answer, around, 'near-demos')} demo samples"


def _some(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _share(answer: Weighed, around: Surroundings, name: str) -> str:
    """A share of the demo samples, in sixteenths, rounded down, as so many of them; exact for 16 and less."""
    return f"{-(-answer.features.get(name, 0) * around.demos // SHARE)} of {around.demos}"


_FACTS: Final[tuple[tuple[tuple[str, ...], bool, Callable[[Weighed, Surroundings], str]], ...]] = (
    (("log-count", "log-share", "near-log-count"), False, _programs),
    (("more-families", *(f"family-{name}" for name in FAMILIES)), False, _families),
    (("near-demos", "near-cells"), False, _nearness),
    (("bits", "near-bits"), True, _bits),
    (("unanswered",), False, _unanswered),
    (("symmetries", "symmetries-best"), False, _symmetries),
    (("symmetric-tests",), False, _symmetric_tests),
    (("exchanges", "no-exchanges"), False, _exchanges),
    (("held",), False, _held),
    (("determined",), False, _determined),
    (("literals",), True, _literals),
    (("loose",), False, _loose),
    (("choices-held",), False, _choices_held),
    (("choices-loose",), False, _choices_loose),
    (("needed-demos",), False, _needed),
    (("pivotal-demos",), False, _pivotal),
    (("is-input", "is-blank", "is-demo-output"), False, _looks),
    (
        ("broken", "any-broken", "near-broken", "near-any-broken", *(f"breaks-{name}" for name in invariant_names())),
        False, _broken,
    ),
)  # fmt: skip
"""The features that a fact sums up, whether it is a size, and its words; "" where there is nothing to tell."""
