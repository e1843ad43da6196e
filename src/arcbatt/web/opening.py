"""Opening a workspace's store for reading, again and again, and whether it changed since."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from arcbatt.store import DATABASE_NAME, Store, open_store

__all__ = ["Mark", "mark_of", "opened"]

Mark: TypeAlias = tuple[tuple[int, int, int], ...]
"""Stands for the content of a store: file number, time of change in ns and size of its files, those that are there."""


def mark_of(workspace: Path) -> Mark:
    """The mark of a workspace's store; empty where there is none.

    A commit of another process changes the writer's log or the database file. Taken before reading, so that what is
    committed meanwhile changes the next one.
    """
    found = []
    for ending in ("", "-wal"):
        try:
            status = os.stat(workspace / f"{DATABASE_NAME}{ending}")
        except OSError:
            continue
        found.append((status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)


def opened(workspace: Path) -> Store:
    """The store, for reading only.

    Raises:
        StoreError: it is not there, damaged, or cannot be read.
    """
    return open_store(workspace, create=False, read_only=True)
