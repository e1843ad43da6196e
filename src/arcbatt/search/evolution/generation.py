"""Generations over workers: assignments for the tasks go out, and what comes back becomes one record a step.

Generation 0 evaluates the programs of the pool on every task. That can take long, so it is saved in parts of
:data:`PART` tasks, in the order of the tasks. Where a part ends depends on neither time nor workers; an evolution that
ends within generation 0 goes on behind the last part that was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from arcbatt.arc import Task
from arcbatt.execute import Executor, Item, Result
from arcbatt.pipeline.task_phases import task_timeout_s
from arcbatt.results import TaskKey
from arcbatt.results.json_form import to_json
from arcbatt.runs.options import RunOptions
from arcbatt.search.evolution.breeding import Assignment, EvolutionPlan, TaskGeneration, breed_task
from arcbatt.search.evolution.evolution_state import EvolutionState, Populations
from arcbatt.search.evolution.generation_line import Gain, GenerationLine, StepTiming
from arcbatt.search.evolution.task_choice import task_weight
from arcbatt.search.seeds import seeded
from arcbatt.store import GenerationRecord, LineageRecord

__all__ = ["PART", "GenerationRunner", "StepResult", "TimeOverError", "saved_step", "with_names"]

PART: Final = 16
"""Tasks of a part of generation 0."""

_MIGRANTS = 6
"""Members of other tasks' populations that are donors on a task in a generation."""


class TimeOverError(Exception):
    """The time is over within a step; what was done of it is dropped."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a generation, or a part of generation 0, came to.

    Attributes:
        generation: its number.
        part: number of the part, from 1.
        parts: number of parts.
        tasks: one for each task, in the order of the tasks; those that were given up are absent.
        given_up: a line for each task whose work hung or died twice.
        cpu_s: CPU seconds of the workers.
        results: what the executor gave for each task, by the digest of its samples: who worked on it and when.
    """

    generation: int
    part: int
    parts: int
    tasks: tuple[TaskGeneration, ...]
    given_up: tuple[str, ...]
    cpu_s: float
    results: tuple[Result, ...] = field(default=(), compare=False)

    @property
    def evaluated(self) -> int:
        """Distinct programs evaluated."""
        return sum(done.evaluated for done in self.tasks)


