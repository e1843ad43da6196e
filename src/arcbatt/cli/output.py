"""Files that a command writes its results to: checked before the work, written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from arcbatt.errors import InputError
from arcbatt.files import write_whole

__all__ = ["OutputFile", "check_places"]


class OutputFile:
    """A file to be written, or standard output.

    Raises:
        InputError: it could not be written: its folder does not exist, or it is a folder itself.
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

    @classmethod
    def for_option(cls, option: str, path: str | None) -> OutputFile | None:
        """The file that an option names; None when the option is not given."""
        return None if path is None else cls(path, option)

    def write(self, content: str | bytes) -> None:
        """Writes a text or bytes, in one step, so that a reader sees the old or the new file whole.

        Raises:
            InputError: the system refuses.
        """
        data = content.encode() if isinstance(content, str) else content
        if self.path is None:
            if isinstance(content, str):
                sys.stdout.write(content)
            else:
                sys.stdout.buffer.write(content)
            return
        try:
            if self.path.exists() and not self.path.is_file():  # /dev/stdout and its like
                self.path.write_bytes(data)
                return
            write_whole(self.path, data)
        except OSError as error:
            raise InputError(f"{self._option} {self.path}: cannot write: {error.strerror}") from None


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
