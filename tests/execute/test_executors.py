"""One contract for every executor, and what only a pool can promise."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pebble import ProcessPool

from arcbatt.engine import FailureKind
from arcbatt.errors import ExecutorError
from arcbatt.execute import Executor, InlineExecutor, Item, PoolExecutor, ThreadExecutor
from arcbatt.execute.cluster import ClusterExecutor
from support import items


def local_cluster(*, is_killable: bool) -> ClusterExecutor:
    """Two workers on this machine; in threads of theirs, or in processes that can be killed."""
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    memory = 2 * 1024**3
    return ClusterExecutor(
        "local:2", items.opener, items.stop_state, is_killable=is_killable, memory_bytes=memory if is_killable else None
    )


@pytest.fixture(params=["inline", "threads", "pool", "cluster", "cluster of processes"], scope="module")
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    makers: dict[str, Callable[[], Executor]] = {
        "inline": lambda: InlineExecutor("state"),
        "threads": lambda: ThreadExecutor(items.make_state, items.stop_state, jobs=2),
        "pool": lambda: PoolExecutor(items.make_state, jobs=2),
        "cluster": lambda: local_cluster(is_killable=False),
        "cluster of processes": lambda: local_cluster(is_killable=True),
    }
    with makers[request.param]() as made:
        yield made


@pytest.fixture(params=["pool", "cluster"], scope="module")
def pool(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """What kills items that hang and outlives those that die."""
    kinds: dict[str, Callable[[], Executor]] = {
        "pool": lambda: PoolExecutor(items.make_state, jobs=2, memory_bytes=2 * 1024**3),
        "cluster": lambda: local_cluster(is_killable=True),
    }
    with kinds[request.param]() as made:
        yield made


class TestEveryExecutor:
    def test_gives_one_result_for_each_item_with_its_key(self, executor: Executor) -> None:
        work = [Item(number, items.echo, (number * number,)) for number in range(20)]
        results = {result.key: result.value for result in executor.run(work)}
        assert results == {number: ("state", number * number) for number in range(20)}

    def test_gives_nothing_for_no_items(self, executor: Executor) -> None:
        assert list(executor.run([])) == []

    def test_lets_the_exception_of_a_function_out(self, executor: Executor) -> None:
        with pytest.raises(LookupError, match="a bug"):
            list(executor.run([Item("x", items.raise_error, ())]))

    def test_runs_again_after_a_run(self, executor: Executor) -> None:
        for _ in range(2):
            assert [result.value for result in executor.run([Item(0, items.echo, (1,))])] == [("state", 1)]

    def test_tells_which_worker_ran_an_item_and_when(self, executor: Executor) -> None:
        before = time.monotonic()
        results = list(executor.run(Item(number, items.sleep, (0.02,)) for number in range(10)))
        after = time.monotonic()
        assert {result.worker for result in results} <= set(range(1, executor.jobs + 1))
        assert all(before <= result.start <= result.start + result.wall_s <= after for result in results)
        assert all(0.02 <= result.wall_s < 5 for result in results)
        # what one worker ran does not overlap
        ordered = sorted(results, key=lambda result: (result.worker, result.start))
        for first, second in pairwise(ordered):
            assert first.worker != second.worker or first.start + first.wall_s <= second.start

    def test_draws_items_as_it_needs_them(self, executor: Executor) -> None:
        drawn = []

        def source() -> Iterator[Item]:
            for number in range(1000):
                drawn.append(number)
                yield Item(number, items.echo, (number,))

        results = executor.run(source())
        next(results)
        results.close()
        assert len(drawn) < 20


@pytest.mark.parametrize("kind", ["threads", "pool", "cluster"])
def test_workers_that_work_at_the_same_time_have_different_numbers(kind: str, tmp_path: Path) -> None:
    """Each of two items waits for the other, so two workers have to run them."""
    made = {"threads": lambda: ThreadExecutor(items.make_state, items.stop_state, jobs=2),
            "pool": lambda: PoolExecutor(items.make_state, jobs=2),
            "cluster": lambda: local_cluster(is_killable=False)}  # fmt: skip
    with made[kind]() as executor:
        for turn in range(2):
            names = [str(tmp_path / f"{turn}{name}") for name in "ab"]
            results = list(executor.run(Item(n, items.meet, (*names[n:], *names[:n])) for n in range(2)))
            assert sorted(result.worker for result in results) == [1, 2]


class TestPool:
    def test_a_worker_that_takes_the_place_of_a_dead_one_is_numbered_too(self) -> None:
        with PoolExecutor(items.make_state, jobs=1) as pool:
            work = [Item("a", items.process_id, ()), Item("bad", items.die, ()), Item("b", items.process_id, ())]
            results = {result.key: result for result in pool.run(work)}
        assert results["a"].value != results["b"].value
        assert (results["a"].worker, results["bad"].worker, results["b"].worker) in {(1, 0, 1), (1, 0, 2)}
        assert (results["bad"].start, results["bad"].wall_s, results["bad"].cpu_s) == (0, 0, 0)

    def test_uses_so_many_processes_and_not_this_one(self, pool: Executor) -> None:
        found = {result.value for result in pool.run(Item(n, items.process_id, ()) for n in range(50))}
        assert 1 <= len(found) <= 2
        assert os.getpid() not in found

    @pytest.mark.parametrize("function", [items.hang, items.hang_in_c])
    def test_kills_an_item_that_hangs_and_tells(self, pool: Executor, function: object) -> None:
        work = [Item("bad", function, (), 0.5), *(Item(n, items.echo, (n,), 10.0) for n in range(10))]
        results = {result.key: result for result in pool.run(work)}
        assert results["bad"].failure is not None
        assert results["bad"].failure.kind is FailureKind.TIMEOUT
        assert all(results[n].value == ("state", n) for n in range(10))

    def test_a_clock_that_is_set_ends_no_item(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As on a machine that was asleep; here it runs so fast that every item sees it jump."""
        now, began = time.time, time.time()
        monkeypatch.setattr(time, "time", lambda: began + 7200 * (now() - began))
        with PoolExecutor(items.make_state, jobs=2) as pool:
            results = list(pool.run(Item(n, items.sleep, (0.2,), 60.0, items.echo) for n in range(4)))
        assert [(result.value, result.failure) for result in results] == [(None, None)] * 4  # not the last resort's

    def test_tells_how_long_an_item_had(self, pool: PoolExecutor) -> None:
        (result,) = pool.run([Item("bad", items.hang, (), 0.5)])
        assert result.failure is not None
        assert result.failure.message == "no answer within 0.5 seconds; the worker was killed"

    @pytest.mark.parametrize(("function", "told"), [(items.die, "SIGKILL"), (items.exit_quietly, "status 3")])
    def test_survives_the_death_of_a_worker(self, pool: Executor, function: object, told: str) -> None:
        work = [Item("bad", function, (), 10.0), *(Item(n, items.echo, (n,), 10.0) for n in range(10))]
        results = {result.key: result for result in pool.run(work)}
        assert results["bad"].failure is not None
        assert told in results["bad"].failure.message
        assert all(results[n].value == ("state", n) for n in range(10))

    def test_gives_an_item_whose_worker_died_a_second_try(self, pool: Executor, tmp_path: Path) -> None:
        results = list(pool.run([Item("once", items.die_once, (str(tmp_path / "marker"),), 10.0)]))
        assert [(result.value, result.failure) for result in results] == [("alive", None)]

    def test_reports_an_item_that_needs_too_much_memory(self, pool: Executor) -> None:
        (result,) = pool.run([Item("big", items.eat_memory, (), 10.0)])
        assert result.failure is not None
        assert result.failure.kind is FailureKind.MEMORY

    @pytest.mark.parametrize("function", [items.hang, items.die])
    def test_a_last_resort_runs_where_all_else_failed(self, pool: Executor, function: object) -> None:
        work = [Item("bad", function, (), 0.5, items.process_id), Item("good", items.echo, (1,), 10.0)]
        results = {result.key: result for result in pool.run(work)}
        assert results["bad"].failure is None
        assert isinstance(results["bad"].value, int)

    def test_survives_the_death_of_all_idle_workers(self) -> None:
        with PoolExecutor(items.make_state, jobs=2) as made:
            for _ in range(3):
                found = {result.value for result in made.run(Item(n, items.process_id, ()) for n in range(20))}
                for process in found:
                    os.kill(process, signal.SIGKILL)
                results = {result.key: result.value for result in made.run(Item(n, items.echo, (n,)) for n in range(9))}
                assert results == {n: ("state", n) for n in range(9)}

    def test_says_so_when_no_worker_can_start(self) -> None:
        with PoolExecutor(items.fail_to_start, jobs=1) as made, pytest.raises(ExecutorError, match="as soon as"):
            list(made.run([Item(1, items.echo, (1,))]))

    def test_leaves_no_process_behind(self) -> None:
        with PoolExecutor(items.make_state, jobs=2) as made:
            found = {result.value for result in made.run(Item(n, items.process_id, ()) for n in range(20))}
        assert all(_is_gone(process) for process in found)


