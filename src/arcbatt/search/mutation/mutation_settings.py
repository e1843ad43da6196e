"""How mutation is weighted and bounded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from arcbatt.errors import InputError

__all__ = ["DEFAULT_WEIGHTS", "MutationSettings", "setting_names"]

DEFAULT_WEIGHTS: Final[Mapping[str, float]] = {
    "constant": 3.0,
    "primitive": 3.0,
    "node": 3.0,
    "literal": 1.0,
    "function": 2.0,
    "swap": 1.0,
    "wrap": 3.0,
    "strip": 2.0,
    "cross": 2.0,
    "sampled": 1.0,
}
"""Every operator and its weight: how often it is tried compared with the others."""


@dataclass(frozen=True)
class MutationSettings:
    """Weights and rates of mutation.

    Attributes:
        weights: weight by operator, at least 0; operators that are left out keep their default.
        mean_steps: mean number of mutations that a child takes in a row, 1 to 10; the number is geometric.
        hinted: share of new colors, numbers and pairs that are taken from the task's hints where there are any, 0 to 1.
        everywhere: share of changes that replace a node in all its uses, not in one, 0 to 1.
        max_calls: most calls of a child, at least 1; a parent that has more may have children as large as itself.
        max_taken: most calls of a node that is taken from another program, shared ones counted as often as they are
            used, at least 0.
        tries: most tries of a change before mutation returns nothing, at least 1.

    Raises:
        InputError: a value is out of these bounds, an operator is unknown, or all weights are 0.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    mean_steps: float = 1.5
    hinted: float = 0.7
    everywhere: float = 0.7
    max_calls: int = 64
    max_taken: int = 12
    tries: int = 50

    def __post_init__(self) -> None:
        unknown = [name for name in self.weights if name not in DEFAULT_WEIGHTS]
        if unknown:
            raise InputError(f"mutation: {unknown[0]!r} is no operator; they are {', '.join(DEFAULT_WEIGHTS)}")
        for name, weight in self.weights.items():
            _check(name, weight, 0, math.inf)
        object.__setattr__(self, "weights", {**DEFAULT_WEIGHTS, **self.weights})
        if not sum(self.weights.values()) > 0:
            raise InputError("mutation: expected an operator of a weight above 0, but all are 0")
        for name, (least, most) in _RATES.items():
            _check(name, getattr(self, name), least, most)
        for name in _COUNTS:
            if type(getattr(self, name)) is not int:
                raise InputError(f"mutation: {name}: expected an integer, got {getattr(self, name)!r:.80}")

    @classmethod
    def of_text(cls, text: str) -> MutationSettings:
        """The settings that a text such as ``wrap=5,cross=0,mean_steps=2`` stands for; what it leaves out is default.

        Args:
            text: operators and their weights, rates and their values, with commas between; may be empty.

        Raises:
            InputError: a part is no ``name=number``, comes twice, names nothing, or is out of bounds.
        """
        weights: dict[str, float] = {}
        rates: dict[str, Any] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, value = _read(part)
            if name in weights or name in rates:
                raise InputError(f"mutation: {name} is given twice")
            if name in DEFAULT_WEIGHTS:
                weights[name] = value
            elif name in _RATES:
                rates[name] = int(value) if name in _COUNTS and value.is_integer() else value
            else:
                raise InputError(
                    f"mutation: {name!r:.80} is neither an operator ({', '.join(DEFAULT_WEIGHTS)}) "
                    f"nor a rate ({', '.join(_RATES)})"
                )
        return replace(cls(weights), **rates)


_RATES: Final = {
    "mean_steps": (1, 10),
    "hinted": (0, 1),
    "everywhere": (0, 1),
    "max_calls": (1, 10_000),
    "max_taken": (0, 10_000),
    "tries": (1, 10_000),
}
_COUNTS: Final = ("max_calls", "max_taken", "tries")


def setting_names() -> tuple[str, ...]:
    """What can stand before an equals sign in :meth:`MutationSettings.of_text`: operators, then rates."""
    return (*DEFAULT_WEIGHTS, *_RATES)


def _read(part: str) -> tuple[str, float]:
    name, equals, number = part.partition("=")
    try:
        if not equals:
            raise ValueError
        return name.strip(), float(number)
    except ValueError:
        raise InputError(f"mutation: expected name=number, got {part!r:.80}") from None


def _check(name: str, value: object, least: float, most: float) -> None:
    is_bool = isinstance(value, bool)
    if not is_bool and isinstance(value, int | float) and math.isfinite(value) and least <= value <= most:
        return
    bounds = f"{least} or more" if most == math.inf else f"{least} to {most}"
    raise InputError(f"mutation: {name}: expected a number, {bounds}, got {value!r:.80}")