class GenerationRunner:
    """Works on the tasks of an evolution, each by itself; results are the same with any executor.

    Args:
        tasks: all of them, with different samples.
        plan: the evolution's.
        options: limits.
        executor: opened with a :class:`~.breeding.Breeder` of the plan.
        is_over: whether the time is over; asked before a task is begun and after one is done.
    """

    def __init__(
        self, tasks: Sequence[Task], plan: EvolutionPlan, options: RunOptions, executor: Executor,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        self._tasks = tasks
        self._plan = plan
        self._options = options
        self._executor = executor
        self._is_over = is_over
        self.parts = -(-len(tasks) // PART)

    def first(self, done: int) -> Iterator[StepResult]:
        """The parts of generation 0 behind the first ``done``, each as soon as it and those before it are whole.

        Raises:
            TimeOverError: the time is over.
        """
        left = self._tasks[done * PART :]
        found: dict[str, Result] = {}
        results = self._results([Assignment(task, 0) for task in left])
        for part in range(done, self.parts):
            tasks = self._tasks[part * PART : (part + 1) * PART]
            while any(task.digest not in found for task in tasks):
                result = next(results)
                found[result.key] = result
            if len(found) == len(left):
                next(results, None)  # the executor's run is over: dropped before its end, it would close the workers
            yield _step(0, part + 1, self.parts, tasks, found)

    def bred(self, places: Sequence[int], number: int, populations: Populations) -> StepResult:
        """A generation of children.

        Args:
            places: of the tasks to work on, ascending.
            number: of the generation, from 1.
            populations: after the generation before.

        Raises:
            TimeOverError: the time is over.
        """
        tasks = [self._tasks[place] for place in places]
        # Large tasks first: they take long, and at the end no worker should wait for another.
        order = sorted(tasks, key=lambda task: task_weight(task.challenge))
        given = [self._assignment(task, number, populations) for task in order]
        return _step(number, 1, 1, tasks, {result.key: result for result in self._results(given)})

    def _assignment(self, task: Task, number: int, populations: Populations) -> Assignment:
        """A task with its population and migrants: better members of other tasks."""
        migrants: list[str] = []
        # In the order of the tasks: digests depend on the test outputs.
        others = [other.digest for other in self._tasks if other is not task and populations.get(other.digest)]
        if others:
            rng = seeded(self._plan.seed, "migrants", task.challenge.digest, number)
            for other in rng.sample(others, min(_MIGRANTS, len(others))):
                members = populations[other]
                migrants.append(members[min(rng.randrange(len(members)), rng.randrange(len(members)))])
        return Assignment(task, number, populations.get(task.digest, ()), tuple(migrants))

    def _results(self, given: Sequence[Assignment]) -> Iterator[Result]:
        """Results as they come. What has not begun when the time is over does not begin."""
        items = (
            Item(one.task.digest, breed_task, (one,), self._patience_s(one.task))
            for one in given if not self._is_over()
        )  # fmt: skip
        count = 0
        for result in self._executor.run(items):
            count += 1
            yield result
            if self._is_over() and count < len(given):
                break
        if count < len(given):
            raise TimeOverError

    def _patience_s(self, task: Task) -> float | None:
        """Seconds after which a process is given up: a time limit for each sample and round, and some for the rest."""
        limit_s = task_timeout_s(len(task.samples), self._options)
        return None if limit_s is None else 60 + limit_s * (1 + self._plan.settings.rounds)


def _step(number: int, part: int, parts: int, tasks: Sequence[Task], found: dict[str, Result]) -> StepResult:
    results = [(task, found[task.digest]) for task in tasks]
    return StepResult(
        generation=number,
        part=part,
        parts=parts,
        tasks=tuple(result.value for _, result in results if result.failure is None),
        given_up=tuple(
            f"task {task.id}: {result.failure.message}" for task, result in results if result.failure is not None
        ),
        cpu_s=sum(result.cpu_s for _, result in results),
        results=tuple(result for _, result in results),
    )


def saved_step(state: EvolutionState, step: StepResult, timing: StepTiming) -> tuple[
    EvolutionState, GenerationLine, GenerationRecord
]:  # fmt: skip
    """The state after a step, its line of the log, and what the store is to save.

    Args:
        state: after the step before; stays as it is.
        step: the outcome of this one.
        timing: for the log; nothing else depends on the machine.
    """
    after, gains = _after(state, step)
    fresh = {done.task.digest: done.task.id for done in step.tasks}
    line = GenerationLine(
        generation=step.generation,
        part=step.part,
        parts=step.parts,
        tasks=tuple(done.task.id for done in step.tasks),
        programs=step.evaluated,
        new=sum(done.entered for done in step.tasks),
        solved=len(after.solved),
        newly_solved=tuple(fresh[digest] for digest in fresh if digest in after.solved.keys() - state.solved.keys()),
        gains=gains,
        given_up=step.given_up,
        bugs=tuple(bug for done in step.tasks for bug in done.bugs),
        timing=timing,
    )
    return after, line, _record(step, state.steps, after, line)


def _after(state: EvolutionState, step: StepResult) -> tuple[EvolutionState, tuple[Gain, ...]]:
    solved, nearness, gains = dict(state.solved), dict(state.nearness), []
    for done in step.tasks:
        before = nearness.get(done.task.digest)
        if done.nearness is not None and (before is None or done.nearness > before):
            nearness[done.task.digest] = done.nearness
            if before is not None:
                gains.append(Gain(done.task.id, before, done.nearness))
        if done.solves_demo:
            solved.setdefault(done.task.digest, step.generation)
    after = EvolutionState(
        steps=state.steps + 1,
        generation=step.generation if step.part == step.parts else state.generation,
        parts=step.part if step.generation == 0 else state.parts,
        programs=state.programs + step.evaluated,
        progress=step.generation if nearness != state.nearness else state.progress,
        nearness=nearness,
        solved=solved,
    )
    return after, tuple(gains)


def _record(step: StepResult, number: int, after: EvolutionState, line: GenerationLine) -> GenerationRecord:
    populations: dict[TaskKey, tuple[str, ...]] = {done.task: done.population for done in step.tasks}
    return GenerationRecord(
        number=number,
        populations=populations,
        tasks=tuple(done.record for done in step.tasks if done.record is not None),
        lineage=tuple(
            LineageRecord(line.child, line.parent, line.operator) for done in step.tasks for line in done.descent
        ),
        state=to_json(after),
        line=to_json(line),
    )


def with_names(record: GenerationRecord, names: Mapping[str, str]) -> GenerationRecord:
    """The record with some solvers under other names, given by MD5."""
    tasks = tuple(
        replace(task, programs=tuple(
            replace(program, name=names[program.md5])
            if program.kind == "solver" and program.md5 in names else program
            for program in task.programs
        ))
        for task in record.tasks
    )  # fmt: skip
    return replace(record, tasks=tasks)
