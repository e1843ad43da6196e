"""Options that belong together reach a command as one object, not as a parameter each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar, cast

__all__ = ["option_group", "stacked"]

F = TypeVar("F", bound=Callable[..., Any])


def stacked(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several decorators as one; the help lists their options in this order."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def option_group(name: str, kind: type[Any], *options: Callable[[Any], Any]) -> Callable[[F], F]:
    """A decorator that adds options to a command and hands their values over as one object.

    Args:
        name: of the command's parameter that gets the object.
        kind: a dataclass; each of its fields is the value of the option of that name.
        options: click's decorators.
    """
    names = [field.name for field in fields(kind)]

    def decorate(function: F) -> F:
        @wraps(function)
        def grouping(**values: Any) -> Any:
            values[name] = kind(**{field: values.pop(field) for field in names})
            return function(**values)

        return cast(F, stacked(*options)(grouping))

    return decorate
