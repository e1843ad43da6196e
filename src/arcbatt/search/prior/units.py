"""Bits as whole numbers: what a probability costs, the same on every machine."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

__all__ = ["UNITS_PER_BIT", "units_of"]

UNITS_PER_BIT: Final = 64
"""Costs are whole numbers of this part of a bit."""


def units_of(probability: Fraction) -> int:
    """The negative logarithm of a probability in 1/64 bit, to the nearest, at least 1.

    It comes from whole numbers alone: the power whose logarithm is a whole number of half units.

    Args:
        probability: above 0, at most 1.
    """
    power: int = 2 * UNITS_PER_BIT
    above, below = int(probability.denominator**power), int(probability.numerator**power)
    halves = above.bit_length() - below.bit_length()
    if halves > 0 and below << halves > above:
        halves -= 1
    return max(1, (halves + 1) // 2)
