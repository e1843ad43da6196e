"""Outcomes: what a program gives on a sample, a value or a failure. Failures are data and never raised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Failure", "FailureKind", "Outcome"]


class FailureKind(StrEnum):
    """Why there is no value.

    Example:
        >>> [str(kind) for kind in FailureKind if kind.is_machine_dependent]
        ['timeout', 'memory']
    """

    ERROR = "error"
    """A primitive has no result for its arguments."""
    LIMIT = "limit"
    """The program spent its fuel, or a value would have passed a bound. Deterministic, as is ``error``."""
    TIMEOUT = "timeout"
    """The wall clock ran out first: depends on the machine."""
    MEMORY = "memory"
    """The process could not get memory: depends on the machine."""

    @property
    def is_machine_dependent(self) -> bool:
        """Whether another machine might see another outcome."""
        return self in (FailureKind.TIMEOUT, FailureKind.MEMORY)


@dataclass(frozen=True, slots=True)
class Failure:
    """Where and why a program failed.

    Attributes:
        kind: the kind of failure.
        step: the failing statement as canonical text numbers it: 3 is ``x3``; 0 when nothing had started.
        call: name of the primitive called there, ``()`` for a call of a computed function, "" when nothing had started.
        message: one line for people; the same on every run.

    Example:
        >>> print(Failure(FailureKind.ERROR, 2, "first", "the container is empty"))
        error at x2 = first(...): the container is empty
    """

    kind: FailureKind
    step: int
    call: str
    message: str

    def __str__(self) -> str:
        where = f"x{self.step} = {self.call}(...)" if self.step else "before the first call"
        return f"{self.kind} at {where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program gave.

    Attributes:
        value: the value; None when ``failure`` is set (and also a value of the DSL).
        failure: None when there is a value.
        fuel: units spent by the program's own nodes up to its end or its failure, shared ones counted in full.

    Example:
        >>> Outcome(5, None, 1).ok
        True
    """

    value: Any
    failure: Failure | None
    fuel: int

    def _repr_html_(self) -> str:
        from arcbatt.engine.outcome_html import outcome_html

        return outcome_html(self)

    @property
    def ok(self) -> bool:
        """Whether there is a value."""
        return self.failure is None
