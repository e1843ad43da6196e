"""A cluster that loses workers and its scheduler, and has workers that must not be used: real processes, killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arcbatt.engine import FailureKind
from arcbatt.errors import ExecutorError
from arcbatt.execute import Item
from support import items
from support.clusters import DaskCluster, free_port, wait_for

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
from arcbatt.execute.cluster import ClusterExecutor

CELLS = 60
IDENTITY = "import arcbatt.execute.cluster.identity as i; "


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path) as made:
        yield made


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def opened(dask: DaskCluster, said: list[str]) -> Iterator[Callable[..., ClusterExecutor]]:
    """Opens an executor on the cluster, once there is a worker; closed at the end."""
    made: list[ClusterExecutor] = []

    def open_executor(**options: object) -> ClusterExecutor:
        dask.settle()
        given = {"is_killable": False, "patience_s": 60.0, "tell": said.append, **options}
        made.append(ClusterExecutor(dask.address, items.opener, items.stop_state, **given))
        made[-1].start()
        return made[-1]

    yield open_executor
    for executor in made:
        executor.close()


def values(executor: ClusterExecutor, count: int = CELLS, seconds: float = 0.0) -> dict[int, object]:
    """What some items come to."""
    work = (Item(number, items.sleep_and_echo, (seconds, number)) for number in range(count))
    return {result.key: result.value for result in executor.run(work)}


EXPECTED = {number: number for number in range(CELLS)}


def test_every_thread_of_every_worker_is_used(dask: DaskCluster, opened: Callable[..., ClusterExecutor]) -> None:
    dask.worker()
    executor = opened()
    dask.worker(threads=2)
    wait_for(lambda: values(executor, 6) and executor.jobs == 3)
    results = list(executor.run(Item(number, items.sleep, (0.02,)) for number in range(CELLS)))
    assert {result.worker for result in results} == {1, 2, 3}


def test_what_a_killed_worker_had_goes_to_the_others(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor], said: list[str]
) -> None:
    dask.worker()
    second = dask.worker()
    executor = opened()
    wait_for(lambda: values(executor, 6) and executor.jobs == 2)
    found = {}
    for result in executor.run(Item(number, items.sleep_and_echo, (0.03, number)) for number in range(CELLS)):
        found[result.key] = result.value
        if len(found) == CELLS // 3:
            dask.kill(second)
    assert found == EXPECTED
    assert any("is gone" in line for line in said)


def test_a_run_goes_on_when_the_scheduler_comes_back_on_its_port(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor], said: list[str]
) -> None:
    for _ in range(2):
        dask.worker()
    executor = opened()
    found: dict[object, object] = {}
    for result in executor.run(Item(number, items.sleep_and_echo, (0.03, number)) for number in range(CELLS)):
        assert result.key not in found
        found[result.key] = result.value
        if len(found) == CELLS // 3:
            dask.kill(dask.scheduler)
            dask.start_scheduler()
            dask.worker()  # those that were there end with their scheduler, as Dask has it without a nanny
    assert found == EXPECTED
    assert [line for line in said if "does not answer" in line]
    assert [line for line in said if "is back" in line]


def test_a_scheduler_that_stays_away_ends_the_run_with_a_reason(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor]
) -> None:
    dask.worker()
    dask.settle()
    executor = opened(patience_s=2.0)
    results = executor.run(Item(number, items.sleep_and_echo, (0.03, number)) for number in range(CELLS))
    next(results)
    dask.kill(dask.scheduler)
    with pytest.raises(ExecutorError, match=r"was gone for 2 seconds.*--resume"):
        list(results)


def test_an_address_without_a_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arcbatt.execute.cluster.crew._CONNECT_S", 0.5)
    made = ClusterExecutor(f"tcp://127.0.0.1:{free_port()}", items.opener, items.stop_state)
    with made, pytest.raises(ExecutorError, match="no Dask scheduler answers"):
        made.start()


def test_tls_without_certificates_is_told() -> None:
    made = ClusterExecutor(f"tls://127.0.0.1:{free_port()}", items.opener, items.stop_state)
    with made, pytest.raises(ExecutorError, match="names no certificates"):
        made.start()


def test_a_cluster_without_workers_ends_with_a_reason(opened: Callable[..., ClusterExecutor]) -> None:
    with pytest.raises(ExecutorError, match=r"no worker .* within 1 seconds \(there is none\)"):
        opened(patience_s=1.0)


def test_workers_that_might_give_other_answers_are_refused_and_the_others_go_on(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor], said: list[str]
) -> None:
    changes = {
        "arcbatt 9.9.9 there, ": "import arcbatt; arcbatt.__version__ = '9.9.9'",
        "code of arcbatt abab": f"{IDENTITY}i._code_digest = lambda: 'ab' * 16",
        "Python CPython 3.9 there": "import platform; platform.python_version_tuple = lambda: ('3', '9', '1')",
        "engine python 8.8 there": f"{IDENTITY}i._engine_version = lambda name: 'python 8.8'",
        "come to something else": "import arcbatt.execute.cluster.remote as r; r.proof = lambda engine: ''",
        "arcbatt is not installed there": "import sys; sys.modules['arcbatt.execute.cluster'] = None",
    }
    for change in changes.values():
        dask.worker(startup=change)
    dask.worker()
    executor = opened(engine="python")
    wait_for(lambda: values(executor, 6) and len(said) == len(changes))
    assert values(executor) == EXPECTED
    assert executor.jobs == 1
    for told in changes:
        (line,) = [line for line in said if told in line]
        assert line.startswith("worker tcp://127.0.0.1:")
        assert " is not used: " in line


def test_a_program_that_kills_workers_does_not_kill_one_after_the_other(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor], tmp_path: Path
) -> None:
    """In threads an item takes its worker along. Nannies start them anew; four have died in all."""
    for _ in range(2):
        dask.worker(nanny=True)
    executor = opened()
    work = [Item("bad", items.note_and_die, (str(tmp_path / "deaths"),)),
            *(Item(number, items.sleep_and_echo, (0.01, number)) for number in range(10))]  # fmt: skip
    results = {result.key: result for result in executor.run(work)}
    failure = results.pop("bad").failure
    assert failure is not None
    assert failure.kind is FailureKind.ERROR
    assert {key: result.value for key, result in results.items()} == {number: number for number in range(10)}
    assert len((tmp_path / "deaths").read_text()) == 3


def test_what_hangs_in_a_process_of_a_worker_is_killed_and_the_worker_goes_on(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor], said: list[str]
) -> None:
    dask.worker(nanny=True)  # a daemon in the eyes of Python, which may have no children
    executor = opened(is_killable=True)
    work = [Item("bad", items.hang_in_c, (), 0.5), Item("good", items.process_id, (), 10.0)]
    results = {result.key: result for result in executor.run(work)}
    assert results["bad"].failure is not None
    assert results["bad"].failure.kind is FailureKind.TIMEOUT
    assert isinstance(results["good"].value, int)
    assert said == []
    executor.close()
    wait_for(lambda: not _is_there(results["good"].value))  # what the run had on the worker is gone


def test_workers_have_their_state_made_once_for_all_items(
    dask: DaskCluster, opened: Callable[..., ClusterExecutor], tmp_path: Path
) -> None:
    os.environ["ARCBATT_TEST_STATES"] = str(tmp_path / "states")
    try:
        dask.worker()
    finally:
        del os.environ["ARCBATT_TEST_STATES"]
    executor = opened()
    for _ in range(3):
        assert values(executor) == EXPECTED
    assert (tmp_path / "states").read_text() == "made\n"


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("role", ["scheduler", "worker"])
def test_a_process_of_a_local_cluster_that_is_killed_is_started_again(role: str, said: list[str]) -> None:
    with ClusterExecutor("local:2", items.opener, items.stop_state, is_killable=False, tell=said.append) as executor:
        found = {}
        for result in executor.run(Item(number, items.sleep_and_echo, (0.03, number)) for number in range(CELLS)):
            found[result.key] = result.value
            if len(found) == CELLS // 3:
                os.kill(_nodes(role)[0], signal.SIGKILL)
        assert found == EXPECTED
        assert said
        wait_for(lambda: values(executor, 6) and len(_nodes("worker")) == 2)
    assert _nodes("scheduler") == _nodes("worker") == []


def _nodes(role: str) -> list[int]:
    """Ids of this process's children that are nodes of a local cluster."""
    found = []
    for word in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        words = Path(f"/proc/{word}/cmdline").read_bytes().split(b"\0")
        if b"arcbatt.execute.cluster.node" in words and role.encode() in words:
            found.append(int(word))
    return found
