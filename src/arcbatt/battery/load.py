"""Programs from files and folders, battery files among them, as ``-b`` and ``import`` take them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from arcbatt.battery.files import is_battery, parse_battery_source
from arcbatt.errors import InputError
from arcbatt.program.names import describe, is_name
from arcbatt.program.parse import Collected, collect_programs, collect_source
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError, quote
from arcbatt.program.source import read_source, read_text

__all__ = ["MAX_FILES", "load_file", "load_programs"]

MAX_FILES: Final = 1_000_000
"""Most program files of one call."""

_PLAIN = ("solve", "differ", "differ_iz", "differ_zo")
_MD5 = re.compile(r"[0-9a-f]{32}", re.ASCII)


def load_programs(paths: Iterable[str | Path]) -> Collected:
    """All programs of some files and folders, in order, and what was refused.

    A folder means every ``*.py`` below it, by path; hidden files and folders are left out, and a folder that links
    lead to again is looked at once. Other files are taken whatever their names.

    Raises:
        InputError: a path does not exist, a folder has no ``*.py`` file, or there are more than ``MAX_FILES``.
    """
    found = Collected([], [])
    for count, path in enumerate(_files(paths), 1):
        if count > MAX_FILES:
            raise InputError(f"more than {MAX_FILES:,} program files; hand in fewer at a time")
        programs, refusals = load_file(path)
        found.programs.extend(programs)
        found.refusals.extend(refusals)
    return found


def load_file(path: str | Path) -> Collected:
    """Programs and refusals of a battery file or a program file.

    A battery file is refused as a whole. A function that is just ``solve``, ``differ``, ``differ_iz`` or ``differ_zo``
    is named after its file: ``solve_007bbfb7`` for ``007bbfb7.py`` or ``solve_007bbfb7.py``, the first eight digits for
    ``<md5>.py``; where the file's name does not do, after its own MD5.
    """
    try:
        text = read_text(path)
        if "battery" not in text:
            return _named(collect_programs(text, path), path)
        source = read_source(text, path)
        if is_battery(source):
            return Collected(list(parse_battery_source(source).programs(all_names=True)), [])
        return _named(collect_source(source), path)
    except ProgramError as refusal:
        return Collected([], [refusal])


def _named(found: Collected, path: str | Path) -> Collected:
    programs = [_renamed(program, Path(path).stem) for program in found.programs]
    return Collected(programs, found.refusals)


def _renamed(program: Program, stem: str) -> Program:
    if program.name not in _PLAIN:
        return program
    word = stem[:8] if _MD5.fullmatch(stem) else stem
    for name in (word, f"{program.name}_{word}") if word not in _PLAIN else ():
        if is_name(name) and describe(name) == (program.kind, program.direction):
            return program.renamed(name)
    return program.renamed(f"{program.name}_{program.md5[:8]}")


def _files(paths: Iterable[str | Path]) -> Iterator[str]:
    for path in paths:
        name = os.fspath(path)
        if os.path.isdir(name):
            files = _below(name)
            first = next(files, None)
            if first is None:
                raise InputError(f"{quote(name, 1000)}: no *.py file in this folder")
            yield first
            yield from files
        elif os.path.lexists(name):
            yield name
        else:
            raise InputError(f"{quote(name, 1000)}: no such file or folder")


def _below(folder: str) -> Iterator[str]:
    """Program files of a folder and of those in it, sorted within each folder."""
    seen: set[tuple[int, int]] = set()
    todo = [folder]
    while todo:
        path = todo.pop()
        if not os.path.isdir(path):
            if path.endswith(".py"):
                yield path
            continue
        try:
            status = os.stat(path)
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError:
            yield path  # reading it says why it cannot be read
            continue
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            todo.extend(os.path.join(path, name) for name in reversed(names))
