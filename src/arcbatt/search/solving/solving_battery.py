"""What a worker needs to solve tasks: the battery opened in an engine, and what the searches begin with."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Final

from arcbatt.battery.battery import Battery
from arcbatt.engine import Engine, select_engine
from arcbatt.library import starter_differs
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.search.enumeration import Fragments

__all__ = ["SolvingBattery"]

EVOLUTION_FUEL: Final = 1_000_000
"""Most fuel of a program on a sample in evolution."""


class SolvingBattery(OpenedBattery):
    """A battery opened in an engine; what the searches need of it is made when it is first needed."""

    @cached_property
    def fragments(self) -> Fragments:
        """The expressions in the battery's solvers, in their order."""
        return Fragments(self.battery.program(name) for name in self.battery.solvers)

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
