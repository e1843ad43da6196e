"""Arguments of calls, matched with parameters as Python does."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

from arcbatt.errors import InputError
from arcbatt.program.reading.scopes import Closure, Definition, Value
from arcbatt.program.refusals import quote

__all__ = ["arity", "bound_arguments", "in_order"]

T = TypeVar("T")


def in_order(call: ast.Call, name: str, parameters: Sequence[str], args: list[T]) -> list[T]:
    """Arguments of a primitive in the order of its parameters, all of which are required.

    Args:
        call: where the keywords stand.
        name: what the primitive is called in messages.
        parameters: their names in order.
        args: the values, those given by position first, then those of the keywords.

    Returns:
        The arguments in order; as they were when their number is wrong, for the graph to say so.

    Raises:
        InputError: a parameter is not known or given twice.
    """
    given = _given(call, name, parameters, args)
    return args if len(args) != len(parameters) else [given[parameter] for parameter in parameters]


def bound_arguments(call: ast.Call, definition: Definition, closure: Closure, args: list[Value]) -> dict[str, Value]:
    """The values of all parameters of one of the file's own functions.

    Raises:
        InputError: a parameter is missing, not known, given twice, or not to be given in that way.
    """
    name = quote(definition.name)
    by_position = [*closure.before, *args[: len(call.args)], *closure.after]
    expected = definition.positional
    if len(by_position) > expected or ((closure.before or closure.after) and len(by_position) != expected):
        fixed = len(closure.before) + len(closure.after)
        wanted = expected - fixed
        raise InputError(f"{name} takes {wanted} argument{'s' * (wanted != 1)}, not {len(call.args)}")
    for keyword in call.keywords:
        if keyword.arg in definition.parameters[: definition.positional_only]:
            raise InputError(f"{name}: {quote(keyword.arg or '')} is given by position only")
    given = _given(call, name, definition.parameters, [*by_position, *args[len(call.args) :]], len(by_position))
    bound = {**closure.defaults, **given}
    missing = [parameter for parameter in definition.parameters if parameter not in bound]
    if missing:
        raise InputError(f"{name}: no argument for {', '.join(map(quote, missing[:5]))}")
    return bound


def arity(definition: Definition, closure: Closure) -> int | None:
    """Number of arguments by position that a function of the file still needs; None when it needs keywords too."""
    by_position = definition.parameters[: definition.positional]
    if any(parameter not in closure.defaults for parameter in definition.parameters[definition.positional :]):
        return None
    required = [parameter for parameter in by_position if parameter not in closure.defaults]
    return len(required) - len(closure.before) - len(closure.after)


def _given(
    call: ast.Call, name: str, parameters: Sequence[str], args: list[T], positional: int | None = None
) -> dict[str, T]:
    count = len(call.args) if positional is None else positional
    given = dict(zip(parameters, args[:count], strict=False))
    for keyword, value in zip(call.keywords, args[count:], strict=True):
        parameter = keyword.arg or ""
        if parameter not in parameters:
            known = ", ".join(parameters)
            raise InputError(f"{name} has no parameter {quote(parameter)}; it has {quote(known, 200) or 'none'}")
        if parameter in given:
            raise InputError(f"{name}: argument {parameter} is given twice")
        given[parameter] = value
    return given
