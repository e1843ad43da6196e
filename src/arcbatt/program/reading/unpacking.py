"""Taking values apart that are assigned to several names at once, with exactly Python's meaning.

Python refuses a value of another length; so does the program that is made here: where the length is not known, the
value goes through ``extract(repeat(value, 1), matcher(size, n))``, which fails unless there are ``n`` elements.
"""

from __future__ import annotations

from typing import Final

from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.graph import CONSTANT, VARIABLE
from arcbatt.program.reading.scopes import Closure, Pairwise, Parts, Value
from arcbatt.program.reading.terms import Terms

__all__ = ["MAX_UNPACKED", "joined", "unpacked"]

MAX_UNPACKED: Final = 100
"""Most names of one assignment, and most parts of a tuple that are not constants."""


def unpacked(terms: Terms, value: Value, count: int) -> list[Value]:
    """The elements of a value of that many.

    Raises:
        InputError: it is known to have another number of elements, or is no container, or there are too many.
    """
    if isinstance(value, Closure | Pairwise):
        raise InputError("a function cannot be unpacked")
    if not 1 <= count <= MAX_UNPACKED:
        raise InputError(f"from 1 to {MAX_UNPACKED} names can be assigned at once, not {count}")
    parts = list(value.items) if isinstance(value, Parts) else _constants(terms, value)
    length = _length(terms, value) if parts is None and isinstance(value, int) else len(parts or ())
    if length not in (None, count):
        raise InputError(f"expected {count} value{'s' * (count != 1)} to unpack, not {length}")
    if parts is not None or not isinstance(value, int):
        return parts or []
    return list(_elements(terms, value if length else _checked(terms, value, count), count))


def joined(terms: Terms, parts: list[int]) -> int:
    """The tuple of some values: ``astuple`` for two, and pairs combined for more.

    Raises:
        InputError: there are too many.
    """
    graph = terms.graph
    if all(part >= 0 and graph.kinds[part] == CONSTANT for part in parts):
        return graph.constant(tuple([graph.values[part] for part in parts]))
    if len(parts) > MAX_UNPACKED:
        raise InputError(f"a tuple with values that are not constants has at most {MAX_UNPACKED} parts")
    pairs = [_short(terms, parts[start : start + 2]) for start in range(0, len(parts), 2)]
    whole = pairs[0]
    for pair in pairs[1:]:
        whole = terms.primitive("combine", whole, pair)
    return whole


def _short(terms: Terms, parts: list[int]) -> int:
    if len(parts) == 2:
        return terms.primitive("astuple", *parts)
    return terms.primitive("repeat", parts[0], terms.graph.constant(1))


def _constants(terms: Terms, value: int) -> list[Value] | None:
    """The elements of a constant; None for anything else."""
    graph = terms.graph
    if value < 0 or graph.kinds[value] != CONSTANT:
        return None
    if type(graph.values[value]) is not tuple:
        raise InputError("a number cannot be unpacked")
    return [graph.constant(part) for part in graph.values[value]]


def _length(terms: Terms, value: int) -> int | None:
    """The number of elements that a value is sure to have; None when it is not known."""
    callee = terms.callee(value)
    if callee is None:
        return None
    if REGISTRY[callee].result == "IntegerTuple" and REGISTRY[callee].theme != "user":
        return 2
    graph, args = terms.graph, terms.operands(value)[1:]
    if callee in ("first", "last") and args[0] >= 0 and graph.kinds[args[0]] == VARIABLE:
        return 2 if graph.values[args[0]] == "S" else None
    if callee in ("hsplit", "vsplit") and args[1] >= 0 and type(graph.values[args[1]]) is int:
        return max(int(graph.values[args[1]]), 0)
    return None


def _checked(terms: Terms, value: int, count: int) -> int:
    graph = terms.graph
    once = terms.primitive("repeat", value, graph.constant(1))
    return terms.primitive("extract", once, _test(terms, "size", count))


def _elements(terms: Terms, value: int, count: int) -> list[int]:
    ends = [terms.primitive("first", value)]
    if count > 1:
        ends.append(terms.primitive("last", value))
    if count < 3:
        return ends
    numbered = terms.primitive("pair", value, terms.graph.constant(tuple(range(count))))
    places = [terms.primitive("extract", numbered, _test(terms, "last", place)) for place in range(1, count - 1)]
    return [ends[0], *(terms.primitive("first", place) for place in places), ends[1]]


def _test(terms: Terms, primitive: str, number: int) -> int:
    return terms.primitive("matcher", terms.graph.primitive(primitive), terms.graph.constant(number))
