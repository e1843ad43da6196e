"""Names of programs that a search found."""

from __future__ import annotations

import re

from arcbatt.program.names import MAX_NAME

__all__ = ["found_name"]

_DIGITS = 8
"""Digits of the MD5 in a name."""


def found_name(task_id: str, md5: str) -> str:
    """The name of a solver that a search found for a task: ``solve_007bbfb7_1f2e3d4c``.

    It ends with the first digits of the MD5, so that the programs of one task have different names. What cannot stand
    in a name becomes ``_``, and what is too long is cut off.
    """
    task = re.sub(r"[^A-Za-z0-9_]", "_", task_id)
    end = f"_{md5[:_DIGITS]}"
    return f"solve_{task}"[: MAX_NAME - len(end)] + end
