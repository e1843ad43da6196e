"""A store as a folder of files: its programs, a manifest, and the programs once more by task and score.

::

    solver_md5/<md5>.py                                     every solver
    differ_md5/<md5>.py                                     every differ
    arcbatt-export.jsonl                                    names, scores, lineage: see manifest_lines.py
    solver_dir/solve_<task>/<o_score>/<t_log>/<md5>.py      solvers with a score
    differ_dir/iz/solve_<task>/<s_score>/<t_log>/<md5>.py   differs with a score
    differ_dir/zo/solve_<task>/<s_score>/<t_log>/<md5>.py

`arcbatt import` of the folder gives it all back. The files by task and score are hard links to those by MD5 where the
file system has such.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from arcbatt.errors import InputError, StoreError
from arcbatt.files import write_whole
from arcbatt.store.base import Store
from arcbatt.store.exchange.manifest import ManifestCount, manifest_of
from arcbatt.store.exchange.manifest_lines import MANIFEST
from arcbatt.store.records.list_rows import ListQuery
from arcbatt.store.records.task_records import DifferScoreRecord, ProgramRecord
from arcbatt.store.workspace.files import FOLDERS

__all__ = ["MARKER", "ExportCount", "export"]

MARKER = ".arcbatt-export"
"""Name of the file by which a folder is known as an earlier export."""

_UNFINISHED = ".arcbatt-export.tmp"
_TREES = ("solver_dir", "differ_dir")
_WRITTEN = (*_TREES, *FOLDERS.values(), MANIFEST)
_NOTE = f"Written by `arcbatt export`, which replaces {', '.join(_WRITTEN)} in this folder.\n"
_LONGEST_NAME = 255  # bytes in a file name, on every usual file system


@dataclass(frozen=True, slots=True)
class ExportCount:
    """What an export wrote.

    Attributes:
        solvers: solvers.
        differs: differs.
        unscored: of both, those without any score: they are in the folders by MD5 alone.
        files: files by task and score: one for each task (and direction) that a program has a score on.
        tasks: tasks in the manifest.
        scores: scores of solvers in the manifest.
        differ_scores: scores of differs in the manifest.
        lineage: lines of lineage in the manifest.
    """

    solvers: int
    differs: int
    unscored: int
    files: int
    tasks: int
    scores: int
    differ_scores: int
    lineage: int


def export(
    store: Store, directory: Path, *, on_file: Callable[[int, int], None] = lambda done, total: None
) -> ExportCount:
    """Writes a store into a directory: a new one, an empty one, or one of an earlier export.

    All is written aside inside the directory and then renamed, so each folder is complete or not there; those of an
    earlier export are replaced as a whole, other files of the user's in the directory stay. The result depends on the
    store alone. In a task id, what does not fit a file name is percent-encoded.

    A differ's s_score on a task is its best over the solvers it was tried with; its t_log the lowest (slowest)
    among those. A t_log is ``none`` where a program was never timed.

    Args:
        store: open.
        directory: where to.
        on_file: called before each file with the number of those that were written, and of all.

    Raises:
        InputError: the directory holds something else.
        StoreError: the store cannot be read or the directory cannot be written.
    """
    programs = store.programs()
    solvers = [program.md5 for program in programs if program.kind == "solver"]
    differs = [program.md5 for program in programs if program.kind == "differ"]
    links = [*_solver_links(store, set(solvers)), *_differ_links(store, set(differs))]
    try:
        _claim(directory)
        unfinished = directory / _UNFINISHED
        _remove(unfinished)
        try:
            count = _write(unfinished / "new", store, programs, links, on_file)
            _swap(directory, unfinished)
        finally:
            _remove(unfinished)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{error.filename or directory}: cannot export there: {error.strerror or error}") from error
    unscored = len(programs) - len({md5 for _, _, md5 in links})
    return ExportCount(
        len(solvers), len(differs), unscored, len(links), count.tasks, count.scores, count.differ_scores, count.lineage
    )


def _solver_links(store: Store, known: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Folder, kind and MD5 of each solver's file by task and score."""
    folders = _task_folders(store)
    for score in store.list_scores(ListQuery()):
        if score.md5 in known and score.digest in folders:
            t_log = "none" if score.t_log is None else score.t_log
            yield f"solver_dir/{folders[score.digest]}/{score.demo_right}/{t_log}", "solver", score.md5


