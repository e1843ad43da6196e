"""When an evolution ends, and why."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum

from arcbatt.errors import InputError
from arcbatt.search.evolution.evolution_state import EvolutionState

__all__ = ["EndReason", "Ending", "Pace"]


class EndReason(StrEnum):
    """Why an evolution ended."""

    SOLVED_ALL = "solved all"
    GENERATIONS = "generations"
    TIME = "time"
    NO_PROGRESS = "no progress"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Ending:
    """When to stop; None stands for never. None of it changes what a generation is.

    Attributes:
        generations: after so many, counted from the beginning of the evolution; the first evaluates the pool and has
            number 0, so ``generations=5`` ends after number 5.
        seconds: wall-clock seconds of this run, all of it counted. A generation that would not be done in time is not
            begun, and one that is not done in time is dropped.
        no_progress: after so many generations in which no task's best member came nearer.

    Raises:
        InputError: a number below 0 or, of generations without progress, below 1.
    """

    generations: int | None = None
    seconds: float | None = None
    no_progress: int | None = None

    def __post_init__(self) -> None:
        if (self.generations or 0) < 0 or not (self.seconds or 0) >= 0 or (self.no_progress or 1) < 1:
            raise InputError(
                "end of an evolution: expected generations and seconds of 0 or more, and generations without progress "
                f"of 1 or more, got {self.generations}, {self.seconds} and {self.no_progress}"
            )

    def reason(self, state: EvolutionState, is_solved: bool, pace: Pace) -> EndReason | None:
        """Why an evolution ends after a step; None when it goes on."""
        if state.generation >= 0:
            if is_solved:
                return EndReason.SOLVED_ALL
            if self.generations is not None and state.generation >= self.generations:
                return EndReason.GENERATIONS
            if self.no_progress is not None and state.generation - state.progress >= self.no_progress:
                return EndReason.NO_PROGRESS
        needed_s = pace.generation_s if state.generation >= 0 else None
        return EndReason.TIME if self.is_over(pace, needed_s or 0.0) else None

    def is_over(self, pace: Pace, needed_s: float = 0.0) -> bool:
        """Whether the time is over, or would be after so many further seconds."""
        left_s = self.left_s(pace)
        return left_s is not None and left_s <= needed_s

    def left_s(self, pace: Pace) -> float | None:
        """Seconds that are left of the time; None where it is not limited."""
        return None if self.seconds is None else self.seconds - pace.elapsed_s

    def expected_s(self, state: EvolutionState, parts: int, pace: Pace) -> float | None:
        """An estimate of the seconds until the end; None where it is not known.

        Args:
            state: after the last step.
            parts: of generation 0, all of them.
            pace: of this run.
        """
        limits = [
            (limit - done) * (pace.generation_s or 0.0)
            for limit, done in (
                (self.generations, max(0, state.generation)), (self.no_progress, state.generation - state.progress),
            )
            if limit is not None and (pace.generation_s is not None or limit == done)
        ]  # fmt: skip
        first_s = (parts - state.parts) * pace.part_s if state.generation < 0 and pace.part_s is not None else 0.0
        estimates = [first_s + limit for limit in limits]
        left_s = self.left_s(pace)
        if left_s is not None:
            estimates.append(left_s)
        return max(0.0, min(estimates)) if estimates else None


@dataclass(slots=True)
class Pace:
    """How long a run takes, and its steps so far.

    Attributes:
        start: when the run began, by :func:`time.monotonic`.
    """

    start: float
    _parts: list[float] = field(default_factory=list)
    _generations: list[float] = field(default_factory=list)

    @property
    def elapsed_s(self) -> float:
        """Wall-clock seconds since the beginning."""
        return time.monotonic() - self.start

    @property
    def part_s(self) -> float | None:
        """Mean seconds of the parts of generation 0; None before the first."""
        return sum(self._parts) / len(self._parts) if self._parts else None

    @property
    def generation_s(self) -> float | None:
        """Mean seconds of the other generations; None before the first."""
        return sum(self._generations) / len(self._generations) if self._generations else None

    def add(self, generation: int, seconds: float) -> None:
        """Takes a step in."""
        (self._generations if generation else self._parts).append(seconds)
