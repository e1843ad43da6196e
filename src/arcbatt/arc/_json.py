"""Reading JSON from files of strangers: bounded, strict, and every refusal one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from arcbatt.arc._bytes import MAX_BYTES, read_bytes, unzipped
from arcbatt.arc._shown import shown
from arcbatt.errors import InputError

__all__ = ["MAX_BYTES", "check_object", "parse_json", "parse_json_at", "read_bytes"]


class _AmbiguousObject(dict[str, Any]):
    """A JSON object with a repeated key; refused where somebody looks into it, where its place is known."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        for key, value in pairs:
            if key in self:
                self.repeated = key
            self[key] = value


def parse_json(data: bytes, where: str) -> Any:
    """The value of one JSON text in UTF-8, which may be packed with gzip.

    Raises:
        InputError: damaged gzip, not UTF-8, not JSON, nested too deeply, or too large for the memory.
    """
    data = unzipped(data, where)
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


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else _AmbiguousObject(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_make_object, parse_constant=_refuse_constant)
