"""A cache of the library as it was parsed, so that a command does not parse it again each time it starts.

One file in ``$ARCBATT_CACHE``, else ``$XDG_CACHE_HOME/arcbatt``, else ``~/.cache/arcbatt``. It can be deleted at any
moment and is never needed: what is not there, stale, damaged, or not the user's own is parsed and written again; where
nothing can be written, nothing is.

The file's name is a digest of all that the programs depend on: the library's files, the version of arcbatt, and the
DSL's primitives and constants. Its first line is a digest of that name and of the rest, which is what
:mod:`arcbatt.library.packed` writes.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import arcbatt
from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.files import cache_folder, read_own
from arcbatt.library.packed import pack, unpack
from arcbatt.program import Program

__all__ = ["load", "save"]

FORMAT = 1
"""Of the packed text and of the file around it."""
MAX_BYTES = 16_000_000
"""Largest file that is read."""
KEPT = 4
"""Files in the folder, for as many versions of arcbatt side by side; the oldest go."""
_ABANDONED_S = 3600
"""A file under a temporary name is left over from a process that was killed when it is this old."""
_FINISHED = re.compile(r"library-[0-9a-f]{32}\.json")
_UNFINISHED = re.compile(r"\.library-[0-9a-f]{32}\.tmp")

_Sources = Sequence[tuple[str, bytes]]


def load(sources: _Sources) -> list[Program] | None:
    """The programs of these files out of the cache; None when it does not have them."""
    folder = cache_folder()
    if folder is None:
        return None
    name = _name(sources)
    try:
        digest, _, text = read_own(folder / name, MAX_BYTES).partition(b"\n")
        return unpack(text) if digest == _digest(name, text) else None
    except (OSError, ValueError):
        return None


def save(sources: _Sources, programs: Sequence[Program]) -> None:
    """Puts the programs of these files into the cache, if that can be done."""
    folder = cache_folder()
    if folder is None:
        return
    name, text = _name(sources), pack(programs).encode("ascii")
    with suppress(OSError, ValueError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / name, _digest(name, text) + b"\n" + text)
        for path in _superfluous(folder):
            path.unlink(missing_ok=True)


def _name(sources: _Sources) -> str:
    """The file's name. A user's primitives are left out: no program of the library can mean one."""
    primitives = sorted((item.name, item.parameters) for item in REGISTRY if item.theme != "user")
    basis = (FORMAT, arcbatt.__version__, primitives, sorted(CONSTANTS.items()),
             [(os.path.basename(path), sha256(source).hexdigest()) for path, source in sources])  # fmt: skip
    return f"library-{sha256(repr(basis).encode()).hexdigest()[:32]}.json"


def _digest(name: str, text: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + text).hexdigest().encode()


def _write(path: Path, data: bytes) -> None:
    """Writes a file in one step, even while other processes write it."""
    temporary = path.with_name(f".library-{os.urandom(16).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _superfluous(folder: Path) -> Iterator[Path]:
    """What other versions of arcbatt and killed processes left in the folder, and only that."""
    finished = []
    with os.scandir(folder) as entries:
        for entry in entries:
            written = entry.stat(follow_symlinks=False).st_mtime
            if _FINISHED.fullmatch(entry.name):
                finished.append((written, entry.path))
            elif _UNFINISHED.fullmatch(entry.name) and written < time.time() - _ABANDONED_S:
                yield Path(entry.path)
    for _, path in sorted(finished, reverse=True)[KEPT:]:
        yield Path(path)
