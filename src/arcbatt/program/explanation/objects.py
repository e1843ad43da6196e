"""Objects in words: the ways of seeing them, some of them, one of them."""

from __future__ import annotations

from typing import Final, NamedTuple

from arcbatt.program.explanation.properties import Test, property_noun, test_of
from arcbatt.program.explanation.reader import Reader

__all__ = ["Some", "one_object", "some_objects", "view_noun"]

_PARTITIONS: Final = {
    "partition": "set of cells of one color",
    "fgpartition": "set of cells of one color but the background's",
}
_ONE: Final = {
    ("argmax", "size"): "the largest {}",
    ("argmin", "size"): "the smallest {}",
    ("argmin", "uppermost"): "the highest {}",
    ("argmax", "uppermost"): "the {} that begins lowest",
    ("argmax", "lowermost"): "the lowest {}",
    ("argmin", "leftmost"): "the leftmost {}",
    ("argmax", "rightmost"): "the rightmost {}",
}


class Some(NamedTuple):
    """Objects of a view for which tests hold: the node of the view, the tests in the order in which they are asked."""

    view: int
    tests: tuple[Test, ...]

    def noun(self, reader: Reader) -> str:
        """One of them: ``object (one color) that has 6 cells``."""
        noun = view_noun(reader, self.view) or f"element of {reader.expression(self.view)}"
        return noun + "".join(
            f"{' that' if place == 0 else ' and'} {test.yes}" for place, test in enumerate(self.tests)
        )


def view_noun(reader: Reader, node: int) -> str | None:
    """An object as some call sees it: ``object (one color, diagonals)``; None where it is no such call."""
    name, args = reader.call(node)
    if name in _PARTITIONS:
        return _PARTITIONS[name] + _whose(reader, args[0])
    if name == "frontiers":
        return "line of one color across the grid" + _whose(reader, args[0])
    if name != "objects":
        return None
    flags = [reader.constant(flag) for flag in args[1:]]
    if not all(isinstance(flag, bool) for flag in flags):
        return None
    words = ["one color" if flags[0] else "any colors"]
    words += ["diagonals"] * bool(flags[1]) + ["background too"] * (not flags[2])
    return f"object ({', '.join(words)})" + _whose(reader, args[0])


def some_objects(reader: Reader, node: int) -> Some | None:
    """Objects and the tests that they were filtered by; None where it is no view, or a test has no words."""
    tests: list[Test] = []
    while True:
        name, args = reader.call(node)
        if name == "sfilter":
            test = test_of(reader, args[1])
        elif name == "colorfilter":
            color = reader.color(args[1])
            test = Test(f"is {color}", f"is not {color}")
        elif name == "sizefilter":
            number = reader.number(args[1])
            test = None if number is None else Test(f"has {number} cells", f"does not have {number} cells")
        else:
            is_view = view_noun(reader, node) is not None
            return Some(node, tuple(reversed(tests))) if is_view else None
        if test is None:
            return None
        tests.append(test)
        node = args[0]


def one_object(reader: Reader, node: int) -> str | None:
    """One object: ``the largest object (one color)``; None for what has no words."""
    name, args = reader.call(node)
    if name not in ("argmax", "argmin", "first", "last", "extract"):
        return None
    some = some_objects(reader, args[0])
    if some is None:
        return None
    noun = some.noun(reader)
    if name in ("first", "last"):
        return f"the {name} {noun}"
    if name == "extract":
        test = test_of(reader, args[1])
        return None if test is None else f"the {noun} that {test.yes}"
    how = _ONE.get((name, reader.function(args[1])))
    if how is not None:
        return how.format(noun)
    about = property_noun(reader, args[1])
    if about is None:
        return None
    most = {("argmax", True): "most", ("argmin", True): "fewest", ("argmax", False): "largest"}
    return f"the {noun} with the {most.get((name, about[1]), 'smallest')} {about[0]}"


def _whose(reader: Reader, grid: int) -> str:
    return "" if reader.is_input(grid) else f" of {reader.grid(grid)}"
