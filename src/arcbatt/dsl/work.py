"""Formulas for the work of a primitive: bounds on the elements that a call touches or builds.

Each takes the arguments of a call, whatever they are, and never raises; what is not a container has no elements.
The same formulas hold in every engine, so they are part of the DSL and not of an engine's tuning.
"""

from __future__ import annotations

from typing import Any

__all__ = ["cells", "length"]


def length(container: Any, *_: Any) -> int:
    """Number of elements of the first argument; 0 when it is no container."""
    kind = type(container)
    return len(container) if kind is frozenset or kind is tuple else 0


def cells(piece: Any, *_: Any) -> int:
    """Elements of the elements of the first argument: the cells of a grid, the members of a container of containers.

    An element that is no container counts 1; a set of cells or locations counts its elements once each.
    """
    kind = type(piece)
    if kind is tuple:
        try:
            return sum(map(len, piece))
        except TypeError:
            return sum(len(item) if type(item) in (tuple, frozenset) else 1 for item in piece)
    return len(piece) if kind is frozenset else 0
