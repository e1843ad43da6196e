"""One task evolved by itself, in this process, for as long as the caller wants: part of solving a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge
from arcbatt.engine import Engine
from arcbatt.program.program import Program
from arcbatt.search.evolution.evolution_settings import EvolutionSettings
from arcbatt.search.evolution.island import Island
from arcbatt.search.evolution.member import Member
from arcbatt.search.mutation import MutationSettings
from arcbatt.search.seeds import seeded

__all__ = ["IslandGeneration", "evolve_task"]


@dataclass(frozen=True, slots=True)
class IslandGeneration:
    """What a generation of a task came to, evolved by itself.

    Attributes:
        number: 0 for the one that evaluates what was handed in.
        members: the population, best first.
        evaluated: distinct programs evaluated so far on all samples.
    """

    number: int
    members: tuple[Member, ...]
    evaluated: int

    @property
    def solvers(self) -> list[Program]:
        """The members that solve all demo samples, best first."""
        return [member.program for member in self.members if member.solves_demo]


def evolve_task(
    task: Challenge,
    pool: Sequence[Program],
    engine: Engine,
    *,
    seed: int,
    population: Iterable[Program] = (),
    settings: EvolutionSettings | None = None,
    mutation: MutationSettings | None = None,
    differs: Iterable[Program] = (),
    programs: int | None = None,
) -> Iterator[IslandGeneration]:
    """Evolves programs for one task: a generation each time that the next one is asked for.

    Deterministic: what the n-th generation is depends on the arguments alone, not on time.
    Ends also after a generation in which no program was new.

    Args:
        task: the task.
        pool: solvers that are evaluated at the beginning, and donors from then on.
        engine: evaluates; its limits hold.
        seed: of everything that is drawn.
        population: further programs to begin with.
        settings: of the island; None for the defaults.
        mutation: weights and rates of the operators; None for the defaults.
        differs: what distances are measured by; none are needed.
        programs: end after the generation that passes so many distinct programs evaluated; None for no such end.
    """
    settings = settings or EvolutionSettings()
    island = Island(task, engine, settings, mutation or MutationSettings(), differs)
    island.admit([*population, *pool])
    number = 0
    while True:
        yield IslandGeneration(number, tuple(island.members), island.evaluated)
        if programs is not None and island.evaluated >= programs:
            return
        number += 1
        before = island.evaluated
        rng = seeded(seed, "evolve", task.id, number)
        island.breed(rng.sample(pool, min(settings.donors, len(pool))), rng)
        if island.evaluated == before:
            return
