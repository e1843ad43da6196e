"""Logic: truth of values and choices between them.

Any value may stand for a truth: False, 0, None and empty containers are false, all else is true. Nothing here stops
early, since every argument is a value already.
"""

from __future__ import annotations

from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Boolean, Container
from arcbatt.dsl.work import comparing, searching

__all__ = ["both", "branch", "contained", "either", "equality", "flip"]


@primitive
def flip(b: Boolean) -> Boolean:
    """Whether a value is false: True for False, 0, None and empty containers."""
    return not b


@primitive
def both(a: Boolean, b: Boolean) -> Boolean:
    """b when a is true, else a: one of the two values, not a bool made of them."""
    return a and b


@primitive
def either(a: Boolean, b: Boolean) -> Boolean:
    """a when it is true, else b: one of the two values."""
    return a or b


@primitive(work=comparing)
def equality(a: Any, b: Any) -> Boolean:
    """Whether two values are equal. 1 equals True; a tuple never equals a set; functions are equal when built alike."""
    return bool(a == b)


@primitive(work=searching)
def contained(value: Any, container: Container) -> Boolean:
    """Whether an element of the container equals the value.

    Raises:
        TypeError: the second argument is no container.
    """
    return value in container


@primitive
def branch(condition: Boolean, a: Any, b: Any) -> Any:
    """a when the condition is true, else b."""
    return a if condition else b
