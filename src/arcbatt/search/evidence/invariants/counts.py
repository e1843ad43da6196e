"""How many cells of a kind there are."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation, always
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["COUNTED"]


def _before(pair: PairFacts) -> int:
    return pair.input.foreground.bit_count()


def _after(pair: PairFacts) -> int:
    return pair.filled.bit_count()


def _multiple(pairs: Pairs) -> Relation | None:
    factors = {(_after(pair), _before(pair)) for pair in pairs}
    ratios = {after // before if before and after % before == 0 else 0 for after, before in factors}
    ratio = ratios.pop()
    if ratios or ratio < 2 or len(factors) < 2:
        return None
    words = f"{ratio} times as many cells that are not background"
    return Relation(
        f"the output has {words}", f"the output has not {words}", lambda pair: _after(pair) == ratio * _before(pair)
    )


COUNTED = (
    always(
        "color-counts-kept", "each color has as many cells as in the input",
        "a color has more or fewer cells than in the input", lambda pair: pair.input.counts == pair.output.counts,
        telling=lambda pair: len(pair.input.counts) > 1,
    ),
    always(
        "foreground-count-kept", "as many cells as in the input are not background",
        "more or fewer cells than in the input are not background", lambda pair: _before(pair) == _after(pair),
        implied_by=("color-counts-kept",),
    ),
    always(
        "foreground-shrinks", "fewer cells than in the input are not background",
        "no fewer cells than in the input are not background", lambda pair: _after(pair) < _before(pair),
    ),
    Invariant("foreground-count-multiple", _multiple),
    always(
        "color-counts-permuted", "the numbers of cells of the colors are those of the input, in any order",
        "the numbers of cells of the colors are not those of the input",
        lambda pair: sorted(pair.input.counts.values()) == sorted(pair.output.counts.values()),
        implied_by=("color-counts-kept",),
    ),
)  # fmt: skip
"""The invariants of this theme."""
