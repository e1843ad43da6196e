"""How much work evidence may spend on a task."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["EvidenceMeter"]


class EvidenceMeter:
    """The fuel that evidence about the programs of a task may spend, in the units of the engine.

    What a batch will cost is taken before it is evaluated, and corrected by what it did cost. The same calls in the
    same order spend the same, on every machine.

    Args:
        fuel: units, at least 0.

    Raises:
        ValueError: the fuel is below 0.

    Example:
        >>> meter = EvidenceMeter(100)
        >>> meter.take([40, 50, 60]), meter.left
        (2, 10)
        >>> meter.settle(90, 30)
        >>> meter.spent
        30
    """

    __slots__ = ("_spent", "fuel")

    def __init__(self, fuel: int) -> None:
        if fuel < 0:
            raise ValueError(f"the fuel must be at least 0, not {fuel}")
        self.fuel = fuel
        self._spent = 0

    @property
    def spent(self) -> int:
        """Units spent so far, 0 to ``fuel``."""
        return self._spent

    @property
    def left(self) -> int:
        """Units that may still be spent."""
        return self.fuel - self._spent

    def take(self, costs: Iterable[int]) -> int:
        """Takes the cost of each item in order, up to the first that is not afforded.

        Args:
            costs: units for each item, known before it is evaluated; at least 0.

        Returns:
            How many of the first items are afforded; their cost is spent.
        """
        count = 0
        for cost in costs:
            if cost > self.left:
                break
            self._spent += cost
            count += 1
        return count

    def settle(self, taken: int, used: int) -> None:
        """Corrects what was taken for some items by what they used.

        What was not used is given back; what was used beyond it is spent too, as far as it is there.

        Args:
            taken: units that :meth:`take` spent for them.
            used: units that their evaluation spent.
        """
        self._spent = min(self.fuel, self._spent - taken + used)
