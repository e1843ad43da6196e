"""The registry: every primitive's name, parameters, types and work, built-in or a user's own.

A primitive is a plain Python function over plain Python values, declared once::

    @primitive(work=cells)
    def rot90(grid: Grid) -> Grid: ...

The decorator leaves the function as it is and notes it here. ``work`` is the formula behind the fuel: it takes the
same arguments as the primitive and returns, in constant time, a bound on the elements that a call touches or builds
(:mod:`arcbatt.dsl.work` has the usual ones). It never raises on values of the wrong type: it returns 0, since the call
itself fails then. A call costs ``1 + work // ELEMENTS_PER_FUEL`` units of fuel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from arcbatt.errors import InputError

__all__ = ["ELEMENTS_PER_FUEL", "REGISTRY", "Primitive", "Registry", "primitive"]

ELEMENTS_PER_FUEL = 8
"""Elements touched or built for one unit of fuel: about as long, in the python engine, as calling a primitive."""

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Primitive:
    """One function of the DSL.

    Attributes:
        name: unique in its registry, a Python identifier.
        function: the implementation, over plain Python values.
        parameters: names in positional order; a program may use them as keywords.
        types: one type name of :mod:`arcbatt.dsl.types` for each parameter.
        result: the type name of the result.
        work: bound on the elements a call touches, from its arguments; None means none worth counting.
        theme: the module of the DSL it stands in (``arithmetic``, ``grids`` ...); ``user`` for a user's own.
    """

    name: str
    function: Callable[..., Any]
    parameters: tuple[str, ...]
    types: tuple[str, ...]
    result: str
    work: Callable[..., int] | None
    theme: str

    @property
    def arity(self) -> int:
        """Number of parameters, all required."""
        return len(self.parameters)

    @property
    def signature(self) -> str:
        """The signature as the vocabulary prints it: ``fill(grid: Grid, value: Integer, patch: Patch) -> Grid``."""
        inner = ", ".join(f"{name}: {type_}" for name, type_ in zip(self.parameters, self.types, strict=True))
        return f"{self.name}({inner}) -> {self.result}"


class Registry:
    """Primitives by name, in the order in which they were declared."""

    def __init__(self) -> None:
        self._primitives: dict[str, Primitive] = {}

    def add(self, item: Primitive) -> None:
        """Notes a primitive.

        Raises:
            InputError: the name is taken by another function.
        """
        known = self._primitives.get(item.name)
        if known is not None and known.function is not item.function:
            raise InputError(f"a primitive named {item.name!r} is there already ({known.theme}); choose another name")
        self._primitives[item.name] = item

    def remove(self, name: str) -> None:
        """Forgets a user's primitive; built-in ones stay.

        Raises:
            KeyError: there is no such primitive, or it is built in.
        """
        if self._primitives[name].theme != "user":
            raise KeyError(name)
        del self._primitives[name]

    def __getitem__(self, name: str) -> Primitive:
        return self._primitives[name]

    def get(self, name: str) -> Primitive | None:
        """The primitive of that name, None when there is none."""
        return self._primitives.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._primitives

    def __iter__(self) -> Iterator[Primitive]:
        return iter(self._primitives.values())

    def __len__(self) -> int:
        return len(self._primitives)


REGISTRY = Registry()
"""The one registry of this process; it fills when :mod:`arcbatt.dsl` is imported."""


@overload
def primitive(function: F, /) -> F: ...
@overload
def primitive(*, work: Callable[..., int] | None = None) -> Callable[[F], F]: ...
def primitive(function: Any = None, /, *, work: Callable[..., int] | None = None) -> Any:
    """Registers a function as a primitive and returns it unchanged; bare or with arguments.

    Every parameter is positional, required and annotated with a type name of :mod:`arcbatt.dsl.types`, and so is the
    result. A function must be pure and must return a value of the DSL; what it raises fails the node that called it.

    Args:
        function: the function, when the decorator stands bare.
        work: see :class:`Primitive`; None for constant time.

    Raises:
        InputError: an annotation is missing, a parameter is not plain, or the name is taken.

    Example:
        >>> from arcbatt.dsl.types import Grid
        >>> @primitive
        ... def swapped_sides(grid: Grid) -> Grid:
        ...     return tuple(row[::-1] for row in grid)
        >>> parse_programs("def solve_a(I): return swapped_sides(I)")[0].size
        1
    """

    def register(declared: F) -> F:
        REGISTRY.add(_declare(declared, work))
        return declared

    return register if function is None else register(function)


def _declare(function: Callable[..., Any], work: Callable[..., int] | None) -> Primitive:
    code = function.__code__
    parameters = code.co_varnames[: code.co_argcount]
    plain = not (code.co_kwonlyargcount or code.co_flags & 0x0C or function.__defaults__)
    if not plain:
        raise InputError(f"primitive {function.__name__}: parameters must be positional, required and without * or **")
    notes = {name: _type_name(note) for name, note in function.__annotations__.items()}
    missing = [name for name in (*parameters, "return") if name not in notes]
    if missing:
        raise InputError(f"primitive {function.__name__}: no type is given for {', '.join(missing)}")
    package, _, module = function.__module__.rpartition(".")
    return Primitive(
        name=function.__name__,
        function=function,
        parameters=parameters,
        types=tuple(notes[name] for name in parameters),
        result=notes["return"],
        work=work,
        theme=module if package == "arcbatt.dsl" else "user",
    )


def _type_name(note: Any) -> str:
    """Annotations are strings where the module postpones them, else classes or aliases."""
    return note.rpartition(".")[2] if isinstance(note, str) else getattr(note, "__name__", str(note))
