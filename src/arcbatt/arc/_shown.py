"""How values and paths from outside appear in messages: on one line, short, without control characters."""

from __future__ import annotations

import os
from collections.abc import Iterable

__all__ = ["listed", "shown", "shown_path"]

_LONGEST = 40  # characters of a foreign text that a message repeats


def shown(value: object) -> str:
    """One short line that identifies a JSON value, spelled as JSON where that is short.

    Texts are cut after 40 characters and escaped to ASCII; lists and objects are described by their size only.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f'"{_cut(value[: _LONGEST + 1].encode("unicode_escape").decode("ascii"))}"'
    if isinstance(value, int):  # the decimal digits of a huge integer cost quadratic time
        return _cut(str(value)) if value.bit_length() < 4096 else f"an integer of {value.bit_length()} bits"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"an object of {len(value)} keys"
    return f"a value of type {type(value).__name__}"


def shown_path(path: str | os.PathLike[str]) -> str:
    """The path as given, with characters that would garble a terminal escaped."""
    text = os.fspath(path)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def listed(words: Iterable[str], most: int = 5) -> str:
    """The first words with commas between, and how many more there are."""
    words = list(words)
    more = f" and {len(words) - most:,} more" if len(words) > most else ""
    return f"{', '.join(words[:most])}{more}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
