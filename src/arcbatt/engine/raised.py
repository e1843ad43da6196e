"""What an exception means that a primitive raised: the one reading of it for every engine."""

from __future__ import annotations

import re

from arcbatt.dsl.values import LimitError
from arcbatt.engine.outcome import FailureKind

__all__ = ["failure_of"]

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
    return FailureKind.ERROR, f"{type(error).__name__}: {text}" if text else type(error).__name__
