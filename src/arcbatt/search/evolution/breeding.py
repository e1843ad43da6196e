"""One task in one generation: its programs bred and evaluated. A function of what it is handed, for any process.

The search itself gets the task as a :class:`~arcbatt.arc.Challenge`. The test outputs are compared with once it is
over, for the report alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from arcbatt.arc import Challenge, Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import load_primitives
from arcbatt.errors import InputError
from arcbatt.pipeline.validate import Claim
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.results import FailureGroup, Nearness, TaskKey
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.runs.options import RunOptions
from arcbatt.search.evolution.composing import grid_parts
from arcbatt.search.evolution.evolution_settings import EvolutionSettings
from arcbatt.search.evolution.island import Descent, Island
from arcbatt.search.evolution.member import Member
from arcbatt.search.found_names import found_name
from arcbatt.search.found_programs import found_record
from arcbatt.search.mutation import MutationSettings
from arcbatt.search.seeds import seeded
from arcbatt.store import TaskRecord

__all__ = ["Assignment", "Breeder", "EvolutionPlan", "TaskGeneration", "breed_task", "breeder_opener"]


@dataclass(frozen=True, slots=True)
class EvolutionPlan:
    """What is the same for all tasks and generations of an evolution.

    Attributes:
        seed: of the whole evolution.
        settings: of each island.
        mutation: weights and rates of the operators.
    """

    seed: int
    settings: EvolutionSettings
    mutation: MutationSettings


@dataclass(frozen=True, slots=True)
class Assignment:
    """One task in one generation.

    Attributes:
        task: the task.
        generation: its number; in generation 0 the programs of the pool are evaluated and nothing is bred.
        population: canonical texts of the members so far, best first.
        migrants: canonical texts of members of other tasks' populations, to be donors here.
    """

    task: Task
    generation: int
    population: tuple[str, ...] = ()
    migrants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskGeneration:
    """What one generation came to on one task.

    Attributes:
        task: the task.
        population: canonical texts of the members from now on, best first.
        entered: number of members that were none before.
        nearness: of the best member; None when there is none.
        solves_demo: whether a member solves all demo samples.
        evaluated: distinct new programs evaluated on all samples.
        descent: how the members that were none before were bred.
        record: solvers that entered, validated, with their results, for the store; None when there are none.
        bugs: outcomes that a program did not reproduce alone, a line each: bugs in arcbatt.
        failures: in generation 0, of the pool's programs in primitives of the user's own.
    """

    task: TaskKey
    population: tuple[str, ...]
    entered: int
    nearness: Nearness | None
    solves_demo: bool
    evaluated: int
    descent: tuple[Descent, ...]
    record: TaskRecord | None
    bugs: tuple[str, ...]
    failures: tuple[FailureGroup, ...] = ()


class Breeder(OpenedBattery):
    """What a worker keeps from task to task: an engine, the differs, the programs of the pool.

    Args:
        plan: the evolution's.
        pool: canonical texts of the programs that the evolution has from the start, solvers and differs.
        options: engine and limits.
    """

    def __init__(self, plan: EvolutionPlan, pool: Sequence[str], options: RunOptions) -> None:
        programs = _parsed(pool)
        super().__init__(Battery.of(program for program in programs if program.kind == "differ"), options)
        self.plan = plan
        self.pool = [program for program in programs if program.kind == "solver"]
        self.parts = grid_parts(self.pool)

    def island(self, task: Challenge) -> Island:
        """A new island for a task, with the plan's settings."""
        differs = [self.battery.program(name) for name in self.battery.differs]
        return Island(task, self.engine, self.plan.settings, self.plan.mutation, differs)


def breeder_opener(plan: EvolutionPlan, pool: Sequence[str]) -> Callable[[RunOptions], Callable[[], Breeder]]:
    """What makes a breeder in a worker, for :func:`arcbatt.runs.workers.open_workers`."""
    return partial(_opener, plan, tuple(pool))


def _opener(plan: EvolutionPlan, pool: tuple[str, ...], options: RunOptions) -> Callable[[], Breeder]:
    return partial(_open, plan, pool, options)


def _open(plan: EvolutionPlan, pool: tuple[str, ...], options: RunOptions) -> Breeder:
    for path in options.primitive_files:
        load_primitives(path)
    return Breeder(plan, pool, options)


def breed_task(breeder: Breeder, given: Assignment) -> TaskGeneration:
    """One generation of one task. A pure function of the plan, the pool and the assignment."""
    challenge = given.task.challenge
    island = breeder.island(challenge)
    members = _solvers(given.population)
    if given.generation == 0:
        island.admit([*members, *breeder.pool, *breeder.parts])
        evaluated = island.evaluated
    else:
        island.admit(members)
        before = island.evaluated
        rng = seeded(breeder.plan.seed, "evolve", challenge.digest, given.generation)
        count = min(breeder.plan.settings.donors, len(breeder.pool))
        island.breed([*_solvers(given.migrants), *rng.sample(breeder.pool, count)], rng)
        evaluated = island.evaluated - before
    known = set(given.population)
    entered = [member for member in island.members if member.program.text not in known]
    key = TaskKey.of(given.task)
    record, bugs = found_record(breeder, given.task, key, _claims(breeder, given.task, island, entered))
    best = island.members[0] if island.members else None
    return TaskGeneration(
        task=key,
        population=tuple(member.program.text for member in island.members),
        entered=len(entered),
        nearness=None if best is None else best.nearness,
        solves_demo=best is not None and best.solves_demo,
        evaluated=evaluated,
        descent=tuple(island.descent(entered)),
        record=record,
        bugs=bugs,
        failures=island.own_failures(breeder.pool) if given.generation == 0 else (),
    )


def _claims(breeder: Breeder, task: Task, island: Island, entered: Sequence[Member]) -> list[Claim]:
    """The new members that are worth storing, under names of their own.

    What knows demo samples by heart stays out: its o_score would say too much.
    """
    least = breeder.options.min_score
    return [
        Claim(member.program.renamed(found_name(task.id, member.program.md5)), island.verdicts(member))
        for member in entered if member.demo_right >= least and not member.knows_by_heart
    ]  # fmt: skip


def _parsed(texts: Iterable[str]) -> list[Program]:
    return [program for text in texts for program in parse_programs(text, "canonical text")]


def _solvers(texts: Iterable[str]) -> list[Program]:
    """The programs of a population, which comes out of a store and may be anything.

    Raises:
        InputError: one is no solver.
    """
    programs = _parsed(texts)
    for program in programs:
        if program.kind != "solver":
            raise InputError(f"population of the evolution: expected solvers, got the differ {program.md5}")
    return programs
