"""Which solvers stay with a task: a pure choice, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arcbatt.errors import InputError
from arcbatt.store.records import is_md5

__all__ = ["Standing", "best"]


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the choice looks at: neither measured seconds nor test results are among it."""

    md5: str
    demo_right: int
    fuel: int
    size: int

    def __post_init__(self) -> None:
        if not is_md5(self.md5) or any(type(number) is not int for number in (self.demo_right, self.fuel, self.size)):
            raise InputError(f"score of {self.md5!r:.80}: expected an MD5 and three integers")

    def rank(self) -> tuple[int, int, int, str]:
        """Sorts the best first: higher demo_right, less fuel, smaller size, lower md5."""
        return (-self.demo_right, self.fuel, self.size, self.md5)


def best(standings: Iterable[Standing], keep: int) -> frozenset[str]:
    """The md5 of the ``keep`` best, or of all when there are fewer. The order of the argument does not matter."""
    return frozenset(standing.md5 for standing in sorted(standings, key=Standing.rank)[:keep])
