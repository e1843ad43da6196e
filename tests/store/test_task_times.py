"""When and on which worker a run did its tasks: what comes back, and that it is kept apart from all else."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from store_samples import begin, digest, generation, solver, task_record, task_time

from arcbatt.errors import InputError
from arcbatt.store import Store, TaskTime, programs_per_s
from arcbatt.store.records.task_times import MAX_SECONDS, MAX_WORKER

SOLVERS = [solver(1), solver(2)]


def save(store: Store, run: int, task: str, time: TaskTime | None) -> None:
    store.save_task(run, task_record(task, SOLVERS), time=time)


def test_times_come_back_sorted_by_start_then_digest(store: Store) -> None:
    run = begin(store)
    places = [("t", 1, 2.5), ("u", 2, 0.25), ("a", 7, 2.5)]
    given = [task_time(run, task, worker, start_s) for task, worker, start_s in places]
    for task, time in zip("tua", given, strict=True):
        save(store, run, task, time)
    save(store, run, "untimed", None)
    assert store.task_times(run) == sorted(given, key=lambda time: (time.start_s, time.digest))
    assert store.task_times(run)[0].start_s == 0.25


def test_what_was_not_measured_stays_unknown(store: Store) -> None:
    run = begin(store)
    time = TaskTime(run, digest("t"), 1, 0, 0, None)
    save(store, run, "t", time)
    (found,) = store.task_times(run)
    assert found == time
    assert (found.cpu_s, found.programs, type(found.start_s)) == (None, None, float)


def test_a_task_done_again_has_its_last_time(store: Store) -> None:
    run = begin(store)
    save(store, run, "t", task_time(run, "t", 1, 0.0))
    save(store, run, "t", task_time(run, "t", 2, 5.0))
    assert store.task_times(run) == [task_time(run, "t", 2, 5.0)]


def test_a_run_has_the_times_of_those_that_it_resumed_with_their_numbers(store: Store) -> None:
    first = begin(store)
    save(store, first, "t", task_time(first, "t", 1, 3.0))
    save(store, first, "u", task_time(first, "u", 2, 4.0))
    second = begin(store, resume=True)
    save(store, second, "u", task_time(second, "u", 1, 0.5))
    other = begin(store)
    save(store, other, "t", task_time(other, "t", 1, 0.0))
    found = [(time.run_id, time.start_s) for time in store.task_times(second)]
    assert found == [(first, 3.0), (first, 4.0), (second, 0.5)]
    assert [time.run_id for time in store.task_times(first)] == [first, first]
    assert [time.run_id for time in store.task_times(other)] == [other]


def test_an_evolution_has_a_time_for_each_task_and_step(store: Store) -> None:
    run = begin(store)
    store.begin_evolution(run, "{}", [])
    given = []
    for step in range(2):
        times = [task_time(run, "t", 1, 10.0 * step, step=step), task_time(run, "u", 2, 10.0 * step + 1, step=step)]
        store.save_generation(run, generation(step, {"t": [1], "u": [2]}), times=times)
        given += times
    assert store.task_times(run) == given
    assert store.task_times(run, from_step=1) == given[2:]
    assert store.task_times(run, from_step=2) == []


@pytest.mark.parametrize(
    "wrong", [{"run_id": 99}, {"step": 1}, {"digest": digest("u")}], ids=["run", "step", "task"]
)
def test_a_time_of_something_else_is_refused_and_nothing_stored(store: Store, wrong: dict[str, int | str]) -> None:
    run = begin(store)
    with pytest.raises(InputError, match="times of run"):
        save(store, run, "t", replace(task_time(run, "t"), **wrong))  # type: ignore[arg-type]
    assert (store.task_times(run), store.scores(), store.done_tasks("key")) == ([], [], {})


def test_wrong_times_of_a_generation_are_refused_and_nothing_stored(store: Store) -> None:
    run = begin(store)
    store.begin_evolution(run, "{}", [])
    for times in ([task_time(run, "t", step=1)], [task_time(run + 1, "t")], [task_time(run, "t"), task_time(run, "t")]):
        with pytest.raises(InputError, match="times of run"):
            store.save_generation(run, generation(0, {"t": [1, 2]}), times=times)
    assert (store.task_times(run), store.generations(run)) == ([], [])


def test_an_unknown_run_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="run 7: no such run"):
        store.task_times(7)


def test_nothing_else_that_is_stored_depends_on_times(store: Store) -> None:
    first, second = begin(store, "first"), begin(store, "second")
    save(store, first, "t", task_time(first, "t"))
    before = store.scores(), store.programs(), store.counts()
    save(store, second, "t", None)
    assert store.done_tasks("first") == store.done_tasks("second")
    assert (store.scores(), store.programs(), store.counts()) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"run_id": -1}, {"run_id": True}, {"digest": "../x"}, {"worker": 0}, {"worker": MAX_WORKER + 1},
        {"worker": 1.0}, {"start_s": -0.1}, {"start_s": None}, {"start_s": math.nan}, {"start_s": "1"},
        {"wall_s": math.inf}, {"wall_s": None}, {"wall_s": 2 * MAX_SECONDS}, {"cpu_s": -1}, {"cpu_s": math.nan},
        {"step": -1}, {"programs": -1}, {"programs": 1.5},
    ],
)  # fmt: skip
def test_a_time_out_of_bounds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match="time of"):
        replace(task_time(1, "t"), **wrong)  # type: ignore[arg-type]


def test_a_time_ends_after_its_seconds() -> None:
    assert TaskTime(1, digest("t"), 1, 2.0, 0.5, 4.0).end_s == 2.5


class TestProgramsPerSecond:
    def test_counts_from_the_first_start_to_the_last_end(self) -> None:
        times = [TaskTime(1, digest("t"), 1, 1.0, 1.0, None, 0, 30), TaskTime(1, digest("u"), 2, 1.5, 2.5, None, 0, 60)]
        assert programs_per_s(times) == programs_per_s(times[::-1]) == 30
        assert programs_per_s(times, {digest("t"): 4, digest("u"): 5}) == (30 * 4 + 60 * 5) / 3
        assert programs_per_s(times, {digest("t"): 4}) == 120

    def test_leaves_out_the_time_between_runs(self) -> None:
        times = [TaskTime(run, digest("t"), 1, 5.0 * run, 1.0, None, 0, 10) for run in (1, 2)]
        assert programs_per_s(times) == 10

    def test_is_unknown_where_nothing_was_counted_or_no_time_went_by(self) -> None:
        assert programs_per_s([]) is None
        assert programs_per_s([TaskTime(1, digest("t"), 1, 0.0, 1.0, None)]) is None
        assert programs_per_s([TaskTime(1, digest("t"), 1, 1.0, 0.0, None, 0, 5)]) is None
