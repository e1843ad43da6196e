"""Functions on both sides of the border to the native engine: how they look in Python, and how Python ones are called.

What a program builds out of functions is the same on both sides. A user's own primitive is handed its functions in
metered form, so that what it calls is paid for and bounded as everywhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from arcbatt.dsl import calls
from arcbatt.dsl.closures import Chain, Compose, Fork, Function, Matcher, Power, left_bind, right_bind
from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.dsl.values import DslError, FuelError
from arcbatt.engine.guard import guarded
from arcbatt.engine.hangs import DeadlineError, set_deadline
from arcbatt.engine.meter import CHECK_EVERY, ELEMENT_BITS, Meter
from arcbatt.engine.native_module import native_module
from arcbatt.engine.outcome import FailureKind
from arcbatt.engine.raised import failure_of

__all__ = ["PLAIN", "number_of", "register_names"]

_BUILDERS: dict[str, Callable[..., Any]] = {
    "compose": Compose, "chain": Chain, "matcher": Matcher, "fork": Fork, "power": Power, "rbind": right_bind,
    "lbind": left_bind,
}  # fmt: skip
_BINDABLE = 4
"""Most parameters of a primitive that binding an argument can tell from others."""

_numbers: dict[str, int] = {}
_users: dict[Callable[..., Any], int] = {}
_lock = threading.Lock()


def register_names(names: list[str]) -> None:
    """Notes the native engine's numbers: each name's place."""
    _numbers.update(zip(names, range(len(names)), strict=True))


def number_of(name: str) -> int:
    """The native engine's number of a primitive; a user's is handed over when it is first asked for."""
    primitive = REGISTRY[name]
    if primitive.theme != "user":
        return _numbers[name]
    with _lock:
        number = _users.get(primitive.function)
        if number is None:
            arcbatt_native = native_module()

            arity = primitive.arity if primitive.arity <= _BINDABLE else 0
            number = arcbatt_native.add_primitive(name, arity, _METERED, _call_back(primitive))
            _users[primitive.function] = number
        return number


class _Functions:
    """How functions look in Python: primitives as the registry has them, uncharged."""

    def primitive(self, name: str) -> Callable[..., Any]:
        """A primitive as a function."""
        return REGISTRY[name].function

    def built(self, name: str, parts: tuple[Any, ...]) -> Function:
        """A function that was built by a primitive of that name from these parts."""
        function: Function = _BUILDERS[name](*parts)
        return function

    def parts(self, function: Any) -> int | tuple[str, list[Any]]:
        """The number of a primitive, or what a built function was built by and from.

        Raises:
            DslError: it is no function of the DSL.
        """
        if isinstance(function, Function):
            return function.name, list(function.parts)
        name = getattr(function, "__name__", "")
        if name not in REGISTRY:
            raise DslError(f"a {type(function).__name__} is no value of the DSL")
        return number_of(name)


class _Thread(threading.local):
    def __init__(self) -> None:
        self.meter = Meter()


_thread = _Thread()


class _MeteredFunctions(_Functions):
    """Primitives as functions that charge this thread's meter."""

    def primitive(self, name: str) -> Callable[..., Any]:
        return _thread.meter.metered(REGISTRY[name])


PLAIN = _Functions()
"""For values that go to the caller."""
_METERED = _MeteredFunctions()


def _call_back(primitive: Primitive) -> Callable[..., tuple[str, Any, int]]:
    """The function that the native engine calls for a user's primitive; see ``add_primitive`` there."""
    function, work, arity = guarded(primitive), primitive.work, primitive.arity

    def call(arguments: tuple[Any, ...], left: int, depth: int, seconds: float | None) -> tuple[str, Any, int]:
        if 1 <= arity <= _BINDABLE and len(arguments) != arity:
            return "error", f"TypeError: {primitive.name} takes {arity} arguments, not {len(arguments)}", left
        meter, level = _thread.meter, calls.level
        meter.deadline = None if seconds is None else time.monotonic() + seconds
        set_deadline(meter.deadline)
        meter.left, meter.stop = left, max(0, left - CHECK_EVERY)
        before, level.depth = level.depth, depth
        try:
            meter.left -= 1 if work is None else 1 + (work(*arguments) >> ELEMENT_BITS)
            if meter.left < meter.stop:
                meter.look()
            value = function(*arguments)
            # Fuel may be spent all the same: the function may have caught the exception that reports it.
            return "ok" if meter.left >= 0 else "fuel", value, meter.left
        except DeadlineError:
            return "timeout", "", meter.left
        except FuelError:
            return "fuel", "", meter.left
        except Exception as error:
            kind, message = failure_of(error)
            return str(kind), message, meter.left
        finally:
            level.depth = before
            _thread.meter = Meter()  # the functions handed over are used up

    return call


assert set(FailureKind) == {"error", "limit", "timeout", "memory"}  # what the other side knows, beside ok and fuel
