"""The files of the programs, `solver_md5/<md5>.py` and `differ_md5/<md5>.py`, beside the database.

The promise: a program in the database has its file, whole, at any moment, however the process ends. So a file is
written, under another name and then renamed, before the transaction that adds its row is committed; and it is removed
after the transaction that deletes the row, in one of its own that makes sure that no other process has added the
program again.

A process killed in between leaves files without a row. It has noted them before in its journal,
`arcbatt.<token>.pending`, which is empty between transactions and removed at the end. The next store that finds itself
alone on the workspace goes through the journals of the dead and removes what has no row. Files that are in no journal
are never touched: they may be the user's.

Nothing is flushed to the disk file by file, which would cost more than the rest of a save. A killed process loses
nothing by that. A power cut can, at worst, leave the last files empty; they are written again when their program is
saved again.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from arcbatt.errors import StoreError
from arcbatt.store.records.checks import MAX_TEXT, is_md5
from arcbatt.store.records.task_records import ProgramRecord
from arcbatt.store.sql.transactions import Entry

__all__ = ["FOLDERS", "Journal", "ProgramFiles", "journals_of_others"]

FOLDERS = {"solver": "solver_md5", "differ": "differ_md5"}

_LINE = re.compile(r"(solver|differ) ([0-9a-f]{32})\n")
_JOURNAL = re.compile(r"arcbatt\.([0-9a-f]{16})\.pending")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class ProgramFiles:
    """Writes and removes program files. The paths are made of checked md5 alone.

    Args:
        workspace: an existing folder.
        token: 16 hexadecimal digits that no other store in use has; part of the names of unfinished files.
    """

    def __init__(self, workspace: Path, token: str) -> None:
        self._folders = {kind: str(workspace / name) for kind, name in FOLDERS.items()}
        self._token = token

    def make_folders(self) -> None:
        """Makes the two folders where they are missing.

        Raises:
            StoreError: one is a link: what a stranger's workspace holds must not lead writing elsewhere.
        """
        for folder in self._folders.values():
            if os.path.islink(folder):
                raise StoreError(f"{folder}: expected a folder, got a link. Put a folder in its place")
            os.makedirs(folder, exist_ok=True)

    def path(self, kind: str, md5: str) -> str:
        """Path of a program's file."""
        if not is_md5(md5):
            raise ValueError(f"not an MD5: {md5!r:.80}")
        return f"{self._folders[kind]}/{md5}.py"

    def write(self, record: ProgramRecord) -> None:
        """Puts a program's file in place; after it the file is there as a whole, before it not at all."""
        path = self.path(record.kind, record.md5)
        unfinished = self._unfinished(path, self._token)
        try:
            descriptor = os.open(unfinished, _NEW, 0o666)
            try:
                _write_all(descriptor, record.text.encode())
            finally:
                os.close(descriptor)
            os.replace(unfinished, path)
        except BaseException:
            _remove(unfinished)
            raise

    def is_whole(self, record: ProgramRecord) -> bool:
        """Whether a program's file is there with the right size: enough, as files are only ever renamed into place."""
        try:
            status = os.lstat(self.path(record.kind, record.md5))
        except FileNotFoundError:
            return False
        return stat.S_ISREG(status.st_mode) and status.st_size == len(record.text.encode())

    def content(self, kind: str, md5: str) -> bytes | None:
        """What a program's file holds, as far as a program may be long; None where there is no such file."""
        path = self.path(kind, md5)
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                return None
            with open(path, "rb") as file:
                return file.read(MAX_TEXT + 1)
        except FileNotFoundError:
            return None

    def names(self) -> Iterator[tuple[str, str]]:
        """Kind and name of each file in the folders of the programs, sorted."""
        for kind, folder in sorted(self._folders.items()):
            with suppress(FileNotFoundError, NotADirectoryError):
                yield from ((kind, name) for name in sorted(os.listdir(folder)))

    def tidy(self, entries: Iterable[Entry], known: Container[str], token: str | None = None) -> None:
        """Removes the files of those programs that are not known, and unfinished files of them all.

        Args:
            entries: the programs; missing files of theirs are fine.
            known: md5 of the programs that have a row.
            token: of the store that left the unfinished files, None for this one.
        """
        for kind, md5 in entries:
            path = self.path(kind, md5)
            _remove(self._unfinished(path, token or self._token))
            if md5 not in known:
                _remove(path)

    @staticmethod
    def _unfinished(path: str, token: str) -> str:
        return f"{path}.{token}.tmp"


class Journal:
    """The programs whose files the running transaction writes or removes, in a file made at first use."""

    def __init__(self, workspace: Path, token: str) -> None:
        self._path = workspace / f"arcbatt.{token}.pending"
        self._descriptor: int | None = None
        self.entries: list[Entry] = []

    def note(self, entries: Sequence[Entry]) -> None:
        """Adds entries; to be called before their files change."""
        if not entries:
            return
        if self._descriptor is None:
            self._descriptor = os.open(self._path, _NEW, 0o666)
        self.entries += entries
        _write_all(self._descriptor, "".join(f"{kind} {md5}\n" for kind, md5 in entries).encode())

    def clear(self) -> None:
        """Empties the journal, once nothing is left to be done about its entries."""
        if self._descriptor is not None and self.entries:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, 0)
        self.entries = []

    def close(self) -> None:
        """Closes the journal; removes its file unless entries are left for a later store to look after."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            if not self.entries:
                _remove(str(self._path))


def journals_of_others(workspace: Path) -> Iterator[tuple[Path, str, list[Entry]]]:
    """Path, token and entries of each journal in the workspace, sorted by name; a line cut short is left out.

    It stands for a file that was not yet touched.
    """
    for path in sorted(workspace.iterdir()):
        match = _JOURNAL.fullmatch(path.name)
        if match and not path.is_symlink() and path.is_file():
            with path.open(encoding="ascii", errors="replace", newline="\n") as file:
                lines = [_LINE.fullmatch(line) for line in file]
            yield path, match[1], [(line[1], line[2]) for line in lines if line]


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _remove(path: str) -> None:
    # a file without a row is harmless: one that cannot be removed (a folder in its place, say) must not stop the rest
    with suppress(OSError):
        os.unlink(path)
