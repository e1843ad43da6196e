"""Properties of objects and questions about them in words: ``has 6 cells``, ``is the largest``."""

from __future__ import annotations

from typing import Final, NamedTuple

from arcbatt.program.explanation.numbers import color_word, counted
from arcbatt.program.explanation.reader import Reader

__all__ = ["Test", "property_noun", "test_of"]


class Test(NamedTuple):
    """A question about an object: what is said of it where it holds, and where it does not."""

    yes: str
    no: str

    @property
    def flipped(self) -> Test:
        """The contrary."""
        return Test(self.no, self.yes)


_COUNTS: Final = {"size": "cells", "numcolors": "colors", "holes": "holes"}
"""Properties that count something."""
_NOUNS: Final = {
    "height": "height",
    "width": "width",
    "color": "color",
    "mostcolor": "most common color",
    "leastcolor": "rarest color",
    "shape": "height and width",
    "uppermost": "top row",
    "lowermost": "bottom row",
    "leftmost": "first column",
    "rightmost": "last column",
    "normalize": "pattern",
    "toindices": "cells",
    "palette": "set of colors",
    "ulcorner": "upper left corner",
    "center": "center",
}
"""Properties that are something."""
_TRUTHS: Final = {
    "square": Test("is a square", "is no square"),
    "portrait": Test("is higher than wide", "is not higher than wide"),
    "vline": Test("is a vertical line", "is no vertical line"),
    "hline": Test("is a horizontal line", "is no horizontal line"),
}
_EXTREMES: Final = {
    ("size", "valmax"): Test("is the largest", "is not the largest"),
    ("size", "valmin"): Test("is the smallest", "is not the smallest"),
    ("uppermost", "valmin"): Test("begins highest", "does not begin highest"),
    ("uppermost", "valmax"): Test("begins lowest", "does not begin lowest"),
    ("lowermost", "valmin"): Test("ends highest", "does not end highest"),
    ("lowermost", "valmax"): Test("ends lowest", "does not end lowest"),
    ("leftmost", "valmin"): Test("begins leftmost", "does not begin leftmost"),
    ("leftmost", "valmax"): Test("begins rightmost", "does not begin rightmost"),
    ("rightmost", "valmin"): Test("ends leftmost", "does not end leftmost"),
    ("rightmost", "valmax"): Test("ends rightmost", "does not end rightmost"),
}
_SIZES: Final = {"delta": "cells of its box beyond it", "enclosed": "enclosed cells", "backdrop": "cells in its box"}
_MIRRORS: Final = {
    "vmirror": "is symmetric left to right",
    "hmirror": "is symmetric top to bottom",
    "dmirror": "is symmetric at its diagonal",
    "cmirror": "is symmetric at its other diagonal",
}
_ADJECTIVES: Final = {
    "valmax": ("the largest", "the most"),
    "valmin": ("the smallest", "the fewest"),
    "mostcommon": ("the most common", "the most common number of"),
    "leastcommon": ("the rarest", "the rarest number of"),
}
"""By what a value is, for what is something and for what counts something."""


def test_of(reader: Reader, node: int) -> Test | None:
    """A function that answers with a bool, in words; None for what has none."""
    name, args = reader.call(node)
    if reader.function(node) in _TRUTHS:
        return _TRUTHS[reader.function(node)]
    if name == "compose":
        return _composed(reader, *args)
    if name == "matcher":
        return _matched(reader, *args)
    if name == "fork":
        return _forked(reader, *args)
    if name == "rbind":
        return _related(reader, *args)
    return None


def property_noun(reader: Reader, node: int) -> tuple[str, bool] | None:
    """What a function of an object gives, and whether it counts that; None for what has no words."""
    name = reader.function(node)
    if name in _COUNTS:
        return _COUNTS[name], True
    if name in _NOUNS:
        return _NOUNS[name], False
    if fixed := reader.args(node, "rbind"):
        return (f"cells of {reader.color(fixed[1])}", True) if reader.function(fixed[0]) == "colorcount" else None
    if parts := reader.args(node, "compose"):
        outer, inner = map(reader.function, parts)
        if outer == "size" and inner in _SIZES:
            return _SIZES[inner], True
        if (outer, inner) == ("normalize", "toindices"):
            return "form", False
    return None


def _composed(reader: Reader, outer: int, inner: int) -> Test | None:
    if reader.function(outer) == "flip":
        test = test_of(reader, inner)
        return None if test is None else test.flipped
    noun = property_noun(reader, inner)
    if noun is None:
        return None
    if reader.function(outer) == "even" and noun[1]:
        return Test(f"has an even number of {noun[0]}", f"has an odd number of {noun[0]}")
    name, args = reader.call(outer)
    if name in ("rbind", "lbind") and reader.function(args[0]) == "greater":
        return _compared(noun, reader.number(args[1]), name == "rbind")
    return None


