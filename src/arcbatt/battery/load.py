"""Programs from files and folders, battery files among them, as ``-b`` and ``import`` take them."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

from arcbatt.battery.files import battery_programs, is_battery
from arcbatt.errors import InputError
from arcbatt.program.names import describe, is_name
from arcbatt.program.parse import Collected, collect_programs, collect_source
from arcbatt.program.program import Program
from arcbatt.program.reading.aliases import Aliases
from arcbatt.program.reading.source import read_source, read_text
from arcbatt.program.refusals import ProgramError, Refusals, quote

__all__ = ["MAX_ENTRIES", "MAX_FILES", "load_file", "load_programs"]

MAX_FILES: Final = 1_000_000
"""Most program files of one call; what comes after them is not read."""
MAX_ENTRIES: Final = 5_000_000
"""Most files and folders that one call looks at; what comes after them is not looked at."""

_PLAIN = ("solve", "differ", "differ_iz", "differ_zo")
_PSEUDO = ("/proc", "/sys", "/dev")
"""File systems that hold no program files and may have no end; they are read only where they are named."""
_NEVER: Final = 1_000_000_000
_MD5 = re.compile(r"[0-9a-f]{32}", re.ASCII)


def load_programs(
    paths: str | Path | Iterable[str | Path],
    aliases: Aliases | None = None,
    *,
    on_file: Callable[[int, int], None] | None = None,
) -> Collected:
    """All programs of some files and folders, in order, and what was refused.

    A folder means every ``*.py`` below it, by path; hidden files and folders are left out, and a folder that links
    lead to again is looked at once. Other files are taken whatever their names. What is refused is left out:
    the rest is read. Where a bound on files is reached, a refusal says so and the programs up to there are given.

    Args:
        paths: one path, or several.
        aliases: other names for primitives and constants.
        on_file: called before each file with the number of those that were read, and of all. With it all files are
            looked for before the first is read.

    Raises:
        InputError: a path does not exist, or a folder has no ``*.py`` file.

    Example:
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = pathlib.Path(folder, "mine.py").write_text("def solve_a(I): return vmirror(I)")
        ...     programs, refusals = load_programs(folder)
        >>> programs, len(refusals)
        ([<Program solve_a 1 call 050c2d81>], 0)
    """
    found = Collected([], Refusals())
    walk = _Walk([paths] if isinstance(paths, str | Path) else paths)
    files: Iterable[str] = walk.files()
    total = 0
    if on_file is not None:
        files = list(islice(files, MAX_FILES + 1))
        total = len(files)
    with _old_objects_left_alone():
        for count, path in enumerate(files, 1):
            if on_file is not None:
                on_file(count - 1, total)
            if count > MAX_FILES:
                walk.stopped = f"more than {MAX_FILES:,} program files; the rest is not read: hand in fewer at a time"
                break
            programs, refusals = load_file(path, aliases)
            found.programs.extend(programs)
            found.refusals.extend(refusals)
    if walk.stopped:
        found.refusals.append(ProgramError(walk.place, None, walk.stopped, "rest not read"))
    return found


@contextmanager
def _old_objects_left_alone() -> Iterator[None]:
    """Keeps Python's collector from walking again and again through all programs that were read; young garbage goes."""
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def load_file(path: str | Path, aliases: Aliases | None = None) -> Collected:
    """Programs and refusals of a battery file or a program file.

    A battery file is refused as a whole. A function that is just ``solve``, ``differ``, ``differ_iz`` or ``differ_zo``
    is named after its file: ``solve_007bbfb7`` for ``007bbfb7.py`` or ``solve_007bbfb7.py``, the first eight digits for
    ``<md5>.py``; where the file's name does not do, after its own MD5.
    """
    try:
        text = read_text(path)
        if "battery" not in text:
            return _named(collect_programs(text, path, aliases=aliases), path)
        source = read_source(text, path)
        if is_battery(source):
            return Collected(battery_programs(source, aliases), Refusals())
        return _named(collect_source(source, aliases=aliases), path)
    except ProgramError as refusal:
        return Collected([], Refusals([refusal]))


def _named(found: Collected, path: str | Path) -> Collected:
    if not any(program.name in _PLAIN for program in found.programs):
        return found
    stem = Path(path).stem
    return Collected([_renamed(program, stem) for program in found.programs], found.refusals)


def _renamed(program: Program, stem: str) -> Program:
    if program.name not in _PLAIN:
        return program
    word = stem[:8] if _MD5.fullmatch(stem) else stem
    for name in (word, f"{program.name}_{word}") if word not in _PLAIN else ():
        if is_name(name) and describe(name) == (program.kind, program.direction):
            return program.renamed(name)
    return program.renamed(f"{program.name}_{program.md5[:8]}")


class _Walk:
    """The program files of some paths, one after the other.

    Attributes:
        place: the path that is looked at.
        stopped: why not everything was looked at; empty when everything was.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._paths = paths
        self._entries = 0
        self.place = ""
        self.stopped = ""

    def files(self) -> Iterator[str]:
        """The files.

        Raises:
            InputError: a path does not exist, or a folder has no ``*.py`` file.
        """
        for path in self._paths:
            self.place = name = os.fspath(path)
            if os.path.isdir(name):
                files = self._below(name)
                first = next(files, None)
                if first is None and not self.stopped:
                    raise InputError(f"{quote(name, 1000)}: no *.py file in this folder")
                if first is not None:
                    yield first
                yield from files
            elif os.path.lexists(name):
                yield name
            else:
                raise InputError(f"{quote(name, 1000)}: no such file or folder")

    def _below(self, folder: str) -> Iterator[str]:
        """Program files of a folder and of those in it, sorted within each folder."""
        seen: set[tuple[int, int]] = set()
        pseudo = _devices(_PSEUDO) - _devices([folder])
        todo = [folder]
        while todo and not self.stopped:
            path = todo.pop()
            if not os.path.isdir(path):
                if path.endswith(".py"):
                    yield path
                continue
            try:
                status = os.stat(path)
                if (status.st_dev, status.st_ino) in seen or status.st_dev in pseudo:
                    continue
                names = sorted(self._names(path))
            except OSError:
                yield path  # reading it says why it cannot be read
                continue
            seen.add((status.st_dev, status.st_ino))
            todo.extend(os.path.join(path, name) for name in reversed(names))

    def _names(self, folder: str) -> Iterator[str]:
        """What a folder holds, except hidden files, as far as the bound allows."""
        with os.scandir(folder) as entries:
            for entry in entries:
                self._entries += 1
                if self._entries > MAX_ENTRIES:
                    self.stopped = f"more than {MAX_ENTRIES:,} files and folders; the rest is not looked at"
                    return
                if not entry.name.startswith(".") and (entry.name.endswith(".py") or _may_be_folder(entry)):
                    yield entry.name


def _may_be_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return True


def _devices(folders: Iterable[str]) -> set[int]:
    """The file systems of folders; those that are there only."""
    found: set[int] = set()
    for folder in folders:
        try:
            found.add(os.stat(folder).st_dev)
        except OSError:
            continue
    return found
