"""What one path or one named set brings: its tasks, unchecked, and what was left out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from arcbatt.arc._bytes import read_bytes
from arcbatt.arc._json import check_object, parse_json
from arcbatt.arc._shown import listed, shown_path
from arcbatt.arc.entries import Entry, faulty_entry
from arcbatt.arc.folder import walked
from arcbatt.arc.forms import NoTasksError, TaskFile, entries_in_file, is_task_file_name, stem_of
from arcbatt.arc.task import Task, with_outputs
from arcbatt.errors import InputError

__all__ = ["Source", "source_of_path"]

_CHALLENGES, _SOLUTIONS = "challenges", "solutions"
_LEFT_OUT = {
    "other": ("file that is no task", "files that are no tasks"),
    "submission": ("submission", "submissions"),
    "solutions": ("file of solutions without its challenges", "files of solutions without their challenges"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Tasks that come together.

    Attributes:
        name: what messages and results call it.
        entries: its tasks; several may have one id.
        revision: gives what identifies its contents.
        notes: what people should know of how it was read, a line each.
    """

    name: str
    entries: tuple[Entry, ...]
    revision: Callable[[], str]
    notes: tuple[str, ...] = ()


def source_of_path(path: Path) -> Source:
    """The tasks of a file or of a folder with all folders in it.

    Raises:
        InputError: there is nothing to read, or no task in it.
    """
    return _source_of_folder(path) if os.path.isdir(path) else _source_of_file(path)  # Path.is_dir may raise


def _source_of_file(path: Path) -> Source:
    if _kaggle_base(path.name, _SOLUTIONS) is not None:
        raise NoTasksError(f"{shown_path(path)}: holds solutions only: name the file of challenges beside it")
    base = _kaggle_base(path.name, _CHALLENGES)
    entries = entries_in_file(TaskFile(path, _base_name(path.parent)))
    entries = _labelled(entries, stem_of(path.name))
    solutions = _solutions_among(base, _names_beside(path)) if base is not None else None
    if solutions is None:
        return Source(_base_name(path), tuple(entries), lambda: f"sha256:{_digest(read_bytes(path))[:12]}")
    entries = _solved(entries, path.with_name(solutions))
    names = [path.name, solutions]
    return Source(_base_name(path), tuple(entries), lambda: _revision(path.parent, names))


def _source_of_folder(folder: Path) -> Source:
    found = walked(folder)
    reader = _FolderReader(folder, found.files)
    for name in found.files:
        reader.read(name)
    entries = [*reader.entries]
    entries += [faulty_entry(os.path.basename(name), _base_name(folder), fault) for name, fault in found.faults]
    notes = [f"{shown_path(folder)}: {note}" for note in reader.notes()]
    if not entries:
        left_out = f": {'; '.join(reader.notes())}" if reader.notes() else ""
        raise InputError(
            f"{shown_path(folder)}: expected a folder with task files (*.json, *.jsonl, *.ndjson, also with .gz), "
            f"got one without{left_out}"
        )
    return Source(_base_name(folder), tuple(entries), lambda: _revision(folder, reader.used), tuple(notes))


class _FolderReader:
    """Takes the files below a folder one after the other."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.entries: list[Entry] = []
        self.used: list[str] = []
        self._folder = folder
        self._names = names
        self._left_out: dict[str, list[str]] = {kind: [] for kind in _LEFT_OUT}

    def read(self, name: str) -> None:
        if not is_task_file_name(name):
            self._left_out["other"].append(name)
        elif _kaggle_base(name, _SOLUTIONS) is None:
            self._read_tasks(name)
        elif name not in self._matched_solutions:
            self._left_out["solutions"].append(name)

    def notes(self) -> list[str]:
        """What was left out, a line for each kind of file."""
        return [
            f"{len(names)} {_LEFT_OUT[kind][len(names) > 1]} left out: {listed(map(shown_path, names))}"
            for kind, names in self._left_out.items()
            if names
        ]

    @cached_property
    def _matched_solutions(self) -> dict[str, str]:
        """By file of solutions, the file of challenges that it belongs to."""
        challenges = [name for name in self._names if _kaggle_base(name, _CHALLENGES) is not None]
        bases = {name: _kaggle_base(name, _CHALLENGES) for name in challenges if is_task_file_name(name)}
        pairs = {name: _solutions_among(base, self._names) for name, base in bases.items() if base is not None}
        return {solutions: name for name, solutions in pairs.items() if solutions is not None}

    def _read_tasks(self, name: str) -> None:
        path = self._folder / name
        file = TaskFile(path, _base_name(path.parent), is_strict=True)
        try:
            entries = entries_in_file(file)
        except NoTasksError as error:
            self._left_out[error.kind].append(name)
            return
        except InputError as error:
            entries = [faulty_entry(file.stem, file.label, error)]
        entries = _labelled(entries, file.stem)
        solutions = next((key for key, owner in self._matched_solutions.items() if owner == name), None)
        if solutions is not None:
            entries = _solved(entries, self._folder / solutions)
            self.used.append(solutions)
        self.used.append(name)
        self.entries += entries


def _labelled(entries: list[Entry], stem: str) -> list[Entry]:
    """Tasks that share a file are labelled with its name, a task alone in its file with its folder's."""
    return [replace(entry, label=stem) for entry in entries] if len(entries) > 1 else entries


def _kaggle_base(name: str, part: str) -> str | None:
    """What the names of a file of challenges and of its solutions have in common; None: it is no such file."""
    stem = stem_of(name).lower()
    return stem.removesuffix(part) if stem.endswith(part) and is_task_file_name(name) else None


def _solutions_among(base: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if _kaggle_base(name, _SOLUTIONS) == base), None)


def _names_beside(path: Path) -> list[str]:
    try:
        return sorted(os.listdir(path.parent))
    except OSError:  # the file itself may be readable all the same
        return []


def _solved(entries: Iterable[Entry], path: Path) -> list[Entry]:
    """The entries with the outputs of a file of solutions; a task that the file lacks keeps what it has."""
    solutions = _Solutions(path)

    def solved(entry: Entry) -> Entry:
        return replace(entry, read=lambda known: solutions.fill_in(entry.read(known)))

    return [solved(entry) for entry in entries]


class _Solutions:
    """A file of solutions, read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _outputs(self) -> dict[str, Any]:
        return check_object(parse_json(read_bytes(self._path), shown_path(self._path)), (), shown_path(self._path))

    def fill_in(self, task: Task) -> Task:
        outputs = self._outputs
        return with_outputs(task, outputs[task.id], shown_path(self._path)) if task.id in outputs else task


def _base_name(path: Path) -> str:
    return shown_path(os.path.basename(os.path.abspath(path)))


def _digest(data: bytes) -> str:
    from hashlib import sha256  # not needed for the named sets

    return sha256(data).hexdigest()


def _revision(folder: Path, names: Sequence[str]) -> str:
    """The revision of several files, from their names and digests: over the lines that sha256sum prints."""

    def digest(name: str) -> str:
        try:
            return _digest(read_bytes(folder / name))
        except InputError:  # refused when its task is asked for; the other tasks can be used without it
            return "unreadable"

    lines = "".join(f"{digest(name)}  {name}\n" for name in sorted(names))
    return f"sha256:{_digest(lines.encode('utf-8', 'surrogateescape'))[:12]}"
