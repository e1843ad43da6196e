"""Formulas for the work of a primitive: bounds on the elements that a call touches or builds.

Each takes the arguments of a call, whatever they are, and never raises; what is not a container has no elements.
They look two levels deep at most, which stands for what a call compares, hashes or copies of deeper values too.
The same formulas hold in every engine, so they are part of the DSL and not of an engine's tuning.
"""

from __future__ import annotations

from typing import Any

from arcbatt.dsl.values import MAX_SIZE

__all__ = ["cells", "comparing", "crossed", "fixing", "length", "lengths", "members", "pouring", "repeating",
           "searching", "sorting", "stepping", "walking"]  # fmt: skip


def length(container: Any, *_: Any) -> int:
    """Number of elements of the first argument; 0 when it is no container."""
    kind = type(container)
    return len(container) if kind is frozenset or kind is tuple else 0


def lengths(*arguments: Any) -> int:
    """Number of elements of all arguments together; functions and numbers have none."""
    return sum(map(length, arguments))


def crossed(*arguments: Any) -> int:
    """Number of pairs of an element of the last argument but one and an element of the last."""
    return length(arguments[-2]) * length(arguments[-1])


def cells(piece: Any, *_: Any) -> int:
    """Elements of the elements of the first argument: the cells of a grid, the members of a container of containers.

    An element that is no container counts 1; a set of cells or locations counts its elements once each.
    """
    return members(piece) if type(piece) is tuple else length(piece)


def members(container: Any, *_: Any) -> int:
    """Elements of the elements of the first argument, be it a tuple or a set; one that is no container counts 1."""
    kind = type(container)
    if kind is not tuple and kind is not frozenset:
        return 0
    try:
        return sum(map(len, container))
    except TypeError:
        return sum(len(item) if type(item) in (tuple, frozenset) else 1 for item in container)


def sorting(container: Any, *_: Any) -> int:
    """What putting the first argument in order touches: nothing of a tuple, the members of a set of two and more."""
    return members(container) if type(container) is frozenset and len(container) > 1 else 0


def walking(*arguments: Any) -> int:
    """What walking through all arguments in iteration order touches."""
    return lengths(*arguments) + sum(map(sorting, arguments))


def pouring(target: Any, source: Any) -> int:
    """What joining two containers touches: a set poured into a tuple is put in order first."""
    return lengths(target, source) + (sorting(source) if type(target) is tuple else 0)


def searching(value: Any, container: Any) -> int:
    """What comparing a value with the elements of a container touches; a set needs its hash alone."""
    return members(container) if type(container) is tuple else cells(value)


def comparing(a: Any, b: Any) -> int:
    """What comparing two values touches: the cells of the smaller."""
    return min(cells(a), cells(b))


def fixing(_: Any, value: Any) -> int:
    """What looking through the second argument for functions touches."""
    return cells(value)


def repeating(_: Any, times: Any) -> int:
    """The second argument, a number of times."""
    return min(max(int(times), 0), MAX_SIZE) if isinstance(times, int) else 0


def stepping(start: Any, stop: Any, step: Any) -> int:
    """Number of steps from start to before stop."""
    if not (isinstance(start, int) and isinstance(stop, int) and isinstance(step, int) and step):
        return 0
    return min(max(-((start - stop) // step), 0), MAX_SIZE)
