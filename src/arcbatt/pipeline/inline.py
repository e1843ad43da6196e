"""Inlining: the canonical text and the MD5 of each candidate, and the choice of those worth keeping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arcbatt.battery.battery import Battery
from arcbatt.pipeline.score import Candidate
from arcbatt.pipeline.settings import Settings
from arcbatt.program.program import Program
from arcbatt.store.eviction import Standing

__all__ = ["Inlined", "best", "inline_batch"]


@dataclass(frozen=True, slots=True)
class Inlined:
    """A candidate with its program on its own."""

    candidate: Candidate
    program: Program

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Sorts the better first, by the rule that the store evicts by. Test results do not enter."""
        program, candidate = self.program, self.candidate
        return Standing(program.md5, candidate.demo_right, candidate.fuel, program.size).rank()


def inline_batch(battery: Battery, candidates: Iterable[Candidate]) -> list[Inlined]:
    """Each candidate with its canonical text, in order. A program's text is written once in the life of a battery."""
    return [Inlined(candidate, battery.program(candidate.name)) for candidate in candidates]


def best(candidates: Iterable[Inlined], settings: Settings) -> list[Inlined]:
    """The candidates to keep, best first: at most ``settings.keep``, none below ``settings.min_score``."""
    worthy = [item for item in candidates if item.candidate.demo_right >= settings.min_score]
    return sorted(worthy, key=lambda item: item.rank)[: settings.keep]