def test_an_item_handed_over_while_the_pool_breaks_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool looks whether it works and then queues the item; here its idle workers are killed in between."""
    looks_left = [1]
    look = ProcessPool._check_pool_status

    def look_and_break(pool: ProcessPool) -> None:
        look(pool)
        looks_left[0] -= 1
        if looks_left[0] == 0:
            while pool.active:
                for worker in list(pool._pool_manager.worker_manager.workers.values()):
                    worker.kill()
                time.sleep(0.01)

    with PoolExecutor(items.make_state, jobs=1) as pool:
        assert [result.value for result in pool.run([Item(0, items.echo, (0,))])] == [("state", 0)]
        monkeypatch.setattr(ProcessPool, "_check_pool_status", look_and_break)
        assert [result.value for result in pool.run([Item(1, items.echo, (1,), 300.0)])] == [("state", 1)]


def test_workers_die_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from support import items\n"
        "from arcbatt.execute import Item, PoolExecutor\n"
        "if __name__ == '__main__':\n"
        "    pool = PoolExecutor(items.make_state, jobs=1)\n"
        "    list(pool.run([Item('x', items.note_and_hang, (sys.argv[2],))]))\n"
    )
    file = tmp_path / "parent.py"
    file.write_text(script)
    parent = subprocess.Popen([sys.executable, str(file), str(Path(__file__).parents[1]), str(noted)])
    try:
        _wait_for(lambda: noted.exists() and noted.read_text() != "")
        worker = int(noted.read_text())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        _wait_for(lambda: _is_gone(worker))
    finally:
        parent.kill()
        parent.wait()


def _wait_for(condition: object, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def _is_gone(process: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet counts as ended."""
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_pool_that_may_start_no_thread_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    executor = PoolExecutor(os.getpid, 1)
    monkeypatch.setattr("threading.Thread.start", refused)
    with executor, pytest.raises(ExecutorError, match=r"start new thread.*: allow more"):
        executor.start()


def test_a_worker_that_is_ended_while_it_starts_leaves_no_traceback() -> None:
    code = (
        "import os, sys, arcbatt.execute.server\n"
        "from multiprocessing import spawn\n"
        "from multiprocessing.synchronize import Lock\n"
        "if sys.argv[1] == 'gone': object.__new__(Lock).__setstate__((0, 1, 1, '/gone'))\n"
        "if sys.argv[1] == 'cut': spawn._main(os.open(os.devnull, os.O_RDONLY), 0)\n"
        "open('/gone')\n"
    )
    gone, cut, other = (
        subprocess.run([sys.executable, "-c", code, word], capture_output=True, text=True)
        for word in ("gone", "cut", "other")
    )
    assert (gone.returncode, gone.stderr) == (cut.returncode, cut.stderr) == (1, "")
    assert "FileNotFoundError" in other.stderr
