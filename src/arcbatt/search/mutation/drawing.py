"""Drawing what a mutation puts in: constants, nodes and functions of a wanted type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.values import MAX_INT, MIN_INT
from arcbatt.program.graph import Constant
from arcbatt.program.type_terms import Type, fits
from arcbatt.search.mutation.fitting import accepts
from arcbatt.search.mutation.hints import TaskHints
from arcbatt.search.mutation.mutation_settings import MutationSettings
from arcbatt.search.mutation.pool import Pool
from arcbatt.search.mutation.roles import Role, parameter_role
from arcbatt.search.mutation.view import View
from arcbatt.search.mutation.vocabulary import Vocabulary

__all__ = ["Aids", "draw_constant", "draw_function", "draw_node", "draw_value"]

_PAIRS: Final = [value for value in CONSTANTS.values() if type(value) is tuple]
_ROLES: Final[dict[str, Role]] = {
    "Integer": "integer", "Numerical": "integer", "Boolean": "boolean", "IntegerTuple": "pair",
}  # fmt: skip
_CONSTANTS: Final = 0.6
"""Share of constants among the numbers, bools and pairs that are put in."""
_OWN: Final = 0.5
"""Share of the program's own nodes among those that are put in."""
_PRIMITIVES: Final = 0.5
_PARTIALS: Final = 0.75
"""Shares of primitives, and of them and of bindings of primitives, among the functions that are put in."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What an operator may use beside the program: other programs' nodes, the primitives, hints (None: no task)."""

    pool: Pool
    vocabulary: Vocabulary
    hints: TaskHints | None
    settings: MutationSettings


def draw_constant(role: Role, old: Any, aids: Aids, rng: Random) -> Constant:
    """A constant for a role, other than the one that stands there (None: none does)."""
    if role == "boolean":
        return rng.random() < 0.5 if old is None else not old
    hints = aids.hints
    if hints is not None and rng.random() < aids.settings.hinted:
        others = [value for value in _hinted(role, hints) if value != old]
        if others:
            return _early(others, rng)
    return rng.choice([value for value in _plain(role, old) if value != old])


def _hinted(role: Role, hints: TaskHints) -> Sequence[Constant]:
    if role == "color":
        return hints.colors
    return hints.pairs if role == "pair" else hints.numbers


def _early(values: Sequence[Constant], rng: Random) -> Constant:
    """One of the values, an earlier one more often."""
    return values[min(rng.randrange(len(values)), rng.randrange(len(values)))]


def _plain(role: Role, old: Any) -> Sequence[Constant]:
    """Constants of a role, those near the old one among them."""
    if role == "color":
        return range(10)
    if role == "pair":
        near = [] if old is None else _near_pairs(old)
        return [*near, *_PAIRS]
    if role == "rank":
        return range(1, 10) if old is None else _in_bounds([*range(1, 10), old + 1, max(1, old - 1)])
    return range(-2, 11) if old is None else _in_bounds([*range(-2, 11), old + 1, old - 1, old + 1, old - 1, -old])


def _near_pairs(pair: tuple[int, int]) -> list[tuple[int, int]]:
    a, b = pair
    near = [(-a, -b), (b, a), (a, -b), (-a, b), (a + 1, b), (a - 1, b), (a, b + 1), (a, b - 1), (2 * a, 2 * b)]
    return [(a, b) for a, b in near if len(_in_bounds([a, b])) == 2]


def _in_bounds(numbers: list[int]) -> list[int]:
    return [number for number in numbers if MIN_INT <= number <= MAX_INT]


def draw_node(wanted: str, view: View, aids: Aids, rng: Random) -> int | None:
    """A node of the program or of the pool, now in the scratch graph, whose type fits; None when there is none."""
    own = view.fitting(wanted)
    offered = aids.pool.fitting(wanted, with_c=view.kind == "differ")
    if own and (not offered or rng.random() < _OWN):
        return rng.choice(own)
    return view.scratch.take(aids.pool.graph, rng.choice(offered)) if offered else None


def draw_value(wanted: str, role: Role | None, view: View, aids: Aids, rng: Random) -> int | None:
    """A node whose type fits, a constant where one does; None when there is none. Functions have their own drawing.

    Args:
        wanted: a type name.
        role: what a constant would stand for, None: what the type name says.
        view: the program.
        aids: what else may be put in.
        rng: where the randomness comes from.
    """
    if wanted == "Callable":
        return None
    role = role or _ROLES.get(wanted)
    if role is None:
        return draw_node(wanted, view, aids, rng)
    if rng.random() >= _CONSTANTS:
        node = draw_node(wanted, view, aids, rng)
        if node is not None:
            return node
    return view.scratch.constant(draw_constant(role, None, aids, rng))


def draw_function(given: Sequence[Type], result: str, view: View, aids: Aids, rng: Random) -> int | None:
    """A function that can be called with such arguments: a primitive, a binding of one, or a node that is one.

    Args:
        given: types of the arguments.
        result: type name that is expected of the result.
        view: the program.
        aids: what else may be put in.
        rng: where the randomness comes from.

    Returns:
        Its node in the scratch graph, None when there is none.
    """
    choice = rng.random()
    names = tuple(type_.name for type_ in given)
    if choice < _PRIMITIVES:
        fitting = aids.vocabulary.functions(names, result)
        return view.scratch.primitive(rng.choice(fitting)) if fitting else None
    if choice < _PARTIALS:
        return _partial(names, result, view, aids, rng)
    return _known_function(given, result, view, aids, rng)


def _partial(given: tuple[str, ...], result: str, view: View, aids: Aids, rng: Random) -> int | None:
    is_last = rng.random() < 0.5
    fitting = aids.vocabulary.partials(given, result, is_last=is_last)
    if not fitting:
        return None
    item = REGISTRY[rng.choice(fitting)]
    position = item.arity if is_last else 1
    fixed = draw_value(item.types[position - 1], parameter_role(item.name, position), view, aids, rng)
    if fixed is None:
        return None
    return view.scratch.call("rbind" if is_last else "lbind", view.scratch.primitive(item.name), fixed)


def _known_function(given: Sequence[Type], result: str, view: View, aids: Aids, rng: Random) -> int | None:
    node = draw_node("Callable", view, aids, rng)
    if node is None:
        return None
    scratch = view.scratch
    type_ = scratch.types[node]
    gives = type_.result.name if type_.result is not None else "Any"
    if accepts(type_, scratch.takes[node], given) is not None or not ("Any" in (gives, result) or fits(gives, result)):
        return None
    return node
