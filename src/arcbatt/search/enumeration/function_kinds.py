"""Functions over functions, read off the table of the vocabulary.

A kind of functions is named by its arguments and its result: ``Object>Count``, ``Grid,Color>Indices``. Where a
primitive can be called with those kinds for that result, it is a function of that kind; and functions are composed,
bound and forked wherever the kinds fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from arcbatt.search.enumeration.grammar import Production

__all__ = ["FunctionKind", "built", "handed_on"]

_MATCHED: Final = ("Count", "Color", "Offset")
"""Kinds of results that ``matcher`` compares; the opposite of a truth is ``flip`` composed."""


class FunctionKind(NamedTuple):
    """Kinds of the arguments and of the result."""

    arguments: tuple[str, ...]
    result: str

    @classmethod
    def of(cls, name: str) -> FunctionKind:
        """The kind of that name."""
        arguments, _, result = name.partition(">")
        return cls(tuple(arguments.split(",")), result)

    @property
    def name(self) -> str:
        """As the grammar calls it."""
        return f"{','.join(self.arguments)}>{self.result}"


def handed_on(kinds: Sequence[FunctionKind], productions: Iterable[Production]) -> Iterator[tuple[str, str]]:
    """Primitives as functions, each with the name of its kind; ``identity`` where one may give back its argument."""
    for production in productions:
        kind = FunctionKind(production.arguments, production.result)
        if kind in kinds:
            yield production.primitive, kind.name
    for kind in kinds:
        if kind.arguments == (kind.result,):
            yield "identity", kind.name


def built(kinds: Sequence[FunctionKind]) -> Iterator[Production]:
    """Productions that build functions of these kinds out of functions of these kinds."""
    unary = [kind for kind in kinds if len(kind.arguments) == 1]
    binary = [kind for kind in kinds if len(kind.arguments) == 2]
    for inner in unary:
        for outer in unary:
            composed = FunctionKind(inner.arguments, outer.result)
            if outer.arguments == (inner.result,) and composed in unary:
                yield Production("compose", (outer.name, inner.name), composed.name)
        if inner.result in _MATCHED and FunctionKind(inner.arguments, "Truth") in unary:
            yield Production("matcher", (inner.name, inner.result), FunctionKind(inner.arguments, "Truth").name)
        if inner.arguments == (inner.result,):
            yield Production("power", (inner.name, "Count"), inner.name)
    for function in binary:
        first, second = function.arguments
        for builder, left, fixed in (("rbind", first, second), ("lbind", second, first)):
            bound = FunctionKind((left,), function.result)
            if bound in unary:
                yield Production(builder, (function.name, fixed), bound.name)
        for a in unary:
            for b in unary:
                forked = FunctionKind(a.arguments, function.result)
                if (a.result, b.result) == (first, second) and a.arguments == b.arguments and forked in unary:
                    yield Production("fork", (function.name, a.name, b.name), forked.name)
