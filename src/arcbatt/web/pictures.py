"""What the best programs of the newest tasks give on a first demo sample; run once for each task and program."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from arcbatt.arc import TaskSet
from arcbatt.errors import ArcbattError
from arcbatt.report.html.gathering.at_hand import TasksAtHand, samples_of
from arcbatt.report.html.gathering.evaluated import evaluated
from arcbatt.report.html.gathering.found import FoundTask, KnownProgram
from arcbatt.report.html.gathering.reading import ReadPrograms
from arcbatt.report.html.page_data import ProgramOnTask
from arcbatt.results import TaskKey
from arcbatt.store import Store

__all__ = ["Picture", "Pictures"]

_MOST_KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class Picture:
    """A first demo sample and what a program gives on it; None where that is not known."""

    input: str | None = None
    expected: str | None = None
    given: str | None = None


class Pictures:
    """Pictures that were made, the last few hundred. For one thread.

    Args:
        engine: name of an engine, or ``auto``.
    """

    def __init__(self, engine: str = "auto") -> None:
        self._engine = engine
        self._made: dict[tuple[str, str], Picture] = {}

    def of(
        self, store: Store, sources: Sequence[TaskSet], wanted: Sequence[tuple[TaskKey, KnownProgram | None]]
    ) -> list[Picture]:
        """One picture for each task with its best program. A task that is not at hand has an empty one."""
        at_hand = TasksAtHand(sources, store)
        fresh = [(key, program) for key, program in wanted if _name(key, program) not in self._made]
        work, known = [], {}
        for key, program in fresh:
            found = at_hand.find(key)
            if found is None:
                self._keep(key, program, Picture())
                continue
            programs = [] if program is None else [ProgramOnTask(program.md5, 0, 0.0, None, 0, None)]
            if program is not None:
                known[program.md5] = program
            work.append((program, FoundTask(key, programs), found[0]))
        pairs = [(task, grids) for _, task, grids in work]
        with suppress(ArcbattError):  # the page goes on without what they give
            evaluated(pairs, ReadPrograms(known), best=1, stepped=0, engine=self._engine)
        for program, task, grids in work:
            sample = samples_of(grids)[0]
            runs = task.programs[0].samples if task.programs else ()
            self._keep(task.key, program, Picture(sample.input, sample.output, runs[0].output if runs else None))
        return [self._made.get(_name(key, program), Picture()) for key, program in wanted]

    def _keep(self, key: TaskKey, program: KnownProgram | None, picture: Picture) -> None:
        while len(self._made) >= _MOST_KEPT:
            del self._made[next(iter(self._made))]
        self._made[_name(key, program)] = picture


def _name(key: TaskKey, program: KnownProgram | None) -> tuple[str, str]:
    return key.digest, "" if program is None else program.md5