def _compared(noun: tuple[str, bool], number: int | None, is_over: bool) -> Test | None:
    if number is None:
        return None
    word, counts = noun
    if counts:
        over, most = f"has more than {counted(number, word)}", f"has at most {counted(number, word)}"
        under, least = f"has fewer than {counted(number, word)}", f"has at least {counted(number, word)}"
    else:
        over, most = f"has a {word} over {number}", f"has a {word} of at most {number}"
        under, least = f"has a {word} under {number}", f"has a {word} of at least {number}"
    return Test(over, most) if is_over else Test(under, least)


def _matched(reader: Reader, function: int, value: int) -> Test | None:
    constant = reader.constant(value)
    truth = test_of(reader, function)
    if truth is not None:
        return _truth(reader, truth, constant, value)
    how = reader.call(value).name
    noun = property_noun(reader, function)
    if noun is None:
        return _alike(reader, function, constant, how)
    if how in _ADJECTIVES and _is_about(reader, function, value):
        if (reader.function(function), how) in _EXTREMES:
            return _EXTREMES[reader.function(function), how]
        words = f"{_ADJECTIVES[how][noun[1]]} {noun[0]}"
        return Test(f"has {words}", f"does not have {words}")
    return _valued(reader, reader.function(function), noun, value)


def _truth(reader: Reader, truth: Test, constant: object, value: int) -> Test | None:
    if isinstance(constant, bool):
        return truth if constant else truth.flipped
    if reader.call(value).name in ("mostcommon", "leastcommon"):
        which = "most" if reader.call(value).name == "mostcommon" else "the fewest"
        like = f"like {which} in whether it {truth.yes}"
        return Test(f"is {like}", f"is not {like}")
    return None


def _valued(reader: Reader, name: str, noun: tuple[str, bool], value: int) -> Test:
    word, counts = noun
    constant = reader.constant(value)
    if counts and type(constant) is int:
        return Test(f"has {counted(constant, word)}", f"does not have {counted(constant, word)}")
    if name == "color":
        return Test(f"is {reader.color(value)}", f"is not {reader.color(value)}")
    pair = reader.pair(value)
    if name == "shape" and pair is not None:
        return Test(f"is {pair[0]} high and {pair[1]} wide", f"is not {pair[0]} high and {pair[1]} wide")
    if name in ("mostcolor", "leastcolor") and type(constant) is int:
        shown = color_word(constant)
    else:
        shown = str(constant) if type(constant) is int else reader.expression(value)
    return Test(f"has the {word} {shown}", f"has not the {word} {shown}")


def _alike(reader: Reader, function: int, constant: object, how: str) -> Test | None:
    """How many objects have the same: the size of a chain that filters the values of all."""
    parts = reader.args(function, "compose")
    chain = reader.args(parts[1], "chain") if parts and reader.function(parts[0]) == "size" else ()
    noun = property_noun(reader, chain[2]) if chain and reader.args(chain[0], "lbind") else None
    if noun is None or not reader.args(chain[1], "lbind"):
        return None
    what = f"number of {noun[0]}" if noun[1] else noun[0]
    if constant == 1:
        return Test(f"is the only one with its {what}", f"is not the only one with its {what}")
    if type(constant) is int:
        return Test(f"is one of {constant} with its {what}", f"is not one of {constant} with its {what}")
    if how in ("valmax", "valmin"):
        which = "most" if how == "valmax" else "fewest"
        return Test(f"has the {what} that the {which} have", f"does not have the {what} that the {which} have")
    return None


def _is_about(reader: Reader, function: int, value: int) -> bool:
    """Whether an extreme or common value is one of this very property."""
    name, args = reader.call(value)
    if name in ("valmax", "valmin"):
        return args[1] == function
    values = reader.args(args[0], "apply")
    return bool(values) and values[0] == function


def _forked(reader: Reader, outer: int, one: int, other: int) -> Test | None:
    if (reader.function(outer), reader.function(one)) == ("equality", "identity"):
        words = _MIRRORS.get(reader.function(other))
        return None if words is None else Test(words, words.replace("is ", "is not ", 1))
    tests = test_of(reader, one), test_of(reader, other)
    if tests[0] is None or tests[1] is None:
        return None
    if reader.function(outer) == "both":
        return Test(f"{tests[0].yes} and {tests[1].yes}", f"{tests[0].no} or {tests[1].no}")
    if reader.function(outer) == "either":
        return Test(f"{tests[0].yes} or {tests[1].yes}", f"{tests[0].no} and {tests[1].no}")
    return None


def _related(reader: Reader, function: int, fixed: int) -> Test | None:
    name = reader.function(function)
    if name == "bordering":
        return Test("touches the border", "does not touch the border")
    if name == "adjacent":
        cells = reader.cells(fixed)
        return Test(f"touches {cells}", f"does not touch {cells}")
    if name in ("hmatching", "vmatching"):
        line = "row" if name == "hmatching" else "column"
        cells = reader.cells(fixed)
        return Test(f"has a {line} in common with {cells}", f"has no {line} in common with {cells}")
    return None
