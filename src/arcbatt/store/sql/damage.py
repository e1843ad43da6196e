"""Rows that arcbatt would not have written: found while records are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from arcbatt.errors import InputError

__all__ = ["DamagedRow", "made"]

_T = TypeVar("_T")


class DamagedRow(Exception):  # noqa: N818 - never seen by a caller: becomes a StoreError that names the database
    """A row that arcbatt would not have written."""


def made(make: Callable[..., _T], rows: Iterable[Iterable[Any]]) -> list[_T]:
    """A record of each row, in order.

    Raises:
        DamagedRow: a row is none that arcbatt writes.
    """
    try:
        return [make(*row) for row in rows]
    except InputError as error:
        raise DamagedRow(str(error)) from error
