"""What the log has of each generation: one JSON object a line."""

from __future__ import annotations

from dataclasses import dataclass

from arcbatt.results import Nearness

__all__ = ["Gain", "GenerationLine", "StepTiming"]


@dataclass(frozen=True, slots=True)
class Gain:
    """That a task's best member came nearer.

    Attributes:
        task: id of the task.
        before: nearness of the best member before.
        after: and now.
    """

    task: str
    before: Nearness
    after: Nearness


@dataclass(frozen=True, slots=True)
class StepTiming:
    """What of a line depends on the machine.

    Attributes:
        wall_s: wall-clock seconds.
        cpu_s: CPU seconds of the workers.
        programs_per_s: programs by the wall clock.
    """

    wall_s: float
    cpu_s: float
    programs_per_s: float

    @classmethod
    def of(cls, wall_s: float, cpu_s: float, programs: int) -> StepTiming:
        """The timing of so many programs, rounded."""
        return cls(round(wall_s, 4), round(cpu_s, 4), round(programs / max(wall_s, 1e-9), 1))


@dataclass(frozen=True, slots=True)
class GenerationLine:
    """A generation, or a part of generation 0. Tasks are named by their ids, in the order of the tasks.

    Attributes:
        generation: its number.
        part: number of the part, from 1.
        parts: number of parts; 1 for every generation but 0.
        tasks: those that were worked on.
        programs: distinct programs evaluated.
        new: number of members that entered a population.
        solved: number of tasks whose demo samples some program solves, this step included.
        newly_solved: those of them that were not before.
        gains: tasks whose best member came nearer.
        given_up: a line for each task whose work hung or died twice; its population stays as it was.
        bugs: outcomes that a program did not reproduce alone, a line each: bugs in arcbatt.
        timing: what depends on the machine, all of it.
    """

    generation: int
    part: int
    parts: int
    tasks: tuple[str, ...]
    programs: int
    new: int
    solved: int
    newly_solved: tuple[str, ...]
    gains: tuple[Gain, ...]
    given_up: tuple[str, ...]
    bugs: tuple[str, ...]
    timing: StepTiming

    @property
    def is_whole(self) -> bool:
        """Whether the generation ends with it."""
        return self.part == self.parts
