"""Choosing from containers: by place, by a condition, by a key, by count; and sorting by a key.

A set is walked in canonical order (:mod:`arcbatt.dsl.values`), and a function is called on its elements as
:mod:`arcbatt.dsl.calls` says. Keys compare as in Python: numbers by size, tuples lexicographically, sets by inclusion;
an element replaces the best so far when its key is strictly better. What is no container fails with TypeError.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

from arcbatt.dsl.calls import each, first_match
from arcbatt.dsl.containers import remove
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Callable, Container, FrozenSet, Integer, Tuple
from arcbatt.dsl.values import DslError, largest, numeric, ordered, smallest, walk
from arcbatt.dsl.work import members, sorting, walking

__all__ = ["argmax", "argmin", "element", "extract", "first", "last", "leastcommon", "mostcommon", "order", "other",
           "valmax", "valmin", "valrank"]  # fmt: skip


@primitive(work=sorting)
def first(container: Container) -> Any:
    """The first element in iteration order: the first row of a grid, the upper left cell of an object.

    Raises:
        IndexError, ValueError: the container is empty.
        TypeError: the argument is no container.
    """
    if type(container) is frozenset:
        return smallest(container)
    return walk(container)[0]


@primitive(work=sorting)
def last(container: Container) -> Any:
    """The last element in iteration order.

    Raises:
        IndexError, ValueError: the container is empty.
        TypeError: the argument is no container.
    """
    if type(container) is frozenset:
        return largest(container)
    return walk(container)[-1]


@primitive(work=sorting)
def element(container: Container, number: Integer) -> Any:
    """The element of that number in iteration order, from 0; negative numbers count from the end, the last is -1.

    Raises:
        IndexError: there is none.
        TypeError: the first argument is no container, or the second no int.
    """
    return walk(container)[number]


@primitive(work=walking)
def other(container: Container, value: Any) -> Any:
    """The first element, in iteration order, that differs from the value.

    Raises:
        IndexError, ValueError: there is none.
        TypeError: the first argument is no container.
    """
    return first(remove(value, container))


@primitive(work=walking)
def extract(container: Container, condition: Callable) -> Any:
    """The first element, in iteration order, whose condition is true; later ones are not asked.

    Raises:
        DslError: there is none.
        TypeError: the first argument is no container.
        Exception: what the condition raised.
    """
    found = first_match(condition, walk(container))
    if not found:
        raise DslError("no element meets the condition")
    return found[0]


@primitive(work=walking)
def order(container: Container, compfunc: Callable) -> Tuple:
    """The elements as a tuple, ascending by compfunc; equal keys keep iteration order. Sets as keys go by inclusion.

    Raises:
        TypeError: keys cannot be compared.
        Exception: what compfunc raised.
    """
    keys, items = each(compfunc, container), container
    if type(container) is frozenset:
        distinct = _is_total(keys) and len(set(keys)) == len(keys)
        keys, items = (keys, tuple(items)) if distinct else _in_order(keys, items)
    return tuple([items[i] for i in sorted(range(len(items)), key=keys.__getitem__)])


@primitive(work=walking)
def argmax(container: Container, compfunc: Callable) -> Any:
    """The element with the largest compfunc, the first of them in iteration order.

    Raises:
        TypeError: results cannot be compared.
        ValueError: the container is empty.
        Exception: what compfunc raised.
    """
    return _best(container, compfunc, max)


@primitive(work=walking)
def argmin(container: Container, compfunc: Callable) -> Any:
    """The element with the smallest compfunc, the first of them in iteration order.

    Raises:
        TypeError: results cannot be compared.
        ValueError: the container is empty.
        Exception: what compfunc raised.
    """
    return _best(container, compfunc, min)


@primitive(work=walking)
def valmax(container: Container, compfunc: Callable) -> Integer:
    """Largest result of compfunc on the elements; compfunc(0) for an empty container.

    Raises:
        TypeError: results cannot be compared.
        Exception: what compfunc raised.
    """
    best: Integer = max(_keys(container, compfunc))
    return best


@primitive(work=walking)
def valmin(container: Container, compfunc: Callable) -> Integer:
    """Smallest result of compfunc on the elements; compfunc(0) for an empty container.

    Raises:
        TypeError: results cannot be compared.
        Exception: what compfunc raised.
    """
    best: Integer = min(_keys(container, compfunc))
    return best


@primitive(work=walking)
def valrank(container: Container, function: Callable, number: Integer) -> Integer:
    """The number-th of the distinct results of the function on the elements; 0 is the largest, -1 the smallest.

    Results are put in order as :func:`order` does it; function(0) is the only one for an empty container. So 0 gives
    what ``valmax`` gives, and -1 what ``valmin`` gives, where any two results compare.

    Raises:
        IndexError: there are not so many.
        TypeError: results cannot be compared, or the number is no int.
        Exception: what the function raised.
    """
    distinct = list(dict.fromkeys(sorted(_keys(container, function))))
    value: Integer = distinct[-1 - number]
    return value


@primitive(work=members)
def mostcommon(container: Container) -> Any:
    """The most frequent element of a tuple, the first of them in canonical order.

    Raises:
        TypeError: the argument is no tuple.
        ValueError: the tuple is empty.
    """
    counts = _counts(container)
    most = max(counts.values())
    return smallest(frozenset([item for item, count in counts.items() if count == most]))


@primitive(work=members)
def leastcommon(container: Container) -> Any:
    """The least frequent element of a tuple, the first of them in canonical order.

    Raises:
        TypeError: the argument is no tuple.
        ValueError: the tuple is empty.
    """
    counts = _counts(container)
    least = min(counts.values())
    return smallest(frozenset([item for item, count in counts.items() if count == least]))


def _keys(container: Container, compfunc: Callable) -> list[Any]:
    """Results of a function on the elements, or on 0 when there are none, in iteration order where that matters."""
    keys = each(compfunc, container) or each(compfunc, (0,))
    if len(keys) < 2 or type(container) is tuple or _is_total(keys):
        return keys
    return _in_order(keys, container)[0]


def _best(container: Container, compfunc: Callable, choose: Any) -> Any:
    """The element whose key is chosen by min or max. A set is put in order only if the choice depends on it."""
    keys, items = each(compfunc, container), container
    if type(container) is frozenset and len(keys) > 1:
        if _is_total(keys):
            best = choose(keys)
            return smallest(frozenset([item for item, key in zip(container, keys, strict=True) if key == best]))
        keys, items = _in_order(keys, container)
    return tuple(items)[choose(range(len(keys)), key=keys.__getitem__)]


def _is_total(keys: list[Any]) -> bool:
    """Whether any two of the keys compare as numbers do: all numbers, or all tuples of numbers."""
    return numeric(keys) or (set(map(type, keys)) == {tuple} and numeric(chain.from_iterable(keys)))


def _in_order(keys: list[Any], container: FrozenSet) -> tuple[list[Any], list[Any]]:
    """Keys and elements of a set in canonical order, from the keys in the set's own order."""
    key_of = dict(zip(container, keys, strict=True))
    items = ordered(container)
    return [key_of[item] for item in items], items


def _counts(container: Container) -> Counter[Any]:
    """How often each element stands in a tuple."""
    if type(container) is tuple:
        return Counter(container)
    raise TypeError(f"cannot count in {type(container).__name__}, only in a tuple")
