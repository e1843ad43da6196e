"""Patches in words: conditions on a cell, ``2 (red) is seen to the left``, and nouns, ``the cells of 2 (red)``."""

from __future__ import annotations

from typing import Final

from arcbatt.program.explanation.fields import where_equal, where_is
from arcbatt.program.explanation.numbers import DIRECTIONS, offset_words
from arcbatt.program.explanation.objects import one_object, some_objects, view_noun
from arcbatt.program.explanation.properties import test_of
from arcbatt.program.explanation.reader import Reader

__all__ = ["REGIONS", "region_noun", "say_cells", "where"]

REGIONS: Final = {
    "delta": "the rest of the box of",
    "outbox": "the frame around",
    "box": "the outline of the box of",
    "inbox": "the frame within the outline of the box of",
    "backdrop": "the box of",
    "corners": "the corners of the box of",
    "enclosed": "what is enclosed by",
    "toindices": "",
    "identity": "",
}
"""Functions from a patch to cells that belong to it."""
_AROUND: Final = {
    "neighbors": "the 8 neighbors of",
    "dneighbors": "the 4 neighbors of",
    "ineighbors": "the 4 diagonal neighbors of",
    "hfrontier": "the row through",
    "vfrontier": "the column through",
}
"""Functions from a location."""
_DEPTH: Final = 6
"""Most sets inside each other that are put into words as conditions."""


def where(reader: Reader, node: int, depth: int = 0) -> str:
    """Where a cell has to lie to be in a patch."""
    name, args = reader.call(node)
    if depth < _DEPTH:
        if name == "ofcolor":
            return where_is(reader, *args)
        if name == "equalcells":
            return where_equal(reader, *args)
        if name == "difference":
            return _without(reader, args[0], args[1], depth)
        if name in ("intersection", "combine"):
            parts = [where(reader, part, depth + 1) for part in args]
            return (" and " if name == "intersection" else " or ").join(parts)
    if name in ("asindices", "asobject"):
        return f"it lies in {reader.grid(args[0])}"
    return f"it lies in {reader.cells(node)}"


def say_cells(reader: Reader, node: int) -> str | None:
    """A patch, an object or the cells of objects, as a noun."""
    name, args = reader.call(node)
    if name == "ofcolor":
        return f"the cells of {reader.color(args[1])}" + _of(reader, args[0])
    if name in ("mfilter", "merge", "mapply"):
        return _of_objects(reader, name, args)
    one = one_object(reader, node)
    if one is not None:
        return one
    some = some_objects(reader, node)
    if some is not None:
        return f"every {some.noun(reader)}"
    if name in REGIONS:
        return f"{REGIONS[name]} {reader.cells(args[0])}".strip()
    if name in ("asindices", "asobject"):
        return reader.grid(args[0])
    if name == "shift" and reader.pair(args[1]):
        return f"{reader.cells(args[0])}, moved {offset_words(reader.pair(args[1]) or (0, 0))}"
    if name == "recolor":
        return f"{reader.cells(args[1])} in {reader.color(args[0])}"
    if name in ("trail", "slide") and reader.pair(args[2]) in DIRECTIONS:
        way = DIRECTIONS[reader.pair(args[2]) or (0, 0)]
        free = f"the free way {way} of" if name == "trail" else f"as far {way} as it can go, "
        return f"{free} {reader.cells(args[1])}".replace("  ", " ")
    if name in ("intersection", "difference", "combine"):
        joint = {"intersection": "the common cells of {} and {}", "difference": "{} without {}", "combine": "{} or {}"}
        return joint[name].format(reader.cells(args[0]), reader.cells(args[1]))
    return None


def region_noun(reader: Reader, function: int) -> str | None:
    """Cells that belong to an object, by the function that gives them, to be followed by the object."""
    name = reader.function(function)
    if name in REGIONS:
        return REGIONS[name]
    if parts := reader.args(function, "compose"):
        outer, inner = map(reader.function, parts)
        if inner == "center" and outer in _AROUND:
            return f"{_AROUND[outer]} the center of"
        if (outer, inner) == ("outbox", "outbox"):
            return "the frame around the frame around"
        if (outer, inner) == ("inbox", "inbox"):
            return "the second frame within the outline of the box of"
        shot = reader.args(parts[0], "rbind")
        if inner == "center" and shot and reader.function(shot[0]) == "shoot":
            way = DIRECTIONS.get(reader.pair(shot[1]) or (0, 0))
            return None if way is None else f"the line {way} from the center of"
    if parts := reader.args(function, "fork"):
        both = [region_noun(reader, part) for part in parts[1:]]
        if reader.function(parts[0]) == "combine" and all(both):
            return f"{both[0]} or {both[1]}".replace(" the center of or", " and")
    return None


def _of_objects(reader: Reader, name: str, args: tuple[int, ...]) -> str | None:
    """Cells of some objects."""
    if name == "mapply":
        if reader.function(args[0]) in _AROUND:
            return f"{_AROUND[reader.function(args[0])]} {reader.cells(args[1])}"
        region, some = region_noun(reader, args[0]), some_objects(reader, args[1])
        return None if region is None or some is None else f"{region} an {some.noun(reader)}".strip()
    some = some_objects(reader, args[0])
    if some is None:
        return None
    if name == "mfilter":
        test = test_of(reader, args[1])
        if test is None:
            return None
        some = some._replace(tests=(*some.tests, test))
    noun = some.noun(reader)
    return f"{'an' if noun[0] in 'aeo' else 'a'} {noun}"


def _without(reader: Reader, whole: int, part: int, depth: int) -> str:
    """A difference; that of what is seen on both sides and the background in one."""
    name, args = reader.call(whole)
    seen = reader.args(args[0], "firstseen") if name == "equalcells" else ()
    if seen and reader.args(part, "ofcolor") == (args[0], seen[2]):
        return where(reader, whole, depth + 1).replace("the same is seen", "the same color is seen", 1)
    if view_noun(reader, whole) is not None:
        return f"it lies in {reader.cells(whole)} without {reader.cells(part)}"
    return f"{where(reader, whole, depth + 1)}, but not where {where(reader, part, depth + 1)}"


def _of(reader: Reader, grid: int) -> str:
    return "" if reader.is_input(grid) else f" of {reader.grid(grid)}"
