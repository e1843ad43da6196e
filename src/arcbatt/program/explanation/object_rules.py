"""Rules for objects: what becomes of each object of the input, by questions about it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from arcbatt.program.explanation.numbers import offset_words
from arcbatt.program.explanation.objects import Some, some_objects, view_noun
from arcbatt.program.explanation.patches import region_noun
from arcbatt.program.explanation.properties import Test, test_of
from arcbatt.program.explanation.reader import Reader

__all__ = ["object_rule"]

_LAYERS: Final = ("fill", "underfill", "paint", "underpaint", "cover")
_MOST: Final = 40
"""Most layers of a rule that is told."""
_MIRRORED: Final = {
    "vmirror": "mirrored left to right",
    "hmirror": "turned upside down",
    "dmirror": "mirrored at its diagonal",
    "cmirror": "mirrored at its other diagonal",
    "identity": "in its place",
}
_TURNED: Final = {
    ("hmirror", "vmirror"): "turned around",
    ("hmirror", "dmirror"): "turned to the left",
    ("vmirror", "dmirror"): "turned to the right",
}
_ITS_COLOR: Final = {"color": "its color", "mostcolor": "its most common color", "leastcolor": "its rarest color"}


class _Branch(NamedTuple):
    """What happens to some objects: all of that kind, ``is_new`` where something is painted beside them."""

    some: Some
    action: str
    is_whole: bool
    is_gone: bool = False


def object_rule(reader: Reader, root: int) -> tuple[str, ...]:
    """A line for what objects are, then one for each branch; nothing where a program is no such rule over the input."""
    branches: list[_Branch] = []
    node = root
    while (name := reader.call(node).name) in _LAYERS and len(branches) < _MOST:
        args = reader.call(node).args
        branch = _branch(reader, name, args)
        if branch is None or (branches and branch.some.view != branches[0].some.view):
            return ()
        branches.append(branch)
        node = args[0]
    if not branches or not reader.is_input(node):
        return ()
    branches.reverse()
    noun = view_noun(reader, branches[0].some.view)
    return (f"each {noun}:", *_told(_moved(branches)))


def _branch(reader: Reader, name: str, args: tuple[int, ...]) -> _Branch | None:
    """What a layer does to the objects that it is about."""
    patch = args[-1]
    free = ", on the background alone," if name.startswith("under") else ""
    how, parts = reader.call(patch)
    some = _objects(reader, how, parts)
    if some is None:
        return None
    if name == "cover":
        return _Branch(some, "vanishes", True, True) if how != "mapply" else None
    if name in ("fill", "underfill"):
        color = reader.color(args[1])
        if how != "mapply":
            return _Branch(some, f"becomes {color}", True)
        region = region_noun(reader, parts[0])
        return None if region is None else _Branch(some, _becomes(region, color) + free, False)
    if how != "mapply":
        return None
    action = _painted(reader, parts[0])
    return None if action is None else _Branch(some, action[0] + free, action[1])


def _objects(reader: Reader, how: str, parts: tuple[int, ...]) -> Some | None:
    if how == "mapply":
        return some_objects(reader, parts[1])
    if how == "merge":
        return some_objects(reader, parts[0])
    some = some_objects(reader, parts[0]) if how == "mfilter" else None
    test = None if some is None else test_of(reader, parts[1])
    return None if some is None or test is None else some._replace(tests=(*some.tests, test))


def _painted(reader: Reader, function: int) -> tuple[str, bool] | None:
    """What is painted for an object by a function, and whether the object itself becomes that."""
    parts = reader.args(function, "fork")
    if parts and reader.function(parts[0]) == "recolor":
        color, region = _ITS_COLOR.get(reader.function(parts[1])), region_noun(reader, parts[2])
        if color is None or region is None:
            return None
        return (_becomes(region, color), not region)
    way = _way(reader, function)
    return None if way is None else (f"is painted {way}", False)


def _becomes(region: str, color: str) -> str:
    """What a region of an object becomes: ``the rest of its box becomes 2 (red)``."""
    if not region:
        return f"becomes {color}"
    own = re.sub("the (box|center) of it", r"its \1", f"{region} it")
    return f"{own} {'become' if re.search('neighbors|corners', own) else 'becomes'} {color}"


def _way(reader: Reader, function: int) -> str | None:
    """How a copy of an object lies to it."""
    name, args = reader.call(function)
    if reader.function(function) in _MIRRORED:
        return _MIRRORED[reader.function(function)]
    if name == "compose":
        return _TURNED.get((reader.function(args[0]), reader.function(args[1])))
    if name == "rbind" and reader.function(args[0]) == "shift":
        pair = reader.pair(args[1])
        return None if pair is None else offset_words(pair)
    if name != "fork" or reader.function(args[0]) != "shift" or reader.function(args[1]) != "identity":
        return None
    if goal := reader.args(args[2], "rbind"):
        is_drawn = reader.function(goal[0]) == "gravitate"
        return f"where it touches {reader.cells(goal[1])}" if is_drawn else None
    return _own_size(reader, args[2])


def _own_size(reader: Reader, offset: int) -> str | None:
    """A way as long as the object is high or wide."""
    parts = reader.args(offset, "compose")
    if not parts:
        return None
    back = reader.function(parts[0]) == "invert"
    parts = reader.args(parts[1], "compose") if back else parts
    if not parts:
        return None
    ways = {("toivec", "height"): ("down", "up"), ("tojvec", "width"): ("to the right", "to the left")}
    known = ways.get((reader.function(parts[0]), reader.function(parts[1])))
    return None if known is None else f"by its {reader.function(parts[1])} {known[back]}"


def _moved(branches: list[_Branch]) -> list[_Branch]:
    """What vanishes and is painted again, as what moves."""
    gone = [branch.some for branch in branches if branch.is_gone]
    made: list[_Branch] = []
    moved = []
    for branch in branches:
        if branch.some in gone and branch.action.startswith("is painted "):
            moved.append(branch.some)
            made.append(branch._replace(action=branch.action.replace("is painted ", "goes ", 1)))
        else:
            made.append(branch)
    return [branch for branch in made if not (branch.is_gone and branch.some in moved)]


def _told(branches: list[_Branch]) -> list[str]:
    """The lines of the branches: as they were painted where they exclude each other, else the last one first."""
    lines = _in_order(branches)
    if lines is None and all(branch.is_whole for branch in branches):
        lines = []
        for branch in reversed(branches):
            lines.append(_line(branch.action, branch.some.tests, bool(lines)))
    return lines or [_line(branch.action, branch.some.tests, False) for branch in branches]


def _in_order(branches: list[_Branch]) -> list[str] | None:
    """The lines where each branch is about objects that no earlier one is about; None where it is not so."""
    lines: list[str] = []
    known: list[Test] = []
    for branch in branches:
        tests = list(branch.some.tests)
        for test in known:
            if test.flipped not in tests:
                return None
            tests.remove(test.flipped)
        lines.append(_line(branch.action, tuple(tests), bool(lines)))
        if len(tests) != 1:
            return lines if branch is branches[-1] else None
        known.append(tests[0])
    return lines


def _line(action: str, tests: tuple[Test, ...], is_else: bool) -> str:
    words = f"{'else ' if is_else else ''}{action}"
    return words + "".join(
        f"{' if it' if place == 0 else ' and'} {test.yes}" for place, test in enumerate(tests)
    )
