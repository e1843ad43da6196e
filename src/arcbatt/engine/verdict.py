"""Verdicts: what is kept of an outcome once it was compared with the expected grid. Small, and cheap to send."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import md5
from itertools import chain
from operator import eq
from typing import Any

from arcbatt.arc import MAX_SIDE, Grid
from arcbatt.dsl.closures import text_of
from arcbatt.dsl.values import ordered
from arcbatt.engine.digest import grid_digest
from arcbatt.engine.outcome import Failure, Outcome

__all__ = ["Verdict", "judge", "size_of"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A solver's outcome on a sample, as far as later phases need it.

    Two verdicts are equal when the outcomes are: value, failure and fuel.

    Attributes:
        digest: hexadecimal digits that stand for the value, 32 by an engine and 16 where they were stored; "" for a
            failure. Both engines give a grid the same; of other values each has its own.
        is_grid: whether the value is a grid of ARC: 1 to 30 rows and columns, colors 0 to 9.
        is_right: whether it equals the expected output; None when that is unknown.
        fuel: units the program spent.
        failure: None when there is a value.
        right_cells: number of cells that are as in the expected output; 0 where the shapes differ, where there is no
            grid of ARC and where the output is unknown.
    """

    digest: str
    is_grid: bool
    is_right: bool | None
    fuel: int
    failure: Failure | None
    right_cells: int = 0

    def agrees_with(self, other: Verdict) -> bool:
        """Whether both are equal, as far as both know the expected output."""
        same = (self.digest, self.is_grid, self.fuel, self.failure) == (
            other.digest, other.is_grid, other.fuel, other.failure
        )  # fmt: skip
        if None in (self.is_right, other.is_right):
            return same
        return same and (self.is_right, self.right_cells) == (other.is_right, other.right_cells)

    @property
    def is_machine_dependent(self) -> bool:
        """Whether another machine might reach another verdict: time or memory ran out."""
        return self.failure is not None and self.failure.kind.is_machine_dependent


def judge(outcome: Outcome, expected: Grid | None) -> Verdict:
    """Compares an outcome with the expected output (None: unknown)."""
    if outcome.failure is not None:
        return Verdict("", False, None if expected is None else False, outcome.fuel, outcome.failure)
    value = outcome.value
    flat = _flat(value)
    if flat is None:
        digest = md5(_spelled(value).encode(), usedforsecurity=False).hexdigest()
        return Verdict(digest, False, None if expected is None else False, outcome.fuel, None)
    digest = grid_digest(len(value), flat)
    is_right = None if expected is None else value == expected
    return Verdict(digest, True, is_right, outcome.fuel, None, _right_cells(flat, len(value), expected))


def _right_cells(flat: bytes, height: int, expected: Grid | None) -> int:
    """Cells that agree with the expected grid, given the cells of the other row by row; 0 when the shapes differ."""
    if expected is None or len(expected) != height or height * len(expected[0]) != len(flat):
        return 0
    return sum(map(eq, flat, chain.from_iterable(expected)))


def size_of(outcome: Outcome) -> int | None:
    """The size out of a differ's pair ``(size, example)``, at least 0; None when the differ gave no such pair."""
    value = outcome.value
    if type(value) is not tuple or len(value) != 2 or type(value[0]) not in (int, bool) or value[0] < 0:
        return None
    return int(value[0])


def _flat(value: Any) -> bytes | None:
    """The cells of a grid of ARC row by row, a byte each; None when the value is no such grid."""
    if type(value) is not tuple or not 1 <= len(value) <= MAX_SIDE:
        return None
    if set(map(type, value)) != {tuple} or len(set(map(len, value))) != 1 or not 1 <= len(value[0]) <= MAX_SIDE:
        return None
    try:
        flat = bytes(chain.from_iterable(value))
    except (TypeError, ValueError):
        return None
    return flat if max(flat) <= 9 else None


def _spelled(value: Any) -> str:
    """A text that equal values have in common, written at C speed wherever no set stands in a set or a tuple."""
    is_set = type(value) is frozenset
    items = ordered(value) if is_set else value
    text = repr(items)
    if "frozenset" not in text and "<" not in text:
        # 1 and True are equal, and which of them a set keeps is a matter of chance.
        return ("{" if is_set else "") + text.replace("True", "1").replace("False", "0")
    if is_set or type(value) is tuple:
        return f"{'{' if is_set else '('}{', '.join(map(_spelled, items))})"
    return text_of(value)
