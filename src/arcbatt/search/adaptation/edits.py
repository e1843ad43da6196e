"""Programs with one change: a constant replaced by another of its kind, a primitive by one of its signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from arcbatt.program.graph import Constant
from arcbatt.search.adaptation.template import Template
from arcbatt.search.mutation.roles import role_of
from arcbatt.search.mutation.vocabulary import Vocabulary

__all__ = ["edited"]

_NUMBERS: Final = (0, 1, 2, 3, 4)
_PAIRS: Final = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1), (-1, 1), (1, -1), (0, 0), (2, 2), (3, 3))


def edited(template: Template, colors: Sequence[int], vocabulary: Vocabulary) -> Iterator[int]:
    """Roots of a program with one constant or primitive replaced, in canonical order of the places.

    Args:
        template: the program.
        colors: colors to put in, in the order of the results.
        vocabulary: what primitives can stand for each other.
    """
    into, graph = template.into, template.graph
    for call, position in template.constants():
        value = graph.values[graph.operands[call][position]]
        for new in _constants(value, role_of(graph, call, position), colors):
            yield template.changed({(call, position): into.constant(new)})
    for call, position in template.primitives():
        name = graph.values[graph.operands[call][position]]
        for other in vocabulary.alternatives(name).same:
            yield template.changed({(call, position): into.primitive(other)})


def _constants(value: Any, role: str | None, colors: Sequence[int]) -> Iterator[Constant]:
    """Other constants of the same kind."""
    if type(value) is bool:
        yield not value
    elif type(value) is int:
        new = colors if role == "color" else [*_NUMBERS, value - 1, value + 1]
        yield from dict.fromkeys(number for number in new if number != value)
    elif value in _PAIRS:
        yield from (pair for pair in _PAIRS if pair != value)
