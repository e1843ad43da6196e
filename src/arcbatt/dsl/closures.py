"""Functions that programs build out of others: what ``compose``, ``rbind`` and their kin give.

A built function is a value like any other. It is called with positional arguments; a wrong number of them fails. Two
are equal when they are built alike: equality, hash and canonical order go by their text, ``rbind(fill, 3)``.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import md5
from typing import Any, ClassVar

from arcbatt.dsl.values import MAX_FUNCTION_DEPTH, LimitError, has_functions, ordered

__all__ = ["MAX_TEXT", "Chain", "Compose", "Fork", "Function", "Matcher", "Power", "arity_of", "left_bind",
           "right_bind", "text_of"]  # fmt: skip

MAX_TEXT = 200
"""Most characters of a built function's text; a longer one is replaced by its digest, so texts stay small."""

_Function = Callable[..., Any]


class Function:
    """A built function: its parts, how it is called, how deep it is.

    Attributes:
        parts: what it was built from, in the order of the primitive that built it.
        depth: levels of built functions in it, 1 and more; a container that holds built functions is a level too.
        name: the primitive that built it.
        arity: number of arguments.
    """

    __slots__ = ("_text", "depth", "parts")
    name: ClassVar[str]
    arity: ClassVar[int] = 1

    def __init__(self, *parts: Any) -> None:
        """Builds the function; nothing is called and nothing checked but the depth.

        Raises:
            LimitError: it would be deeper than :data:`~arcbatt.dsl.values.MAX_FUNCTION_DEPTH`.
        """
        depth = 1 + max(map(_depth_of, parts))
        if depth > MAX_FUNCTION_DEPTH:
            raise LimitError(f"function of more than {MAX_FUNCTION_DEPTH} levels")
        self.parts = parts
        self.depth = depth
        self._text: str | None = None

    def __call__(self, *arguments: Any) -> Any:
        """The result for as many arguments as the arity says."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """The call that builds it, or its digest: ``rbind(fill, 3)``, ``compose#0cc175b9c0f1b6a8...``.

        It depends on the function alone: sets stand in canonical order, a bool as the number it equals.
        """
        if self._text is None:
            full = f"{self.name}({', '.join(map(text_of, self.parts))})"
            self._text = full if len(full) <= MAX_TEXT else f"{self.name}#{md5(full.encode()).hexdigest()}"
        return self._text

    def __repr__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Function) and self.text == other.text)

    def __hash__(self) -> int:
        return hash(self.text)


class Compose(Function):
    """The function x -> outer(inner(x))."""

    __slots__ = ("_inner", "_outer")
    name = "compose"

    def __init__(self, outer: _Function, inner: _Function) -> None:
        super().__init__(outer, inner)
        self._outer, self._inner = outer, inner

    def __call__(self, x: Any) -> Any:
        """outer(inner(x))."""
        return self._outer(self._inner(x))


class Chain(Function):
    """The function x -> h(g(f(x)))."""

    __slots__ = ("_f", "_g", "_h")
    name = "chain"

    def __init__(self, h: _Function, g: _Function, f: _Function) -> None:
        super().__init__(h, g, f)
        self._h, self._g, self._f = h, g, f

    def __call__(self, x: Any) -> Any:
        """h(g(f(x)))."""
        return self._h(self._g(self._f(x)))


class Matcher(Function):
    """The function x -> function(x) == target, a bool."""

    __slots__ = ("_function", "_target")
    name = "matcher"

    def __init__(self, function: _Function, target: Any) -> None:
        super().__init__(function, target)
        self._function, self._target = function, target

    def __call__(self, x: Any) -> bool:
        """Whether function(x) equals the target."""
        return bool(self._function(x) == self._target)


class Fork(Function):
    """The function x -> outer(a(x), b(x))."""

    __slots__ = ("_a", "_b", "_outer")
    name = "fork"

    def __init__(self, outer: _Function, a: _Function, b: _Function) -> None:
        super().__init__(outer, a, b)
        self._outer, self._a, self._b = outer, a, b

    def __call__(self, x: Any) -> Any:
        """outer(a(x), b(x))."""
        return self._outer(self._a(x), self._b(x))


class Power(Function):
    """The function applied to its own result again and again, n times in all; a loop, so one level whatever n."""

    __slots__ = ("_function", "_times")
    name = "power"

    def __init__(self, function: _Function, times: int) -> None:
        super().__init__(function, times)
        self._function, self._times = function, times

    def __call__(self, x: Any) -> Any:
        """function(function(... x))."""
        function = self._function
        for _ in range(self._times):
            x = function(x)
        return x


class _Bound(Function):
    """A function with one argument fixed."""

    __slots__ = ("_fixed", "_function")

    def __init__(self, function: _Function, fixed: Any) -> None:
        super().__init__(function, fixed)
        self._function, self._fixed = function, fixed


class _RightBound1(_Bound):
    __slots__ = ()
    name = "rbind"

    def __call__(self, x: Any) -> Any:
        return self._function(x, self._fixed)


class _RightBound2(_Bound):
    __slots__ = ()
    name = "rbind"
    arity = 2

    def __call__(self, x: Any, y: Any) -> Any:
        return self._function(x, y, self._fixed)


class _RightBound3(_Bound):
    __slots__ = ()
    name = "rbind"
    arity = 3

    def __call__(self, x: Any, y: Any, z: Any) -> Any:
        return self._function(x, y, z, self._fixed)


class _LeftBound1(_Bound):
    __slots__ = ()
    name = "lbind"

    def __call__(self, x: Any) -> Any:
        return self._function(self._fixed, x)


class _LeftBound2(_Bound):
    __slots__ = ()
    name = "lbind"
    arity = 2

    def __call__(self, x: Any, y: Any) -> Any:
        return self._function(self._fixed, x, y)


class _LeftBound3(_Bound):
    __slots__ = ()
    name = "lbind"
    arity = 3

    def __call__(self, x: Any, y: Any, z: Any) -> Any:
        return self._function(self._fixed, x, y, z)


_RIGHT: dict[int, type[_Bound]] = {2: _RightBound1, 3: _RightBound2}
_LEFT: dict[int, type[_Bound]] = {2: _LeftBound1, 3: _LeftBound2}


def right_bind(function: _Function, fixed: Any) -> Function:
    """The function with its last argument fixed: of arity 1 for one of 2, 2 for one of 3, else 3."""
    return _RIGHT.get(arity_of(function), _RightBound3)(function, fixed)


def left_bind(function: _Function, fixed: Any) -> Function:
    """The function with its first argument fixed; arities as for :func:`right_bind`."""
    return _LEFT.get(arity_of(function), _LeftBound3)(function, fixed)


def arity_of(function: Any) -> int:
    """Number of positional arguments that a function declares.

    Raises:
        TypeError: it is no function.
    """
    if isinstance(function, Function):
        return function.arity
    try:
        return int(function.__code__.co_argcount)
    except AttributeError:
        raise TypeError(f"{type(function).__name__} is not a function") from None


def text_of(value: Any) -> str:
    """The text of a value inside a function's text; equal values have equal texts."""
    if isinstance(value, int):
        return str(int(value))
    if type(value) is tuple:
        return f"({', '.join(map(text_of, value))}{',' if len(value) == 1 else ''})"
    if type(value) is frozenset:
        return f"{{{', '.join(map(text_of, ordered(value)))}}}"
    return value.text if isinstance(value, Function) else str(getattr(value, "__name__", value))


def _depth_of(value: Any) -> int:
    """Levels of built functions in a value: 0 in a plain function and in what holds no built ones."""
    if isinstance(value, Function):
        return value.depth
    kind = type(value)
    if (kind is not tuple and kind is not frozenset) or not has_functions(value):
        return 0
    deepest = max(map(_depth_of, value))
    return deepest + 1 if deepest else 0
