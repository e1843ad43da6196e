"""What a run can be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from arcbatt.engine import Limits

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run; with the battery and the tasks they decide everything but the timings.

    Attributes:
        engine: name of an engine, see :data:`arcbatt.engine.ENGINES`.
        limits: budgets of each program on each sample.
        keep: most solvers kept for a task, at least 1: worst o_score goes first, then the slowest by fuel.
        min_score: least o_score of a kept solver; 0 keeps those that give a grid on some demo sample.
        primitive_files: Python files with a user's own primitives; they are executed.
    """

    engine: str = "auto"
    limits: Limits = field(default_factory=Limits)
    keep: int = 32
    min_score: int = 0
    primitive_files: tuple[str, ...] = ()
