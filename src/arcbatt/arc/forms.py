"""The forms that a file of tasks can have, recognized by what is in it; its name gives ids only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arcbatt.arc._bytes import read_bytes, read_head, unzipped
from arcbatt.arc._json import check_object, parse_json
from arcbatt.arc._shown import shown, shown_path
from arcbatt.arc.entries import Entry, faulty_entry, id_of, pairs_entry, task_entry
from arcbatt.errors import InputError

__all__ = ["NoTasksError", "TaskFile", "entries_in_file", "holds_tasks", "is_task_file_name", "stem_of"]

_ENDINGS = (".json", ".jsonl", ".ndjson")
_LINES = (".jsonl", ".ndjson")
_SPLITS = ("train", "training", "eval", "evaluation", "test")
_ID_KEYS = ("task_id", "id", "name")
_ATTEMPTS = {"attempt_1", "attempt_2"}
_HEAD_BYTES = 4096
_IS_TASK = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"(train|test)"\s*:\s*\[')
_IS_PAIRS = re.compile(rb'(\xef\xbb\xbf)?\s*\[\s*\{\s*"(input|output)"\s*:')


class NoTasksError(InputError):
    """A file is sound JSON and holds no tasks. `kind` says what it seems to hold: submission, solutions, or other."""

    def __init__(self, message: str, kind: str = "other") -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A file that may hold tasks.

    Attributes:
        path: where it is.
        label: what distinguishes its tasks from others of the same id.
        is_strict: whether an object without any task in it is no task file; else all its objects are taken for tasks.
    """

    path: Path
    label: str
    is_strict: bool = False

    @property
    def where(self) -> str:
        """What messages about it start with."""
        return shown_path(self.path)

    @property
    def stem(self) -> str:
        """Its name without the endings of task files: the id of the one task in it."""
        return stem_of(self.path.name)

    def value(self) -> Any:
        """Its JSON value, read anew."""
        return parse_json(read_bytes(self.path), self.where)


def is_task_file_name(name: str) -> bool:
    """Whether the name ends as those of task files do: ``.json``, ``.jsonl``, ``.ndjson``, each also with ``.gz``."""
    return name.lower().removesuffix(".gz").endswith(_ENDINGS)


def stem_of(name: str) -> str:
    """The name without the endings of task files."""
    if name.lower().endswith(".gz"):
        name = name[:-3]
    ending = next((ending for ending in _ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)]


def entries_in_file(file: TaskFile) -> list[Entry]:
    """The tasks of a file, unchecked; only as much of it is read as shows its form.

    Raises:
        NoTasksError: it is sound JSON and holds no tasks.
        InputError: it cannot be read as a whole.
    """
    if _IS_PAIRS.match(read_head(file.path, _HEAD_BYTES)):  # files of this form are large
        return [pairs_entry(file.stem, file.label, file.value, file.where)]
    data = unzipped(read_bytes(file.path), file.where)
    if _is_lines(data, file.path.name):
        return _entries_in_items(list(_lines(data, file.where)), file)
    if _IS_TASK.match(data):
        return [task_entry(file.stem, file.label, file.value, file.where)]
    return _entries_in_value(parse_json(data, file.where), file)


def holds_tasks(path: Path) -> bool:
    """Whether a file is there that has the name of a task file, and is not known to hold no task."""
    if not (is_task_file_name(path.name) and path.is_file()):
        return False
    try:
        return bool(entries_in_file(TaskFile(path, "", is_strict=True)))
    except InputError as error:
        return not isinstance(error, NoTasksError)


def _is_lines(data: bytes, name: str) -> bool:
    """Whether a text is JSON Lines: by its name, or because its first line is an object and another follows."""
    if name.lower().removesuffix(".gz").endswith(_LINES):
        return True
    first, _, rest = data.lstrip().partition(b"\n")
    if not (rest.lstrip().startswith(b"{") and first.startswith(b"{")):
        return False
    try:
        return isinstance(parse_json(first, ""), dict)
    except InputError:
        return False


