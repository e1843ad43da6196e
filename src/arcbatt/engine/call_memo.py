"""Calls of built functions that come again within a sample: what an engine may remember of them, and how that went.

A built function is pure, so a call with the same arguments gives the same value or failure for the same fuel. An engine
evaluates it once a sample, as far as that pays, and charges the fuel each time. Nothing but speed depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NO_CALL_MEMO", "USUAL_CALL_MEMO", "CallCounts", "CallMemoOptions"]


@dataclass(frozen=True, slots=True)
class CallMemoOptions:
    """How calls are remembered while programs run on a sample.

    Attributes:
        most_bytes: bytes that it takes at most, about; 0 to remember nothing. With a memory limit it takes no more than
            a sixteenth of that.
        is_eager: whether every call is remembered, whether that is likely to pay or not: for tests.
    """

    most_bytes: int = 8 * 2**20
    is_eager: bool = False


USUAL_CALL_MEMO = CallMemoOptions()
"""What runs have."""

NO_CALL_MEMO = CallMemoOptions(most_bytes=0)
"""Every call is evaluated."""


@dataclass(frozen=True, slots=True)
class CallCounts:
    """How calls of built functions went.

    Attributes:
        found: calls whose result was known.
        kept: calls whose result was kept.
        emptied: times that all was dropped, because it was too much.
        most_bytes: most bytes that were held for a sample.
    """

    found: int
    kept: int
    emptied: int
    most_bytes: int
