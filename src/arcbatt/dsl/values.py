"""Values of the DSL: their bounds, and the order in which sets are walked.

Values are ints, bools, None, tuples, frozensets and functions, all immutable. What this module fixes:

* **Bounds**: integers of 64 bits, values of at most :data:`MAX_SIZE` parts and :data:`MAX_DEPTH` levels. A primitive
  that nests or adds up values checks them before it builds anything big and raises :class:`LimitError`.
* **Canonical order** (:func:`ordered`): the one order in which a set is walked, on every machine:

  - numbers ascending, then tuples, then sets, then functions by their text, then None;
  - tuples lexicographic, except **cells**, which go by row, column and color. A cell is a tuple of two whose second
    member is a tuple of two numbers, and whose first, the color, is no container: so a pair of locations is an
    ordinary tuple. Among ordinary tuples a cell stands where ``(row, column, color)`` would, right after it;
  - sets by their elements in canonical order, compared lexicographically.

A bool is a number here: 1 and True are equal, no set holds both, no primitive distinguishes them. Which of two equal
elements a set keeps is therefore not fixed, and nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import chain
from operator import itemgetter
from typing import Any

__all__ = ["MAX_CALL_DEPTH", "MAX_DEPTH", "MAX_FUNCTION_DEPTH", "MAX_INT", "MAX_POWER", "MAX_SIZE", "MIN_INT",
           "SMALL", "DslError", "FuelError", "LimitError", "bounded", "checked", "grown", "has_functions", "largest",
           "numeric", "ordered", "smallest", "walk", "weigh"]  # fmt: skip

MAX_INT = 2**63 - 1
MIN_INT = -(2**63)
MAX_SIZE = 500_000
"""Most parts of a value: the elements of a container, and of its elements, and so on, repeats counted each time.

Ten times the heaviest known right program: 8,500 cells in one container, at five parts a cell.
"""
MAX_DEPTH = 32
"""Most levels of containers in containers; a set of objects has 4."""
MAX_FUNCTION_DEPTH = 64
"""Most levels of functions built from functions; ``power(f, n)`` adds one, whatever n."""
MAX_CALL_DEPTH = 128
"""Most levels of functions that call functions at any moment (:mod:`arcbatt.dsl.calls`)."""
MAX_POWER = 1000
"""Most times that ``power`` repeats its function; about where the original fails too."""
SMALL = 256
"""Containers of up to so many elements are joined without counting the parts of their elements."""

_NUMBERS = frozenset((int, bool))
_CONTAINERS = frozenset((tuple, frozenset))
_Items = list[Any] | tuple[Any, ...]
_FEW = 20
"""So many cells or fewer are sorted sooner by the general key than by finding out that they are cells."""


class DslError(Exception):
    """A primitive has no result for its arguments. Built-in exceptions that an operation raises mean the same."""


class LimitError(DslError):
    """A value would pass one of the bounds above; raised before it is built."""


class FuelError(LimitError):
    """The budget of the whole evaluation is spent: raised by an engine, and passed on at once by every primitive."""


def checked(number: int) -> int:
    """The number itself.

    Raises:
        LimitError: it needs more than 64 bits.
    """
    if MIN_INT <= number <= MAX_INT:
        return number
    raise LimitError("integer beyond 64 bits")


def bounded(parts: int) -> int:
    """The number of parts itself, for a value that is about to be built.

    Raises:
        LimitError: they are more than :data:`MAX_SIZE`.
    """
    if parts > MAX_SIZE:
        raise LimitError(f"value of more than {MAX_SIZE} parts")
    return parts


def numeric(items: Iterable[Any]) -> bool:
    """Whether all items are ints or bools; true of none at all.

    Adding them up asks each for its type at the least cost that Python has: nothing else can be added to an int.
    """
    try:
        sum(items)
    except TypeError:
        return False
    return True


def weigh(items: Iterable[Any], levels: int = 1) -> int:
    """Parts of a container that would hold these items, each occurrence counted; functions and None are one part.

    Walks level by level, so neither depth nor shared parts can hurt; stops at the first level that is too large.

    Args:
        items: the items, each within bounds or a container of such.
        levels: levels of containers that will stand around each item, 1 or more.

    Raises:
        LimitError: more than :data:`MAX_SIZE` parts or :data:`MAX_DEPTH` levels.
    """
    level: _Items = items if type(items) is tuple or type(items) is list else tuple(items)
    total = bounded(len(level))
    for _ in range(MAX_DEPTH + 1 - levels):
        level, size, _ = _opened(level)
        if not level:
            return total
        total = bounded(total + size)
        level = list(chain.from_iterable(level))
    raise LimitError(f"value of more than {MAX_DEPTH} levels")


def grown(items: list[Any]) -> list[Any]:
    """The items themselves, when a container of them stays within bounds; at next to no cost when they are numbers.

    Raises:
        LimitError: as :func:`weigh`.
    """
    if len(items) > MAX_SIZE or not numeric(items):
        weigh(items)
    return items


def has_functions(container: Any) -> bool:
    """Whether a function stands anywhere inside a tuple or set."""
    level, _, others = _opened(tuple(container))
    while level and not any(map(callable, others)):
        level, _, others = _opened(list(chain.from_iterable(level)))
    return any(map(callable, others))


def _opened(level: _Items) -> tuple[_Items, int, _Items]:
    """The containers among some items, how many elements they have, and what else may be more than a number.

    The usual levels are all numbers, all containers, or both in turn; asking the whole level for a sum or for its
    lengths distinguishes them faster than a look at each item could.
    """
    if not level or (type(level[0]) is int and numeric(level)):
        return (), 0, ()
    size = _size(level)
    if size >= 0:
        return level, size, ()
    size = _size(level[1::2]) if numeric(level[::2]) else -1
    if size >= 0:
        return level[1::2], size, ()  # the members of cells: color, location, color, location ...
    inner = [item for item in level if type(item) in _CONTAINERS]
    return inner, _size(inner), level


def _size(items: _Items) -> int:
    """Elements of all items together; -1 when one of them is no container, for only containers have a length."""
    try:
        return sum(map(len, items))
    except TypeError:
        return -1


def walk(container: Any) -> Any:
    """The elements of a container in iteration order: a tuple as it stands, a set in canonical order.

    Raises:
        TypeError: it is neither.
    """
    if type(container) is tuple:
        return container
    if type(container) is frozenset:
        return ordered(container)
    raise TypeError(f"{type(container).__name__} is not a container")


def ordered(items: frozenset[Any]) -> list[Any]:
    """The elements of a set in canonical order. Cost: n log n of its parts."""
    return list(items) if len(items) < 2 else sorted(items, key=_ranking(items))


def smallest(items: frozenset[Any]) -> Any:
    """The first element in canonical order, found in one pass.

    Raises:
        ValueError: there is none.
    """
    return min(items, key=_ranking(items) if len(items) > 1 else None)


def largest(items: frozenset[Any]) -> Any:
    """The last element in canonical order, found in one pass.

    Raises:
        ValueError: there is none.
    """
    return max(items, key=_ranking(items) if len(items) > 1 else None)


# Ranking a set means to choose a key that compares as canonical order does on its elements. The usual sets (numbers,
# indices, rows, grids, objects, sets of those) have one that runs inside the interpreter; `_key` fits every value.

_Key = Callable[[Any], Any]
_place: _Key = itemgetter(1)
_place_then_color: _Key = itemgetter(1, 0)


def _ranking(items: Collection[Any]) -> _Key | None:
    """A key for sorting the items by canonical order; None when Python's own order is that."""
    kinds = set(map(type, items))
    if kinds == {tuple}:
        return _ranking_of_tuples(items)
    if kinds == {frozenset}:
        return _ranking_of_sets(items)
    return None if kinds <= _NUMBERS else _key


