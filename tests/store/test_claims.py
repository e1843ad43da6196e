"""Several drivers on one store: who does which task, who is there, and what a driver may save."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from store_samples import begin, digest, md5_of, solver, table, task_record, task_time

from arcbatt.errors import InputError
from arcbatt.store import DriverRecord, Store
from arcbatt.store.claims import LostClaimError

TASKS = [digest(name) for name in "abcdef"]


def joined(store: Store, run_key: str = "key") -> int:
    run = begin(store, run_key, resume=True)
    store.claims.join(run)
    return run


@pytest.fixture
def two(make_store: Callable[[], Store]) -> tuple[Store, int, Store, int]:
    """Two stores on one place with a driver each."""
    first, second = make_store(), make_store()
    return first, joined(first), second, joined(second)


def test_a_task_is_claimed_once(two: tuple[Store, int, Store, int]) -> None:
    first, one, second, other = two
    assert first.claims.claim(one, TASKS, 2) == TASKS[:2]
    assert second.claims.claim(other, TASKS, 3) == TASKS[2:5]
    assert first.claims.claim(one, TASKS, 3) == TASKS[5:]
    assert second.claims.claim(other, TASKS, 1) == []
    assert first.claims.settled(one) == {}


def test_threads_never_share_a_task(make_store: Callable[[], Store]) -> None:
    stores = [make_store() for _ in range(4)]
    many, got = [md5_of(str(number)) for number in range(120)], [[] for _ in stores]  # type: list[str], list[list[str]]

    def work(number: int) -> None:
        run = joined(stores[number])
        while claimed := stores[number].claims.claim(run, many, 3):
            got[number] += claimed

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(task for tasks in got for task in tasks) == sorted(many)


def test_what_a_session_does_is_known_to_all_of_it(two: tuple[Store, int, Store, int]) -> None:
    first, one, second, other = two
    first.claims.claim(one, TASKS[:1], 1)
    second.claims.claim(other, TASKS[1:], 2)
    record = task_record("a", [solver(1)])
    first.save_task(one, record, claimed=True)
    second.claims.give_up(other, TASKS[1], '{"failure":1}')
    for store, run in ((first, one), (second, other)):
        assert store.claims.settled(run) == {TASKS[0]: one, TASKS[1]: other}
        assert store.claims.summaries(run) == {TASKS[0]: record.summary, TASKS[1]: '{"failure":1}'}
        assert store.claims.summaries_before(run) == {}
        assert store.claims.claim(run, TASKS[:2], 2) == []


def test_tasks_done_before_are_told_apart_from_those_of_the_session(store: Store) -> None:
    begun = begin(store)
    store.save_task(begun, task_record("a", [solver(1)]))
    store.finish_run(begun, "interrupted", None, {})
    run = joined(store)
    assert store.claims.summaries_before(run).keys() == {TASKS[0]}
    assert store.claims.settled(run) == {}
    # one that depended on the machine, say, is done again
    assert store.claims.claim(run, TASKS[:1], 1) == TASKS[:1]
    store.save_task(run, task_record("a", [solver(1)]), claimed=True)
    assert store.claims.settled(run) == {TASKS[0]: run}


def test_a_dropped_driver_loses_its_claims_and_comes_back_with_a_beat(two: tuple[Store, int, Store, int]) -> None:
    first, one, second, other = two
    assert first.claims.claim(one, TASKS, 2) == TASKS[:2]
    seen = next(driver for driver in second.claims.drivers() if driver.run_id == one)
    assert seen == DriverRecord(one, one, one, 0)
    first.claims.beat(one)
    assert not second.claims.drop(seen)  # it has moved on
    assert second.claims.drop(DriverRecord(one, one, one, 1))
    assert not second.claims.drop(DriverRecord(one, one, one, 1))
    assert [driver.run_id for driver in second.claims.drivers(one)] == [other]
    assert [run.status for run in second.runs()] == ["interrupted", "running"]
    assert second.claims.claim(other, TASKS, 1) == TASKS[:1]
    with pytest.raises(LostClaimError, match="task a: another driver"):
        first.save_task(one, task_record("a", [solver(1)]), claimed=True)
    assert (first.scores(), first.programs(), first.claims.settled(one)) == ([], [], {})
    first.claims.beat(one)
    assert [driver.run_id for driver in second.claims.drivers()] == [one, other]
    assert [run.status for run in second.runs()] == ["running", "running"]
    first.save_task(one, task_record("b", [solver(1)]), claimed=True)  # nobody took it meanwhile
    assert second.claims.settled(other) == {TASKS[1]: one}


def test_a_task_that_is_done_is_saved_once(two: tuple[Store, int, Store, int]) -> None:
    first, one, second, other = two
    first.claims.claim(one, TASKS, 1)
    second.claims.drop(DriverRecord(one, one, one, 0))
    second.claims.claim(other, TASKS, 1)
    second.save_task(other, task_record("a", [solver(1)]), claimed=True, time=task_time(other, "a"))
    for _ in range(2):
        with pytest.raises(LostClaimError):
            first.save_task(one, task_record("a", [solver(2)]), claimed=True, time=task_time(one, "a"))
    second.claims.leave(other)  # nobody is left, and no claim
    with pytest.raises(LostClaimError):
        first.save_task(one, task_record("a", [solver(2)]), claimed=True)
    assert [score.result.md5 for score in first.scores()] == [solver(1).md5]
    assert [time.run_id for time in first.task_times(other)] == [other]


def test_who_leaves_frees_what_is_not_done(two: tuple[Store, int, Store, int]) -> None:
    first, one, second, other = two
    first.claims.claim(one, TASKS, 3)
    first.save_task(one, task_record("a", [solver(1)]), claimed=True)
    first.claims.give_up(one, TASKS[1], "{}")
    first.claims.leave(one)
    first.claims.leave(one)
    assert second.claims.claim(other, TASKS, 9) == TASKS[2:]
    assert second.claims.settled(other).keys() == set(TASKS[:2])
    second.claims.leave(other)
    assert second.claims.drivers() == []
    # a session of its own: what was given up is tried again, what is done counts as done before
    third = joined(second)
    assert second.claims.summaries_before(third).keys() == {TASKS[0]}
    assert second.claims.claim(third, TASKS[1:], 9) == TASKS[1:]


def test_series_do_not_meet(make_store: Callable[[], Store]) -> None:
    store = make_store()
    one, other = joined(store), joined(store, "another key")
    assert store.claims.claim(one, TASKS, 9) == TASKS
    assert store.claims.claim(other, TASKS, 9) == TASKS
    assert [driver.run_id for driver in store.claims.drivers(other)] == [other]


def test_programs_without_a_score_go_with_the_last_driver(two: tuple[Store, int, Store, int]) -> None:
    first, one, second, other = two
    first.save_task(one, task_record("a", [solver(1)]), keep=1, claimed=True)
    third = begin(first, "third")
    first.save_task(third, task_record("a", [solver(2)], right=3), keep=1)
    assert {program.md5 for program in first.programs()} == {solver(1).md5, solver(2).md5}
    first.claims.leave(one)
    assert len(first.programs()) == 2
    second.claims.leave(other)
    assert [program.md5 for program in first.programs()] == [solver(2).md5]


def test_tables_and_times_of_a_session_belong_to_each_of_its_runs(two: tuple[Store, int, Store, int]) -> None:
    from dataclasses import replace

    first, one, second, other = two
    for store, run, name in ((first, one, "a"), (second, other, "b")):
        record = replace(task_record(name, [solver(1)]), table=table(1))
        store.save_task(run, record, claimed=True, time=task_time(run, name))
    later = begin(first, resume=True)
    first.save_task(later, replace(task_record("c", [solver(1)]), table=table(1)), time=task_time(later, "c"))
    for run in (one, other):
        assert sorted(key.id for key, _ in first.tables(run)) == ["a", "b"]
        assert first.table(run, digest("b")) is not None
        assert [time.run_id for time in first.task_times(run)] == [one, other]
    assert sorted(key.id for key, _ in first.tables(later)) == ["a", "b", "c"]


def test_what_has_not_joined_is_refused(store: Store) -> None:
    run = begin(store)
    for work in (
        lambda: store.claims.beat(run), lambda: store.claims.leave(run), lambda: store.claims.claim(run, TASKS, 1),
        lambda: store.claims.settled(run), lambda: store.claims.give_up(run, TASKS[0], "{}"),
        lambda: store.save_task(run, task_record("a", []), claimed=True),
    ):  # fmt: skip
        with pytest.raises(InputError, match="has not joined"):
            work()
    with pytest.raises(InputError, match="no such run"):
        store.claims.join(7)
    store.claims.join(run)
    with pytest.raises(InputError, match="has joined"):
        store.claims.join(run)
    with pytest.raises(InputError, match="at least 1"):
        store.claims.claim(run, TASKS, 0)


def test_a_run_alone_is_told_and_shares_nothing(store: Store) -> None:
    run = begin(store)
    assert store.claims.join(run, alone=True) == 0
    assert store.claims.drivers(run) == [DriverRecord(run, run, 0, 0)]
    assert store.claims.join(begin(store, resume=True)) == run + 1
