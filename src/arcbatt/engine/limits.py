"""What one program may spend on one sample."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_FUEL", "DEFAULT_TIMEOUT_S", "MAX_TIMEOUT_S", "Limits"]

DEFAULT_FUEL = 20_000_000
"""Fuel of a program on a sample. The heaviest known right program needs a tenth of it: 110,000 primitive calls, or
110 times ``occurrences`` of a 900-cell object in a 900-cell grid."""

DEFAULT_TIMEOUT_S = 60.0
"""Wall-clock seconds for a sample: the second line behind fuel, for what fuel cannot see."""

MAX_TIMEOUT_S = 86_400.0
"""The longest time limit, a day: the clocks of the system do not count without end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of an evaluation.

    Attributes:
        fuel: units a program may spend on a sample, at least 1; the same on every machine and engine.
        timeout_s: wall-clock seconds that a sample may take with all its programs, at most a day; None for no limit.
            What it cuts off fails with ``timeout``, which depends on the machine.
        memory_bytes: bytes that the evaluation of a sample may allocate, where the engine counts them (the native one
            does); None for no limit. What the scopes around keep from before counts too and makes room where it must. A
            program that would pass it fails with ``memory``, which depends on the machine.

    Example:
        >>> Limits(fuel=1_000, timeout_s=2.0)
        Limits(fuel=1000, timeout_s=2.0, memory_bytes=None)
    """

    fuel: int = DEFAULT_FUEL
    timeout_s: float | None = None
    memory_bytes: int | None = None

    def __post_init__(self) -> None:
        if self.fuel < 1:
            raise ValueError(f"fuel must be at least 1, not {self.fuel}")
        if self.timeout_s is not None and not 0 < self.timeout_s <= MAX_TIMEOUT_S:
            raise ValueError(
                f"the time limit must be above 0 seconds and at most {MAX_TIMEOUT_S:,.0f}, not {self.timeout_s}"
            )
        if self.memory_bytes is not None and self.memory_bytes < 1:
            raise ValueError(f"the memory limit must be at least 1 byte, not {self.memory_bytes}")
