"""How often primitives and constants occur in known programs, at whatever place: the weights behind the default costs.

They are the marginals of the counts of :mod:`arcbatt.search.prior`, a distribution over productions by the kind of
their result: a probabilistic grammar whose weights know no context, as bottom-up enumeration by whole costs needs it.
A cost is the number of bits that a choice takes, rounded, at least 1; so an expression's cost is about the negative
logarithm of its probability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from arcbatt.program.graph import Constant
from arcbatt.search.prior import PriorCounts, load_counts
from arcbatt.search.prior.choices import NUMBER, PAIR, call_of

__all__ = ["SMOOTHING", "Counts", "costs_of", "marginal_counts", "starter_counts"]

SMOOTHING = 0.4
"""What is added to every count: nothing is impossible."""


@dataclass(frozen=True)
class Counts:
    """Occurrences in programs, each program's shared expressions counted once.

    Attributes:
        symbols: how often a primitive is called (``fill()``), handed on as a function (``fill``), or something else
            is an argument, at whatever place.
        literals: how often a number that is no color, or an offset, is an argument, by its spelling.
    """

    symbols: Counter[str]
    literals: Counter[str]

    def called(self, name: str) -> int:
        """How often a primitive is called."""
        return self.symbols[call_of(name)]

    def handed(self, name: str) -> int:
        """How often a primitive is handed on as a function."""
        return self.symbols[name]

    def constant(self, value: Constant) -> int:
        """How often a bool, a number that is no color, or an offset is an argument."""
        return self.symbols[f"#{value}"] if isinstance(value, bool) else self.literals[repr(value)]


def marginal_counts(counts: PriorCounts) -> Counts:
    """What the prior counts by place, over all places."""
    symbols: Counter[str] = Counter()
    for placed in counts.places.values():
        symbols.update(placed)
    literals: Counter[str] = Counter()
    for symbol in (NUMBER, PAIR):
        literals.update(counts.literals.get(symbol, {}))
    return Counts(symbols, literals)


@cache
def starter_counts() -> Counts:
    """Those of the prior that comes with the package.

    Raises:
        InputError: its file cannot be read.
    """
    return marginal_counts(load_counts())


def costs_of(weights: Sequence[float], bits: float = 1.0) -> list[int]:
    """The costs of alternatives with these weights, all above 0, where a cost of 1 is worth so many bits."""
    total = sum(weights)
    return [max(1, round(-math.log2(weight / total) / bits)) for weight in weights]
