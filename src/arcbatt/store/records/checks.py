"""What records check of their fields. Each check raises :class:`InputError` that says where, what and what came."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Hashable, Iterable
from typing import TypeGuard, TypeVar

from arcbatt.errors import InputError

__all__ = [
    "MAX_INTEGER", "MAX_JSON", "MAX_NAME", "MAX_TEXT", "check_count", "check_json", "check_md5", "check_seconds",
    "check_short", "check_t_log", "check_text", "check_texts", "check_unique", "check_words", "is_md5",
]  # fmt: skip

MAX_TEXT = 4 * 1024 * 1024
"""Longest canonical text of a program, in bytes of UTF-8."""

MAX_NAME = 200
"""Longest name of a program, id of a task and other short text, in characters."""

MAX_JSON = 32 * 1024 * 1024
"""Longest JSON text, in characters."""

MAX_INTEGER = 2**63 - 1

_MAX_WORD = 100_000

_T = TypeVar("_T", bound=Hashable)

_MD5 = re.compile(r"[0-9a-f]{32}")


def is_md5(value: object) -> TypeGuard[str]:
    """Whether a value is an MD5 as programs are named by: 32 lower-case hexadecimal digits, fit for a file name."""
    return isinstance(value, str) and _MD5.fullmatch(value) is not None


def check_md5(value: object, where: str) -> None:
    """Checks an MD5 or another digest of 32 hexadecimal digits."""
    if not is_md5(value):
        raise InputError(f"{where}: expected an MD5 of 32 hexadecimal digits, got {value!r:.80}")


def check_short(value: object, where: str, *, least: int = 1) -> None:
    """Checks a name or another short text: printable, ``least`` to :data:`MAX_NAME` characters."""
    if not isinstance(value, str) or not least <= len(value) <= MAX_NAME or not value.isprintable():
        raise InputError(f"{where}: expected {least} to {MAX_NAME} printable characters, got {value!r:.80}")


def check_count(value: object, where: str, *, least: int = 0, most: int = MAX_INTEGER) -> None:
    """Checks an integer. A bool is none: it is an int to Python but not to every database."""
    if type(value) is not int or not least <= value <= most:
        raise InputError(f"{where}: expected an integer from {least} to {most}, got {value!r:.80}")


def check_seconds(value: object, where: str) -> None:
    """Checks a number of seconds, 0 or more; None stands for what was not measured."""
    if value is None:
        return
    if type(value) not in (int, float) or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise InputError(f"{where}: expected seconds, 0 or more, got {value!r:.80}")


def check_t_log(value: object, where: str) -> None:
    """Checks a t_log; None stands for what was not timed."""
    if value is not None and (type(value) is not int or abs(value) > 1000):
        raise InputError(f"{where}: expected a t_log from -1000 to 1000, got {value!r:.80}")


def check_words(words: object, where: str) -> None:
    """Checks a tuple of texts, such as a command's arguments."""
    if not isinstance(words, tuple):
        raise InputError(f"{where}: expected a tuple of texts, got {type(words).__name__}")
    for word in words:
        if not isinstance(word, str) or len(word) > _MAX_WORD:
            raise InputError(f"{where}: expected texts of at most {_MAX_WORD} characters, got {word!r:.80}")
        check_encodable(word, where)


def check_json(text: object, where: str) -> None:
    """Checks a text that its owner says is JSON; whether it is, reading it shows."""
    if not isinstance(text, str) or not 0 < len(text) <= MAX_JSON:
        raise InputError(f"{where}: expected JSON text of at most {MAX_JSON} characters, got {text!r:.80}")
    check_encodable(text, where)


def check_encodable(text: str, where: str) -> bytes:
    """The text in UTF-8; refuses halves of surrogate pairs, which no database takes."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: the text is no Unicode text: {error.reason}") from None


def check_text(text: object, md5: str, where: str) -> None:
    """Checks the canonical text of a program: not too long, and of this MD5."""
    if not isinstance(text, str):
        raise InputError(f"{where}: expected text, got {type(text).__name__}")
    content = check_encodable(text, where)
    if len(content) > MAX_TEXT:
        raise InputError(f"{where}: expected at most {MAX_TEXT} bytes of text, got {len(content)}")
    actual = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if actual != md5:
        raise InputError(f"{where}: its text has the MD5 {actual}")


def check_texts(texts: object, where: str) -> None:
    """Checks a tuple of texts that can be programs'; their MD5s are their owner's business."""
    if not isinstance(texts, tuple):
        raise InputError(f"{where}: expected a tuple of texts, got {type(texts).__name__}")
    for text in texts:
        if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT:
            raise InputError(f"{where}: expected a program's text of at most {MAX_TEXT} characters, got {text!r:.80}")


def check_unique(values: Iterable[_T], where: str) -> set[_T]:
    """The values as a set; refuses one that comes twice."""
    listed = list(values)
    unique = set(listed)
    if len(unique) < len(listed):
        raise InputError(f"{where}: a program or a score is given twice")
    return unique
