"""The primitives as mutation looks them up: which can stand for which, which wrap what, which are functions of what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.program.names import is_reserved
from arcbatt.program.type_terms import Type, fits
from arcbatt.program.types import call_type

__all__ = ["WIDE", "Alternatives", "Vocabulary", "current_vocabulary"]

WIDE: Final = frozenset({"Any", "Container", "ContainerContainer", "Element", "FrozenSet", "Patch", "Piece", "Tuple"})
"""Declared types that allow for much: an argument beside one of a narrower type is best of that type too."""

_MAX_WRAPPERS: Final = 2000
"""Most answers of :meth:`Vocabulary.wrappers` that are kept."""


class Alternatives(NamedTuple):
    """Primitives that can stand where another stands, sorted by name: of the same types, and of related ones."""

    same: tuple[str, ...]
    related: tuple[str, ...]


class Vocabulary:
    """The registry's primitives, sorted by name, so that nothing depends on the order in which they were declared.

    Answers are kept, a bounded number of them.
    """

    def __init__(self, items: Iterable[Primitive]) -> None:
        self.items = tuple(sorted((item for item in items if not is_reserved(item.name)), key=lambda item: item.name))
        self._alternatives: dict[str, Alternatives] = {}
        self._wrappers: dict[tuple[Type, str], list[tuple[str, int]]] = {}
        self._results: dict[Type, list[tuple[str, int, str]]] = {}
        self._functions: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}

    def alternatives(self, name: str) -> Alternatives:
        """Other primitives with as many parameters, of the same or related types."""
        found = self._alternatives.get(name)
        if found is None:
            item = REGISTRY[name]
            others = [other for other in self.items if other.arity == item.arity and other.name != name]
            same = [other for other in others if (other.types, other.result) == (item.types, item.result)]
            related = [other for other in others if other not in same and _are_related(item, other)]
            found = Alternatives(tuple(a.name for a in same), tuple(a.name for a in related))
            self._alternatives[name] = found
        return found

    def wrappers(self, inner: Type, wanted: str) -> list[tuple[str, int]]:
        """Primitives and positions, from 1, where a value of a type goes in and one of a type name comes out.

        The other arguments are taken to be what is declared, or like the inner one where almost anything is allowed.
        """
        found = self._wrappers.get((inner, wanted))
        if found is None:
            if len(self._wrappers) >= _MAX_WRAPPERS:
                self._wrappers.clear()
                self._results.clear()
            if inner not in self._results:
                self._results[inner] = self._wrapped(inner)
            results = self._results[inner]
            found = [(name, position) for name, position, result in results if fits(result, wanted)]
            self._wrappers[inner, wanted] = found
        return found

    def _wrapped(self, inner: Type) -> list[tuple[str, int, str]]:
        """Primitives and positions where a value of a type goes in, and the type name of what comes out."""
        return [
            (item.name, position, _result_around(item, position, inner))
            for item in self.items
            for position, declared in enumerate(item.types, 1)
            if fits(inner.name, declared)
        ]

    def functions(self, given: tuple[str, ...], result: str) -> tuple[str, ...]:
        """Primitives that can be called with arguments of these types, ``Any`` where nothing is known.

        Args:
            given: type names of the arguments.
            result: type name that is expected of the result; primitives that give ``Any`` do too.
        """
        found = self._functions.get((given, result))
        if found is None:
            found = self._functions[given, result] = tuple(
                item.name
                for item in self.items
                if _can_take(item.types, given) and (item.result == "Any" or fits(item.result, result))
            )
        return found

    def partials(self, given: tuple[str, ...], result: str, *, is_last: bool) -> tuple[str, ...]:
        """Primitives of one parameter more, the last or the first of which a binding fixes; as :meth:`functions`."""
        key = (given, f"{result} {'last' if is_last else 'first'}")
        found = self._functions.get(key)
        if found is None:
            found = self._functions[key] = tuple(
                item.name
                for item in self.items
                if item.arity in (2, 3)
                and _can_take(item.types[:-1] if is_last else item.types[1:], given)
                and (item.result == "Any" or fits(item.result, result))
            )
        return found


def current_vocabulary() -> Vocabulary:
    """The vocabulary of the primitives that are registered now, a user's own among them."""
    return _vocabulary(tuple((item.name, item.types, item.result) for item in REGISTRY))


@lru_cache(maxsize=4)
def _vocabulary(key: tuple[tuple[str, tuple[str, ...], str], ...]) -> Vocabulary:
    return Vocabulary([REGISTRY[name] for name, *_ in key])


def _result_around(item: Primitive, position: int, inner: Type) -> str:
    """Type name of a call's result with a value of a type at a position."""
    others = [inner if declared in WIDE and fits(inner.name, declared) else Type(declared) for declared in item.types]
    return call_type(item.name, [*others[: position - 1], inner, *others[position:]]).name


def _can_take(types: Sequence[str], given: Sequence[str]) -> bool:
    return len(types) == len(given) and all(
        name == "Any" or fits(name, declared) for name, declared in zip(given, types, strict=True)
    )


def _are_related(a: Primitive, b: Primitive) -> bool:
    return all(map(_is_related, (*a.types, a.result), (*b.types, b.result)))


def _is_related(a: str, b: str) -> bool:
    return fits(a, b) or fits(b, a)
