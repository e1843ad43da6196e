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
        min_score: least o_score of a kept solver. With 0 those are kept too, where there is room, that solve no
            demo sample but give a grid on one.
        primitive_files: Python files with a user's own primitives; they are executed.
    """

    engine: str = "auto"
    limits: Limits = field(default_factory=Limits)
    keep: int = 32
    min_score: int = 1
    primitive_files: tuple[str, ...] = ()
