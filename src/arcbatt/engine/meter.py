"""Fuel: the meter of an evaluation and the metered form of each primitive.

A program that hands ``fill`` to ``apply`` hands over a metered ``fill``: a closure that charges the meter before each
call. So every call of a primitive is paid, wherever it is made from, and endless loops end at the same call everywhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from arcbatt.dsl.registry import Primitive
from arcbatt.dsl.values import FuelError
from arcbatt.engine.guard import guarded
from arcbatt.engine.hangs import DeadlineError

__all__ = ["DeadlineError", "Meter"]

CHECK_EVERY = 256
"""Units of fuel between two looks at the clock."""
ELEMENT_BITS = 3
"""``work >> 3`` is ``work // ELEMENTS_PER_FUEL``."""


class Meter:
    """Counts down the fuel of one node at a time.

    Attributes:
        left: fuel left; below 0 once it ran out.
        stop: the level of fuel at which :meth:`look` is due.
        deadline: value of ``time.monotonic()`` past which evaluation stops; None for no deadline.
    """

    __slots__ = ("_metered", "deadline", "left", "stop")

    def __init__(self) -> None:
        self.left = 0
        self.stop = 0
        self.deadline: float | None = None
        self._metered: dict[str, Callable[..., Any]] = {}

    def fill(self, fuel: int) -> None:
        """Sets the fuel for the next node."""
        self.left = fuel
        self.stop = 0 if self.deadline is None else max(0, fuel - CHECK_EVERY)

    def look(self) -> None:
        """Called when ``left`` has fallen below ``stop``.

        Raises:
            FuelError: no fuel is left.
            DeadlineError: it is too late.
        """
        if self.left < 0:
            raise FuelError("out of fuel")
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise DeadlineError("out of time")
        self.stop = max(0, self.left - CHECK_EVERY)

    def metered(self, primitive: Primitive) -> Callable[..., Any]:
        """The primitive as a function value that charges this meter; the same object each time."""
        function = self._metered.get(primitive.name)
        if function is None:
            function = self._metered[primitive.name] = _metered(self, primitive)
        return function


def _metered(meter: Meter, primitive: Primitive) -> Callable[..., Any]:
    function, work = guarded(primitive), primitive.work
    make: Callable[..., Callable[..., Any]] = _BY_ARITY.get(primitive.arity, _many)
    if primitive.theme == "user" and primitive.arity > 4:
        make = _many
    call = make(meter, function, work or _no_work)
    # What rbind reads and what error messages show is the primitive's own.
    call.__name__ = call.__qualname__ = primitive.name
    return call


def _no_work(*_: Any) -> int:
    return 0


def _one(meter: Meter, function: Callable[..., Any], work: Callable[..., int]) -> Callable[..., Any]:
    if work is _no_work:

        def call(a: Any) -> Any:
            meter.left = left = meter.left - 1
            if left < meter.stop:
                meter.look()
            return function(a)

        return call

    def call_working(a: Any) -> Any:
        meter.left = left = meter.left - 1 - (work(a) >> ELEMENT_BITS)
        if left < meter.stop:
            meter.look()
        return function(a)

    return call_working


def _two(meter: Meter, function: Callable[..., Any], work: Callable[..., int]) -> Callable[..., Any]:
    if work is _no_work:

        def call(a: Any, b: Any) -> Any:
            meter.left = left = meter.left - 1
            if left < meter.stop:
                meter.look()
            return function(a, b)

        return call

    def call_working(a: Any, b: Any) -> Any:
        meter.left = left = meter.left - 1 - (work(a, b) >> ELEMENT_BITS)
        if left < meter.stop:
            meter.look()
        return function(a, b)

    return call_working


def _three(meter: Meter, function: Callable[..., Any], work: Callable[..., int]) -> Callable[..., Any]:
    def call(a: Any, b: Any, c: Any) -> Any:
        meter.left = left = meter.left - 1 - (work(a, b, c) >> ELEMENT_BITS)
        if left < meter.stop:
            meter.look()
        return function(a, b, c)

    return call


def _four(meter: Meter, function: Callable[..., Any], work: Callable[..., int]) -> Callable[..., Any]:
    def call(a: Any, b: Any, c: Any, d: Any) -> Any:
        meter.left = left = meter.left - 1 - (work(a, b, c, d) >> ELEMENT_BITS)
        if left < meter.stop:
            meter.look()
        return function(a, b, c, d)

    return call


def _five(meter: Meter, function: Callable[..., Any], work: Callable[..., int]) -> Callable[..., Any]:
    def call(a: Any, b: Any, c: Any, d: Any, e: Any) -> Any:
        meter.left = left = meter.left - 1 - (work(a, b, c, d, e) >> ELEMENT_BITS)
        if left < meter.stop:
            meter.look()
        return function(a, b, c, d, e)

    return call


def _many(meter: Meter, function: Callable[..., Any], work: Callable[..., int]) -> Callable[..., Any]:
    """For users' primitives of no or of more than four parameters; to rbind all of these are alike."""

    def call(*arguments: Any) -> Any:
        meter.left = left = meter.left - 1 - (work(*arguments) >> ELEMENT_BITS)
        if left < meter.stop:
            meter.look()
        return function(*arguments)

    return call


_BY_ARITY: dict[int, Callable[..., Callable[..., Any]]] = {1: _one, 2: _two, 3: _three, 4: _four, 5: _five}
