"""The files of the library, out of a folder or a zip."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["read_files", "read_marks"]

_FOLDERS = ("solvers", "found")
_LAST = "differs.py"
_MARKS = "accidental.txt"


def read_files() -> list[tuple[str, bytes]]:
    """Path and contents of each file: by folder, then by name; the differs last."""
    root = _root()
    found = []
    for folder in _FOLDERS:
        # A zip has no order of its own.
        found += sorted((file for file in (root / folder).iterdir() if _is_data(file.name)), key=lambda file: file.name)
    return [(str(file), file.read_bytes()) for file in (*found, root / _LAST)]


def read_marks() -> tuple[str, str]:
    """Path and text of the file that marks accidental solvers."""
    file = _root() / _MARKS
    return str(file), file.read_text(encoding="utf-8")


def _root() -> Path | Traversable:
    folder = os.path.dirname(__file__)
    if os.path.isdir(folder):
        from pathlib import Path

        return Path(folder)
    from importlib.resources import files  # takes 16 ms to import

    return files(__package__)


def _is_data(name: str) -> bool:
    return name.endswith(".py") and not name.startswith("_")
