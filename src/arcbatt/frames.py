"""Rows as a data frame of pandas or polars, neither of which has to be installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from arcbatt.errors import InputError

__all__ = ["LIBRARIES", "frame_of"]

LIBRARIES: Final = ("pandas", "polars")
"""What frames can be of; the first that is installed is taken where none is named."""


def frame_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = (), library: str | None = None) -> Any:
    """Rows as a data frame.

    Args:
        rows: by column.
        columns: the columns of a frame without rows.
        library: ``pandas`` or ``polars``; None for the first of them that is installed.

    Raises:
        ImportError: it is not installed, or neither is.
        InputError: the library is another one.
    """
    if library is not None and library not in LIBRARIES:
        raise InputError(f"library: expected {' or '.join(LIBRARIES)}, got {library!r:.40}")
    for name in (library,) if library is not None else LIBRARIES:
        try:
            module = import_module(name)
        except ImportError:
            continue
        if rows:
            # Columns of text may begin with rows that have none.
            options = {"infer_schema_length": None} if name == "polars" else {}
            return module.DataFrame(list(map(dict, rows)), **options)
        return module.DataFrame({column: [] for column in columns})
    what = library or " or ".join(LIBRARIES)
    raise ImportError(f"a frame needs {what}: pip install {library or LIBRARIES[0]}; rows() needs neither")
