"""Names of programs that a search found, and which names belong to a task."""

from __future__ import annotations

import re

from arcbatt.program.names import MAX_NAME

__all__ = ["found_name", "is_named_for"]

_DIGITS = 8
"""Digits of the MD5 in a name."""


def found_name(task_id: str, md5: str) -> str:
    """The name of a solver that a search found for a task: ``solve_007bbfb7_1f2e3d4c``.

    It ends with the first digits of the MD5, so that the programs of one task have different names. What cannot stand
    in a name becomes ``_``, and what is too long is cut off.
    """
    end = f"_{md5[:_DIGITS]}"
    return f"solve_{_in_names(task_id)}"[: MAX_NAME - len(end)] + end


def is_named_for(name: str, task_id: str) -> bool:
    """Whether a solver's name says that it was written or found for a task.

    So for ``solve_ID``, ``verify_ID`` and what begins with one of them and ``_``, as :func:`found_name` has it. Of an
    id that is made for one of several tasks, ``ID@FOLDER``, what is before ``@`` is enough: its programs may have been
    written for any of them. An id that another begins with, ``a`` and ``a_b``, gets that one's programs too.
    """
    task = _in_names(task_id.partition("@")[0] or task_id)
    for kind in ("solve", "verify"):
        whole = f"{kind}_{task}"
        cut = whole[: MAX_NAME - _DIGITS - 1]
        if name == whole or name.startswith((f"{whole}_", f"{cut}_") if cut != whole else f"{whole}_"):
            return True
    return False


def _in_names(task_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", task_id)
