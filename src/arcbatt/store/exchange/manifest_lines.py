"""The lines of an export's manifest: what they hold, how they are written and read.

A manifest is UTF-8 text, one JSON object a line. The first line is ``{"arcbatt_export": 1}``: the number is the version
of this form. Each other line has one key that says what it is:

``program``
    ``md5``, ``kind``, ``direction``, ``size``, ``names`` (the first one first); its text is the file
    ``solver_md5/<md5>.py`` or ``differ_md5/<md5>.py`` beside the manifest. By md5.
``task``
    ``digest`` of its samples, ``ids`` (the first one first), ``demo_count``, ``test_count``. By first id, digest.
``score``
    ``digest`` of the task and ``result``, a :class:`~arcbatt.results.ProgramResult`. By task, best first.
``differ_score``
    a :class:`~arcbatt.store.DifferScoreRecord`. By digest, solver, differ.
``lineage``
    a :class:`~arcbatt.store.LineageRecord`. By child, parent, mutation.

A line comes after those that it refers to. The same store gives the same bytes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arcbatt.errors import InputError
from arcbatt.results.json_form import from_json, to_json
from arcbatt.results.program_result import ProgramResult
from arcbatt.store.records.task_records import DifferScoreRecord, LineageRecord

__all__ = ["MANIFEST", "Line", "ProgramLine", "ScoreLine", "TaskLine", "header", "read_lines", "written"]

MANIFEST: Final = "arcbatt-export.jsonl"
"""Name of the manifest in an export's folder."""
_VERSION: Final = 1
_MAX_LINE: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A program, without its text; ``names`` has the first name first."""

    md5: str
    kind: str
    direction: str | None
    size: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task; ``ids`` has the first id first."""

    digest: str
    ids: tuple[str, ...]
    demo_count: int
    test_count: int


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A score, by the digest of its task."""

    digest: str
    result: ProgramResult


@dataclass(frozen=True, slots=True)
class Line:
    """A line: one field is not None."""

    arcbatt_export: int | None = None
    program: ProgramLine | None = None
    task: TaskLine | None = None
    score: ScoreLine | None = None
    differ_score: DifferScoreRecord | None = None
    lineage: LineageRecord | None = None


def header() -> str:
    """The first line."""
    return written("arcbatt_export", _VERSION)


def written(kind: str, value: object) -> str:
    """A line as text, its end included."""
    return f'{{"{kind}":{to_json(value)}}}\n'


def read_lines(path: Path) -> Iterator[tuple[int, Line | InputError]]:
    """The number and content of each line after the first; an error in the place of a line that is none.

    Raises:
        InputError: the file cannot be read, is no regular file, or is no manifest of this version.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise InputError(f"{path}: expected a regular file")
        _check_header(path, file.readline(200))
        number = 1
        while content := file.readline(_MAX_LINE + 1):
            number += 1
            if len(content) <= _MAX_LINE:
                yield number, _line(content)
                continue
            while content and not content.endswith(b"\n"):
                content = file.readline(_MAX_LINE)
            yield number, InputError(f"expected a line of at most {_MAX_LINE} bytes")


def _check_header(path: Path, content: bytes) -> None:
    first = _line(content)
    version = first.arcbatt_export if isinstance(first, Line) else None
    if version is None:
        raise InputError(f"{path}: this is no manifest of an export")
    if version != _VERSION:
        raise InputError(f"{path}: a manifest of version {version}; this arcbatt reads version {_VERSION}")


def _line(content: bytes) -> Line | InputError:
    try:
        line = from_json(Line, content, "line")
    except InputError as error:
        return error
    found = sum(getattr(line, name) is not None for name in Line.__slots__)
    return line if found == 1 else InputError("expected one of program, task, score, differ_score, lineage")
