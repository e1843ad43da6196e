"""Functions over functions: seven that build functions, six that call one on many values, one that repeats it.

What a builder gives is described in :mod:`arcbatt.dsl.closures`: building never calls the function, and a function that
would be too deep fails with :class:`~arcbatt.dsl.values.LimitError`. How a function is called on the elements of a
container, and what happens when it fails, stands in :mod:`arcbatt.dsl.calls`; its results together must stay within the
bounds of a value.
"""

from __future__ import annotations

from itertools import product

from arcbatt.dsl.calls import each, each_of, each_pair, until_steady
from arcbatt.dsl.closures import Chain, Compose, Fork, Matcher, Power, left_bind, right_bind
from arcbatt.dsl.containers import merged
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Callable, Container, ContainerContainer, FrozenSet, Integer, Tuple
from arcbatt.dsl.values import MAX_POWER, DslError, LimitError, bounded, grown, walk
from arcbatt.dsl.work import crossed, fixing, length, lengths, walking

__all__ = ["apply", "chain", "compose", "fork", "lbind", "mapply", "matcher", "mpapply", "papply", "power",
           "prapply", "rapply", "rbind", "settle"]  # fmt: skip

SETTLING = 64
"""Times that ``settle`` calls its function at most."""


@primitive
def compose(outer: Callable, inner: Callable) -> Callable:
    """The unary function x -> outer(inner(x))."""
    return Compose(outer, inner)


@primitive
def chain(h: Callable, g: Callable, f: Callable) -> Callable:
    """The unary function x -> h(g(f(x)))."""
    return Chain(h, g, f)


@primitive(work=fixing)
def matcher(function: Callable, target: Any) -> Callable:
    """The unary function x -> function(x) == target, a bool; the target is a value, even when it is a function."""
    return Matcher(function, target)


@primitive(work=fixing)
def rbind(function: Callable, fixed: Any) -> Callable:
    """The function with its last argument fixed: unary for a binary one, binary for a ternary one, else ternary.

    Raises:
        TypeError: the first argument is no function.
    """
    return right_bind(function, fixed)


@primitive(work=fixing)
def lbind(function: Callable, fixed: Any) -> Callable:
    """The function with its first argument fixed: unary for a binary one, binary for a ternary one, else ternary.

    Raises:
        TypeError: the first argument is no function.
    """
    return left_bind(function, fixed)


@primitive
def power(function: Callable, n: Integer) -> Callable:
    """The unary function that applies a function n times; the function itself when n is 1.

    Raises:
        TypeError: n is no int.
        DslError: n is below 1.
        LimitError: n is above MAX_POWER.
    """
    if not isinstance(n, int):
        raise TypeError("power wants a number of times")
    if n < 1:
        raise DslError("power wants a number of times of 1 and more")
    if n > MAX_POWER:
        raise LimitError(f"power of more than {MAX_POWER}")
    return function if n == 1 else Power(function, n)


@primitive
def fork(outer: Callable, a: Callable, b: Callable) -> Callable:
    """The unary function x -> outer(a(x), b(x))."""
    return Fork(outer, a, b)


@primitive(work=lengths)
def apply(function: Callable, container: Container) -> Container:
    """Results of a function on every element, in the kind of the container: a set merges equal ones.

    Raises:
        TypeError: the second argument is no container.
        LimitError: the results pass the bounds of a value.
        Exception: what the function raised.
    """
    results = grown(each(function, container))
    return tuple(results) if type(container) is tuple else frozenset(results)


@primitive(work=length)
def rapply(functions: Container, value: Any) -> Container:
    """Results of every function of a container on one value, in the kind of the container.

    Raises:
        TypeError: the first argument is no container, or an element is no function.
        LimitError: the results pass the bounds of a value.
        Exception: what a function raised.
    """
    results = grown(each_of(functions, value))
    return tuple(results) if type(functions) is tuple else frozenset(results)


@primitive(work=lengths)
def mapply(function: Callable, container: ContainerContainer) -> FrozenSet:
    """All elements of the results of a function on every element, in the kind of the container: merge after apply.

    Raises:
        TypeError: the second argument or a result is no container.
        LimitError: the results pass the bounds of a value.
        Exception: what the function raised.
    """
    elements: FrozenSet = merged(type(container), grown(each(function, container)))
    return elements


@primitive(work=walking)
def papply(function: Callable, a: Tuple, b: Tuple) -> Tuple:
    """Results of a function on pairs taken in step from a and b, as many as the shorter has.

    Raises:
        TypeError: a or b is no container.
        LimitError: the results pass the bounds of a value.
        Exception: what the function raised.
    """
    return tuple(_in_step(function, a, b))


@primitive(work=walking)
def mpapply(function: Callable, a: Tuple, b: Tuple) -> Tuple:
    """All elements of the results of papply as one tuple, with duplicates; sets enter it in canonical order.

    Raises:
        TypeError: a, b or a result is no container.
        LimitError: the results pass the bounds of a value.
        Exception: what the function raised.
    """
    elements: Tuple = merged(tuple, _in_step(function, a, b))
    return elements


@primitive(work=crossed)
def prapply(function: Callable, a: Container, b: Container) -> FrozenSet:
    """The set of results of a function on every pair of an element of a and an element of b.

    As for a set, the function is called on every pair, whatever fails meanwhile.

    Raises:
        TypeError: a or b is no container.
        LimitError: more than MAX_SIZE pairs, or the results pass the bounds of a value.
        Exception: what the function raised.
    """
    bounded(crossed(a, b))
    return frozenset(grown(each_pair(function, product(a, b), ends_early=False)))


@primitive(work=fixing)
def settle(function: Callable, value: Any) -> Any:
    """The function applied to the value again and again until the value does not change, at most 64 times.

    The last value is given even if it would change again.

    Raises:
        Exception: what the function raised.
    """
    return until_steady(function, value, SETTLING)


def _in_step(function: Callable, a: Tuple, b: Tuple) -> list[Any]:
    """Results on pairs of the two containers, walked in iteration order."""
    return grown(each_pair(function, zip(walk(a), walk(b), strict=False), ends_early=True))
