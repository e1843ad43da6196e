"""One generation over an executor, and what it changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest

from arcbatt.engine import Limits
from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import StoreError
from arcbatt.execute import Executor, Item, ItemFailure, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.pipeline import Settings
from arcbatt.search.evolution import EvolutionSettings
from arcbatt.search.evolution.generation import State, generation_record, run_generation
from arcbatt.search.evolution.work import Plan, Worker
from arcbatt.search.mutation import MutationSettings
from support.evolution import POOL, programs, solver, task_of

PLAN = Plan(
    1, EvolutionSettings(keep=6, rounds=1, children=8, donors=2), MutationSettings(),
    Settings("python", Limits(fuel=50_000)),
)  # fmt: skip
TASKS = [task_of("fill(rot180(I), SEVEN, ofcolor(I, ONE))", "a"), task_of("vmirror(I)", "b")]


class Failing(Executor):
    """Runs items here, the last first, and gives one of them up."""

    jobs = 1

    def __init__(self, gives_up: str) -> None:
        self._gives_up = gives_up
        self._inner = InlineExecutor(Worker(PLAN, [program.text for program in programs(POOL)]))

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        for item in reversed(list(items)):
            if item.key == self._gives_up:
                yield Result(item.key, None, ItemFailure(FailureKind.ERROR, "the worker was killed by SIGKILL"))
            else:
                yield from self._inner.run([item])

    def close(self) -> None:
        pass


def after(generations: int, gives_up: str = "") -> tuple[State, dict[str, object]]:
    executor, state, told = Failing(gives_up), State(), {}
    for number in range(generations):
        done = run_generation(TASKS, state, number, PLAN, executor)
        state, record = generation_record(state, done, {"wall_s": 1.0})
        told = dict(record.told)
    return state, told


def test_a_state_comes_back_from_json() -> None:
    state, _ = after(3)
    data = json.loads(json.dumps(state.to_json()))
    assert State.of_json(data, state.populations) == state
    assert State.of_json({}, {}) == State()
    with pytest.raises(StoreError, match="damaged"):
        State.of_json({**data, "solved": {"a": "soon"}}, {})


def test_what_was_solved_and_what_came_nearer_is_told() -> None:
    state, told = after(1)
    assert (told["newly_solved"], told["solved"], told["gains"]) == (["b"], 1, [])
    assert (state.solved, state.generation, state.progress) == ({"b": 0}, 0, 0)
    assert state.nearness["b"] == (2, 20_000)
    for number in range(2, 6):
        before, (state, told) = state, after(number)
        gains = {gain["task"]: (tuple(gain["from"]), tuple(gain["to"])) for gain in told["gains"]}
        assert gains == {
            task: (before.nearness[task], state.nearness[task])
            for task in state.nearness if state.nearness[task] > before.nearness[task]
        }  # fmt: skip
        assert state.progress == (state.generation if gains else before.progress)
        assert told["programs"] == state.programs - before.programs


def test_a_task_that_is_given_up_keeps_its_population() -> None:
    executor, state = Failing(""), State()
    state, _ = generation_record(state, run_generation(TASKS, state, 0, PLAN, executor), {})
    done = run_generation(TASKS, state, 1, PLAN, Failing("a"))
    later, record = generation_record(state, done, {})
    assert record.told["given_up"] == ["task a: the worker was killed by SIGKILL"]
    assert record.told["tasks"] == ["b"]
    assert later.populations["a"] == state.populations["a"]
    assert set(record.populations) == {"b"}


def test_other_tasks_send_migrants() -> None:
    """A task without programs of its own gets its first ones from its neighbours."""
    empty = State(generation=0, populations={"b": (solver("hconcat(I, I)").text,)})
    lone = Plan(1, EvolutionSettings(keep=6, rounds=1, children=8, donors=0), MutationSettings(), PLAN.run)
    executor = InlineExecutor(Worker(lone, []))
    (bred,) = run_generation(TASKS[:1], empty, 1, lone, executor).harvests
    assert bred.judged > 0
    (nothing,) = run_generation(TASKS[:1], State(generation=0), 1, lone, executor).harvests
    assert nothing.judged == 0
