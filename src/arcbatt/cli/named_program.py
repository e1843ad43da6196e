"""The program that a person names: in a file, in the store, in a run's battery, or among the starter programs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from arcbatt.errors import InputError, UnknownProgramError

if TYPE_CHECKING:
    from arcbatt.program.program import Program
    from arcbatt.program.reading.aliases import Aliases
    from arcbatt.store import Store

__all__ = ["NamedProgram", "named_program"]


@dataclass(frozen=True, slots=True)
class NamedProgram:
    """A program that was found.

    Attributes:
        program: the program.
        others: number of further programs of this name.
        names: what its author called the values of its calls, by node; empty where nobody knows.
    """

    program: Program
    others: int = 0
    names: Mapping[int, str] = field(default_factory=dict)


def named_program(word: str, store: Store | None, aliases: Aliases | None = None) -> NamedProgram | None:
    """The program that a word names; None when there is none.

    Args:
        word: ``FILE:NAME``, an MD5, at least the first 4 digits of one, or a name.
        store: open; None where there is none.
        aliases: other names for primitives and constants, for a file.

    Raises:
        InputError: the file is wrong, or several programs have an MD5 that begins so.
    """
    return _in_file(word, aliases) or _in_store(word, store) or _in_library(word) or _in_runs(word, store)


def _in_file(word: str, aliases: Aliases | None) -> NamedProgram | None:
    path, separator, name = word.rpartition(":")
    if separator and path.endswith(".py") and not os.path.lexists(path):
        raise InputError(f"{path}: no such file; expected FILE:NAME, a program's name or its MD5")
    if not separator or not os.path.isfile(path):
        return None
    from arcbatt.battery.load import load_programs

    programs, refusals = load_programs(Path(path), aliases)
    found = [program for program in programs if program.name == name or _begins_md5(name, program.md5)]
    if not found:
        some = ", ".join(program.name for program in programs[:5]) or "none"
        reason = "".join(f"\n{refusal}" for refusal in list(refusals)[:3])
        raise InputError(f"{path}: no program named {name!r:.80} in it; it has {some}{reason}")
    return NamedProgram(found[0], len({program.md5 for program in found}) - 1, getattr(found[0], "labels", {}))


def _in_store(word: str, store: Store | None) -> NamedProgram | None:
    if store is None:
        return None
    try:
        records = store.find_programs(word)
    except UnknownProgramError:
        return None
    record = records[0]
    return NamedProgram(_parsed(record.text, record.name, record.md5), len(records) - 1)


def _in_runs(word: str, store: Store | None) -> NamedProgram | None:
    """A program that a run evaluated and that was not kept; the newest run's first."""
    if store is None:
        return None
    for run in reversed(store.runs()):
        for program in store.run_programs(run.id):
            if program.name == word or _begins_md5(word, program.md5):
                return NamedProgram(_parsed(program.text, program.name, program.md5))
    return None


def _begins_md5(word: str, md5: str) -> bool:
    return len(word) >= 4 and md5.startswith(word.lower())


def _in_library(word: str) -> NamedProgram | None:
    from arcbatt.library import starter_programs

    found = next((program for program in starter_programs() if word in (program.name, program.md5)), None)
    return None if found is None else NamedProgram(found)


def _parsed(text: str, name: str, md5: str) -> Program:
    from arcbatt.program.parse import parse_programs

    (program,) = parse_programs(text, f"stored program {name} ({md5})")
    return program.renamed(name)
