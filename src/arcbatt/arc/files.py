"""Tasks from files, folders and named sets, several of them together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from arcbatt.arc.datasets import load_set
from arcbatt.arc.taskset import TaskSet
from arcbatt.errors import InputError

__all__ = ["load_path", "load_tasks"]


def load_path(path: str | os.PathLike[str]) -> TaskSet:
    """The tasks of a file or folder, sorted by id. Each task is checked when it is asked for.

    What is accepted, each also packed with gzip (``.gz``):

    - one task file ``{"train": [...], "test": [...]}``; its id is the name without ``.json``;
    - a file of many tasks: ``{id: task, ...}``, ``{"train": {id: task, ...}, "eval": {...}}``, a list of tasks, or
      JSON Lines, a task a line; in lists and lines the id is what stands under ``task_id``, ``id`` or ``name``, else
      the name of the file and the number of the task: ``made-1``;
    - a Kaggle file ``..._challenges.json``; outputs of test samples come from ``..._solutions.json`` beside it, and
      are unknown without;
    - generated pairs for a task, ``[{"input": grid, "output": grid}, ...]``; its id is the name of the file, or what
      the pairs name. They are the test samples of a task of this id, whose demo samples are those of the known task:
      one of the other files, else of the named sets. Where no task is known, the first 3 pairs are the demo samples;
    - a folder of any of these files (``.json``, ``.jsonl``, ``.ndjson``), with all folders in it. Hidden files are left
      out; so are submissions, solutions without challenges and other files, and :attr:`TaskSet.notes` says which.

    Tasks that have the same id and the same samples are one task. Where an id stands for different tasks, the first
    keeps it, and another is named ``ID@LABEL`` after its folder, file or set; generated pairs come last.

    The revision of a file is ``sha256:`` and the first 12 digits that ``sha256sum FILE`` prints; that of a folder, or
    of challenges with solutions, those of ``sha256sum *.json | sha256sum`` over the files read (``LC_ALL=C``).

    Raises:
        InputError: there is nothing to read, or it is none of these.

    Example:
        >>> import tempfile, pathlib
        >>> text = '{"train": [{"input": [[1]], "output": [[2]]}], "test": [{"input": [[3]]}]}'
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = pathlib.Path(folder, "tiny.json").write_text(text)
        ...     load_path(folder)["tiny"].test[0].input
        ((3,),)
    """
    return load_tasks(data=[path])


def load_tasks(
    sets: str | Sequence[str] = (),
    data: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    *,
    skips_bad: bool = False,
) -> TaskSet:
    """The tasks of named sets and of paths: those of each in turn, sorted by id. Each is checked when it is asked for.

    Ids are treated as in :func:`load_path`: those of the sets come first, then those of the paths in their order.

    Args:
        sets: one or several keys of :data:`SETS`; a second time the same is left out.
        data: one or several files and folders as :func:`load_path` takes them; likewise.
        skips_bad: whether a selection leaves malformed tasks out, and says so in its notes, instead of refusing them.

    Raises:
        InputError: nothing is named, a set is unknown, or there is no task in a path.
    """
    names = list(dict.fromkeys([sets] if isinstance(sets, str) else sets))
    given = [data] if isinstance(data, str | os.PathLike) else data
    paths = {os.path.abspath(path): Path(path) for path in given}
    if not names and not paths:
        raise InputError("expected a task set or a path, got none")
    if len(names) == 1 and not paths:
        return load_set(names[0])  # sound, and quicker alone

    from arcbatt.arc.joined import joined, source_of_set
    from arcbatt.arc.sources import source_of_path

    sources = [*map(source_of_set, names), *map(source_of_path, paths.values())]
    return joined(sources, skips_bad=skips_bad, has_sets=bool(names))
