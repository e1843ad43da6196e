"""Reading and writing files in places that may be a stranger's: nothing that lies there blocks, or leads elsewhere.
And the folder for what can be made anew.

A new file gets a random name, is made by this process alone (``O_EXCL``), never through a link (``O_NOFOLLOW``), and is
renamed into place once it is whole.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

__all__ = ["append", "cache_folder", "read_own", "read_regular", "write_whole"]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_MORE = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def write_whole(path: str | Path, content: bytes, rights: int = 0o666) -> None:
    """Writes a file in one step: a reader sees the old or the new one whole. A file or link of that name is replaced.

    Args:
        path: its place.
        content: all of it.
        rights: those it gets, as far as the process grants them to new files.

    Raises:
        OSError: the system refuses; then nothing has changed.
    """
    path = Path(path)
    unfinished = path.with_name(f".arcbatt-{os.urandom(8).hex()}.tmp")
    try:
        _write(os.open(unfinished, _NEW, rights), content)
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise


def read_regular(path: str | Path) -> bytes:
    """The content of a regular file; links are followed. Never waits, as opening a pipe would.

    Raises:
        OSError: it does not exist, is a pipe, a device or a folder, or has nothing to read now, as some files of /proc.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        chunks = []
        while chunk := os.read(descriptor, 1024**2):
            chunks.append(chunk)
        return b"".join(chunks)
    finally:
        os.close(descriptor)


def cache_folder() -> Path | None:
    """The user's folder for what can be made anew, which need not be there; None when there is no place for one."""
    own = os.environ.get("ARCBATT_CACHE")
    if own:
        folder = os.path.expanduser(own)
        return Path(os.path.abspath(folder)) if not folder.startswith("~") else None
    shared = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(shared):  # a relative one is to be ignored, says the specification of XDG
        return Path(shared, "arcbatt")
    home = os.path.expanduser("~")
    return Path(home, ".cache", "arcbatt") if os.path.isdir(home) else None


def read_own(path: str | Path, most: int) -> bytes:
    """A file that the user, and nobody else, can have written.

    Args:
        path: its place; the last part may be no link.
        most: bytes it may have.

    Raises:
        OSError: it does not exist, is larger, or others may have written it.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # the last: a pipe must not be waited for
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        is_own = found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if not (stat.S_ISREG(found.st_mode) and is_own and found.st_size <= most):
            raise OSError(f"{path} is not to be trusted")
        return file.read(most)


def append(path: str | Path, content: bytes) -> None:
    """Adds to the end of a file that is there.

    Raises:
        OSError: it does not exist, is a link, or the system refuses.
    """
    _write(os.open(path, _MORE), content)


def _write(descriptor: int, content: bytes) -> None:
    """Writes all of the content and closes the file; a full disk may show only then."""
    try:
        while content:
            content = content[os.write(descriptor, content) :]
    finally:
        os.close(descriptor)
