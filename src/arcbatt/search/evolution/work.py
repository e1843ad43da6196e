"""The work on one task in one generation: a function of what it is handed, for any process.

The search itself gets the task without its test outputs. They are looked at once it is over, for the report alone:
:func:`_scored` tells how many of them the new solvers get right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.dsl.user import load_primitives
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import InputError
from arcbatt.pipeline.differs import score_differs
from arcbatt.pipeline.inline import Inlined
from arcbatt.pipeline.record import task_record
from arcbatt.pipeline.score import Candidate
from arcbatt.pipeline.settings import Settings
from arcbatt.pipeline.state import State
from arcbatt.pipeline.validate import Validation, first_difference, validate_batch
from arcbatt.program.names import is_name
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.evolution.composing import grid_parts
from arcbatt.search.evolution.island import Descent, Island
from arcbatt.search.evolution.member import Member
from arcbatt.search.evolution.settings import EvolutionSettings
from arcbatt.search.mutation import MutationSettings
from arcbatt.search.seeds import seeded
from arcbatt.store import TaskRecord

__all__ = ["Harvest", "Order", "Plan", "Worker", "solver_name", "work_on_task", "worker_maker"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same for all tasks and generations of an evolution.

    Attributes:
        seed: of the whole evolution.
        settings: of each island.
        mutation: weights and rates of the operators.
        run: engine, limits, and the least o_score of a solver that goes into the store.
    """

    seed: int
    settings: EvolutionSettings
    mutation: MutationSettings
    run: Settings


@dataclass(frozen=True, slots=True)
class Order:
    """Work on one task in one generation.

    Attributes:
        task: the task.
        generation: its number; in generation 0 the programs of the pool are judged and nothing is bred.
        population: canonical texts of the members so far, best first.
        migrants: canonical texts of members of other tasks' populations, to be donors here.
    """

    task: Task
    generation: int
    population: tuple[str, ...]
    migrants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of an order.

    Attributes:
        task: the task's id.
        population: canonical texts of the members from now on, best first.
        entered: how many of them were none before.
        nearness: of the best member, see :attr:`~.member.Member.nearness`; None when there is none.
        solves_demo: whether a member solves all demo samples.
        judged: distinct new programs evaluated on all samples.
        descent: how the members that were none before were bred.
        record: solvers that entered, validated, with their scores, for the store; None when there are none.
        bugs: outcomes that a program did not reproduce alone, a line each: bugs in arcbatt.
    """

    task: str
    population: tuple[str, ...]
    entered: int
    nearness: tuple[int, int] | None
    solves_demo: bool
    judged: int
    descent: tuple[Descent, ...]
    record: TaskRecord | None
    bugs: tuple[str, ...]


class Worker:
    """What a process keeps from task to task: an engine, the differs, the programs of the pool.

    Args:
        plan: the evolution's.
        pool: canonical texts of the programs that the evolution has from the start, solvers and differs.
    """

    def __init__(self, plan: Plan, pool: Sequence[str]) -> None:
        programs = _parsed(pool)
        self.plan = plan
        self.pool = [program for program in programs if program.kind == "solver"]
        self.parts = grid_parts(self.pool)
        self.state = State(Battery.of(program for program in programs if program.kind == "differ"), plan.run)

    def island(self, task: Task) -> Island:
        """A new island for a task, with the plan's settings."""
        battery = self.state.battery
        differs = [battery.program(name) for name in battery.differs]
        return Island(task, self.state.engine, self.plan.settings, self.plan.mutation, differs)


def worker_maker(plan: Plan, pool: Sequence[str]) -> partial[Worker]:
    """A picklable function that makes the worker in another process."""
    return partial(_make_worker, plan, tuple(pool))


def _make_worker(plan: Plan, pool: Sequence[str]) -> Worker:
    for path in plan.run.primitive_files:
        load_primitives(path)
    return Worker(plan, pool)


def work_on_task(worker: Worker, order: Order) -> Harvest:
    """Carries out an order. A pure function of the plan, the pool and the order."""
    island = worker.island(order.task)
    members = _solvers(order.population)
    if order.generation == 0:
        island.admit([*members, *worker.pool, *worker.parts])
        judged = island.judged
    else:
        island.admit(members)
        before = island.judged
        rng = seeded(worker.plan.seed, "evolve", order.task.id, order.generation)
        count = min(worker.plan.settings.donors, len(worker.pool))
        island.breed([*_solvers(order.migrants), *rng.sample(worker.pool, count)], rng)
        judged = island.judged - before
    known = set(order.population)
    entered = [member for member in island.members if member.program.text not in known]
    record, bugs = _scored(worker, order.task, island, entered)
    best = island.members[0] if island.members else None
    return Harvest(
        task=order.task.id,
        population=tuple(member.program.text for member in island.members),
        entered=len(entered),
        nearness=None if best is None else best.nearness,
        solves_demo=best is not None and best.solves_demo,
        judged=judged,
        descent=tuple(island.descent(entered)),
        record=record,
        bugs=bugs,
    )


def solver_name(task_id: str) -> str:
    """The name under which a solver found for a task is stored."""
    name = f"solve_{task_id}"
    return name if is_name(name) else "solve"


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


def _scored(
    worker: Worker, task: Task, island: Island, entered: Sequence[Member]
) -> tuple[TaskRecord | None, tuple[str, ...]]:
    """What the store gets, each new solver run alone from its own text, and the bugs found by that."""
    worthy = [member for member in entered if member.demo_right >= worker.plan.run.min_score]
    validations = validate_batch(worker.state, task, [member.program.text for member in worthy])
    sound: list[tuple[Inlined, Validation]] = []
    bugs = []
    name = solver_name(task.id)
    for member, validation in zip(worthy, validations, strict=True):
        alone = _as_searched(validation.verdicts, len(task.demo))
        difference = first_difference(task, island.verdicts(member), alone)
        if difference is None:
            candidate = Candidate.alone(name, 0, validation.verdicts, len(task.demo))
            sound.append((Inlined(candidate, member.program.renamed(name)), validation))
        else:
            bugs.append(f"task {task.id}, {member.program.md5}, {difference}")
    if not sound:
        return None, tuple(bugs)
    outputs = {item.program.md5: validation.outputs for item, validation in sound}
    differs = score_differs(worker.state, task, outputs)
    summary: dict[str, Any] = {}
    return task_record(worker.state.battery, task, sound, differs, summary), tuple(bugs)


def _as_searched(verdicts: Sequence[Verdict], demo_count: int) -> tuple[Verdict, ...]:
    """Verdicts as they were to the search, which knows no test output."""
    unknown = (replace(verdict, is_right=None, right_cells=0) for verdict in verdicts[demo_count:])
    return (*verdicts[:demo_count], *unknown)
