"""Colors in words: constants and colors that a sample gives, its roles."""

from __future__ import annotations

from arcbatt.program.explanation.numbers import color_word
from arcbatt.program.explanation.objects import one_object
from arcbatt.program.explanation.reader import Reader

__all__ = ["say_color"]

_ROLES = {"mostcolor": "the most common color", "leastcolor": "the rarest color"}


def say_color(reader: Reader, node: int) -> str | None:
    """A constant with its name, or how the color is found; None for what has no words."""
    number = reader.number(node)
    if number is not None:
        return color_word(number)
    name, args = reader.call(node)
    if name == "color":
        return f"the color of {reader.cells(args[0])}"
    if name in _ROLES:
        whose = reader.cells(args[0]) if one_object(reader, args[0]) else reader.grid(args[0])
        return f"{_ROLES[name]} of {whose}"
    if name == "index":
        place = reader.pair(args[1])
        return f"the color of {reader.grid(args[0])} in row {place[0]}, column {place[1]}" if place else None
    return None
