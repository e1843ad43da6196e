"""An enumeration for which a device works: what the native search asks is answered, until there is no device any more.

The search goes through the answers in its own order and with its own table of what is known, so that what it finds and
counts is the same with and without a device; only time differs, and by some kilobytes what it counts as memory.
"""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable, Sequence
from typing import Any, Final

from arcbatt.arc import Challenge, Grid
from arcbatt.engine.cuda.device import DeviceLostError, DeviceMemoryError
from arcbatt.engine.cuda.enumeration.memory import MOST_FUEL
from arcbatt.engine.cuda.enumeration.queue import SearchDevices
from arcbatt.engine.cuda.enumeration.rules import Production, rules_of
from arcbatt.engine.cuda.enumeration.wanted import Wanted
from arcbatt.errors import DeviceWarning
from arcbatt.search.enumeration.grammar import Grammar
from arcbatt.search.enumeration.limits import EnumerationLimits
from arcbatt.search.enumeration.native_search import NativeSearch

__all__ = ["LEAST", "MOST", "DeviceSearch"]

LEAST: Final = 1 << 14
"""Fewer combinations of a level the search evaluates itself: that takes it some milliseconds, as a request would."""
MOST: Final = 1 << 20
"""Most combinations of a request: the values of what is new come back into the memory of this process."""


class DeviceSearch:
    """What one enumeration has on a device. Used by one thread at a time.

    Args:
        search: the native search, which has not begun.
        task: its task.
        grammar: its grammar.
        limits: its limits; a search whose expressions may cost more fuel than an answer has room for gets no device.
        devices: where it may work; it stays on one of them.
        least: see :data:`LEAST`.
        most: see :data:`MOST`.
    """

    def __init__(
        self, search: NativeSearch, task: Challenge, grammar: Grammar, limits: EnumerationLimits,
        devices: SearchDevices, least: int = LEAST, most: int = MOST,
    ) -> None:  # fmt: skip
        self._search, self._devices = search, devices
        productions = [
            Production(
                item.primitive, [grammar.numbers[kind] for kind in item.arguments], grammar.numbers[item.result],
                item.symmetric, item.is_distinct,
            )
            for item in grammar.productions
        ]  # fmt: skip
        rules = rules_of([kind.form for kind in grammar.kinds], productions)
        outputs = [output for _, output in task.pairs]
        self._memory: Any = None
        self._end: Callable[[], object] = _nothing
        if limits.node_fuel <= MOST_FUEL:
            self._memory = devices.open(rules, len(task.samples), limits.node_fuel, _record(outputs), len(outputs))
        if self._memory is not None:
            # A caller may drop an enumeration at any time.
            self._end = weakref.finalize(self, devices.close, self._memory)
            search.work_in_bulk([rule.is_covered for rule in rules], least, most)

    def serve(self) -> None:
        """Answers what the search waits for: a part of it where there is no memory for all, and nothing where there is
        no device any more; then the search does the rest itself."""
        while (told := self._search.wanted()) is not None:
            assert self._memory is not None
            try:
                self._search.give(*self._devices.answer(self._memory, Wanted.of(told)))
            except DeviceMemoryError:
                if not self._search.want_less():
                    self._give_up()
            except DeviceLostError:  # whoever has the device says so
                self._give_up()
            except ValueError as error:
                name = self._memory.name
                self._give_up()
                told = f"{name} gives no answers that could be right ({error}); the enumeration goes on on the CPU"
                warnings.warn(told, DeviceWarning, stacklevel=4)

    def _give_up(self) -> None:
        self._search.give_up()
        self.close()

    def close(self) -> None:
        """Gives back what it has on a device; a second time does nothing."""
        self._end()


def _nothing() -> None:
    """There is no device to be closed."""


def _record(grids: Sequence[Grid]) -> bytes:
    """Height and width of each grid, a byte each, then all cells."""
    sizes = bytes(size for grid in grids for size in (len(grid), len(grid[0])))
    return sizes + bytes(cell for grid in grids for row in grid for cell in row)
