"""Enclosures: what a patch shuts in, as seen from the outside of its bounding box."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import extent, places_in
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Indices, Integer, IntegerTuple, Patch
from arcbatt.dsl.values import MAX_SIZE, bounded
from arcbatt.dsl.work import length

__all__ = ["enclosed", "holes"]


def _box(patch: Any) -> int:
    """Elements of a patch and locations of its bounding box."""
    try:
        top, left, bottom, right = extent(patch)
    except (IndexError, TypeError, ValueError):
        return length(patch)
    return length(patch) + min((bottom - top + 1) * (right - left + 1), MAX_SIZE)


@primitive(work=_box)
def enclosed(patch: Patch) -> Indices:
    """The locations outside a patch from which no way leads out of its bounding box, in steps up, down, left and right.

    Ways lead over locations that are not in the patch. None for an empty patch. Fails where the bounding box passes the
    bound on parts (3 a location).
    """
    return frozenset(_enclosed(patch))


@primitive(work=_box)
def holes(patch: Patch) -> Integer:
    """The number of regions of :func:`enclosed`, connected by steps up, down, left and right; fails as that does."""
    inside = _enclosed(patch)
    count = 0
    while inside:
        count += 1
        _drain(inside, [inside.pop()])
    return count


def _enclosed(patch: Any) -> set[IntegerTuple]:
    if len(patch) == 0:
        return set()
    top, left, bottom, right = extent(patch)
    bounded(3 * (bottom - top + 1) * (right - left + 1))
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    free = {(i, j) for i in rows for j in columns}.difference(places_in(patch))
    rim = {(i, j) for i in rows for j in (left, right)} | {(i, j) for i in (top, bottom) for j in columns}
    rim &= free
    free -= rim
    _drain(free, list(rim))
    return free


def _drain(region: set[IntegerTuple], found: list[IntegerTuple]) -> None:
    """Takes out of a region all that steps lead to from the locations found."""
    while found:
        i, j = found.pop()
        for place in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
            if place in region:
                region.remove(place)
                found.append(place)
