"""One generation: orders for the chosen tasks go out, harvests come in, and what they change becomes one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from arcbatt.arc import Task
from arcbatt.errors import StoreError
from arcbatt.execute import Executor, Item
from arcbatt.pipeline.task import task_timeout_s
from arcbatt.search.evolution.choice import task_weight
from arcbatt.search.evolution.work import Harvest, Order, Plan, work_on_task
from arcbatt.search.seeds import seeded
from arcbatt.store import GenerationRecord, LineageRecord

__all__ = ["State", "Yield", "generation_record", "run_generation"]

_MIGRANTS = 6
"""Members of other tasks' populations that are donors on a task in a generation."""


@dataclass(slots=True)
class State:
    """How an evolution stands after a generation. All of it comes back after a kill.

    Attributes:
        generation: number of the last one; -1 before the first.
        programs: distinct programs evaluated so far: in each generation and on each task anew.
        progress: number of the last generation in which some task's best member came nearer.
        nearness: of the best member of each task, see :attr:`~.member.Member.nearness`.
        solved: number of the generation in which a program first solved all demo samples, by task.
        populations: canonical texts by task, best first.
    """

    generation: int = -1
    programs: int = 0
    progress: int = 0
    nearness: dict[str, tuple[int, int]] = field(default_factory=dict)
    solved: dict[str, int] = field(default_factory=dict)
    populations: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All but the populations, as JSON data."""
        return {
            "generation": self.generation,
            "programs": self.programs,
            "progress": self.progress,
            "nearness": {task: list(nearness) for task, nearness in sorted(self.nearness.items())},
            "solved": dict(sorted(self.solved.items())),
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any], populations: Mapping[str, tuple[str, ...]]) -> State:
        """The state that :meth:`to_json` gave; one that never was saved is new.

        Raises:
            StoreError: the data is not what that gives.
        """
        if not data:
            return cls()
        try:
            return cls(
                generation=_whole(data["generation"]),
                programs=_whole(data["programs"]),
                progress=_whole(data["progress"]),
                nearness={task: (_whole(right), _whole(near)) for task, (right, near) in data["nearness"].items()},
                solved={task: _whole(generation) for task, generation in data["solved"].items()},
                populations=dict(populations),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StoreError(f"the state of the evolution is damaged ({error!r:.80}): begin without --resume") from None


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"expected a whole number, got {value!r:.40}")
    return value


@dataclass(frozen=True, slots=True)
class Yield:
    """What a generation came to.

    Attributes:
        generation: its number.
        harvests: one a task, in the order of the tasks.
        given_up: a line for each task whose work hung or died twice; its population stays as it was.
        cpu_s: CPU seconds of the workers.
    """

    generation: int
    harvests: tuple[Harvest, ...]
    given_up: tuple[str, ...]
    cpu_s: float


def run_generation(
    tasks: Sequence[Task], state: State, generation: int, plan: Plan, executor: Executor
) -> Yield:
    """Works on tasks, each by itself; the result is the same with any executor.

    Args:
        tasks: the chosen ones.
        state: after the generation before.
        generation: the number of this one.
        plan: the evolution's.
        executor: opened with a :class:`~.work.Worker` of the plan.
    """
    # Large tasks first: they take long, and at the end no worker should wait for another.
    items = [
        Item(task.id, work_on_task, (_order(task, state, generation, plan),), _patience_s(task, plan))
        for task in sorted(tasks, key=lambda task: task_weight(task.without_test_outputs()))
    ]
    found: dict[str, Harvest] = {}
    given_up = []
    cpu_s = 0.0
    for result in executor.run(items):
        cpu_s += result.cpu_s
        if result.failure is None:
            found[result.key] = result.value
        else:
            given_up.append(f"task {result.key}: {result.failure.message}")
    harvests = tuple(found[task.id] for task in tasks if task.id in found)
    return Yield(generation, harvests, tuple(sorted(given_up)), cpu_s)


def generation_record(
    state: State, done: Yield, timings: Mapping[str, float]
) -> tuple[State, GenerationRecord]:
    """The state after a generation, and what the store is to save.

    Args:
        state: after the generation before; stays as it is.
        done: what came of this one.
        timings: seconds and rates for the log; nothing else there depends on the machine.
    """
    solved, nearness, gains = dict(state.solved), dict(state.nearness), []
    for harvest in done.harvests:
        before = nearness.get(harvest.task)
        if harvest.nearness is not None and (before is None or harvest.nearness > before):
            nearness[harvest.task] = harvest.nearness
            if before is not None:
                gains.append({"task": harvest.task, "from": list(before), "to": list(harvest.nearness)})
        if harvest.solves_demo:
            solved.setdefault(harvest.task, done.generation)
    populations = {harvest.task: harvest.population for harvest in done.harvests}
    after = State(
        generation=done.generation,
        programs=state.programs + sum(harvest.judged for harvest in done.harvests),
        progress=done.generation if nearness != state.nearness else state.progress,
        nearness=nearness,
        solved=solved,
        populations={**state.populations, **populations},
    )
    told = {
        "generation": done.generation,
        "tasks": [harvest.task for harvest in done.harvests],
        "programs": after.programs - state.programs,
        "new": sum(harvest.entered for harvest in done.harvests),
        "solved": len(solved),
        "newly_solved": sorted(solved.keys() - state.solved.keys()),
        "gains": gains,
        "given_up": list(done.given_up),
        "bugs": [bug for harvest in done.harvests for bug in harvest.bugs],
        "timing": dict(timings),
    }
    record = GenerationRecord(
        number=done.generation,
        populations=populations,
        tasks=tuple(harvest.record for harvest in done.harvests if harvest.record is not None),
        lineage=tuple(
            LineageRecord(line.child, line.parent, line.operator)
            for harvest in done.harvests for line in harvest.descent
        ),
        state=after.to_json(),
        told=told,
    )  # fmt: skip
    return after, record


def _order(task: Task, state: State, generation: int, plan: Plan) -> Order:
    """What a task's work is handed; migrants are better members of other tasks, and none come in generation 0."""
    migrants: list[str] = []
    others = [other for other in state.populations if other != task.id and state.populations[other]]
    if generation and others:
        rng = seeded(plan.seed, "migrants", task.id, generation)
        for other in rng.sample(sorted(others), min(_MIGRANTS, len(others))):
            members = state.populations[other]
            migrants.append(members[min(rng.randrange(len(members)), rng.randrange(len(members)))])
    return Order(task, generation, state.populations.get(task.id, ()), tuple(migrants))


def _patience_s(task: Task, plan: Plan) -> float | None:
    """Seconds after which a process is given up: a time limit for each sample and round, and some for the rest."""
    limit_s = task_timeout_s(task, plan.run)
    return None if limit_s is None else 60 + limit_s * (1 + plan.settings.rounds)
