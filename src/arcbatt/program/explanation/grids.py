"""Grids in words: the input, turned, cut, joined; and what a cell becomes that is as in a grid."""

from __future__ import annotations

from typing import Final

from arcbatt.program.explanation.fields import field_of
from arcbatt.program.explanation.patches import where
from arcbatt.program.explanation.reader import Reader

__all__ = ["leaf", "say_grid"]

_CHANGED: Final = {
    "vmirror": "{} mirrored left to right",
    "hmirror": "{} upside down",
    "dmirror": "{} mirrored at its diagonal",
    "cmirror": "{} mirrored at its other diagonal",
    "rot90": "{} turned to the right",
    "rot180": "{} turned around",
    "rot270": "{} turned to the left",
    "tophalf": "the top half of {}",
    "bottomhalf": "the bottom half of {}",
    "lefthalf": "the left half of {}",
    "righthalf": "the right half of {}",
    "trim": "{} without its outermost rows and columns",
    "compress": "{} without its lines of one color",
}
_JOINED: Final = {"hconcat": "{} beside {}", "vconcat": "{} above {}"}
_ENLARGED: Final = {
    "upscale": "{} enlarged {} times",
    "hupscale": "{} widened {} times",
    "vupscale": "{} heightened {} times",
    "downscale": "{} shrunk {} times",
}
_EXCHANGED: Final = {"replace": "{} with {} turned into {}", "switch": "{} with {} and {} exchanged"}


def say_grid(reader: Reader, node: int) -> str | None:
    """A grid as a noun; None for what has no words."""
    if reader.is_input(node):
        return "the input"
    name, args = reader.call(node)
    if name in _CHANGED:
        return _CHANGED[name].format(reader.grid(args[0]))
    if name in _JOINED:
        return _JOINED[name].format(reader.grid(args[0]), reader.grid(args[1]))
    if name in _ENLARGED and reader.number(args[1]) is not None:
        return _ENLARGED[name].format(reader.grid(args[0]), reader.number(args[1]))
    if name in _EXCHANGED:
        return _EXCHANGED[name].format(reader.grid(args[0]), reader.color(args[1]), reader.color(args[2]))
    if name == "subgrid":
        return f"the part of {reader.grid(args[1])} in the box around {reader.cells(args[0])}"
    if name == "crop":
        start, dims = reader.pair(args[1]), reader.pair(args[2])
        if start is None or dims is None:
            return None
        return f"{dims[0]} x {dims[1]} cells of {reader.grid(args[0])} from row {start[0]}, column {start[1]}"
    if name == "canvas":
        return f"a grid of {reader.color(args[0])}"
    if name == "fill":
        return f"{reader.grid(args[0])} with {reader.color(args[1])} where {where(reader, args[2])}"
    if name == "cover":
        return f"{reader.grid(args[0])} without {reader.cells(args[1])}"
    if name == "move" and reader.pair(args[2]):
        return f"{reader.grid(args[0])} with {reader.cells(args[1])} moved"
    field = field_of(reader, node)
    return None if field is None else f"{field.noun} of each cell"


def leaf(reader: Reader, node: int) -> str:
    """What a cell becomes that is as in a grid: ``as in the input``, ``2 (red)``."""
    name, args = reader.call(node)
    if name == "canvas":
        return reader.color(args[0])
    field = field_of(reader, node)
    return f"as in {reader.grid(node)}" if field is None else field.noun