def _ranking_of_tuples(items: Collection[tuple[Any, ...]]) -> _Key | None:
    sample = next(iter(items))  # one item shows the kind to look for; then all items are checked
    if not sample or type(sample[-1]) in _NUMBERS:
        return None if numeric(chain.from_iterable(items)) else _key  # locations, rows
    if len(sample) == 2 and len(items) <= _FEW:
        return _key
    members = list(chain.from_iterable(items))
    if type(sample[0]) is tuple:
        flat = set(map(type, members)) == {tuple} and numeric(chain.from_iterable(members))
        return None if flat else _key  # grids, pairs of locations
    if len(members) != 2 * len(items) or max(map(len, items)) != 2 or not numeric(members[::2]):
        return _key
    places = members[1::2]
    return _ranking_of_cells(places) if set(map(type, places)) == {tuple} else _key


def _ranking_of_cells(places: list[tuple[Any, ...]]) -> _Key:
    """The key for tuples of a number and one of these places."""
    numbers = list(chain.from_iterable(places))
    if len(numbers) != 2 * len(places) or max(map(len, places)) != 2 or not numeric(numbers):
        return _key
    return _place if len(set(places)) == len(places) else _place_then_color


def _ranking_of_sets(items: Collection[frozenset[Any]]) -> _Key:
    """Sets rank by their first elements, where those differ, else by all of them."""
    inner = _ranking(list(chain.from_iterable(items)))
    if all(items) and inner in (None, _place, _place_then_color):
        firsts = {item: min(map(inner, item)) if inner else min(item) for item in items}
        if len(set(firsts.values())) == len(firsts):
            return firsts.__getitem__
    return lambda item: sorted(map(inner, item)) if inner else sorted(item)


def _key(value: Any) -> tuple[Any, ...]:
    """The key that fits every value: what canonical order is, spelled out."""
    kind = type(value)
    if kind is tuple:
        return _cell_key(value) or (1, tuple(map(_key, value)))
    if kind is frozenset:
        return (2, tuple(sorted(map(_key, value))))
    if kind in _NUMBERS:
        return (0, value)
    return (4,) if value is None else (3, getattr(value, "text", None) or value.__name__)


def _cell_key(value: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The key of a cell, None for any other tuple. Its third member keeps it apart from (row, column, color)."""
    if len(value) != 2 or type(value[1]) is not tuple or len(value[1]) != 2 or type(value[0]) in _CONTAINERS:
        return None
    color, (row, column) = value
    if type(row) not in _NUMBERS or type(column) not in _NUMBERS:
        return None
    return (1, ((0, row), (0, column), _key(color)), True)
