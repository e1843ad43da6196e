"""When an evolution ends, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from arcbatt.errors import InputError
from arcbatt.search.evolution.generation import State

__all__ = ["EndReason", "Ending"]


class EndReason(StrEnum):
    """Why an evolution ended."""

    SOLVED_ALL = "solved all"
    GENERATIONS = "generations"
    TIME = "time"
    NO_PROGRESS = "no progress"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Ending:
    """When to stop; None stands for never. Looked at between generations, so none of it changes what one is.

    Attributes:
        generations: after so many, counted from the beginning of the evolution; the first judges the pool and has
            number 0, so ``generations=5`` ends after number 5.
        seconds: wall-clock seconds of this run.
        no_progress: after so many generations in which no task's best member came nearer.

    Raises:
        InputError: a number below 0 or, of generations without progress, below 1.
    """

    generations: int | None = None
    seconds: float | None = None
    no_progress: int | None = None

    def __post_init__(self) -> None:
        if (self.generations or 0) < 0 or not (self.seconds or 0) >= 0 or (self.no_progress or 1) < 1:
            raise InputError(f"expected limits of 0 or more, and --no-progress of 1 or more, got {self}")

    def reason(self, state: State, is_solved: bool, seconds: float) -> EndReason | None:
        """Why an evolution ends after a generation; None when it goes on."""
        if state.generation < 0:
            return None
        if is_solved:
            return EndReason.SOLVED_ALL
        if self.generations is not None and state.generation >= self.generations:
            return EndReason.GENERATIONS
        if self.no_progress is not None and state.generation - state.progress >= self.no_progress:
            return EndReason.NO_PROGRESS
        return EndReason.TIME if self.seconds is not None and seconds >= self.seconds else None

    def seconds_left(self, state: State, seconds: float, a_generation: float) -> float | None:
        """An estimate from the mean seconds of a generation; None when no limit tells."""
        left = [
            (limit - done) * a_generation
            for limit, done in (
                (self.generations, state.generation), (self.no_progress, state.generation - state.progress),
            )
            if limit is not None
        ]  # fmt: skip
        if self.seconds is not None:
            left.append(self.seconds - seconds)
        return max(0.0, min(left)) if left else None