def _lines(data: bytes, where: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Place and JSON value of each line that is not blank; values are parsed when asked for."""
    if not data.strip():
        raise InputError(f"{where}: not JSON: the file is empty")

    def value(line: bytes, place: str) -> Callable[[], Any]:
        return lambda: parse_json(line, place)

    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            place = f"{where}: line {number}"
            yield place, value(line, place)


def _entries_in_value(value: object, file: TaskFile) -> list[Entry]:
    if isinstance(value, list):
        if not value:
            raise NoTasksError(f"{file.where}: expected tasks, got an empty list")
        return _entries_in_items([(f"{file.where}: item {n}", _given(item)) for n, item in enumerate(value, 1)], file)
    if not isinstance(value, dict):
        raise NoTasksError(f"{file.where}: expected an object or a list, got {shown(value)}")
    parts = check_object(value, (), file.where)
    if any(key in parts and not isinstance(parts[key], dict) for key in ("train", "test")):
        return [task_entry(file.stem, file.label, _given(value), file.where)]
    return _entries_by_id(parts, file)


def _given(value: Any) -> Callable[[], Any]:
    return lambda: value


def _entries_by_id(value: dict[str, Any], file: TaskFile) -> list[Entry]:
    """The tasks of an object ``{id: task, ...}`` or ``{"train": {id: task, ...}, "eval": {...}}``."""
    splits = [value[key] for key in _SPLITS if key in value] or [value]
    tasks: dict[str, Any] = {}
    for split in splits:
        for task_id, task in check_object(split, (), file.where).items():
            if task_id in tasks:
                raise InputError(f"{file.where}: task {shown(task_id)} occurs in two parts of the file")
            tasks[task_id] = task
    _check_tasks(value, tasks, file)
    return [_entry_of(task_id, task, file) for task_id, task in tasks.items()]


def _entry_of(task_id: str, value: Any, file: TaskFile) -> Entry:
    make = pairs_entry if _is_pairs(value) else task_entry
    return make(task_id, file.label, _given(value), file.where)


def _check_tasks(value: dict[str, Any], tasks: dict[str, Any], file: TaskFile) -> None:
    """Raise NoTasksError if none of the values is a task, or looks like one at least."""
    items = list(tasks.values())
    if any(_is_pairs(item) or (isinstance(item, dict) and (not file.is_strict or _has_parts(item))) for item in items):
        return
    firsts = [item[0] for item in items if isinstance(item, list) and item]
    if any(isinstance(first, dict) and _ATTEMPTS & first.keys() for first in firsts):
        raise NoTasksError(f"{file.where}: holds a submission (attempts), expected tasks", "submission")
    if any(isinstance(first, list) and first and isinstance(first[0], list) for first in firsts):
        raise NoTasksError(f"{file.where}: holds solutions only: name the file of challenges", "solutions")
    came = f"the keys {', '.join(map(shown, list(value)[:5]))}" if value else "an empty object"
    raise NoTasksError(f'{file.where}: expected a task (with "train" and "test") or tasks by their ids, got {came}')


def _has_parts(item: dict[str, Any]) -> bool:
    return "train" in item or "test" in item


def _is_pairs(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "input" in value[0]


def _entries_in_items(items: list[tuple[str, Callable[[], Any]]], file: TaskFile) -> list[Entry]:
    """The tasks of a list or of lines. Pairs without a task around them belong to one task each id."""
    entries, pairs = [], dict[str, list[Any]]()
    for number, (place, value) in enumerate(items, 1):
        numbered, order = f"{file.stem}-{number}", f"{file.stem}-{number:09}"
        try:
            item = check_object(value(), (), place)
            task_id = id_of(item, _ID_KEYS, place)
        except InputError as error:
            entries.append(faulty_entry(numbered, file.label, error, order))
            continue
        if "input" in item and not _has_parts(item):
            pairs.setdefault(task_id or file.stem, []).append(item)
        else:
            entries.append(task_entry(task_id or numbered, file.label, value, place, task_id or order))
    if file.is_strict and not pairs and not any(_is_task_like(value) for _, value in items):
        raise NoTasksError(f"{file.where}: expected tasks, got a list of other things")
    return entries + [pairs_entry(i, file.label, _given(found), file.where) for i, found in pairs.items()]


def _is_task_like(value: Callable[[], Any]) -> bool:
    try:
        item = value()
    except InputError:
        return True  # damaged: to be refused, not passed over
    return isinstance(item, dict) and _has_parts(item)
