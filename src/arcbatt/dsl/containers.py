"""Containers: tuples and sets of anything, built, joined, filtered and taken apart.

The kind of a container is tuple or set. Where the kind is kept, a tuple keeps order and duplicates. A set is walked in
canonical order (:mod:`arcbatt.dsl.values`), and a function is called on its elements as :mod:`arcbatt.dsl.calls` says.
What is no container fails with TypeError.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain, compress
from itertools import product as pairs_of

from arcbatt.dsl.calls import each
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Callable, Container, ContainerContainer, FrozenSet, Integer, Tuple, TupleTuple
from arcbatt.dsl.values import SMALL, bounded, ordered, walk, weigh
from arcbatt.dsl.work import cells, crossed, length, lengths, members, pouring, repeating, sorting, walking

__all__ = ["combine", "dedupe", "difference", "initset", "insert", "intersection", "merge", "merged", "mfilter",
           "pair", "product", "remove", "repeat", "sfilter", "size", "sizefilter", "totuple"]  # fmt: skip


@primitive
def size(container: Container) -> Integer:
    """Number of elements; rows of a grid.

    Raises:
        TypeError: the argument is no container.
    """
    return len(container)


@primitive(work=sorting)
def totuple(container: FrozenSet) -> Tuple:
    """The elements as a tuple, in iteration order.

    Raises:
        TypeError: the argument is no container.
    """
    return tuple(walk(container))


@primitive(work=cells)
def initset(value: Any) -> FrozenSet:
    """The set of one element.

    Raises:
        LimitError: the set would pass the bounds of a value.
    """
    if type(value) is not int:
        weigh((value,))
    return frozenset((value,))


@primitive(work=repeating)
def repeat(item: Any, num: Integer) -> Tuple:
    """The item num times; () for num <= 0.

    Raises:
        TypeError: num is no int.
        LimitError: more than MAX_SIZE parts or MAX_DEPTH levels.
    """
    if not isinstance(num, int):
        raise TypeError("repeat wants a number of times")
    if num > 0:
        bounded(num if type(item) is int else num * weigh((item,)))
    return (item,) * num


@primitive(work=walking)
def pair(a: Tuple, b: Tuple) -> TupleTuple:
    """Pairs taken in step from a and b, as many as the shorter has.

    Raises:
        TypeError: an argument is no container.
        LimitError: more than MAX_SIZE parts or MAX_DEPTH levels.
    """
    pairs = tuple(zip(walk(a), walk(b), strict=False))
    weigh(pairs)
    return pairs


@primitive(work=crossed)
def product(a: Container, b: Container) -> FrozenSet:
    """The set of all pairs (x, y) with x from a and y from b.

    Raises:
        TypeError: an argument is no container.
        LimitError: more than MAX_SIZE parts, counted before equal pairs fall together, or MAX_DEPTH levels.
    """
    rows, columns = length(a), length(b)
    if rows and columns:
        bounded(rows * columns + columns * weigh(a, 2) + rows * weigh(b, 2))
    return frozenset(pairs_of(a, b))


@primitive(work=lambda value, container: cells(value) + length(container))
def insert(value: Any, container: FrozenSet) -> FrozenSet:
    """The set with the value added.

    Raises:
        TypeError: the second argument is no set.
        LimitError: the set would pass the bounds of a value.
    """
    if type(container) is not frozenset:
        raise TypeError("insert wants a set")
    added = 1 if type(value) is int else weigh((value,))
    if len(container) >= SMALL:
        bounded(weigh(container) + added)
    return container.union((value,))


@primitive(work=members)
def remove(value: Any, container: Container) -> Container:
    """The container without the elements that equal the value, in its kind.

    Raises:
        TypeError: the second argument is no container.
    """
    if type(container) is frozenset:
        return container.difference((value,))
    return _like(container, [item for item in container if item != value])


@primitive(work=pouring)
def combine(a: Container, b: Container) -> Container:
    """Elements of a, then of b, in the kind of a; those of a set b enter a tuple a in canonical order.

    Raises:
        TypeError: an argument is no container.
        LimitError: more than MAX_SIZE parts in both together, when they have more than SMALL elements.
    """
    kind, source = type(a), type(b)
    if not (kind is tuple or kind is frozenset) or not (source is tuple or source is frozenset):
        raise TypeError("combine wants two containers")
    if len(a) + len(b) > SMALL:
        bounded(weigh(a) + weigh(b))
    if kind is frozenset:
        return a.union(b)
    return a + b if source is tuple else (*a, *ordered(b))


@primitive(work=members)
def merge(containers: ContainerContainer) -> Container:
    """All elements of all members, in the kind of the outer container; sets enter a tuple in canonical order.

    Raises:
        TypeError: the argument or a member is no container.
    """
    return merged(type(containers), containers)


@primitive(work=lengths)
def intersection(a: FrozenSet, b: FrozenSet) -> FrozenSet:
    """Elements of both sets. (Two ints give their bitwise and.)

    Raises:
        TypeError: an argument is a tuple or no container.
    """
    return a & b


@primitive(work=lengths)
def difference(a: FrozenSet, b: FrozenSet) -> FrozenSet:
    """Elements of a that equal none of b, in the kind of a; a tuple keeps order and duplicates.

    Raises:
        TypeError: a is no container, or b is none although a has elements.
    """
    if type(a) is frozenset and type(b) is frozenset:
        return a - b
    kept: FrozenSet = _without(a, b)
    return kept


@primitive(work=members)
def dedupe(tup: Tuple) -> Tuple:
    """The tuple without elements that equal an earlier one.

    Raises:
        TypeError: the argument is no tuple; the empty set passes for one.
    """
    if type(tup) is tuple or not walk(tup):
        return tuple(dict.fromkeys(tup))
    raise TypeError("dedupe wants a tuple")


@primitive(work=lengths)
def sfilter(container: Container, condition: Callable) -> Container:
    """The elements whose condition is true, in the kind of the container.

    Raises:
        TypeError: the first argument is no container.
        Exception: what the condition raised.
    """
    return _like(container, compress(container, each(condition, container)))


@primitive(work=lengths)
def mfilter(container: Container, function: Callable) -> FrozenSet:
    """All elements of those members whose function is true, in the kind of the container: merge after sfilter.

    Raises:
        TypeError: the first argument or a member is no container.
        Exception: what the function raised.
    """
    elements: FrozenSet = merged(type(container), list(compress(container, each(function, container))))
    return elements


@primitive(work=length)
def sizefilter(container: Container, n: Integer) -> FrozenSet:
    """The elements of length n, always as a set.

    Raises:
        TypeError: the first argument or an element is no container.
    """
    return frozenset([item for item in container if len(item) == n])


def merged(kind: type, parts: Collection[Any]) -> Container:
    """All elements of all parts, as a tuple or frozenset; sets enter a tuple in canonical order.

    Raises:
        TypeError: a part is no container, or the kind is none.
    """
    if kind is frozenset:
        return frozenset().union(*parts)
    if kind is not tuple:
        raise TypeError(f"{kind.__name__} is not a container")
    if frozenset in set(map(type, parts)):
        parts = list(map(walk, parts))
    return tuple(chain.from_iterable(parts))


def _like(container: Container, items: Iterable[Any]) -> Container:
    """Some items in the kind of a container."""
    kind = type(container)
    if kind is tuple or kind is frozenset:
        return kind(items)
    raise TypeError(f"{kind.__name__} is not a container")


def _without(container: Container, unwanted: Container) -> Container:
    """The container without what the other holds; what is no container is asked only if there is something to ask."""
    if type(unwanted) is tuple:
        unwanted = frozenset(unwanted)
    return _like(container, [item for item in container if item not in unwanted])
