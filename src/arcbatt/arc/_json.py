"""Reading JSON from files of strangers: bounded, strict, and every refusal one line."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from arcbatt.arc._shown import shown, shown_path
from arcbatt.errors import InputError

__all__ = ["MAX_BYTES", "check_object", "parse_json", "parse_json_at", "read_bytes"]

MAX_BYTES = 256 * 2**20
"""The largest file that is read, in bytes: parsed JSON takes many times as much memory."""


class _AmbiguousObject(dict[str, Any]):
    """A JSON object with a repeated key; refused where somebody looks into it, where its place is known."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        for key, value in pairs:
            if key in self:
                self.repeated = key
            self[key] = value


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The contents of a regular file of at most 256 MiB; symbolic links are followed, pipes and devices refused.

    Raises:
        InputError: there is no such file, it cannot be read, is no regular file, or is too large.
    """
    where = shown_path(path)
    try:
        # Without O_NONBLOCK, opening a named pipe waits until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise InputError(f"{where}: cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    try:
        _check_file(os.fstat(descriptor), where)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{where}: cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)


def parse_json(data: bytes, where: str) -> Any:
    """The value of one JSON text in UTF-8.

    Raises:
        InputError: not UTF-8, not JSON, nested too deeply, or too large for the memory.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}") from None
    if not text or text.isspace():
        raise InputError(f"{where}: not JSON: the file is empty")
    with _refusals(where):
        return _DECODER.decode(text)


def parse_json_at(text: str, start: int, where: str) -> Any:
    """The JSON value that begins at a position of a text; what follows it is not looked at.

    Raises:
        InputError: not JSON, nested too deeply, or too large for the memory.
    """
    with _refusals(where):
        return _DECODER.raw_decode(text, start)[0]


def check_object(value: object, keys: Sequence[str], where: str) -> dict[str, Any]:
    """The value itself if it is a JSON object that has the keys, none of its keys twice.

    Raises:
        InputError: it is something else.
    """
    wanted = " and ".join(f'"{key}"' for key in keys)
    if not isinstance(value, dict):
        with_keys = f" with {wanted}" if wanted else ""
        raise InputError(f"{where}: expected an object{with_keys}, got {shown(value)}")
    if isinstance(value, _AmbiguousObject):
        raise InputError(f"{where}: the key {shown(value.repeated)} occurs twice in the same object")
    missing = next((key for key in keys if key not in value), None)
    if missing is not None:
        raise InputError(f'{where}: expected an object with {wanted}, got one without "{missing}"')
    return value


@contextmanager
def _refusals(where: str) -> Iterator[None]:
    """Turn what the JSON parser raises into one InputError."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{where}: no task file: its lists or objects are nested too deeply") from None
    except MemoryError:
        raise InputError(f"{where}: too large for the memory of this machine") from None
    except ValueError as error:  # Python's limit on the digits of an integer, or _refuse_constant
        raise InputError(f"{where}: no task file: {str(error).partition(';')[0]}") from None


def _check_file(status: os.stat_result, where: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{where}: expected a file, got a folder")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{where}: expected a regular file, got a pipe, socket or device")
    if status.st_size > MAX_BYTES:
        largest, came = MAX_BYTES >> 20, status.st_size >> 20
        raise InputError(f"{where}: expected at most {largest} MiB, got {came}: make it a folder of task files")


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else _AmbiguousObject(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_make_object, parse_constant=_refuse_constant)
