"""Arithmetic: numbers, which are ints or pairs of ints, and the few primitives that compare or make them.

A bool counts as an int. An int beside a pair applies to both its members. Only the first two members of a tuple are
read. Results are ints, never bools, of 64 bits: what is larger fails with :class:`~arcbatt.dsl.values.LimitError`.

Programs also meet pairs of other things here, such as the rows of a grid, and go on with what Python makes of them:
tuples add up by concatenation, a tuple times an int repeats, a set less a set is their difference. So it is here, for
containers of up to :data:`~arcbatt.dsl.values.SMALL` elements.
"""

from __future__ import annotations

from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Boolean, Integer, IntegerSet, IntegerTuple, Numerical, Tuple
from arcbatt.dsl.values import SMALL, LimitError, bounded, checked, numeric, walk, weigh
from arcbatt.dsl.work import cells, comparing, lengths, repeating, stepping, walking

__all__ = ["add", "astuple", "crement", "decrement", "divide", "double", "even", "greater", "halve", "identity",
           "increment", "interval", "invert", "maximum", "minimum", "multiply", "positive", "sign", "subtract",
           "toivec", "tojvec"]  # fmt: skip


@primitive
def identity(x: Any) -> Any:
    """The argument itself, of any type."""
    return x


@primitive
def add(a: Numerical, b: Numerical) -> Numerical:
    """Sum, member by member.

    Raises:
        TypeError, IndexError: an argument is no number.
    """
    if isinstance(a, int) and isinstance(b, int):
        return checked(a + b)
    (a0, a1), (b0, b1) = _pair(a), _pair(b)
    return _within(a0 + b0), _within(a1 + b1)


@primitive
def subtract(a: Numerical, b: Numerical) -> Numerical:
    """Difference a - b, member by member: ``subtract(3, (1, 5))`` is ``(2, -2)``.

    Raises:
        TypeError, IndexError: an argument is no number.
    """
    if isinstance(a, int) and isinstance(b, int):
        return checked(a - b)
    (a0, a1), (b0, b1) = _pair(a), _pair(b)
    return _within(a0 - b0), _within(a1 - b1)


@primitive
def multiply(a: Numerical, b: Numerical) -> Numerical:
    """Product, member by member.

    Raises:
        TypeError, IndexError: an argument is no number.
    """
    if isinstance(a, int) and isinstance(b, int):
        return checked(a * b)
    (a0, a1), (b0, b1) = _pair(a), _pair(b)
    return _times(a0, b0), _times(a1, b1)


