"""Primitives: another one of the same signature, or of a compatible one, called or handed on."""

from __future__ import annotations

from random import Random
from typing import Final

from arcbatt.search.mutation.drawing import Aids
from arcbatt.search.mutation.view import Use, View

__all__ = ["change_primitive"]

_SAME: Final = 0.7
"""Share of primitives of the very same signature among those that are put in, where there are both."""


def change_primitive(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """Another primitive called with the same arguments, or handed on in the same place."""
    node = view.node(use)
    name = view.primitive(node)
    if name is None:
        return None
    same, related = aids.vocabulary.alternatives(name)
    names = same if same and (not related or rng.random() < _SAME) else related
    if not names:
        return None
    other, operands = rng.choice(names), view.scratch.graph.operands[node]
    return view.scratch.call(other, *operands[1:]) if operands else view.scratch.primitive(other)
