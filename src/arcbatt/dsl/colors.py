"""Colors of grids and objects: the most and the least common, how many, which.

A grid is read cell by cell. Anything else is read as an object, the color being the first member of each pair; indices
pass too, with their rows for colors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from arcbatt.dsl.layout import packed
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Element, Integer, IntegerSet, Object, Objects
from arcbatt.dsl.values import smallest
from arcbatt.dsl.window import CELLS
from arcbatt.dsl.work import cells, length

__all__ = ["color", "colorcount", "colorfilter", "leastcolor", "mostcolor", "numcolors", "palette"]


@primitive(work=cells)
def mostcolor(element: Element) -> Integer:
    """The most frequent color of a grid or an object; of several the smallest (the first in canonical order).

    Fails on anything empty.
    """
    counts = _counts(element)
    most = max(counts.values())
    return _smallest([color for color, count in counts.items() if count == most])


@primitive(work=cells)
def leastcolor(element: Element) -> Integer:
    """The least frequent of the colors present; ties and failures as for :func:`mostcolor`."""
    counts = _counts(element)
    least = min(counts.values())
    return _smallest([color for color, count in counts.items() if count == least])


@primitive(work=cells)
def colorcount(element: Element, value: Integer) -> Integer:
    """Number of cells of a grid or an object equal to value; 0 for anything empty.

    Fails when an element of a tuple is not a tuple, or an element of a set not a pair.
    """
    if type(element) is tuple:
        return sum([row.count(value) for row in element])
    return list(_colors(element)).count(value)


@primitive(work=cells)
def palette(element: Element) -> IntegerSet:
    """The colors present in a grid or an object; empty for anything empty."""
    return frozenset(_colors(element))


@primitive(work=cells)
def numcolors(element: Element) -> IntegerSet:
    """Number of colors present, an int from 0."""
    return len(frozenset(_colors(element)))  # type: ignore[return-value]  # the vocabulary's own annotation


@primitive(work=length)
def color(obj: Object) -> Integer:
    """Color of the first cell of an object: by row, column and color in a set, as it stands in a tuple.

    Fails on anything empty.
    """
    first: int = _first_cell(obj)[0]
    return first


@primitive(work=cells)
def colorfilter(objs: Objects, value: Integer) -> Objects:
    """Those of the objects whose :func:`color` is value, always as a frozenset.

    Fails on an empty object.
    """
    return frozenset([obj for obj in objs if _first_cell(obj)[0] == value])


def _counts(element: Any) -> dict[Any, int]:
    """How often each color occurs."""
    colors = _colors(element)
    found = packed(element if type(element) is tuple else (tuple(colors),))
    if found is not None:  # counting bytes is a search inside the interpreter
        counts = {color: count for color in range(10) if (count := found.count(color))}
        if sum(counts.values()) == len(found):
            return counts
    return Counter(colors)


def _smallest(colors: list[Any]) -> int:
    color: int = colors[0] if len(colors) == 1 else smallest(frozenset(colors))
    return color


def _colors(element: Any) -> Iterable[Any]:
    """All colors, as often as they occur. Rows of a grid may be sets."""
    if type(element) is tuple:
        return chain.from_iterable(element)
    if not element <= CELLS and not {tuple}.issuperset(map(type, element)):
        raise TypeError("an object is a set of cells")  # a set of two would give its members in no stated order
    return [value for value, _ in element]


def _first_cell(obj: Any) -> Any:
    """The first cell in canonical order, or one of the same color."""
    if type(obj) is not frozenset:
        for cell in obj:
            return cell
        raise ValueError("an empty object has no color")
    if len({cell[0] for cell in obj}) == 1:
        for cell in obj:
            return cell
    return smallest(obj)
