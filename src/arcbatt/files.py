"""Writing files into places that may be a stranger's: nothing that lies there leads writing elsewhere.

A new file gets a random name, is made by this process alone (``O_EXCL``), never through a link (``O_NOFOLLOW``), and is
renamed into place once it is whole.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["append", "write_whole"]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_MORE = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def write_whole(path: str | Path, content: bytes) -> None:
    """Writes a file in one step for whoever reads it meanwhile; a file or link of that name is replaced.

    Its rights are those of any new file.

    Raises:
        OSError: the system refuses; then nothing has changed.
    """
    path = Path(path)
    unfinished = path.with_name(f".arcbatt-{os.urandom(8).hex()}.tmp")
    try:
        _write(os.open(unfinished, _NEW, 0o666), content)
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)
        raise


def append(path: str | Path, content: bytes) -> None:
    """Adds to the end of a file that is there.

    Raises:
        OSError: it is not there, is a link, or the system refuses.
    """
    _write(os.open(path, _MORE), content)


def _write(descriptor: int, content: bytes) -> None:
    """Writes all of the content and closes the file; a full disk may show only then."""
    try:
        while content:
            content = content[os.write(descriptor, content) :]
    finally:
        os.close(descriptor)
