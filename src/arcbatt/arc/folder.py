"""Walking a folder and the folders in it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from arcbatt.arc._shown import shown_path
from arcbatt.errors import InputError

__all__ = ["MOST_FILES", "Found", "walked"]

MOST_FILES = 100_000
"""The most files and folders that are looked at below one folder."""


@dataclass(slots=True)
class Found:
    """What is below a folder, hidden files and folders left out.

    Attributes:
        files: the paths of all that is no folder, relative to it, with ``/``; sorted.
        faults: the paths of folders that cannot be listed, and why.
    """

    files: list[str] = field(default_factory=list)
    faults: list[tuple[str, InputError]] = field(default_factory=list)


def walked(folder: Path) -> Found:
    """The files below a folder at any depth. Links are followed; a folder that several lead to is walked once.

    Raises:
        InputError: the folder itself cannot be read, or holds more than :data:`MOST_FILES` files and folders.
    """
    found, seen, todo, count = Found(), set[tuple[int, int]](), [""], 0
    while todo:
        place = todo.pop()
        try:
            names = _new_names(folder / place, seen)
        except OSError as error:
            fault = InputError(f"{shown_path(folder / place)}: cannot be read: {error.strerror}")
            if not place:
                raise fault from None
            found.faults.append((place, fault))
            continue
        count += len(names)
        if count > MOST_FILES:
            raise InputError(f"{shown_path(folder)}: holds more than {MOST_FILES:,} files: name a folder further in")
        for name in names:
            path = f"{place}/{name}" if place else name
            (todo if os.path.isdir(folder / path) else found.files).append(path)
    found.files.sort()
    found.faults.sort(key=lambda fault: fault[0])
    return found


def _new_names(folder: Path, seen: set[tuple[int, int]]) -> list[str]:
    """The names in a folder that are not hidden, sorted in reverse; none if the folder was seen before."""
    status = os.stat(folder)
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return []
    seen.add(key)
    return sorted((name for name in os.listdir(folder) if not name.startswith(".")), reverse=True)
