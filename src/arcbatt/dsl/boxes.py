"""The bounding box of a patch: all of it, its edge, the ring inside and outside."""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.layout import block, extent, ring
from arcbatt.dsl.patches import toindices
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Indices, Patch
from arcbatt.dsl.values import checked
from arcbatt.dsl.work import length

__all__ = ["backdrop", "box", "delta", "inbox", "outbox"]


@primitive(work=length)
def backdrop(patch: Patch) -> Indices:
    """Every location of the bounding box; empty for an empty patch. Fails past the bound on parts (3 a location)."""
    return block(*extent(patch)) if len(patch) else frozenset()


@primitive(work=length)
def delta(patch: Patch) -> Indices:
    """The locations of the bounding box that the patch leaves free; empty for an empty patch.

    Fails on a tuple of locations, and past the bound on parts.
    """
    return backdrop(patch) - toindices(patch)


@primitive(work=length)
def box(patch: Patch) -> Indices:
    """The edge of the bounding box; anything empty comes back as it is."""
    return ring(*extent(patch)) if len(patch) else patch


@primitive(work=length)
def inbox(patch: Patch) -> Indices:
    """The edge of the box one step inside the bounding box.

    Where nothing is left inside, the crossing bounds are swapped: one cell gives the ring of eight around it, a 2 x 2
    box the same four cells. Fails on an empty patch.
    """
    return _framed(patch, 1)


@primitive(work=length)
def outbox(patch: Patch) -> Indices:
    """The edge of the box one step outside the bounding box, not clipped. Fails on an empty patch."""
    return _framed(patch, -1)


def _framed(patch: Any, step: int) -> Indices:
    top, left, bottom, right = extent(patch)
    top, bottom = sorted((checked(top + step), checked(bottom - step)))
    left, right = sorted((checked(left + step), checked(right - step)))
    return ring(top, left, bottom, right)
