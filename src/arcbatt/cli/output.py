"""Files that a command writes its results to: checked before the work, written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from arcbatt.errors import InputError
from arcbatt.files import write_whole

__all__ = ["OutputFile", "check_places"]

_DATABASE = b"SQLite format 3\0"
_BESIDE_DATABASE = ("-wal", "-shm", "-journal")


class OutputFile:
    """A file to be written, or standard output.

    Raises:
        InputError: it could not be written: its folder does not exist, or it is a folder itself; or it is a database,
            as that of a workspace is, and writing would destroy what is stored.
    """

    def __init__(self, path: str, option: str) -> None:
        self.path = None if path == "-" else Path(path)
        self._option = option
        if self.path is not None:
            if self.path.is_dir():
                raise InputError(f"{option} {path}: expected a file, but this is a folder")
            if not self.path.absolute().parent.is_dir():
                raise InputError(f"{option} {path}: the folder {self.path.absolute().parent} does not exist")
            if not os.access(self.path.absolute().parent, os.W_OK):
                raise InputError(f"{option} {path}: no right to write in {self.path.absolute().parent}")
            if _is_of_database(self.path):
                raise InputError(f"{option} {path}: is a database, and what it holds would be lost; name another file")

    @classmethod
    def for_option(cls, option: str, path: str | None) -> OutputFile | None:
        """The file that an option names; None when the option is not given."""
        return None if path is None else cls(path, option)

    def write(self, content: str | bytes) -> None:
        """Writes a text or bytes, in one step, so that a reader sees the old or the new file whole.

        A text is written as UTF-8, on standard output too, whatever the locale: a file made of it is the same.

        Raises:
            InputError: the system refuses.
        """
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if self.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            return
        try:
            if self.path.exists() and not self.path.is_file():  # /dev/stdout and its like
                self.path.write_bytes(data)
                return
            write_whole(self.path, data)
        except OSError as error:
            raise InputError(f"{self._option} {self.path}: cannot write: {error.strerror}") from None


def _is_of_database(path: Path) -> bool:
    """Whether a file is an SQLite database or one of the files that belong to one."""
    place = path.resolve()
    owners = [place, *(place.with_name(place.name.removesuffix(end)) for end in _BESIDE_DATABASE
                       if place.name.endswith(end) and place.name != end)]  # fmt: skip
    return any(map(_is_database, owners))


def _is_database(path: Path) -> bool:
    try:
        if not path.is_file():  # reading a pipe would wait
            return False
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def check_places(written: Mapping[str, str | Path | None], data: Sequence[Path]) -> None:
    """Refuses to write one file over another of the same command, or over a task.

    Args:
        written: by option, the file that it names; None: it is not given; ``-`` is standard output.
        data: the files and folders of the tasks. Other files may be written into these folders.

    Raises:
        InputError: two options name one file, or one names a file of the tasks.
    """
    from arcbatt.arc.forms import holds_tasks

    places: dict[Path, str] = {}
    sources = [path.resolve() for path in data]
    for option, path in written.items():
        if path is None or str(path) == "-":
            continue
        place = Path(path).resolve()
        if place in places:
            raise InputError(f"{places[place]} and {option}: expected two files, got {path} for both")
        if place in sources or (any(source in place.parents for source in sources) and holds_tasks(place)):
            raise InputError(f"{option} {path}: is the file of the tasks, or one of them; name another")
        places[place] = option
