"""What a worker needs to solve tasks: the battery opened in an engine, and what the searches begin with."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from functools import cached_property
from typing import Final

from arcbatt.arc import Challenge, Task
from arcbatt.battery.battery import Battery
from arcbatt.engine import Engine, Scope, select_engine
from arcbatt.engine.cuda.enumeration.queue import SearchDevices
from arcbatt.library import starter_differs
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.search.enumeration import Fragments
from arcbatt.search.found_names import is_named_for

__all__ = ["SolvingBattery", "without_programs_of"]

EVOLUTION_FUEL: Final = 1_000_000
"""Most fuel of a program on a sample in evolution."""


class SolvingBattery(OpenedBattery):
    """A battery opened in an engine; what the searches need of it is made when it is first needed."""

    @cached_property
    def fragments(self) -> Fragments:
        """The expressions in the battery's solvers, in their order."""
        return Fragments(self.battery.program(name) for name in self.battery.solvers)

    @cached_property
    def searches(self) -> SearchDevices | None:
        """Devices that work for enumerations, here or in the process that started this one; None without any."""
        if self.options.searches is None:
            return self.engine.searches
        from arcbatt.engine.cuda.enumeration.remote import RemoteQueues

        return RemoteQueues(self.options.searches)

    @cached_property
    def light_engine(self) -> Engine:
        """An engine of the same kind for programs as evolution makes them: few are worth more fuel than this."""
        limits = self.engine.limits
        return select_engine(self.engine.name, replace(limits, fuel=min(limits.fuel, EVOLUTION_FUEL)))

    @cached_property
    def differs(self) -> OpenedBattery:
        """The battery's differs alone, by which found programs are scored; the starter differs where it has none."""
        differs = [self.battery.program(name) for name in self.battery.differs] or starter_differs()
        return OpenedBattery(Battery.of(differs), self.options)


def without_programs_of(task_id: str, opened: SolvingBattery, given: int) -> tuple[SolvingBattery, int]:
    """A battery without the solvers that are named for a task, and how many of its first solvers were handed in.

    A body that has such a name beside others is left out too. What only these solvers have is no fragment either. The
    battery itself is not changed, and is opened once: this is cheap enough for each task.

    Args:
        task_id: the task's.
        opened: the battery.
        given: number of its first solvers that were handed in.
    """
    battery = opened.battery
    own = frozenset(
        first for first in battery.solvers if any(is_named_for(name, task_id) for name in battery.names[first])
    )
    if not own:
        return opened, given
    return _PartOfBattery(opened, own), given - sum(name in own for name in list(battery.solvers)[:given])


class _PartOfBattery(SolvingBattery):
    """A battery without some solvers; engine, scope and differs are those of the whole."""

    def __init__(self, whole: SolvingBattery, left_out: Set[str]) -> None:
        self._whole = whole
        self._left_out = left_out
        self.options = whole.options
        self.engine = whole.engine
        self.battery = whole.battery.without(left_out)

    @cached_property
    def fragments(self) -> Fragments:
        return self._whole.fragments.without(self._left_out)

    @cached_property
    def searches(self) -> SearchDevices | None:
        return self._whole.searches

    @cached_property
    def light_engine(self) -> Engine:
        return self._whole.light_engine

    @cached_property
    def differs(self) -> OpenedBattery:
        return self._whole.differs

    def scope(self, task: Task | Challenge) -> Scope:
        return self._whole.scope(task)
