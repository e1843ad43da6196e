"""What an enumeration may spend."""

from __future__ import annotations

import math
from dataclasses import dataclass

from arcbatt.errors import InputError

__all__ = ["DEFAULT_MEMORY_BYTES", "DEFAULT_NODES", "EnumerationLimits"]

DEFAULT_NODES = 2_000_000
"""Expressions of a search: some seconds."""
DEFAULT_MEMORY_BYTES = 1 << 30
"""Bytes that a search may hold; they are counted."""
DEFAULT_NODE_FUEL = 12_000
"""Fuel of one expression on all samples: ``objects`` with a margin, on six of the largest grids."""
_MOST = 2**62
_MOST_COST = 60_000


@dataclass(frozen=True, slots=True)
class EnumerationLimits:
    """Bounds of an enumeration, each checked by itself; None for no bound.

    All but time end it at the same expression on every machine.

    Attributes:
        nodes: expressions that are evaluated on the task's inputs, those that fail included; at least 1.
        fuel: units of all expressions together; at least 1.
        seconds: wall-clock time within the search, what the caller does between two answers not counted; above 0.
        memory_bytes: what the search may hold; at least 1. It is counted: every allocation that the search makes, as
            large as the allocator makes it, from the first on. A table that would not fit once it grows ends the search
            before.
        answers: programs that are given; at least 1.
        cost: highest cost of an expression, as the grammar counts; at least 1.
        node_fuel: units that one expression may spend on all samples, without those of its arguments; a quarter of
            it where it is handed functions; at least 1. What would need more is dropped.

    Raises:
        InputError: a number is out of range.
    """

    nodes: int | None = DEFAULT_NODES
    fuel: int | None = None
    seconds: float | None = None
    memory_bytes: int | None = DEFAULT_MEMORY_BYTES
    answers: int | None = 64
    cost: int | None = None
    node_fuel: int = DEFAULT_NODE_FUEL

    def __post_init__(self) -> None:
        for name in ("nodes", "fuel", "memory_bytes", "answers", "cost", "node_fuel"):
            value = getattr(self, name)
            most = _MOST_COST if name == "cost" else _MOST
            if value is not None and (type(value) is not int or not 1 <= value <= most):
                raise InputError(f"limit {name}: expected a whole number from 1 to {most}, got {value!r}")
        if self.node_fuel is None:
            raise InputError("limit node_fuel: expected a whole number, got None")
        seconds = self.seconds
        if seconds is not None and not (isinstance(seconds, int | float) and 0 < seconds < math.inf):
            raise InputError(f"limit seconds: expected a number above 0, got {seconds!r}")
