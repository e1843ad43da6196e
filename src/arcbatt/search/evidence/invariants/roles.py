"""Colors by their role in the input instead of by number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from arcbatt.search.evidence.invariants.grid_facts import GridFacts
from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["ROLES"]

_MOST, _LEAST = "most common", "least common"


def _by_count(facts: GridFacts) -> list[int]:
    """The colors but the background, the most common first, of equally common ones the smallest."""
    others = facts.colors - {facts.background}
    return sorted(others, key=lambda color: (-facts.counts[color], color))


def _role(name: str, text: str, breach: str, color_of: Callable[[PairFacts], int | None]) -> Invariant:
    """The invariant that a color of the output plays the same part in each input; not where it is always the same."""

    def fit(pairs: Pairs) -> Relation | None:
        if len({color_of(pair) for pair in pairs}) < 2 or any(len(pair.input.colors) < 3 for pair in pairs):
            return None
        for role, place in ((_MOST, 0), (_LEAST, -1)):
            if all(_by_count(pair.input)[place] == color_of(pair) for pair in pairs):
                return Relation(text.format(role), breach.format(role), partial(_plays, place, color_of))
        return None

    return Invariant(name, fit)


def _plays(place: int, color_of: Callable[[PairFacts], int | None], pair: PairFacts) -> bool:
    """True where the input has no color but its background: there is no such role."""
    colors = _by_count(pair.input)
    return not colors or color_of(pair) == colors[place]


def _main_color(pair: PairFacts) -> int:
    return next(iter(_by_count(pair.output)), pair.output.background)


def _new_color(pair: PairFacts) -> int | None:
    """The color that all changed cells get; None where there are several or none."""
    return min(pair.changed_to) if pair.same_shape and len(pair.changed_to) == 1 else None


ROLES = (
    _role(
        "output-main-color-role", "the output's main color but its background is the {} of the input's",
        "the output's main color but its background is not the {} of the input's", _main_color,
    ),
    _role(
        "changed-to-role", "changed cells get the {} color of the input, its background aside",
        "changed cells do not get the {} color of the input, its background aside", _new_color,
    ),
)  # fmt: skip
"""The invariants of this theme."""
