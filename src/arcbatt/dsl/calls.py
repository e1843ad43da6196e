"""Calling the functions that a program hands to a primitive.

Every primitive that takes a function calls it through this module, which ensures two things:

* **No order in sets.** A function over a set is called on every element, whatever fails meanwhile, and the call fails
  afterwards: so neither value, failure nor fuel depends on the order, and no set is sorted just to be mapped. Over a
  tuple the first failure ends the call.
* **No endless recursion.** A function can be handed to itself, ``fork(apply, identity, initset)`` does that. Each call
  of a primitive that calls functions adds 1 and the depth of the function to the level it was called at, and fails
  past :data:`~arcbatt.dsl.values.MAX_CALL_DEPTH`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from arcbatt.dsl.values import MAX_CALL_DEPTH, FuelError, LimitError

__all__ = ["each", "each_of", "each_pair", "first_match", "level", "until_steady"]


class _Level(threading.local):
    """How deep the calls of this thread stand in each other."""

    depth = 0


level = _Level()
"""Where this thread's calls stand; an engine that calls back into Python sets it."""


def each(function: Callable[..., Any], container: Any) -> list[Any]:
    """Results of the function on the elements of a tuple, or of a set in the order in which the set iterates.

    Raises:
        TypeError: the second argument is no container.
        LimitError: calls stand too deep in each other.
        Exception: what the function raised.
    """
    kind = type(container)
    if kind is not tuple and kind is not frozenset:
        raise TypeError(f"{kind.__name__} is not a container")
    before = _enter(_depth(function))
    try:
        if kind is tuple:
            return [function(item) for item in container]
        return _all(iter(container), function)
    finally:
        level.depth = before


def each_of(functions: Any, value: Any) -> list[Any]:
    """Results of the functions of a container on one value; order and failures as for :func:`each`.

    Raises:
        TypeError: the first argument is no container, or an element is no function.
        LimitError: calls stand too deep in each other.
        Exception: what a function raised.
    """
    kind = type(functions)
    if kind is not tuple and kind is not frozenset:
        raise TypeError(f"{kind.__name__} is not a container")
    before = _enter(max(map(_depth, functions), default=0))
    try:
        if kind is tuple:
            return [function(value) for function in functions]
        return _all(iter(functions), lambda function: function(value))
    finally:
        level.depth = before


def each_pair(function: Callable[..., Any], pairs: Iterable[tuple[Any, Any]], *, ends_early: bool) -> list[Any]:
    """Results of the function on pairs, taken as its two arguments.

    Args:
        function: called with two arguments.
        pairs: in a fixed order if the first failure is to end the call.
        ends_early: whether it does; else all calls are made and the call fails afterwards.

    Raises:
        LimitError: calls stand too deep in each other.
        Exception: what the function raised.
    """
    before = _enter(_depth(function))
    try:
        if ends_early:
            return [function(a, b) for a, b in pairs]
        return _all(iter(pairs), lambda pair: function(*pair))
    finally:
        level.depth = before


def first_match(condition: Callable[..., Any], items: Iterable[Any]) -> list[Any]:
    """The first item whose condition is truthy, in a list; an empty list when there is none. Later ones are not asked.

    Raises:
        LimitError: calls stand too deep in each other.
        Exception: what the condition raised.
    """
    before = _enter(_depth(condition))
    try:
        for item in items:
            if condition(item):
                return [item]
        return []
    finally:
        level.depth = before


def until_steady(function: Callable[..., Any], value: Any, times: int) -> Any:
    """The function applied again and again, until a result equals what it was made from; or so many times.

    Raises:
        LimitError: calls stand too deep in each other.
        Exception: what the function raised.
    """
    before = _enter(_depth(function))
    try:
        for _ in range(times):
            last, value = value, function(value)
            if value == last:
                break
        return value
    finally:
        level.depth = before


def _depth(function: Any) -> int:
    """Levels of built functions in a function; 0 in a plain one."""
    return getattr(function, "depth", 0)


def _enter(depth: int) -> int:
    """Steps down to call functions of that depth; returns the level to go back to."""
    before = level.depth
    if before + 1 + depth > MAX_CALL_DEPTH:
        raise LimitError(f"functions that call functions more than {MAX_CALL_DEPTH} levels deep")
    level.depth = before + 1 + depth
    return before


def _all(items: Iterator[Any], function: Callable[[Any], Any]) -> list[Any]:
    """Results of the function on all items; when it fails on some, fails after it was called on all of them."""
    try:
        return [function(item) for item in items]
    except (FuelError, MemoryError):
        raise
    except Exception as error:
        raise _worst([error, *_failures(items, function)]) from None


def _failures(items: Iterator[Any], function: Callable[[Any], Any]) -> Iterator[Exception]:
    for item in items:
        try:
            function(item)
        except (FuelError, MemoryError):
            raise
        except Exception as error:
            yield error


def _worst(errors: list[Exception]) -> Exception:
    """The one of several failures that stands for all: a limit before others, then by class, message and place."""
    return min(errors, key=_rank)


def _rank(error: Exception) -> tuple[bool, str, str]:
    return not isinstance(error, LimitError), type(error).__name__, str(error) + getattr(error, "arcbatt_place", "")
