"""What a worker needs to solve tasks: an engine, the battery, and the fragments of its programs."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Final

from arcbatt.engine import Engine, select_engine
from arcbatt.pipeline import State
from arcbatt.search.enumeration import Fragments

__all__ = ["SolveState"]

EVOLUTION_FUEL: Final = 1_000_000
"""Most fuel of a program on a sample in evolution."""


class SolveState(State):
    """A battery opened in an engine, with what enumeration begins with."""

    @cached_property
    def fragments(self) -> Fragments:
        """The expressions in the battery's solvers, in their order; made when they are first needed."""
        return Fragments(self.battery.program(name) for name in self.battery.solvers)

    @cached_property
    def light_engine(self) -> Engine:
        """An engine of the same kind for programs as evolution makes them: few are worth more fuel than this."""
        limits = self.engine.limits
        return select_engine(self.engine.name, replace(limits, fuel=min(limits.fuel, EVOLUTION_FUEL)))
