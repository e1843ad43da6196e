"""The side of a comparison that a person names: a run, a workspace, or a file."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.compare import Side

__all__ = ["check_has_answers", "named_side", "names_submission"]


def named_side(word: str, workspace: Path) -> Side:
    """The side that a word names.

    Args:
        word: the number of a run, a workspace, ``FOLDER:NUMBER``, or a file of ``--json``.
        workspace: the folder that a number alone is a run of.

    Raises:
        InputError: it names nothing, or nothing that has results.
    """
    from arcbatt.compare import side_of_file, side_of_run, side_of_store
    from arcbatt.store import open_store

    if _is_number(word):
        with closing(open_store(workspace, create=False, read_only=True)) as store:
            return side_of_run(store, int(word), f"run {word}")
    folder, _, number = word.rpartition(":")
    if _is_number(number) and os.path.isdir(folder):
        with closing(open_store(folder, create=False, read_only=True)) as store:
            return side_of_run(store, int(number), word)
    if os.path.isdir(word):
        with closing(open_store(word, create=False, read_only=True)) as store:
            return side_of_store(store, word)
    if os.path.exists(word):
        return side_of_file(Path(word))
    raise InputError(
        f"{word!r:.80}: expected the number of a run, a workspace, FOLDER:NUMBER, a file of --json, or a submission"
    )


def names_submission(word: str) -> bool:
    """Whether a word names a file that is a submission.

    Raises:
        InputError: the file cannot be read.
    """
    from arcbatt.compare import is_submission

    return not _is_number(word) and os.path.isfile(word) and is_submission(Path(word))


def check_has_answers(word: str, submission: str) -> None:
    """Checks that what is compared with a submission can have answers: only a file can.

    Raises:
        InputError: it is a run, a workspace, or nothing.
    """
    if _is_number(word) or not os.path.isfile(word):
        raise InputError(
            f"{submission!r:.80} is a submission, and {word!r:.80} has no attempts to compare it with: name another "
            "submission, or a file of solve --json"
        )


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10
