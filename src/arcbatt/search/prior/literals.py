"""How likely a number, an offset or a tuple is among all of them: the small ones, by a universal code.

Numbers follow Elias' gamma code (Elias 1975): those with one binary digit more are a quarter as likely each, so that 0
costs one bit and 5 costs five; one of eight is negative, -1 more often. Offsets by at most one cell are directions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from arcbatt.program.graph import Constant

__all__ = ["number_share", "pair_share", "tuple_share"]

_NEGATIVE: Final = Fraction(1, 8)
_DIRECTION: Final = Fraction(3, 4)
"""Share of the nine offsets by at most one cell among all."""


def number_share(number: int) -> Fraction:
    """The probability of a number among all whole numbers."""
    share = Fraction(1, 2 ** (2 * (abs(number) + 1).bit_length() - 1))
    if number == 0:
        return share
    return share * (_NEGATIVE if number < 0 else 1 - _NEGATIVE)


def pair_share(pair: tuple[int, int]) -> Fraction:
    """The probability of an offset, coordinates or sizes among all pairs."""
    a, b = pair
    if max(abs(a), abs(b)) <= 1:
        return _DIRECTION / 9
    return (1 - _DIRECTION) * number_share(a) * number_share(b)


def tuple_share(value: Constant) -> Fraction:
    """The probability of a constant of any form: its length, then its parts."""
    share, waiting = Fraction(1), [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            share *= number_share(len(part)) / 4
            waiting.extend(part)
        else:
            share *= Fraction(1, 4) if isinstance(part, bool) else number_share(part) / 2
    return share
