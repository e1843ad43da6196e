"""Containers: tuples and sets of anything, taken apart, put together, searched and sorted.

The kind of a container is tuple or set. Where the kind is kept, a tuple keeps order and duplicates. A set is walked in
canonical order (:mod:`arcbatt.dsl.values`), and a function is called on its elements as :mod:`arcbatt.dsl.calls` says.
What is no container fails with TypeError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain, compress
from itertools import product as pairs_of

from arcbatt.dsl.calls import each, first_match
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import (
    Any,
    Callable,
    Container,
    ContainerContainer,
    FrozenSet,
    Integer,
    Tuple,
    TupleTuple,
)
from arcbatt.dsl.values import (
    SMALL,
    DslError,
    bounded,
    largest,
    numeric,
    ordered,
    smallest,
    walk,
    weigh,
)
from arcbatt.dsl.work import (
    cells,
    crossed,
    length,
    lengths,
    members,
    pouring,
    repeating,
    sorting,
    walking,
)

__all__ = ["argmax", "argmin", "combine", "dedupe", "difference", "extract", "first", "initset", "insert",
           "intersection", "last", "leastcommon", "merge", "mfilter", "mostcommon", "order", "other", "pair",
           "product", "remove", "repeat", "sfilter", "size", "sizefilter", "totuple", "valmax", "valmin"]  # fmt: skip


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


@primitive
def size(container: Container) -> Integer:
    """Number of elements; rows of a grid.

    Raises:
        TypeError: the argument is no container.
    """
    return len(container)


@primitive(work=members)
def merge(containers: ContainerContainer) -> Container:
    """All elements of all members, in the kind of the outer container; sets enter a tuple in canonical order.

    Raises:
        TypeError: the argument or a member is no container.
    """
    return merged(type(containers), containers)


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


@primitive(work=cells)
def initset(value: Any) -> FrozenSet:
    """The set of one element.

    Raises:
        LimitError: the set would pass the bounds of a value.
    """
    if type(value) is not int:
        weigh((value,))
    return frozenset((value,))


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


@primitive(work=sorting)
def totuple(container: FrozenSet) -> Tuple:
    """The elements as a tuple, in iteration order.

    Raises:
        TypeError: the argument is no container.
    """
    return tuple(walk(container))


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


@primitive(work=walking)
def other(container: Container, value: Any) -> Any:
    """The first element, in iteration order, that differs from the value.

    Raises:
        IndexError, ValueError: there is none.
        TypeError: the first argument is no container.
    """
    return first(remove(value, container))


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


def _counts(container: Container) -> Counter[Any]:
    """How often each element stands in a tuple."""
    if type(container) is tuple:
        return Counter(container)
    raise TypeError(f"cannot count in {type(container).__name__}, only in a tuple")


def _keys(container: Container, compfunc: Callable) -> list[Any]:
    """Results of a function on the elements, or on 0 when there are none, in iteration order where that matters."""
    keys = each(compfunc, container) or each(compfunc, (0,))
    if len(keys) < 2 or type(container) is tuple or _is_total(keys):
        return keys
    return _in_order(keys, container)[0]


def _best(container: Container, compfunc: Callable, choose: Any) -> Any:
    """The element whose key is chosen by min or max. A set is put in order only if the choice hangs on it."""
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
