"""What a worker needs to solve tasks: an engine, the battery, and the fragments of its programs."""

from __future__ import annotations

from functools import cached_property

from arcbatt.pipeline import State
from arcbatt.search.enumeration import Fragments

__all__ = ["SolveState"]


class SolveState(State):
    """A battery opened in an engine, with what enumeration begins with."""

    @cached_property
    def fragments(self) -> Fragments:
        """The expressions in the battery's solvers, in their order; made when they are first needed."""
        return Fragments(self.battery.program(name) for name in self.battery.solvers)
