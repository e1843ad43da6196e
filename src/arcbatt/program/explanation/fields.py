"""Fields in words: grids that say something about each cell, and where they have a value."""

from __future__ import annotations

from typing import Final, NamedTuple

from arcbatt.program.explanation.numbers import DIRECTIONS, counted, neighbor_word
from arcbatt.program.explanation.objects import some_objects
from arcbatt.program.explanation.reader import Reader

__all__ = ["Field", "field_of", "where_equal", "where_is"]

_NUMBERS: Final = {
    "rownumbers": "row number",
    "columnnumbers": "column number",
    "edgedistances": "distance from the edge",
}
_LINES: Final = {"countinrows": "row", "countincolumns": "column"}
_NEIGHBORS: Final = {"neighbors": "8 neighbors", "dneighbors": "4 neighbors", "ineighbors": "4 diagonal neighbors"}
_BACKWARD: Final = {"hmirror": ("rownumbers", "row", "bottom"), "vmirror": ("columnnumbers", "column", "right")}
_PAINTED: Final = {"mostcolor": "the most common color", "leastcolor": "the rarest color", "color": "the color",
                   "size": "the number of cells"}  # fmt: skip


class Field(NamedTuple):
    """What a grid says about a cell, and whether that is a color."""

    noun: str
    is_color: bool


def field_of(reader: Reader, node: int) -> Field | None:
    """What a grid says about each cell, other than a color that lies there; None for other grids."""
    name, args = reader.call(node)
    if name in ("firstseen", "seendistance"):
        where = _direction(reader, args[1])
        seen = f"color seen {where}{_of(reader, args[0])}"
        return Field(f"the first {seen}", True) if name == "firstseen" else Field(f"the steps to the {seen}", False)
    if name == "translate":
        neighbor = _neighbor(reader, args[1])
        return None if neighbor is None else Field(neighbor + _of(reader, args[0]), True)
    if name in _NUMBERS:
        return Field(f"its {_NUMBERS[name]}", False)
    if name in _LINES:
        return Field(f"the number of {reader.color(args[1])} in its {_LINES[name]}{_of(reader, args[0])}", False)
    if name == "countaround":
        return Field(f"the number of {reader.color(args[1])} among its {_around(reader, args[2])}", False)
    if name in _BACKWARD and reader.call(args[0]).name == _BACKWARD[name][0]:
        return Field(f"its {_BACKWARD[name][1]} number from the {_BACKWARD[name][2]}", False)
    if name == "remainders" and (field := field_of(reader, args[0])) and reader.number(args[1]) is not None:
        return Field(f"{field.noun} modulo {reader.number(args[1])}", False)
    if name == "paintby" and reader.is_input(args[0]):
        some, what = some_objects(reader, args[1]), _PAINTED.get(reader.function(args[2]))
        return None if some is None or what is None else Field(f"{what} of its {some.noun(reader)}", True)
    return None


def where_is(reader: Reader, grid: int, value: int) -> str:
    """Where a grid has a value: ``2 (red) is seen to the left``."""
    name, args = reader.call(grid)
    number = reader.number(value)
    if name == "firstseen":
        where = _direction(reader, args[1]) + _of(reader, args[0])
        return f"nothing is seen {where}" if args[2] == value else f"{reader.color(value)} is seen {where}"
    field = field_of(reader, grid)
    if field is None:
        whose = "it" if reader.is_input(grid) else f"{reader.grid(grid)}"
        return f"{whose} {'is' if whose == 'it' else 'has'} {reader.color(value)}"
    if number is not None:
        words = _counted(reader, grid, number)
        if words is not None:
            return words
    shown = reader.color(value) if field.is_color or number is None else str(number)
    return f"{field.noun} is {shown}"


def where_equal(reader: Reader, one: int, other: int) -> str:
    """Where two grids have the same."""
    first, second = reader.call(one), reader.call(other)
    if first.name == second.name == "firstseen" and first.args[0] == second.args[0]:
        ways = [_direction(reader, call.args[1]) for call in (first, second)]
        return f"the same is seen {ways[0]} as {ways[1]}{_of(reader, first.args[0])}"
    for plain, mirrored in ((first.name, second), (second.name, first)):
        if _BACKWARD.get(mirrored.name, ("",))[0] == plain and reader.call(mirrored.args[0]).name == plain:
            return f"it lies in the middle {_BACKWARD[mirrored.name][1]}"
    nouns = []
    for node in (one, other):
        field = field_of(reader, node)
        if field is not None:
            nouns.append(field.noun)
        else:
            nouns.append("it" if reader.is_input(node) else f"its color in {reader.grid(node)}")
    return f"{nouns[0]} is the same as {nouns[1]}"


def _counted(reader: Reader, grid: int, number: int) -> str | None:
    """A field of counts with a number: ``no 2 (red) among its 8 neighbors``."""
    name, args = reader.call(grid)
    if name == "seendistance":
        where = _direction(reader, args[1]) + _of(reader, args[0])
        steps = counted(number, "steps")
        return f"something is first seen {where} after {steps}" if number else f"nothing is seen {where}"
    if name == "countaround" or name in _LINES:
        inside = f"its {_around(reader, args[2])}" if name == "countaround" else f"its {_LINES[name]}"
        among = "among" if name == "countaround" else "in"
        whose = _of(reader, args[0])
        color = reader.color(args[1])
        if number == 0:
            return f"no {color} lies {among} {inside}{whose}"
        return f"{counted(number, 'cells')} of {color} {'lies' if number == 1 else 'lie'} {among} {inside}{whose}"
    if name == "edgedistances":
        return f"it lies {counted(number, 'steps')} from the edge" if number else "it lies on the edge"
    if name in ("rownumbers", "columnnumbers"):
        return f"it lies in {'row' if name == 'rownumbers' else 'column'} {number}"
    if name in _BACKWARD:
        return f"it lies in {_BACKWARD[name][1]} {number} from the {_BACKWARD[name][2]}"
    if name == "remainders" and reader.number(args[1]) == 2 and reader.call(args[0]).name in _NUMBERS:
        return f"its {_NUMBERS[reader.call(args[0]).name]} is {'odd' if number else 'even'}"
    return None


def _direction(reader: Reader, node: int) -> str:
    pair = reader.pair(node)
    return DIRECTIONS.get(pair) or f"by steps of {pair}" if pair else f"by steps of {reader.expression(node)}"


def _neighbor(reader: Reader, offset: int) -> str | None:
    """What comes to lie on a cell when everything moves by an offset."""
    pair = reader.pair(offset)
    return neighbor_word((-pair[0], -pair[1])) if pair and pair != (0, 0) else None


def _around(reader: Reader, offsets: int) -> str:
    name, args = reader.call(offsets)
    if name in _NEIGHBORS and reader.pair(args[0]) == (0, 0):
        return _NEIGHBORS[name]
    return f"cells at {reader.expression(offsets)}"


def _of(reader: Reader, grid: int) -> str:
    return "" if reader.is_input(grid) else f" in {reader.grid(grid)}"