@primitive
def divide(a: Numerical, b: Numerical) -> Numerical:
    """Quotient a / b rounded toward minus infinity, member by member: ``divide(-7, 2)`` is ``-4``.

    Raises:
        TypeError, IndexError: an argument is no number.
        ZeroDivisionError: a member of b is 0.
    """
    if isinstance(a, int) and isinstance(b, int):
        return checked(a // b)
    (a0, a1), (b0, b1) = _pair(a), _pair(b)
    return _within(a0 // b0), _within(a1 // b1)


@primitive
def invert(n: Numerical) -> Numerical:
    """Every member with the other sign.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    if isinstance(n, int):
        return checked(-n)
    i, j = _pair(n)
    return checked(-i), checked(-j)


@primitive
def even(n: Integer) -> Boolean:
    """Whether n is a multiple of 2; negative numbers may be.

    Raises:
        TypeError: n is no int.
    """
    return n % 2 == 0


@primitive
def double(n: Numerical) -> Numerical:
    """Every member times 2.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    return multiply(n, 2)


@primitive
def halve(n: Numerical) -> Numerical:
    """Every member divided by 2 and rounded toward minus infinity: ``halve((-5, 5))`` is ``(-3, 2)``.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    return divide(n, 2)


@primitive
def increment(x: Numerical) -> Numerical:
    """Every member plus 1.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    return add(x, 1)


@primitive
def decrement(x: Numerical) -> Numerical:
    """Every member minus 1.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    return subtract(x, 1)


@primitive
def crement(x: Numerical) -> Numerical:
    """Every member one further from zero; zero stays: ``crement((0, -4))`` is ``(0, -5)``.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    if isinstance(x, int):
        return checked(x + _sign(x))
    i, j = _pair(x)
    return checked(i + _sign(i)), checked(j + _sign(j))


@primitive
def sign(x: Numerical) -> Numerical:
    """-1, 0 or 1 for every member.

    Raises:
        TypeError, IndexError: the argument is no number.
    """
    if isinstance(x, int):
        return _sign(x)
    i, j = _pair(x)
    return _sign(i), _sign(j)


@primitive
def positive(x: Integer) -> Boolean:
    """Whether x is above zero; zero is not.

    Raises:
        TypeError: x is no int.
    """
    return x > 0


@primitive(work=comparing)
def greater(a: Integer, b: Integer) -> Boolean:
    """Whether a > b: numbers by size, tuples lexicographically, sets by proper inclusion.

    Raises:
        TypeError: the two cannot be compared.
    """
    return a > b


@primitive(work=walking)
def maximum(container: IntegerSet) -> Integer:
    """Largest element, 0 of an empty container. Elements may be tuples; among sets a later larger one replaces.

    Raises:
        TypeError: the argument is no container, or elements cannot be compared.
    """
    return max(_comparable(container), default=0)


@primitive(work=walking)
def minimum(container: IntegerSet) -> Integer:
    """Smallest element, 0 of an empty container; otherwise as :func:`maximum`.

    Raises:
        TypeError: the argument is no container, or elements cannot be compared.
    """
    return min(_comparable(container), default=0)


@primitive(work=cells)
def toivec(i: Integer) -> IntegerTuple:
    """The pair (i, 0) of any value.

    Raises:
        LimitError: the pair would pass the bounds of a value.
    """
    if type(i) is not int:
        weigh((i, 0))
    return (i, 0)


@primitive(work=cells)
def tojvec(j: Integer) -> IntegerTuple:
    """The pair (0, j) of any value.

    Raises:
        LimitError: the pair would pass the bounds of a value.
    """
    if type(j) is not int:
        weigh((0, j))
    return (0, j)


@primitive(work=lambda a, b: cells(a) + cells(b))
def astuple(a: Integer, b: Integer) -> IntegerTuple:
    """The pair (a, b) of any two values.

    Raises:
        LimitError: the pair would pass the bounds of a value.
    """
    if type(a) is not int or type(b) is not int:
        weigh((a, b))
    return (a, b)


@primitive(work=stepping)
def interval(start: Integer, stop: Integer, step: Integer) -> Tuple:
    """start, start + step ... strictly before stop; () when step leads away: ``interval(5, -1, -2)`` is ``(5, 3, 1)``.

    Raises:
        TypeError: an argument is no int.
        ValueError: step is 0.
        LimitError: more than MAX_SIZE numbers.
    """
    numbers = range(start, stop, step)
    bounded(-((start - stop) // step))
    return tuple(numbers)


def _pair(number: Numerical) -> tuple[Any, Any]:
    """The two members of a pair, or an int twice."""
    if isinstance(number, int):
        return number, number
    if type(number) is not tuple:
        raise TypeError("a number is an int or a pair of ints")
    i, j = number[0], number[1]
    if (type(i) is not int or type(j) is not int) and lengths(i, j) > SMALL:
        raise LimitError(f"arithmetic on containers of more than {SMALL} elements")
    return i, j


def _within(member: Any) -> Any:
    """A member of a result, within the bounds of an int if it is one."""
    return checked(member) if isinstance(member, int) else member


def _times(a: Any, b: Any) -> Any:
    """The product of two members; the size of what would be repeated is looked at before."""
    if isinstance(a, int) and isinstance(b, int):
        return checked(a * b)
    if (type(a) is tuple or type(b) is tuple) and lengths(a, b) * max(repeating(a, a), repeating(b, b)) > SMALL:
        raise LimitError(f"arithmetic on containers of more than {SMALL} elements")
    return a * b


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _comparable(container: Any) -> Any:
    """The elements in iteration order, or in any where that makes no difference."""
    if type(container) is frozenset and numeric(container):
        return container
    return walk(container)
