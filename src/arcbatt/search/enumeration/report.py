"""What an enumeration has done, and why it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["EndReason", "EnumerationReport"]


class EndReason(StrEnum):
    """Why an enumeration ended."""

    NODES = "nodes"
    FUEL = "fuel"
    TIME = "time"
    MEMORY = "memory"
    ANSWERS = "answers"
    EXHAUSTED = "exhausted"
    """Every expression up to the highest cost was looked at, or there is none left."""
    INTERRUPTED = "interrupted"
    """It was stopped, or Ctrl-C was pressed."""


@dataclass(frozen=True, slots=True)
class EnumerationReport:
    """What an enumeration has done. All but seconds is the same on every machine.

    Attributes:
        applied: expressions evaluated; the sum of the next three.
        unique: those that gave something new.
        duplicates: those that gave what a cheaper one, or one before it, had given.
        failed: those that failed on some sample, or gave no value of their kind.
        fuel: units spent.
        answers: programs given.
        seconds: wall-clock seconds within the search; depends on the machine.
        memory_bytes: what it holds, counted by the allocator.
        cost: the cost that was looked at last.
        end: why it ended; None while it can go on.
    """

    applied: int
    unique: int
    duplicates: int
    failed: int
    fuel: int
    answers: int
    seconds: float
    memory_bytes: int
    cost: int
    end: EndReason | None
