"""Program files as syntax trees: read within bounds, parsed by Python's own parser, never executed."""

from __future__ import annotations

import ast
import os
import stat
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arcbatt.program.refusals import ProgramError, quote

__all__ = ["MAX_BYTES", "MAX_DOTS", "MAX_MARKS", "Source", "read_source", "read_text"]

MAX_BYTES: Final = 4_000_000
"""Largest program file. Python's parser takes about 160 bytes of memory and 1 microsecond for a byte of a usual one."""
MAX_MARKS: Final = 500_000
"""Most commas, semicolons, equals signs and opening brackets of a file: each is a piece of syntax of up to 2 KB."""
MAX_DOTS: Final = 20_000
"""Most dots of a file: Python's parser joins dotted names in time and memory that grow with their square."""

_TOO_DEEP = "nested too deeply to be parsed; write it as a sequence of assignments"


@dataclass(frozen=True, slots=True)
class Source:
    """A text and its syntax tree; ``path`` is the name that refusals show."""

    path: str
    module: ast.Module


def read_text(path: str | Path) -> str:
    """Text of a regular file.

    Raises:
        ProgramError: it is missing, unreadable, no regular file (nothing is read from pipes and devices), larger than
            ``MAX_BYTES``, or not UTF-8.
    """
    name = os.fspath(path)
    try:
        data = _read_bytes(name)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ProgramError(name, None, f"cannot be read: {reason}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProgramError(name, line, "not UTF-8 text; a program file is Python source in UTF-8") from None


def read_source(text: str, path: str | Path) -> Source:
    """Syntax tree of a text.

    Raises:
        ProgramError: it is no Python, too large, or nested too deeply.
    """
    name = os.fspath(path)
    if len(text) > MAX_BYTES:
        raise _too_large(name)
    if sum(map(text.count, ",;=([{:\n")) > MAX_MARKS:
        raise ProgramError(name, None, f"more than {MAX_MARKS:,} pieces of syntax; split it into several files")
    if text.count(".") > MAX_DOTS:
        raise ProgramError(name, None, f"more than {MAX_DOTS:,} dots, which programs have no use for")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parser warns about what is going to be refused anyway
            return Source(name, ast.parse(text))
    except SyntaxError as error:
        reason = _TOO_DEEP if "nested parentheses" in error.msg else f"not Python: {quote(error.msg, 200)}"
        raise ProgramError(name, max(error.lineno or 1, 1), reason) from None
    except (MemoryError, RecursionError):
        raise ProgramError(name, 1, _TOO_DEEP) from None
    except (ValueError, OverflowError) as error:  # null bytes, lone surrogates
        raise ProgramError(name, 1, f"not Python: {quote(str(error), 200)}") from None


def _read_bytes(name: str) -> bytes:
    # Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
    descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ProgramError(name, None, "not a regular file")
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> ProgramError:
    return ProgramError(name, None, f"larger than {MAX_BYTES:,} bytes; split it into several files")
