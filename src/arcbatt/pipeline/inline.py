"""Inlining: the program of each candidate on its own, and the choice of those worth keeping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arcbatt.battery.battery import Battery
from arcbatt.pipeline.score import Candidate
from arcbatt.program.program import Program
from arcbatt.results import Rank, rank_of
from arcbatt.runs.options import RunOptions

__all__ = ["Inlined", "best", "inline_batch"]


@dataclass(frozen=True, slots=True)
class Inlined:
    """A candidate with its program on its own."""

    candidate: Candidate
    program: Program

    @property
    def rank(self) -> Rank:
        """Sorts the better first, by the rule that the store evicts by. Test results do not enter."""
        return rank_of(self.candidate.nearness, self.program.size, self.candidate.fuel, self.program.md5)


def inline_batch(battery: Battery, candidates: Iterable[Candidate]) -> list[Inlined]:
    """Each candidate with its program, in order. A program's text is written once in the life of a battery."""
    return [Inlined(candidate, battery.program(candidate.name)) for candidate in candidates]


def best(candidates: Iterable[Inlined], options: RunOptions) -> list[Inlined]:
    """The candidates to keep, best first: at most ``options.keep``, none below ``options.min_score``."""
    worthy = [item for item in candidates if item.candidate.nearness[0] >= options.min_score]
    return sorted(worthy, key=lambda item: item.rank)[: options.keep]
