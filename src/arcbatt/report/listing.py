"""Rows of JSON data as a table for the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["table_of"]

_DIGITS = 12
"""Digits of an MD5 that a table shows: enough to name a program by."""
_WHOLE = ("md5", "best", "name", "task", "status")
"""Columns that are never cut or wrapped."""
_WIDE = ("arguments", "metrics", "versions", "key")
"""Columns that only the JSON form shows."""


def table_of(rows: list[dict[str, Any]]) -> Table:
    """A table with one line a row; the keys of the first row are the columns. Needs at least one row."""
    from rich.table import Table
    from rich.text import Text

    columns = [name for name in rows[0] if name not in _WIDE]
    table = Table()
    for name in columns:
        is_number = all(isinstance(row[name], int | float) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", no_wrap=name in _WHOLE)
    for row in rows:
        # Text, not markup: names come from strangers' files.
        table.add_row(*(Text(_told(name, row[name])) for name in columns))
    return table


def _told(name: str, value: Any) -> str:
    if name in ("md5", "best"):
        return str(value)[:_DIGITS]
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.6f}"
    return value if isinstance(value, str) else json.dumps(value)
