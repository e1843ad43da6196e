"""Digests of grids: 32 hexadecimal digits, the same by both engines, so that stored results can be compared.

Two lanes of a multiplicative hash over the cells, eight at a time. Equal grids have equal digests; others, practically
never, except those made to: digests distinguish outcomes and are no protection. ``rust/src/digest.rs`` has the twin.
"""

from __future__ import annotations

from struct import iter_unpack
from typing import Final

__all__ = ["grid_digest"]

_MASK: Final = (1 << 64) - 1
_FIRST, _SECOND = 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93


def grid_digest(height: int, cells: bytes) -> str:
    """The digest of a grid.

    Args:
        height: number of rows.
        cells: the colors row by row, a byte each.
    """
    padded = cells + bytes(8 - len(cells) % 8)
    words = [height, *[word for (word,) in iter_unpack("<Q", padded)], len(cells)]
    one, two = _mixed(1, 2, words)
    for _ in range(3):
        one, two = _mixed(one, two, (0,))
        one, two = one ^ two >> 29, two ^ one >> 31
    return f"{one:016x}{two:016x}"


def _mixed(one: int, two: int, words: tuple[int, ...] | list[int]) -> tuple[int, int]:
    for word in words:
        one = (one ^ word) * _FIRST & _MASK
        one = (one << 31 | one >> 33) & _MASK
        two = (two + word) * _SECOND & _MASK
        two = (two << 27 | two >> 37) & _MASK
    return one, two