def _differ_links(store: Store, known: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Folder, kind and MD5 of each differ's file by task and score."""
    folders = _task_folders(store)
    places: dict[tuple[str, str, str], list[tuple[int, DifferScoreRecord]]] = {}
    for score in store.differ_scores():
        for direction, s_score in (("iz", score.iz), ("zo", score.zo)):
            if s_score is not None and score.differ_md5 in known and score.digest in folders:
                place = (direction, folders[score.digest], score.differ_md5)
                places.setdefault(place, []).append((s_score, score))
    for (direction, folder, md5), found in sorted(places.items()):
        best = max(s_score for s_score, _ in found)
        timed = [score.t_log for s_score, score in found if s_score == best and score.t_log is not None]
        yield f"differ_dir/{direction}/{folder}/{best}/{min(timed, default='none')}", "differ", md5


def _task_folders(store: Store) -> dict[str, str]:
    """The name of the folder of each task, by digest; tasks with the same id are distinguished by their digests."""
    tasks = store.tasks()
    count = Counter(task.id for task in tasks)
    return {task.digest: _folder(task.id) + f"+{task.digest[:8]}" * (count[task.id] > 1) for task in tasks}


def _folder(task_id: str) -> str:
    folder = f"solve_{quote(task_id, safe=' ')}"
    if len(folder) > _LONGEST_NAME - 9:
        raise InputError(f"task {task_id!r}: its id is too long for the name of a folder")
    return folder


def _claim(directory: Path) -> None:
    """Makes the directory an export, if it is nothing else."""
    if directory.exists() and not directory.is_dir():
        raise InputError(f"{directory}: expected a folder to export to, got a file")
    directory.mkdir(parents=True, exist_ok=True)
    marker = directory / MARKER
    there = {path.name for path in directory.iterdir()}
    if there and not marker.is_file():
        raise InputError(
            f"{directory}: expected a new or empty folder or one of an earlier export, "
            f"got one with other files (no {MARKER}): name another"
        )
    if not there or marker.read_bytes() != _NOTE.encode():
        # an export of an earlier version replaced the trees alone: the other names may be the user's
        taken = sorted(there.intersection(_WRITTEN).difference(_TREES))
        if taken:
            raise InputError(f"{directory}: {taken[0]} there is not of an earlier export: rename it, or name another")
        write_whole(marker, _NOTE.encode())


def _write(
    root: Path, store: Store, programs: Sequence[ProgramRecord], links: Sequence[tuple[str, str, str]],
    on_file: Callable[[int, int], None],
) -> ManifestCount:  # fmt: skip
    total = len(programs) + len(links)
    for name in (*_TREES, *FOLDERS.values()):
        (root / name).mkdir(parents=True)
    for number, program in enumerate(programs):
        on_file(number, total)
        _write_new(root / FOLDERS[program.kind] / f"{program.md5}.py", program.text.encode())
    made: set[str] = set()
    for number, (folder, kind, md5) in enumerate(links, len(programs)):
        on_file(number, total)
        target = os.path.join(root, folder)
        if folder not in made:
            os.makedirs(target, exist_ok=True)
            made.add(folder)
        _link(os.path.join(root, FOLDERS[kind], f"{md5}.py"), os.path.join(target, f"{md5}.py"))
    count = ManifestCount()
    with open(root / MANIFEST, "xb") as file:
        for line in manifest_of(store, programs, count):
            file.write(line.encode())
    return count


def _write_new(path: Path, content: bytes) -> None:
    with open(path, "xb") as file:
        file.write(content)


def _link(source: str, target: str) -> None:
    """A hard link; a copy on a file system without, or where a file has as many as it can."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EACCES):
            raise
        shutil.copyfile(source, target)


def _swap(directory: Path, unfinished: Path) -> None:
    (unfinished / "old").mkdir()
    for name in _WRITTEN:
        with suppress(FileNotFoundError):
            os.rename(directory / name, unfinished / "old" / name)
        os.rename(unfinished / "new" / name, directory / name)


def _remove(path: Path) -> None:
    """Removes a folder with all in it, a link alone."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
