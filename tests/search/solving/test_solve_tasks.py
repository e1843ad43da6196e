"""One task and many: what is found, what is kept, and that no test output has a say in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample, Task
from arcbatt.arc.submission import submission_text
from arcbatt.battery.battery import Battery
from arcbatt.engine.outcome import FailureKind
from arcbatt.execute import Executor, Item, ItemFailure, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.pipeline import Settings
from arcbatt.program.parse import parse_programs
from arcbatt.search.solving import Allowance, Budget, SolveSettings, solve_task, solve_tasks
from arcbatt.search.solving.resume import attempts_in, found_by
from arcbatt.search.solving.run import Saving
from arcbatt.search.solving.state import SolveState
from arcbatt.search.solving.task import guessed
from arcbatt.store import open_store
from support.tasks import PROGRAMS, mirror_task
from support.twins import ENGINES, needs_native

NEAR = "def solve_near(I):\n    return hmirror(I)\n\n\ndef solve_nearer(I):\n    return rot180(I)\n"
MIRRORED = mirror_task()
FALSE = replace(MIRRORED, test=tuple(Sample(sample.input, ((9,),)) for sample in MIRRORED.test))
ALLOWANCE = Allowance.of(0.4)


def state(text: str, engine: str = "native") -> SolveState:
    return SolveState(Battery.of(parse_programs(text)), Settings(engine))


def solve(text: str, task: Task, engine: str = "python", allowance: Allowance = ALLOWANCE, **changes: Any) -> Any:
    made = state(text, engine)
    return solve_task(made, task, SolveSettings(len(made.battery.solvers), **changes), allowance)


def settled(solution: Any) -> Any:
    """A solution without what was measured in seconds."""
    record = solution.record
    scores = tuple(replace(score, seconds=0.0, t_log=0) for score in record.scores)
    return replace(solution, record=replace(record, scores=scores))


def test_known_programs_need_no_search() -> None:
    solution = solve(PROGRAMS, MIRRORED)
    assert solution.summary["searches"] == {}
    assert solution.attempts[0][0] == MIRRORED.test[0].output
    assert [program["name"] for program in solution.summary["programs"]][:1] == ["solve_mirror"]
    assert {score.md5 for score in solution.record.scores} == {item["md5"] for item in solution.summary["programs"]}
    assert all(score.test_right is None for score in solution.record.scores)


@needs_native
def test_enumeration_finds_what_the_battery_lacks() -> None:
    solution = solve(NEAR, MIRRORED, "native")
    best = solution.summary["programs"][0]
    assert best["source"] == "enumeration"
    assert best["name"] == "solve_mirrored"
    assert parse_programs(best["text"])[0].md5 == best["md5"]
    assert solution.attempts[0][0] == MIRRORED.test[0].output


@pytest.mark.parametrize("engine", ENGINES)
def test_evolution_finds_it_from_near_misses(engine: str) -> None:
    solution = solve(NEAR, MIRRORED, engine, searches=("evolution",))
    assert solution.summary["programs"][0]["source"] == "evolution"
    assert solution.attempts[0][0] == MIRRORED.test[0].output
    assert not solution.summary["cut_off"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", [PROGRAMS, NEAR])
def test_no_test_output_has_a_say(text: str, engine: str) -> None:
    open_task = MIRRORED.without_test_outputs()
    found = [settled(solve(text, task, engine)) for task in (MIRRORED, FALSE, open_task)]
    assert found[0] == found[1] == found[2]


def test_the_seed_is_the_only_chance() -> None:
    spend = Allowance(99.0, 0, 0, 100)
    first, again, other = (settled(solve(NEAR, MIRRORED, seed=seed, allowance=spend)) for seed in (1, 1, 2))
    assert first == again
    assert first.summary != other.summary


def test_nothing_known_and_nothing_to_spend_still_gives_attempts() -> None:
    for text in (NEAR, "def differ_none(S, I, C):\n    return astuple(ZERO, I)\n"):
        solution = solve(text, MIRRORED, allowance=Allowance.of(0.0))
        assert solution.record is None
        assert not solution.summary["cut_off"]
        submission_text({MIRRORED.id: solution.attempts}, {MIRRORED.id: MIRRORED})


class Broken(Executor):
    """Gives up some tasks, and may be interrupted after some."""

    jobs = 1

    def __init__(self, inner: Executor, given_up: Iterable[str] = (), most: int = 99) -> None:
        self.inner, self.given_up, self.most = inner, set(given_up), most

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        for number, result in enumerate(self.inner.run(items)):
            if number == self.most:
                raise KeyboardInterrupt
            failure = ItemFailure(FailureKind.ERROR, "the worker was killed by SIGKILL")
            yield Result(result.key, None, failure) if result.key in self.given_up else result

    def close(self) -> None:
        self.inner.close()


class TestMany:
    TASKS = tuple(mirror_task(f"task{number}") for number in range(4))

    def run(self, executor: Executor, **changes: Any) -> Any:
        return solve_tasks(self.TASKS, executor, SolveSettings(7), Budget(0.0), **changes)

    def whole(self) -> Executor:
        return InlineExecutor(state(PROGRAMS, "python"))

    def test_whatever_happens_every_task_is_answered(self) -> None:
        tasks = {task.id: task for task in self.TASKS}
        whole = self.run(self.whole())
        assert list(whole.submission) == list(whole.summaries) == list(tasks)
        broken = self.run(Broken(self.whole(), ["task1"]))
        assert broken.summaries["task1"]["failure"]["kind"] == "error"
        assert broken.summaries["task1"]["cut_off"]
        stopped = self.run(Broken(self.whole(), most=2))
        assert stopped.interrupted
        assert list(stopped.summaries) == ["task0", "task1"]
        for report in (whole, broken, stopped):
            submission_text(report.submission, tasks)
        assert broken.submission["task0"] == stopped.submission["task0"] == whole.submission["task0"]
        assert broken.submission["task1"] == stopped.submission["task3"] == guessed(self.TASKS[3]).attempts

    def test_what_is_found_is_saved_and_taken_over(self, tmp_path: Path) -> None:
        with open_store(tmp_path, create=True) as store:
            run_id = store.begin_run("key", {}, "-", "python", {})
            first = self.run(Broken(self.whole(), ["task2"], most=3), saving=Saving(store, run_id))
            assert {score.task for score in store.scores()} == {"task0", "task1"}
            assert {score.test_right for score in store.scores()} == {1}
            done = store.done_tasks("key")
            assert set(done) == {"task0", "task1", "task2"}
            resumed = self.run(Broken(self.whole(), ["task0", "task1"]), done=done)
        assert resumed.resumed == ["task0", "task1"]  # task2 was given up, so it is done again
        assert resumed.submission == self.run(self.whole()).submission
        assert resumed.summaries["task0"] == first.summaries["task0"]


class TestResume:
    SUMMARY = solve(PROGRAMS, MIRRORED, allowance=Allowance.of(0.0)).summary

    def test_takes_over_what_does_not_hang_on_the_machine(self) -> None:
        ((first, second),) = attempts_in(self.SUMMARY, MIRRORED) or ()
        assert first == MIRRORED.test[0].output != second
        for key in ("cut_off", "shortened"):
            assert attempts_in({**self.SUMMARY, key: True}, MIRRORED) is None

    @pytest.mark.parametrize("attempts", [
        None, 3, [], [[]], [[{"grid": [[1]]}]], [[{"grid": [[1]]}, {"grid": [[10]]}]], [[{"grid": [[1]]}, {}]],
        [[{"grid": [[1]]}, {"grid": [[2]]}]] * 2, [{"grid": [[1]]}], [[{"grid": [[1]]}] * 3], "ab",
    ])  # fmt: skip
    def test_does_again_what_is_not_whole(self, attempts: Any) -> None:
        assert attempts_in({**self.SUMMARY, "attempts": attempts}, MIRRORED) is None

    @pytest.mark.parametrize(("name", "value"), [
        ("programs", 5), ("programs", [5]), ("programs", [{"md5": 5}]), ("programs", None), ("bugs", 5), ("bugs", None),
        ("task", "other"), ("test_count", "1"), ("failure", {}), ("attempts", [[{"grid": [[1]]}, {"grid": [[2]]}]]),
    ])  # fmt: skip
    def test_does_again_what_no_report_could_tell(self, name: str, value: Any) -> None:
        assert attempts_in({**self.SUMMARY, name: value}, MIRRORED) is None

    def test_programs_of_searches_are_told_apart(self) -> None:
        told = [{"md5": "a" * 32, "source": "store"}, {"md5": "b" * 32, "source": "evolution", "text": "..."}]
        assert found_by([{"programs": told}, {"programs": 3}, {}, {"programs": [3]}]) == {"b" * 32}
