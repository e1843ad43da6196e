"""Constants: replaced by others of their type, put where another argument stood, or read off the samples."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, TypeAlias

from arcbatt.program.graph import CONSTANT
from arcbatt.search.mutation.drawing import Aids, draw_constant
from arcbatt.search.mutation.hints import TaskHints
from arcbatt.search.mutation.roles import Role
from arcbatt.search.mutation.scratch import Scratch
from arcbatt.search.mutation.view import Use, View

__all__ = ["change_constant", "literal_sites", "put_literal", "read_color"]

_Reading: TypeAlias = Callable[[Scratch], int]


def _constant_role(view: View, use: Use) -> Role | None:
    """The role of the constant that stands at a use; None when it is a tuple that is no pair."""
    value = view.scratch.graph.values[view.node(use)]
    if type(value) is bool:
        return "boolean"
    if type(value) is tuple:
        return "pair" if view.type(use).name == "IntegerTuple" else None
    role = view.role(use)
    return "integer" if role in (None, "pair") else role


def change_constant(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """Another constant of the same type and role."""
    role = _constant_role(view, use)
    if role is None:
        return None
    return view.scratch.constant(draw_constant(role, view.scratch.graph.values[view.node(use)], aids, rng))


def literal_sites(view: View) -> list[Use]:
    """Uses of numbers, bools and pairs that are no constants."""
    kinds = view.scratch.graph.kinds
    return [use for use in view.numbers if kinds[view.node(use)] != CONSTANT]


def put_literal(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """A constant of the type that stands at the use."""
    name = view.type(use).name
    role: Role | None = "boolean" if name == "Boolean" else "pair" if name == "IntegerTuple" else view.role(use)
    if name != "IntegerTuple" and role == "pair":
        role = None
    return view.scratch.constant(draw_constant(role or "integer", None, aids, rng))


def read_color(view: View, use: Use, aids: Aids, rng: Random) -> int | None:
    """An expression in place of a literal color that reads one off the samples or the input.

    Colors that outputs have and inputs lack, and the reverse, are what the palette differs find. Where the literal is
    the smallest or largest color of such a difference on the task's samples, an expression for that is taken.
    """
    color = view.scratch.graph.values[view.node(use)]
    return rng.choice(_readings(color, aids.hints))(view.scratch)


def _most_common(scratch: Scratch) -> int:
    return scratch.call("mostcolor", scratch.graph.variable("I"))


def _least_common(scratch: Scratch) -> int:
    return scratch.call("leastcolor", scratch.graph.variable("I"))


def _palette_of_all(scratch: Scratch, side: str) -> int:
    """The colors of all demo inputs (``first``) or outputs (``last``)."""
    grids = scratch.call("apply", scratch.graph.primitive(side), scratch.graph.variable("S"))
    return scratch.call("palette", scratch.call("merge", grids))


def _smallest_added(scratch: Scratch) -> int:
    return scratch.call("minimum", _added(scratch))


def _largest_added(scratch: Scratch) -> int:
    return scratch.call("maximum", _added(scratch))


def _added(scratch: Scratch) -> int:
    return scratch.call("difference", _palette_of_all(scratch, "last"), _palette_of_all(scratch, "first"))


def _smallest_removed(scratch: Scratch) -> int:
    return scratch.call("minimum", _removed(scratch))


def _largest_removed(scratch: Scratch) -> int:
    return scratch.call("maximum", _removed(scratch))


def _removed(scratch: Scratch) -> int:
    """The colors of the input at hand that no demo output has."""
    own = scratch.call("palette", scratch.graph.variable("I"))
    return scratch.call("difference", own, _palette_of_all(scratch, "last"))


def _other_than_most_common(scratch: Scratch) -> int:
    own = scratch.call("palette", scratch.graph.variable("I"))
    return scratch.call("other", own, _most_common(scratch))


_COMMON: Final = (_most_common, _least_common, _other_than_most_common)
_ADDED: Final = (_smallest_added, _largest_added)
_REMOVED: Final = (_smallest_removed, _largest_removed)


def _readings(color: int, hints: TaskHints | None) -> tuple[_Reading, ...]:
    if hints is None:
        return (*_COMMON, *_ADDED, *_REMOVED)
    found: list[_Reading] = []
    for colors, readings in ((hints.added, _ADDED), (hints.removed, _REMOVED)):
        ends = (min(colors), max(colors)) if colors else (None, None)
        found.extend(reading for reading, end in zip(readings, ends, strict=True) if end == color)
    return tuple(found) or _COMMON

