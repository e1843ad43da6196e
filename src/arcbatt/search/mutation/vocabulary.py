"""The primitives as mutation looks them up: which can stand for which, which wrap what, which are functions of what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from arcbatt.dsl.registry import REGISTRY, Primitive
from arcbatt.program.names import is_reserved
from arcbatt.program.type_terms import fits

__all__ = ["Alternatives", "Vocabulary", "current_vocabulary"]


class Alternatives(NamedTuple):
    """Primitives that can stand where another stands, sorted by name: of the same types, and of related ones."""

    same: tuple[str, ...]
    related: tuple[str, ...]


class Vocabulary:
    """The registry's primitives, sorted by name, so that nothing depends on the order in which they were declared.

    Answers are kept; the number of different questions is bounded by the type names and primitives.
    """

    def __init__(self, items: Iterable[Primitive]) -> None:
        self.items = tuple(sorted((item for item in items if not is_reserved(item.name)), key=lambda item: item.name))
        self._alternatives: dict[str, Alternatives] = {}
        self._wrappers: dict[tuple[str, str], tuple[tuple[str, int], ...]] = {}
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

    def wrappers(self, inner: str, wanted: str) -> tuple[tuple[str, int], ...]:
        """Primitives and positions, from 1, where a value of one type name goes in and one of another comes out.

        Primitives that give ``Any`` are among them when they take what says more than ``Any``: ``first`` of objects.
        """
        found = self._wrappers.get((inner, wanted))
        if found is None:
            found = self._wrappers[inner, wanted] = tuple(
                (item.name, position)
                for item in self.items
                if fits(item.result, wanted) or item.result == "Any"
                for position, declared in enumerate(item.types, 1)
                if fits(inner, declared) and (declared != "Any" or inner == "Any" or item.result == "Any")
            )
        return found

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


def _can_take(types: Sequence[str], given: Sequence[str]) -> bool:
    return len(types) == len(given) and all(
        name == "Any" or fits(name, declared) for name, declared in zip(given, types, strict=True)
    )


def _are_related(a: Primitive, b: Primitive) -> bool:
    return all(map(_is_related, (*a.types, a.result), (*b.types, b.result)))


def _is_related(a: str, b: str) -> bool:
    return fits(a, b) or fits(b, a)
