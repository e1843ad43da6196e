"""The one reader and writer of typed results as JSON: frozen dataclasses go in and come out, checked by their types.

What is read may come from a stranger's database or file: a value of another type, a missing field or an unknown kind
is refused with its place. Written texts are the same bytes for equal values.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from arcbatt.errors import InputError

__all__ = ["from_json", "plain", "to_json"]

T = TypeVar("T")


def to_json(value: Any) -> str:
    """A value as compact JSON text: fields in their order, the keys of mappings sorted.

    Raises:
        InputError: it holds something that JSON has no form for.
    """
    try:
        return msgspec.json.encode(value, order="deterministic").decode()
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise InputError(f"expected JSON data, got {type(value).__name__}: {error!s:.200}") from error


def from_json(kind: type[T], text: str | bytes, where: str) -> T:
    """The value of a type that a JSON text stands for; the inverse of :func:`to_json`.

    Args:
        kind: a frozen dataclass, or a container of some; every field is checked against its type.
        text: the text.
        where: what a message starts with.

    Raises:
        InputError: the text is no JSON, or holds something else; the message names the place in it.
    """
    try:
        return msgspec.json.decode(text, type=kind, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{where}: {error!s:.200}") from error


def plain(value: Any) -> Any:
    """A value as dictionaries, lists, texts and numbers, as ``json.dump`` takes them; fields in their order."""
    return msgspec.to_builtins(value)
