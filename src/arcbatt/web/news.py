"""What tells whether a store has changed and whether it is written to, without reading it: of a folder two file times
and a lock, of a database two small queries over a connection that stays open."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Protocol, TypeAlias

from arcbatt.errors import ArcbattError
from arcbatt.store import DATABASE_NAME, StorePlace
from arcbatt.store.workspace.presence import LOCK_NAME

__all__ = ["News", "Signature", "news_of"]

Signature: TypeAlias = tuple[object, ...]
"""What changes with every transaction; equal ones stand for the same content."""


class News(Protocol):
    """Where changes of a store show."""

    def signature(self) -> Signature:
        """What tells whether the store has changed, also where there is none yet or it cannot be had."""

    def is_written(self) -> bool:
        """Whether a process works on the store; true where that cannot be told."""

    def close(self) -> None:
        """Gives up what is held; the next question takes it again."""


def news_of(place: StorePlace) -> News:
    """The news of a store."""
    return _FolderNews(place) if isinstance(place, Path) else _DatabaseNews(place)


class _FolderNews:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signature(self) -> Signature:
        """File number, time and size of the database and of its log; None for one that is not there or is empty."""
        found: list[tuple[int, int, int] | None] = []
        for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
            try:
                state = os.stat(self._folder / name)
            except OSError:
                found.append(None)
            else:
                found.append((state.st_ino, state.st_mtime_ns, state.st_size) if state.st_size else None)
        return tuple(found)

    def is_written(self) -> bool:
        """A writer holds a lock. It is tried and given up at once; who begins just then waits some milliseconds."""
        try:
            descriptor = os.open(self._folder / LOCK_NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return False

    def close(self) -> None:
        """Nothing is held."""


class _DatabaseNews:
    def __init__(self, address: StorePlace) -> None:
        from arcbatt.store.postgres.news import DatabaseNews

        assert not isinstance(address, Path)
        self._news = DatabaseNews(address)

    def signature(self) -> Signature:
        try:
            return self._news.signature()
        except ArcbattError as error:  # an overview says so, and goes on when it is there again
            return (str(error),)

    def is_written(self) -> bool:
        try:
            return self._news.is_written()
        except ArcbattError:
            return True

    def close(self) -> None:
        self._news.close()
