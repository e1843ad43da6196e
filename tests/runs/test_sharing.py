"""A run as one driver of several: what it takes, whom it takes for dead, and how it has a series to itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from arcbatt.errors import InputError
from arcbatt.results import TaskKey
from arcbatt.runs.recorded import RecordedRun
from arcbatt.runs.sharing import Sharing, TaskSource, Watch, alone, wait_until_free
from arcbatt.store import DriverRecord, RunStart, Store, TaskRecord, open_store

START = RunStart("key", "run", (), "", "", "python", {})


@dataclass(frozen=True)
class Work:
    digest: str


TASKS = [Work(f"{number:032x}") for number in range(20)]


@pytest.fixture
def make_run(tmp_path: Path) -> Iterator[Callable[[], RecordedRun]]:
    """Begins runs of one series, each in a store of its own."""
    opened: list[Store] = []

    def make() -> RecordedRun:
        opened.append(open_store(tmp_path, create=True))
        return RecordedRun(opened[-1], opened[-1].begin_run(START, resume=True))

    yield make
    for store in opened:
        store.close()


def record(work: Work) -> TaskRecord:
    return TaskRecord(TaskKey(work.digest, work.digest, 1, 1), (), (), (), "{}")


def driver(run_id: int, beat: int) -> DriverRecord:
    return DriverRecord(run_id, 1, 1, beat)


def test_silence_counts_only_as_far_as_it_was_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    watch = Watch(stale_s=10, most_s=2)

    def look(at: float, *drivers: DriverRecord) -> list[int]:
        now[0] = at
        return [found.run_id for found in watch.stale(drivers)]

    assert look(0, driver(1, 5), driver(2, 5)) == []
    assert look(1000, driver(1, 5), driver(2, 5)) == []  # this process stood still itself
    for second in range(1001, 1008):
        assert look(second, driver(1, 5), driver(2, second)) == []
    assert look(1008, driver(1, 5), driver(2, 9000)) == [1]
    assert look(1009, driver(1, 6), driver(2, 9000)) == []
    assert look(1010, driver(2, 9000)) == []
    # one that is gone and comes back begins anew
    assert look(1011, driver(1, 6), driver(2, 9001)) == []


def test_a_source_gives_one_task_a_worker_near_the_end(make_run: Callable[[], RecordedRun]) -> None:
    run = make_run()
    with Sharing(run, 60) as sharing:
        taken: list[int] = []

        def work(source: TaskSource[Work]) -> Iterator[Work]:
            while True:
                given = list(source)
                if not given:
                    return
                taken.append(len(given))
                for task in given:
                    sharing.saved(record(task), keep=1, time=None)
                    yield task

        assert list(sharing.results([*TASKS, TASKS[3]], 2, work)) == TASKS
    assert taken == [4, 4, 4, 2, 2, 2, 2]


def test_two_share_and_know_what_the_other_did(make_run: Callable[[], RecordedRun]) -> None:
    runs = [make_run(), make_run()]
    did: dict[int, list[str]] = {run.id: [] for run in runs}
    told: dict[int, list[tuple[int, str]]] = {run.id: [] for run in runs}
    others: dict[int, set[str]] = {}

    def go(run: RecordedRun) -> None:
        with Sharing(run, 60, lambda count, words: told[run.id].append((count, words))) as sharing:

            def work(source: TaskSource[Work]) -> Iterator[Work]:
                for task in source:
                    time.sleep(0.01)
                    did[run.id].append(task.digest)
                    assert sharing.saved(record(task), keep=1, time=None) == frozenset()
                    yield task

            assert len(list(sharing.results(TASKS, 1, work))) == len(did[run.id])
            others[run.id] = set(sharing.of_others())

    threads = [threading.Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one, other = (did[run.id] for run in runs)
    assert sorted(one + other) == [task.digest for task in TASKS]
    assert others == {runs[0].id: set(other), runs[1].id: set(one)}
    assert [sum(count for count, _ in told[run.id]) for run in runs] == [len(other), len(one)]


def test_a_task_that_was_given_up_is_not_tried_again(make_run: Callable[[], RecordedRun]) -> None:
    first, second = make_run(), make_run()
    with Sharing(first, 60) as one, Sharing(second, 60) as other:
        assert one.claimed([TASKS[0].digest]) == TASKS[0].digest
        one.give_up(TASKS[0].digest, '{"why":1}')
        assert other.claimed([TASKS[0].digest]) is None
        assert other.of_others() == {TASKS[0].digest: '{"why":1}'}
        assert one.of_others() == {}


def test_what_another_did_meanwhile_is_dropped_and_counted(make_run: Callable[[], RecordedRun]) -> None:
    first, second = make_run(), make_run()
    with Sharing(first, 60) as one, Sharing(second, 60) as other:
        assert one.claimed([TASKS[0].digest]) == TASKS[0].digest
        second.store.claims.drop(next(d for d in second.store.claims.drivers() if d.run_id == first.id))
        assert other.claimed([TASKS[0].digest]) == TASKS[0].digest
        assert other.saved(record(TASKS[0]), keep=1, time=None) == frozenset()
        assert one.saved(record(TASKS[0]), keep=1, time=None) is None
        assert (one.lost, one.ended, other.lost) == (1, 1, 0)


def test_a_silent_driver_is_dropped_and_its_tasks_are_free(make_run: Callable[[], RecordedRun]) -> None:
    dead, run = make_run(), make_run()
    dead.store.claims.join(dead.id)
    assert dead.store.claims.claim(dead.id, [TASKS[0].digest], 1)
    with Sharing(run, 0.5) as sharing:

        def work(source: TaskSource[Work]) -> Iterator[Work]:
            for task in source:
                sharing.saved(record(task), keep=1, time=None)
                yield task

        assert set(sharing.results(TASKS[:3], 1, work)) == set(TASKS[:3])
    assert [found.status for found in run.store.runs()] == ["interrupted", "running"]


def test_a_series_is_had_by_one_alone(make_run: Callable[[], RecordedRun]) -> None:
    first, second = make_run(), make_run()
    series = first.id
    with alone(first, series):
        with pytest.raises(InputError, match=f"run {first.id} is at work on series {series}"), alone(second, series):
            pass
        with pytest.raises(InputError, match=f"run {first.id} is at work on series {series}"):
            wait_until_free(second.store, series)
    wait_until_free(second.store, series)
    with alone(second, series):
        pass


def test_a_dead_one_is_known_by_its_silence(make_run: Callable[[], RecordedRun]) -> None:
    dead, run = make_run(), make_run()
    dead.store.claims.join(dead.id, alone=True)
    wait_until_free(run.store, dead.id, stale_s=0.5)
    assert run.store.claims.drivers() == []
