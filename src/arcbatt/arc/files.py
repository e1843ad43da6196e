"""Tasks from a path: a folder of task files, one task file, a file of many tasks, Kaggle's challenges and solutions."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from arcbatt.arc._json import check_object, parse_json, read_bytes
from arcbatt.arc._shown import shown, shown_path
from arcbatt.arc.task import Task, check_task_id, parse_task, with_outputs
from arcbatt.arc.taskset import TaskSet
from arcbatt.errors import InputError

__all__ = ["load_path"]

_CHALLENGES, _SOLUTIONS = "challenges.json", "solutions.json"
_SPLITS = ("train", "training", "eval", "evaluation", "test")


def load_path(path: str | os.PathLike[str]) -> TaskSet:
    """The tasks of a file or folder, sorted by id. Each task is checked when it is asked for.

    What is accepted:

    - a folder of task files ``<id>.json`` (hidden files and other endings are passed over);
    - one task file ``{"train": [...], "test": [...]}``; its id is the name without ``.json``;
    - a file of many tasks, ``{id: task, ...}`` or ``{"train": {id: task, ...}, "eval": {...}}``;
    - a Kaggle file ``..._challenges.json``; outputs of test samples come from ``..._solutions.json`` beside it, and
      are unknown without;
    - a folder with one such Kaggle file (and its solutions and sample submission).

    The revision of a file is ``sha256:`` and the first 12 digits that ``sha256sum FILE`` prints; that of a folder, or
    of challenges with solutions, those of ``sha256sum *.json | sha256sum`` over the files read (``LC_ALL=C``).

    Raises:
        InputError: there is nothing to read, it is none of these, or an id cannot be a file name.
    """
    path = Path(path)
    if not os.path.isdir(path):  # unlike Path.is_dir, False also for a name that is too long
        return _load_file(path)
    names = _list_json(path)
    if any(name.endswith(_CHALLENGES) for name in names):
        return _load_file(path / _only_challenges(path, names))
    return _load_folder(path, names)


def _list_json(folder: Path) -> list[str]:
    """The names of a folder's JSON files, sorted; at least one."""
    try:
        entries = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        raise InputError(f"{shown_path(folder)}: cannot be read: {error.strerror}") from None
    names = [name for name in entries if name.endswith(".json")]
    if names:
        return names
    folders = [shown_path(name) for name in entries if os.path.isdir(folder / name)][:5]
    hint = f"; name one of the folders in it: {', '.join(folders)}" if folders else ""
    raise InputError(f"{shown_path(folder)}: expected a folder with task files (*.json), got one without{hint}")


def _only_challenges(folder: Path, names: Sequence[str]) -> str:
    """The one challenges file of a folder of Kaggle files; several, or task files beside it, are refused."""
    challenges = [name for name in names if name.endswith(_CHALLENGES)]
    if len(challenges) > 1:
        listed = ", ".join(map(shown_path, challenges))
        raise InputError(f"{shown_path(folder)}: holds several files of challenges: name one of them: {listed}")
    kaggle = (*challenges, "sample_submission.json")
    others = [name for name in names if name not in kaggle and not name.endswith(_SOLUTIONS)]
    if others:
        raise InputError(
            f"{shown_path(folder)}: holds both Kaggle's {shown_path(challenges[0])} and other JSON files, "
            f"{shown_path(others[0])} for one: name one file, or a folder with one kind only"
        )
    return challenges[0]


def _load_folder(folder: Path, names: Sequence[str]) -> TaskSet:
    where = shown_path(folder)
    files = {check_task_id(name.removesuffix(".json"), where): folder / name for name in names}

    def read(task_id: str) -> Task:
        file = files[task_id]
        return parse_task(task_id, parse_json(read_bytes(file), shown_path(file)), shown_path(file))

    return TaskSet(_name(folder), sorted(files), read, lambda: _folder_revision(folder, names))


def _load_file(path: Path) -> TaskSet:
    where = shown_path(path)
    if path.name.endswith(_SOLUTIONS):
        raise InputError(f"{where}: holds solutions only: name the file of challenges beside it")
    data = read_bytes(path)
    tasks = _find_tasks(check_object(parse_json(data, where), (), where), path, where)
    read = _reader(tasks, where)
    revision = f"sha256:{_digest(data)[:12]}"
    solutions = path.with_name(path.name.removesuffix(_CHALLENGES) + _SOLUTIONS)
    if path.name.endswith(_CHALLENGES) and os.path.lexists(solutions):
        solved = read_bytes(solutions)
        read = _solved_reader(read, solved, shown_path(solutions))
        revision = _revision({path.name: _digest(data), solutions.name: _digest(solved)})
    return TaskSet(_name(path), sorted(tasks), read, lambda: revision)


def _find_tasks(value: dict[str, Any], path: Path, where: str) -> dict[str, Any]:
    """The JSON values of a file's tasks by id, the ids checked: one task, a mapping of tasks, or splits of them."""
    if any(key in value and not isinstance(value[key], dict) for key in ("train", "test")):
        return {check_task_id(path.name.removesuffix(".json"), where): value}
    splits = [value[key] for key in _SPLITS if key in value] or [value]
    tasks: dict[str, Any] = {}
    for split in splits:
        for task_id, task in check_object(split, (), where).items():
            if task_id in tasks:
                raise InputError(f"{where}: task {shown(task_id)} occurs in two parts of the file")
            tasks[task_id] = task
    if not any(isinstance(task, dict) for task in tasks.values()):
        came = f"the keys {', '.join(map(shown, list(value)[:5]))}" if value else "an empty object"
        raise InputError(f'{where}: expected a task (with "train" and "test") or tasks by their ids, got {came}')
    return {check_task_id(task_id, where): task for task_id, task in tasks.items()}


def _reader(tasks: dict[str, Any], where: str) -> Callable[[str], Task]:
    return lambda task_id: parse_task(task_id, tasks[task_id], where)


def _solved_reader(read: Callable[[str], Task], data: bytes, where: str) -> Callable[[str], Task]:
    """A reader that fills in the outputs from a solutions file; a task that the file lacks keeps what it has."""
    outputs = check_object(parse_json(data, where), (), where)

    def read_solved(task_id: str) -> Task:
        task = read(task_id)
        return with_outputs(task, outputs[task_id], where) if task_id in outputs else task

    return read_solved


def _name(path: Path) -> str:
    return shown_path(os.path.basename(os.path.abspath(path)))


def _digest(data: bytes) -> str:
    from hashlib import sha256  # not needed for the named sets

    return sha256(data).hexdigest()


def _revision(digests: dict[str, str]) -> str:
    """The revision of several files, from their names and digests: over the lines that sha256sum prints."""
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return f"sha256:{_digest(lines.encode())[:12]}"


def _folder_revision(folder: Path, names: Sequence[str]) -> str:
    def digest(name: str) -> str:
        try:
            return _digest(read_bytes(folder / name))
        except InputError:  # refused when its task is asked for; the other tasks can be used without it
            return "unreadable"

    return _revision({name: digest(name) for name in names})
