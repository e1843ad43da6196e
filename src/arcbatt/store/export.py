"""The programs of a store as a tree of files by task and score.

::

    solver_dir/solve_<task>/<o_score>/<t_log>/<md5>.py
    differ_dir/iz/solve_<task>/<s_score>/<t_log>/<md5>.py
    differ_dir/zo/solve_<task>/<s_score>/<t_log>/<md5>.py
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from arcbatt.errors import InputError, StoreError
from arcbatt.files import write_whole
from arcbatt.store.base import Store
from arcbatt.store.listing import ListQuery
from arcbatt.store.records import DifferScoreRecord

__all__ = ["MARKER", "ExportCount", "export"]

MARKER = ".arcbatt-export"
"""Name of the file by which a folder is known as an earlier export."""

_NOTE = "Written by `arcbatt export`, which replaces solver_dir and differ_dir in this folder.\n"
_UNFINISHED = ".arcbatt-export.tmp"
_TREES = ("solver_dir", "differ_dir")
_LONGEST_NAME = 255  # bytes in a file name, on every usual file system


@dataclass(frozen=True, slots=True)
class ExportCount:
    """Number of files written for solvers and for differs: one for each task (and direction) they have a score on."""

    solvers: int
    differs: int


def export(store: Store, directory: Path) -> ExportCount:
    """Writes the tree of a store into a directory: a new one, an empty one, or one of an earlier export.

    The two trees are written aside inside the directory and then renamed, so each of them is complete or not
    there; those of an earlier export are replaced as a whole, other files of the user's in the directory stay. The
    result depends on the store alone. In a task id, what does not fit a file name is percent-encoded.

    A differ's s_score on a task is its best over the solvers it was tried with; its t_log the lowest (slowest)
    among those, ``none`` when it was never timed.

    Raises:
        InputError: the directory holds something else.
        StoreError: the store cannot be read or the directory cannot be written.
    """
    files = list(_solver_files(store))
    solvers = len(files)
    files += _differ_files(store)
    try:
        _claim(directory)
        unfinished = directory / _UNFINISHED
        _remove(unfinished)
        try:
            _write(unfinished / "new", files)
            _swap(directory, unfinished)
        finally:
            _remove(unfinished)
    except OSError as error:
        raise StoreError(f"{error.filename or directory}: cannot export there: {error.strerror or error}") from error
    return ExportCount(solvers, len(files) - solvers)


def _solver_files(store: Store) -> Iterator[tuple[str, str]]:
    """Path and text of each solver's file."""
    text = {program.md5: program.text for program in store.programs("solver")}
    for score in store.list_scores(ListQuery()):
        if score.md5 in text:
            place = f"{_task_folder(score.task)}/{score.demo_right}/{score.t_log}"
            yield f"solver_dir/{place}/{score.md5}.py", text[score.md5]


def _differ_files(store: Store) -> Iterator[tuple[str, str]]:
    """Path and text of each differ's file."""
    text = {program.md5: program.text for program in store.programs("differ")}
    names = {task.digest: task.id for task in store.tasks()}
    places: dict[tuple[str, str, str], list[tuple[int, DifferScoreRecord]]] = {}
    for score in store.differ_scores():
        for direction, s_score in (("iz", score.iz), ("zo", score.zo)):
            if s_score is not None and score.differ_md5 in text:
                places.setdefault((direction, names[score.digest], score.differ_md5), []).append((s_score, score))
    for (direction, task, md5), found in sorted(places.items()):
        best = max(s_score for s_score, _ in found)
        timed = [score.t_log for s_score, score in found if s_score == best and score.t_log is not None]
        place = f"{_task_folder(task)}/{best}/{min(timed, default='none')}"
        yield f"differ_dir/{direction}/{place}/{md5}.py", text[md5]


def _task_folder(task: str) -> str:
    folder = f"solve_{quote(task, safe=' ')}"
    if len(folder) > _LONGEST_NAME:
        raise InputError(f"task {task!r}: its id is too long for the name of a folder")
    return folder


def _claim(directory: Path) -> None:
    """Makes the directory an export, if it is nothing else."""
    if directory.exists() and not directory.is_dir():
        raise InputError(f"{directory}: expected a folder to export to, got a file")
    directory.mkdir(parents=True, exist_ok=True)
    marker = directory / MARKER
    if not marker.is_file() and any(directory.iterdir()):
        raise InputError(
            f"{directory}: expected a new or empty folder or one of an earlier export, "
            f"got one with other files (no {MARKER}): name another"
        )
    if not marker.exists():
        write_whole(marker, _NOTE.encode())


def _write(root: Path, files: Iterable[tuple[str, str]]) -> None:
    made: set[str] = set()
    for tree in _TREES:
        (root / tree).mkdir(parents=True)
    for path, text in files:
        target = os.path.join(root, path)
        folder = os.path.dirname(target)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        with open(target, "xb") as file:
            file.write(text.encode())


def _swap(directory: Path, unfinished: Path) -> None:
    (unfinished / "old").mkdir()
    for tree in _TREES:
        with suppress(FileNotFoundError):
            os.rename(directory / tree, unfinished / "old" / tree)
        os.rename(unfinished / "new" / tree, directory / tree)


def _remove(path: Path) -> None:
    """Removes a folder with all in it, a link alone."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
