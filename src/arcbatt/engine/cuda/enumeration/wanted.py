"""What a search asks of a device, and what it gets."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final, NamedTuple

__all__ = ["LEFT_OUT", "OFFSET_FLAG", "ONE_FLAG", "Answer", "Segment", "Status", "Wanted"]

LEFT_OUT: Final = 0xFFFF_FFFF
"""The outcome of a combination that is none: two arguments are the same entry, which its rule excludes."""
ONE_FLAG: Final = 1
"""In a reference: the entry has one value for all samples."""
OFFSET_FLAG: Final = 2
"""In a reference: its number is an offset into the blob that comes with it, else an address on the device."""


class Status(IntEnum):
    """What came of a combination, the low 2 bits of its outcome; the fuel that it took stands above them."""

    FAILED = 0
    """It fails on some sample, or gives a value there that is not of its form."""
    KNOWN = 1
    """What it gives was known, or an earlier combination of the request gives it."""
    NEW = 2
    UNKNOWN = 3
    """The device cannot tell; fuel 0."""


class Segment(NamedTuple):
    """Some combinations of one block, side by side in its order.

    Attributes:
        rule: number of a production of the grammar.
        ranges: for each argument the first place in the list of its kind, and the one after the last.
        is_twin: whether the rule's symmetric arguments go over pairs, the second place never before the first.
        first: number in the block of the first of them.
        length: how many they are.
    """

    rule: int
    ranges: Sequence[tuple[int, int]]
    is_twin: bool
    first: int
    length: int


class Wanted(NamedTuple):
    """A request. All numbers in it are little-endian.

    Attributes:
        segments: what is to be evaluated, in the order of the search.
        is_kept: whether records of new combinations stay on the device, to be arguments.
        keys: of 64 bits, which are known from now on.
        blob: records, each at a multiple of 8.
        added: kinds, each with references of 64 bits that are appended to its list, in order. 0 stands for an entry
            that has no form on a device.
    """

    segments: Sequence[Segment]
    is_kept: bool
    keys: bytes
    blob: bytes
    added: Sequence[tuple[int, bytes]]

    @property
    def combinations(self) -> int:
        """How many are asked for."""
        return sum(segment.length for segment in self.segments)

    @staticmethod
    def of(told: Sequence[Any]) -> Wanted:
        """The request that a plain tuple is, its segments plain tuples too, as the native search has it."""
        segments, is_kept, keys, blob, added = told
        return Wanted([Segment(*segment) for segment in segments], is_kept, keys, blob, added)


class Answer(NamedTuple):
    """What a device says to a request. Numbers are of 32 bits, little-endian.

    Attributes:
        outcomes: for each combination :data:`LEFT_OUT`, or fuel and :class:`Status`.
        sizes: for each new combination the bytes of its record, a multiple of 8.
        fits: for each new combination the demo samples, as bits of the first 16, whose output it gives; 0 unless it
            gives grids.
        values: records of new combinations end to end.
        home: address of the first of them on the device, where they lie in the same order; 0 when they are not kept or
            there are none.
    """

    outcomes: bytes
    sizes: bytes
    fits: bytes
    values: bytes
    home: int
