"""A user's own primitives are checked at the border: what they return must be a value of the DSL, within its bounds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from arcbatt.dsl.closures import Function
from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.dsl.values import DslError, checked, weigh

__all__ = ["check_value", "guarded"]

_SCALARS = frozenset({int, bool, type(None)})


def guarded(primitive: Primitive) -> Callable[..., Any]:
    """The function of a primitive; a user's is wrapped so that nonsense fails the call instead of spreading."""
    if primitive.theme != "user":
        return primitive.function
    function = primitive.function

    def call(*arguments: Any) -> Any:
        try:
            value = function(*arguments)
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException as error:  # SystemExit and its like would end more than this call
            raise DslError(f"{primitive.name} raised {type(error).__name__}") from error
        check_value(value)
        return value

    return call


def check_value(value: Any) -> None:
    """Checks that something is a value of the DSL.

    Raises:
        DslError: it is, or holds, another kind of object (a list, a float, a string ...).
        LimitError: it passes a bound.
    """
    weigh((value,))
    level: list[Any] = [value]
    while level:
        for item in level:
            kind = type(item)
            if kind is int:
                checked(item)
            elif kind not in _SCALARS and kind is not tuple and kind is not frozenset and not _is_function(item):
                raise DslError(f"a primitive returned a {kind.__name__}, which is no value of the DSL")
        level = list(chain.from_iterable(item for item in level if type(item) in (tuple, frozenset)))


def _is_function(item: Any) -> bool:
    """Whether something is a primitive, metered or not, or was built of such: other functions no engine could tell."""
    return isinstance(item, Function) or (hasattr(item, "__code__") and item.__name__ in REGISTRY)
