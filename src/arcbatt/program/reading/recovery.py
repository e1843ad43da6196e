"""Where a text that is not Python as a whole can be taken apart: at the lines that begin a top-level statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Part", "parts"]

_DEFINITION: Final = re.compile(r"^(?:(?:async\s+)?def\b|class\b|@|import\b|from\b)", re.MULTILINE)
_DECORATED: Final = re.compile(r"(?:async\s+)?def\b|class\b")
_STATEMENT: Final = re.compile(r"^(?!(?:else|elif|except|finally|return)\b)[^\W\d]", re.MULTILINE)
_FUNCTION: Final = re.compile(r"(?:@.*\n)*(?:async\s+)?def\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a text; ``line`` is the number of the first of them, counted from 1."""

    line: int
    text: str

    @property
    def function(self) -> str | None:
        """The name of the function that the part begins with."""
        found = _FUNCTION.match(self.text)
        return found[1] if found else None

    @property
    def can_split(self) -> bool:
        """Whether another line than the first may begin a statement."""
        return len(list(_starts(self.text, _STATEMENT))) > 1

    def split(self) -> Iterator[Part]:
        """The parts that begin with any statement."""
        return _cut(self.text, list(_starts(self.text, _STATEMENT)), self.line)


def parts(text: str) -> Iterator[Part]:
    """The parts of a text that begin with ``def``, ``class``, an import or a decorator, and what is before them.

    A decorator stays with what it decorates. Linear in the text.
    """
    return _cut(text, list(_starts(text, _DEFINITION)), 1)


def _starts(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Places where a part begins, 0 first."""
    yield 0
    after_decorator = text.startswith("@")
    for found in pattern.finditer(text):
        place = found.start()
        if place and not (after_decorator and (text[place] == "@" or _DECORATED.match(text, place))):
            yield place
        after_decorator = text[place] == "@"


def _cut(text: str, starts: list[int], line: int) -> Iterator[Part]:
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        if part.strip():
            yield Part(line, part)
        line += part.count("\n")
