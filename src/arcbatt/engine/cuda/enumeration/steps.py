"""How the work of a round is laid out for ``kernels/search.cuh``: the twins of its structs, in words of 64 bits."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Final, NamedTuple

from arcbatt.engine.cuda.enumeration.rules import MOST_PLACES, Rule
from arcbatt.engine.cuda.layout import SLOT_BYTES

__all__ = [
    "EVALUATING", "FRESH_BYTES", "ROUND_BYTES", "SEGMENT_BYTES", "STEPS", "TALLY", "TILE", "Adding", "Feeding",
    "Request", "Round", "Stretch", "pack_segment", "packed", "record_bytes",
]  # fmt: skip

STEPS: Final = ("add", "feed", "evaluate", "insert", "tally", "scan", "place", "keep", "undo")
"""The steps of a round in their order; ``undo`` stands in for those after ``scan``."""
EVALUATING: Final = ("evaluate", "keep")
"""Those that call kernels: on a device they are one entry, with that for the levels of graphs."""
TILE: Final = 1024
"""Combinations whose new ones are counted together."""
TALLY: Final = Struct("<qq")
"""``struct Tally``: how many are new, and the bytes of their records."""
FRESH_BYTES: Final = 16
"""Bytes of a ``struct Fresh``."""
_SEGMENT: Final = Struct(f"<11q{5 * MOST_PLACES}Q")


class Adding(NamedTuple):
    """``struct Adding``: references that are copied into a list."""

    start: int
    source: int
    target: int
    blob: int


class Feeding(NamedTuple):
    """``struct Feeding``: keys that are put into a table."""

    start: int
    source: int
    table: int
    firsts: int
    mask: int
    zero: int


class Request(NamedTuple):
    """``struct Request``: what one search asks for."""

    start: int
    combinations: int
    tile: int
    fresh: int
    table: int
    firsts: int
    mask: int
    samples: int
    node_fuel: int
    outputs: int
    demos: int
    home: int


class Round(NamedTuple):
    """``struct Round``: all requests of a round; addresses of arrays, and how many items they have."""

    addings: int
    adding_count: int
    added: int
    feedings: int
    feeding_count: int
    fed: int
    segments: int
    segment_count: int
    items: int
    requests: int
    request_count: int
    tiles: int
    fresh_count: int
    outcomes: int
    keys: int
    places: int
    sizes: int
    tallies: int
    totals: int
    scratch: int
    scratch_bytes: int
    fresh: int
    fresh_sizes: int
    fits: int


class Stretch(NamedTuple):
    """Where a segment stands.

    Attributes:
        start: number of its first combination in the round.
        first: number of that one in its block.
        request: number of the request that it is of.
        ranges: for each argument the first place and the one after the last.
        is_twin: whether symmetric arguments go over pairs.
        lists: addresses of the lists of the arguments' kinds.
    """

    start: int
    first: int
    request: int
    ranges: Sequence[tuple[int, int]]
    is_twin: bool
    lists: Sequence[int]


ROUND_BYTES: Final = 8 * len(Round._fields)
"""Bytes of a ``struct Round``."""
SEGMENT_BYTES: Final = _SEGMENT.size
"""Bytes of a ``struct Segment``."""


def packed(items: Sequence[tuple[int, ...]]) -> bytes:
    """Structs of the classes above, end to end."""
    return b"".join(Struct(f"<{len(item)}Q").pack(*item) for item in items)


def pack_segment(rule: Rule, stretch: Stretch) -> bytes:
    """A ``struct Segment``: some combinations of a block."""
    twin = rule.symmetric if stretch.is_twin else -1
    starts = [start for start, _ in stretch.ranges]
    sizes = [end - start for start, end in stretch.ranges]
    by_place = (rule.kinds, starts, sizes, rule.nesting, stretch.lists)
    return _SEGMENT.pack(
        stretch.start, stretch.first, stretch.request, rule.kernel, len(rule.kinds), rule.form, rule.kind, rule.grids,
        rule.is_distinct, rule.is_sure, twin,
        *(number for numbers in by_place for number in (*numbers, *[0] * (MOST_PLACES - len(numbers)))),
    )  # fmt: skip


def record_bytes(samples: int) -> int:
    """Bytes that a record may take while it is made, a multiple of 16."""
    return max(SLOT_BYTES.values()) * samples
