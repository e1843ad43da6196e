"""The log of an evolution: a line of JSON a generation, always as many as the store has generations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from arcbatt.errors import InputError
from arcbatt.files import append, write_whole

__all__ = ["EvolutionLog"]


class EvolutionLog:
    """A file of lines; what of it depends on the machine stands under ``timing``.

    The store is what counts: a log is written anew from it when an evolution goes on, so a line that a kill cut short
    or kept from being written is there afterwards.

    Args:
        path: the file.
        lines: what the store has of the evolution so far.
        option: what a message calls the file.

    Raises:
        InputError: the file cannot be written, or holds something that is no such log; with no lines so far, it must
            not hold anything.
    """

    def __init__(self, path: Path, lines: Iterable[Mapping[str, Any]], option: str = "--log") -> None:
        self.path = path
        self._option = option
        lines = list(lines)
        self._check(is_new=not lines)
        try:
            write_whole(path, "".join(map(_spelled, lines)).encode())
        except OSError as error:
            raise InputError(f"{option} {path}: cannot write: {error.strerror}") from None

    def add(self, line: Mapping[str, Any]) -> None:
        """Adds the line of a generation that was saved.

        Raises:
            InputError: the file cannot be written any more.
        """
        try:
            append(self.path, _spelled(line).encode())
        except OSError as error:
            raise InputError(f"{self._option} {self.path}: cannot write: {error.strerror}") from None

    def _check(self, *, is_new: bool) -> None:
        """Refuses to write over what somebody else may need, and to put a file in the place of a device."""
        if self.path.exists() and not self.path.is_file():
            raise InputError(f"{self._option} {self.path}: is there already and no regular file; name another")
        try:
            first = ""
            if self.path.exists():
                with self.path.open(encoding="utf-8") as file:
                    first = file.readline(1_000_000)
        except (OSError, UnicodeDecodeError):
            first = "?"
        if not first:
            return
        if is_new:
            raise InputError(f"{self._option} {self.path}: is there already; name a file that is not, or move it away")
        try:
            is_ours = json.loads(first).get("generation") == 0
        except (ValueError, AttributeError, RecursionError):
            is_ours = False
        if not is_ours:
            raise InputError(f"{self._option} {self.path}: is there already and no log of an evolution; name another")


def _spelled(line: Mapping[str, Any]) -> str:
    return json.dumps(dict(line), sort_keys=True) + "\n"
