"""Values of the DSL: canonical order, bounds, and how the primitives walk containers.

Values are ints, bools, None, tuples, frozensets and functions, all immutable. What this module fixes:

* **Canonical order** (:func:`ordered`): the one order in which a set is iterated, on every machine.
* **Bounds**: integers of 64 bits, values of at most :data:`MAX_SIZE` parts and :data:`MAX_DEPTH` levels. A primitive
  checks them before it builds anything big and raises :class:`LimitError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

__all__ = ["MAX_DEPTH", "MAX_FUNCTION_DEPTH", "MAX_INT", "MAX_SIZE", "MIN_INT", "DslError", "LimitError",
           "bounded", "checked", "ordered", "walk", "weigh"]  # fmt: skip

MAX_INT = 2**63 - 1
MIN_INT = -(2**63)
MAX_SIZE = 500_000
"""Most parts of a value: the elements of a container, and of its elements, and so on, repeats counted each time.

Ten times the heaviest known right program: 8,500 cells in one container, at five parts a cell.
"""
MAX_DEPTH = 32
"""Most levels of containers in containers; a set of objects has 4."""
MAX_FUNCTION_DEPTH = 256
"""Most levels of functions built from functions; ``power(f, n)`` adds one."""


class DslError(Exception):
    """A primitive has no result for its arguments. Built-in exceptions that an operation raises mean the same."""


class LimitError(DslError):
    """A value would pass one of the bounds above; raised before it is built."""


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


def weigh(items: Iterable[Any]) -> int:
    """Parts of a container that would hold these items, each occurrence counted.

    Walks level by level, so neither depth nor shared parts can hurt; stops at the first level that is too large.

    Raises:
        LimitError: more than :data:`MAX_SIZE` parts or :data:`MAX_DEPTH` levels.
    """
    level = items if type(items) is tuple or type(items) is list else tuple(items)
    total = bounded(len(level))
    for _ in range(MAX_DEPTH):
        kinds = set(map(type, level))
        if tuple not in kinds and frozenset not in kinds:
            return total
        inner = [item for item in level if type(item) is tuple or type(item) is frozenset]
        total = bounded(total + sum(map(len, inner)))
        level = list(chain.from_iterable(inner))
    raise LimitError(f"value of more than {MAX_DEPTH} levels")


def ordered(items: frozenset[Any]) -> list[Any]:
    """The elements of a set in canonical order.

    Ints and bools ascending, then tuples lexicographic (cells by row, column, color), then sets by their ordered
    elements, then functions by their text, then None.
    """
    return sorted(items, key=_key)


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


def _key(value: Any) -> tuple[Any, ...]:
    kind = type(value)
    if kind is int or kind is bool:
        return (0, value)
    if kind is tuple:
        if len(value) == 2 and type(value[1]) is tuple and len(value[1]) == 2:
            (color, (row, column)) = value
            if type(color) is not tuple and type(color) is not frozenset:
                return (1, (_key(row), _key(column), _key(color)))
        return (1, tuple(map(_key, value)))
    if kind is frozenset:
        return (2, tuple(sorted(map(_key, value))))
    if value is None:
        return (4,)
    return (3, str(value))
