"""Generations over an executor, the parts of generation 0, and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from arcbatt.arc import Sample, Task
from arcbatt.engine import Limits
from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import StoreError
from arcbatt.execute import Executor, Item, ItemFailure, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.results.json_form import from_json, to_json
from arcbatt.runs import RunOptions
from arcbatt.search.evolution import EvolutionSettings
from arcbatt.search.evolution.breeding import Breeder, EvolutionPlan
from arcbatt.search.evolution.evolution_state import EvolutionState, read_state
from arcbatt.search.evolution.generation import PART, GenerationRunner, StepResult, TimeOverError, saved_step
from arcbatt.search.evolution.generation_line import GenerationLine, StepTiming
from arcbatt.search.mutation import MutationSettings
from support.evolution import POOL, programs, solver, task_of

PLAN = EvolutionPlan(1, EvolutionSettings(keep=6, rounds=1, children=8, donors=2), MutationSettings())
OPTIONS = RunOptions("python", Limits(fuel=50_000))
TASKS = [task_of("fill(rot180(I), SEVEN, ofcolor(I, ONE))", "a"), task_of("vmirror(I)", "b")]
A, B = (task.digest for task in TASKS)
TIMING = StepTiming(1.0, 1.0, 1.0)
TEXTS = [program.text for program in programs(POOL)]


class Failing(Executor):
    """Runs items here, the last first, and gives one of them up."""

    jobs = 1

    def __init__(self, gives_up: str = "") -> None:
        self._gives_up = gives_up
        self._inner = InlineExecutor(Breeder(PLAN, TEXTS, OPTIONS))

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        for item in reversed(list(items)):
            if item.key == self._gives_up:
                yield Result(item.key, None, ItemFailure(FailureKind.ERROR, "the worker was killed by SIGKILL"))
            else:
                yield from self._inner.run([item])

    def close(self) -> None:
        pass


def step(number: int, populations: dict[str, tuple[str, ...]], executor: Executor) -> StepResult:
    runner = GenerationRunner(TASKS, PLAN, OPTIONS, executor)
    return runner.bred(range(len(TASKS)), number, populations) if number else next(runner.first(0))


def after(generations: int) -> tuple[EvolutionState, dict[str, tuple[str, ...]], GenerationLine]:
    executor, state, populations = Failing(), EvolutionState(), {}
    for number in range(generations):
        done = step(number, populations, executor)
        state, line, _ = saved_step(state, done, TIMING)
        populations.update({one.task.digest: one.population for one in done.tasks})
    return state, populations, line


def test_a_state_comes_back_from_json() -> None:
    state, _, line = after(3)
    assert read_state(to_json(state)) == state
    assert read_state("{}") == EvolutionState()
    assert from_json(GenerationLine, to_json(line), "line") == line


@pytest.mark.parametrize("text", [
    '{"solved": {"a": "soon"}}', '{"nearness": {"a": [1]}}', '{"programs": -1}', '{"generation": 3}', "[]", "{", "x",
])  # fmt: skip
def test_a_damaged_state_is_refused(text: str) -> None:
    with pytest.raises(StoreError, match=r"state of the evolution is damaged.*begin a new one"):
        read_state(text)


def test_what_was_solved_and_what_came_nearer_is_reported() -> None:
    state, _, line = after(1)
    assert (line.newly_solved, line.solved, line.gains, line.is_whole) == (("b",), 1, (), True)
    assert (state.solved, state.generation, state.progress) == ({B: 0}, 0, 0)
    assert state.nearness[B] == (2, 20_000)
    ids = {A: "a", B: "b"}
    for number in range(2, 6):
        before, (state, _, line) = state, after(number)
        gains = {gain.task: (gain.before, gain.after) for gain in line.gains}
        assert gains == {
            ids[digest]: (before.nearness[digest], state.nearness[digest])
            for digest in state.nearness if state.nearness[digest] > before.nearness[digest]
        }  # fmt: skip
        assert state.progress == (state.generation if gains else before.progress)
        assert line.programs == state.programs - before.programs


def test_a_task_that_is_given_up_keeps_its_population() -> None:
    state, populations, _ = after(1)
    later, line, record = saved_step(state, step(1, populations, Failing(A)), TIMING)
    assert line.given_up == ("task a: the worker was killed by SIGKILL",)
    assert line.tasks == ("b",)
    assert later.nearness[A] == state.nearness[A]
    assert {key.digest for key in record.populations} == {B}


def test_other_tasks_send_migrants() -> None:
    """A task without programs of its own gets its first ones from its neighbors."""
    lone = replace(PLAN, settings=EvolutionSettings(keep=6, rounds=1, children=8, donors=0))
    runner = GenerationRunner(TASKS, lone, OPTIONS, InlineExecutor(Breeder(lone, [], OPTIONS)))
    (bred,) = runner.bred([0], 1, {B: (solver("hconcat(I, I)").text,)}).tasks
    assert bred.evaluated > 0
    (nothing,) = runner.bred([0], 1, {}).tasks
    assert nothing.evaluated == 0


class TestParts:
    """Generation 0 comes in parts, in the order of the tasks, however the results come."""

    TASKS = tuple(
        Task(f"t{number:03}", (Sample(((number % 10, 1 + number // 10),), ((1, 2),)),), (Sample(((0,),)),))
        for number in range(2 * PART + 3)
    )

    def runner(self, executor: Executor, most: int = 10**9) -> GenerationRunner:
        self.asked = 0

        def is_over() -> bool:
            self.asked += 1
            return self.asked > most

        return GenerationRunner(self.TASKS, PLAN, OPTIONS, executor, is_over)

    def test_each_part_has_its_tasks(self) -> None:
        for executor in (Failing(), InlineExecutor(Breeder(PLAN, TEXTS, OPTIONS))):
            steps = list(self.runner(executor).first(0))
            assert [(part.part, part.parts, len(part.tasks)) for part in steps] == [
                (1, 3, PART), (2, 3, PART), (3, 3, 3)
            ]  # fmt: skip
            ids = [done.task.id for part in steps for done in part.tasks]
            assert ids == [task.id for task in self.TASKS]

    def test_the_run_of_the_executor_is_over_with_the_last_part(self) -> None:
        """A run that is dropped before its end closes the workers, and new ones would have to start."""
        ends = []

        class Ending(Failing):
            def run(self, items: Iterable[Item]) -> Iterator[Result]:
                yield from super().run(items)
                ends.append(True)

        steps = self.runner(Ending()).first(0)
        for number in range(3):
            assert next(steps).part == number + 1
        assert ends == [True]

    def test_it_goes_on_behind_the_parts_that_were_saved(self) -> None:
        (last,) = self.runner(Failing()).first(2)
        assert [done.task.id for done in last.tasks] == [task.id for task in self.TASKS[2 * PART :]]

    def test_the_generation_is_whole_with_its_last_part(self) -> None:
        state = EvolutionState()
        seen = []
        for part in self.runner(Failing()).first(0):
            state, line, record = saved_step(state, part, TIMING)
            seen.append((state.generation, state.parts, record.number, line.is_whole))
        assert seen == [(-1, 1, 0, False), (-1, 2, 1, False), (0, 3, 2, True)]

    def test_what_is_done_when_the_time_is_over_counts_by_whole_parts(self) -> None:
        executor = InlineExecutor(Breeder(PLAN, TEXTS, OPTIONS))
        parts = self.runner(executor, most=2 * (PART + 5)).first(0)  # asked before and after each task
        assert next(parts).part == 1
        with pytest.raises(TimeOverError):
            next(parts)

    def test_nothing_begins_once_the_time_is_over(self) -> None:
        class Unused(Failing):
            def run(self, items: Iterable[Item]) -> Iterator[Result]:
                assert list(items) == []
                return iter(())

        with pytest.raises(TimeOverError):
            self.runner(Unused(), most=0).bred([0, 1], 1, {})
