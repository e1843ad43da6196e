"""A user's own primitives are checked at the border: what they return must be a value of the DSL, within its bounds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from arcbatt.dsl.closures import Function
from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.dsl.values import MAX_DEPTH, MAX_SIZE, DslError, LimitError, bounded, checked, weigh
from arcbatt.engine.hangs import OverdueError, watched
from arcbatt.engine.raised import mark_place
from arcbatt.program.graph import PRIMITIVE, Graph

__all__ = ["calls_users", "guarded", "value_of"]

_SCALARS = frozenset({int, bool, type(None)})
_CONTAINERS = frozenset({tuple, frozenset})
_PLAIN = _SCALARS | _CONTAINERS


class _NoValueError(Exception):
    """Something of another kind than the values of the DSL, by the name of its type."""


def calls_users(graph: Graph) -> bool:
    """Whether a user's own primitive is among the nodes; such may hang or die, so a process had better run it."""
    names = {value for kind, value in zip(graph.kinds, graph.values, strict=True) if kind == PRIMITIVE}
    return any(REGISTRY[name].theme == "user" for name in names)


def guarded(primitive: Primitive) -> Callable[..., Any]:
    """The function of a primitive; a user's is wrapped so that nonsense fails the call instead of spreading.

    The call is watched (:mod:`arcbatt.engine.hangs`), and what it returns goes through :func:`value_of`.
    """
    if primitive.theme != "user":
        return primitive.function
    name, function = primitive.name, primitive.function

    def call(*arguments: Any) -> Any:
        try:
            return value_of(function(*arguments), primitive)
        except (KeyboardInterrupt, OverdueError):
            raise
        except Exception as error:
            mark_place(error)
            raise
        except BaseException as error:  # SystemExit and its like would end more than this call
            raise DslError(f"{name} raised {type(error).__name__}") from error

    def watched_call(*arguments: Any) -> Any:
        return watched(name, call, arguments)

    return watched_call


def value_of(returned: Any, primitive: Primitive) -> Any:
    """What a user's primitive returned, as a value of the DSL.

    Lists become tuples and sets frozensets; arrays and numbers of numpy and its like (whatever has ``tolist``) become
    the tuples, integers and booleans that they hold.

    Raises:
        DslError: it is, or holds, something else (a float, a string, a dictionary ...), or it is None and the primitive
            is not declared to return Any. The message names the primitive, what came and what was declared.
        LimitError: it passes a bound.
    """
    value = returned
    if not _is_plain(value):
        try:
            value = _converted(value, MAX_DEPTH + 1, [MAX_SIZE])
            _is_plain(value)
        except _NoValueError as error:
            held = "" if str(error) == type(returned).__name__ else f" that holds a {error}"
            raise DslError(
                f"{primitive.name} returned a {type(returned).__name__}{held}, which is no value of the DSL; it is "
                f"declared to return {primitive.result}"
            ) from None
    if value is None and primitive.result != "Any":
        raise DslError(f"{primitive.name} returned None; it is declared to return {primitive.result}")
    weigh((value,))
    return value


def _is_plain(value: Any) -> bool:
    """Whether something is made of values of the DSL alone; also true of what is too large or too deep to be looked at.

    Those bounds are for :func:`weigh`.

    Raises:
        LimitError: it holds an integer of more than 64 bits.
    """
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        kinds = set(map(type, level))
        if not kinds <= _PLAIN and not all(type(item) in _PLAIN or _is_function(item) for item in level):
            return False
        if int in kinds:
            numbers = level if len(kinds) == 1 else [item for item in level if type(item) is int]
            checked(min(numbers))
            checked(max(numbers))
        containers = _containers(level, kinds)
        if not containers or sum(map(len, containers)) > MAX_SIZE:
            return True
        level = list(chain.from_iterable(containers))
    return True


def _containers(level: list[Any], kinds: set[type]) -> list[Any]:
    """The containers among some items of these types."""
    if kinds <= _CONTAINERS:
        return level
    return [item for item in level if type(item) in _CONTAINERS] if kinds & _CONTAINERS else []


def _converted(value: Any, levels: int, left: list[int]) -> Any:
    """The value that something stands for.

    Args:
        value: anything.
        levels: levels of containers that it may have.
        left: in its one element the number of parts that it may have; counted down.

    Raises:
        _NoValueError: it is, or holds, something that stands for none.
        LimitError: it has more levels or parts.
    """
    if type(value) in _SCALARS or _is_function(value):
        return value
    if isinstance(value, int):
        return int(value)
    if levels <= 0:
        raise LimitError(f"value of more than {MAX_DEPTH} levels")
    if isinstance(value, (tuple, list, set, frozenset)):
        left[0] -= len(value)
        if left[0] < 0:
            bounded(MAX_SIZE + 1)
        items = [_converted(item, levels - 1, left) for item in value]
        return tuple(items) if isinstance(value, (tuple, list)) else frozenset(items)
    if isinstance(value, type) or not callable(getattr(value, "tolist", None)):
        raise _NoValueError(type(value).__name__)
    size = getattr(value, "size", 0)
    if type(size) is int:
        bounded(size)
    return _converted(value.tolist(), levels - 1, left)


def _is_function(item: Any) -> bool:
    """Whether something is a primitive, metered or not, or was built of such: other functions no engine could tell."""
    return isinstance(item, Function) or (hasattr(item, "__code__") and item.__name__ in REGISTRY)
