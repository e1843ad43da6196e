"""What an exception means that a primitive raised: the one reading of it for every engine."""

from __future__ import annotations

import os
import re

from arcbatt.dsl.user import MODULE_PREFIX
from arcbatt.dsl.values import LimitError
from arcbatt.engine.outcome import FailureKind

__all__ = ["failure_of", "mark_place"]

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def failure_of(error: Exception) -> tuple[FailureKind, str]:
    """Kind and message of the failure that an exception means; the message holds nothing that differs between runs."""
    if isinstance(error, LimitError):
        return FailureKind.LIMIT, str(error)
    if isinstance(error, RecursionError):
        return FailureKind.LIMIT, "functions nested too deeply"
    if isinstance(error, MemoryError):
        return FailureKind.MEMORY, "out of memory"
    # The text of a KeyError is a value, and a set's print order is not canonical.
    try:
        text = "" if isinstance(error, KeyError) else _ADDRESS.sub("", str(error)).partition("\n")[0][:200]
    except Exception:  # a user's own exception may fail to tell itself
        text = ""
    place = getattr(error, "arcbatt_place", "")
    return FailureKind.ERROR, (f"{type(error).__name__}: {text}" if text else type(error).__name__) + place


def mark_place(error: Exception) -> None:
    """Notes in an exception the last line of a user's own file that it came through, for :func:`failure_of`."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if str(frame.f_globals.get("__name__", "")).startswith(MODULE_PREFIX):
            place = f" ({os.path.basename(frame.f_code.co_filename)}:{traceback.tb_lineno})"
        traceback = traceback.tb_next
    if place:
        error.arcbatt_place = place  # type: ignore[attr-defined]
