"""Program files as syntax trees: read within bounds, parsed by Python's own parser, never executed.

A text that is not Python as a whole is parsed part by part (:mod:`arcbatt.program.reading.recovery`), so that a
function with a syntax error is refused alone.
"""

from __future__ import annotations

import ast
import os
import re
import stat
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arcbatt.program.reading.recovery import Part, parts
from arcbatt.program.refusals import ProgramError, Refusals, quote

__all__ = ["MAX_BYTES", "MAX_DOTS", "MAX_MARKS", "Source", "check_size", "read_source", "read_text"]

MAX_BYTES: Final = 4_000_000
"""Largest program file. Python's parser takes about 160 bytes of memory and 1 microsecond for a byte of a usual one."""
MAX_MARKS: Final = 500_000
"""Most commas, semicolons, equals signs and opening brackets of a file: each is a piece of syntax of up to 2 KB."""
MAX_DOTS: Final = 20_000
"""Most dots of a file: Python's parser joins dotted names in time and memory that grow with their square."""

MAX_SYNTAX_ERRORS: Final = 10_000
"""Parts of a file with syntax errors after which the rest of it is left."""

_TOO_DEEP = "nested too deeply to be parsed; write it as a sequence of assignments"
_NOT_PYTHON = "not Python"
_ON_LINE = re.compile(r"\bon line (\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A text and its syntax tree.

    Attributes:
        path: the name that refusals show.
        module: the tree, without the parts that are not Python.
        refusals: one for each part that is not Python, in order.
        unreadable: names of the functions among those parts, with their lines; None when there are none.
    """

    path: str
    module: ast.Module
    refusals: Sequence[ProgramError] = ()
    unreadable: Mapping[str, int] | None = None


def read_text(path: str | Path) -> str:
    """Text of a regular file.

    Raises:
        ProgramError: it is missing, unreadable, no regular file (nothing is read from pipes and devices), larger than
            ``MAX_BYTES``, or not UTF-8.
    """
    name = os.fspath(path)
    try:
        data = _read_bytes(name)
    except ProgramError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ProgramError(name, None, f"cannot be read: {reason}", "file that cannot be read") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = "not UTF-8 text; a program file is Python source in UTF-8"
        raise ProgramError(name, line, reason, "not UTF-8 text") from None


def read_source(text: str, path: str | Path) -> Source:
    """Syntax tree of a text, as far as it is Python.

    Raises:
        ProgramError: it is too large, or no part of it is Python.
    """
    name = os.fspath(path)
    check_size(text, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the parser warns about what is going to be refused anyway
        found = _tree(Part(1, text), name)
        if isinstance(found, ast.Module):
            return Source(name, found)
        source = _read_parts(text, name)
    if not source.module.body and len(source.refusals) <= 1:
        raise found
    return source


def check_size(text: str, name: str) -> None:
    """Refuses a text that would cost Python's parser too much.

    Raises:
        ProgramError: it is too large.
    """
    if len(text) > MAX_BYTES:
        raise _too_large(name)
    if sum(map(text.count, ",;=([{:\n")) > MAX_MARKS:
        reason = f"more than {MAX_MARKS:,} pieces of syntax; split it into several files"
        raise ProgramError(name, None, reason, "file too large")
    if text.count(".") > MAX_DOTS:
        raise ProgramError(name, None, f"more than {MAX_DOTS:,} dots, which programs have no use for", "too many dots")


def _read_parts(text: str, name: str) -> Source:
    unreadable: dict[str, int] = {}
    refusals = Refusals()
    module = ast.Module([], [])
    for part, found in _parts(text, name):
        if isinstance(found, ast.Module):
            module.body += found.body
            continue
        refusals.append(found)
        if part.function:
            unreadable.setdefault(part.function, part.line)
        if len(refusals) >= MAX_SYNTAX_ERRORS:
            reason = f"the rest of the file is not read after {MAX_SYNTAX_ERRORS:,} syntax errors"
            refusals.append(ProgramError(name, part.line, reason, "rest of a file not read"))
            break
    return Source(name, module, refusals, unreadable)


def _parts(text: str, name: str) -> Iterator[tuple[Part, ast.Module | ProgramError]]:
    for part in parts(text):
        found = _tree(part, name)
        if isinstance(found, ProgramError) and part.can_split:
            yield from ((piece, _tree(piece, name)) for piece in part.split())
        else:
            yield part, found


def _tree(part: Part, name: str) -> ast.Module | ProgramError:
    """The syntax tree of a part of a text, with the line numbers of the whole; or why there is none."""
    first = part.line - 1
    try:
        module = ast.parse(part.text)
    except SyntaxError as error:
        detail = _ON_LINE.sub(lambda found: f"on line {int(found[1]) + first}", error.msg)
        reason = _TOO_DEEP if "nested parentheses" in detail else f"not Python: {quote(detail, 200)}"
        return ProgramError(name, first + max(error.lineno or 1, 1), reason, _NOT_PYTHON)
    except (MemoryError, RecursionError):
        return ProgramError(name, part.line, _TOO_DEEP, "nested too deeply")
    except (ValueError, OverflowError) as error:  # null bytes, lone surrogates
        return ProgramError(name, part.line, f"not Python: {quote(str(error), 200)}", _NOT_PYTHON)
    if first:
        for statement in module.body:
            ast.increment_lineno(statement, first)
    return module


def _read_bytes(name: str) -> bytes:
    # Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
    descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ProgramError(name, None, "not a regular file", "file that cannot be read")
        with open(descriptor, "rb", closefd=False) as file:
            data: bytes | None = file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    if data is None:  # some files of /proc say that they are regular, and have nothing to read now
        raise ProgramError(name, None, "cannot be read: there is nothing to read now", "file that cannot be read")
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> ProgramError:
    return ProgramError(name, None, f"larger than {MAX_BYTES:,} bytes; split it into several files", "file too large")
