"""The log of an evolution: a line of JSON a step, always as many as the store has steps."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from arcbatt.errors import InputError
from arcbatt.files import append, write_whole
from arcbatt.results.json_form import from_json
from arcbatt.search.evolution.generation_line import GenerationLine

__all__ = ["EvolutionLog"]

_LONGEST = 10_000_000
"""Characters of a line that are looked at."""


class EvolutionLog:
    """A file of lines; what of it depends on the machine stands under ``timing``.

    The store is what counts: a log is written anew from it when an evolution goes on, so a line that a kill cut short
    or kept from being written is there afterwards.

    Args:
        path: the file.
        lines: what the store has of the evolution so far, JSON texts.
        name: what a message calls the file.

    Raises:
        InputError: the file cannot be written, or holds something that is no such log; with no lines so far, it must
            not hold anything.
    """

    def __init__(self, path: Path, lines: Iterable[str], name: str = "log") -> None:
        self.path = path
        self._name = name
        lines = list(lines)
        self._check(is_new=not lines)
        try:
            write_whole(path, "".join(f"{line}\n" for line in lines).encode())
        except OSError as error:
            raise InputError(f"{name} {path}: cannot write: {error.strerror}") from None

    def add(self, line: str) -> None:
        """Adds the line of a step that was saved.

        Raises:
            InputError: the file cannot be written any more.
        """
        try:
            append(self.path, f"{line}\n".encode())
        except OSError as error:
            raise InputError(f"{self._name} {self.path}: cannot write: {error.strerror}") from None

    def _check(self, *, is_new: bool) -> None:
        """Refuses to write over what somebody else may need, and to put a file in the place of a device."""
        where = f"{self._name} {self.path}"
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_file()):
            raise InputError(f"{where}: is there already and no regular file; name another")
        try:
            first = ""
            if self.path.exists():
                with self.path.open(encoding="utf-8") as file:
                    first = file.readline(_LONGEST)
        except (OSError, UnicodeDecodeError):
            first = "?"
        if not first:
            return
        if is_new:
            raise InputError(f"{where}: is there already; name a file that is not, or move it away")
        try:
            is_ours = from_json(GenerationLine, first, "log").generation == 0
        except InputError:
            is_ours = False
        if not is_ours:
            raise InputError(f"{where}: is there already and no log of an evolution; name another")
