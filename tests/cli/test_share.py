"""Several processes do the tasks of one command together, on one store: whole and equal results, nothing done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from arcbatt.errors import StoreError
from arcbatt.store import PostgresAddress, Store, StorePlace, open_store
from support.command import arcbatt, started
from support.postgres import PostgresServer, database_of

SLOW = '''
import time
from arcbatt import primitive
from arcbatt.dsl.types import Grid

@primitive
def slow(grid: Grid) -> Grid:
    time.sleep(0.04)
    return grid
'''
PROGRAMS = "".join(
    f"def solve_{name}(I):\n    return {name}(slow(I))\n" for name in ("vmirror", "hmirror", "rot90", "trim", "tophalf")
)
COUNT = 16
RUN = ["run", "-s", "0", "-c", COUNT, "--primitives", "slow.py", "-b", "mine.py", "--min-score", "0", "-j", "1"]
SOLVE = ["solve", "-s", "0", "-c", "8", "-b", "mine.py", "--primitives", "slow.py", "--time-per-task", "0.1", "-j", "1"]


def written(folder: Path) -> Path:
    (folder / "slow.py").write_text(SLOW)
    (folder / "mine.py").write_text(PROGRAMS)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workspace ``alone`` and the results ``alone.json`` of one process that did all."""
    folder = written(tmp_path_factory.mktemp("alone"))
    done = arcbatt(*RUN, "--workspace", "alone", "--json", "alone.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def whole(alone: Path) -> bytes:
    return (alone / "alone.json").read_bytes()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[StorePlace]:
    if request.param == "sqlite":
        yield folder / "shared"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with database_of(server) as address:
        yield PostgresAddress(address)


def words(place: StorePlace) -> list[str]:
    return ["--store", place.url if isinstance(place, PostgresAddress) else str(place)]


def shares(folder: Path, place: StorePlace, name: str, *more: object) -> subprocess.Popen[str]:
    return started(*RUN, "--share", "--json", f"{name}.json", *words(place), *more, cwd=folder)


def told(process: subprocess.Popen[str], status: int = 0) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == status, out + err
    assert "Traceback" not in out + err
    return out + err


def content(store: Store) -> tuple[object, ...]:
    """What several processes leave as one alone does; measured seconds are left out."""
    scores = [(score.task, score.result.md5, score.result.fuel, score.result.nearness) for score in store.scores()]
    return store.programs(), scores, store.tasks(), [d.solver_md5 for d in store.differ_scores()]


def doers(place: StorePlace) -> Counter[int]:
    """How many tasks each run did; each was done, measured and claimed once."""
    with open_store(place, create=False, read_only=True) as store:
        runs = store.runs()
        times = store.task_times(runs[-1].id)
        assert len({found.digest for found in times}) == len(times) == COUNT
        assert len(store.done_tasks(runs[-1].key)) == COUNT
        assert {run.series for run in runs} == {1}
        assert store.claims.drivers() == []
        return Counter(found.run_id for found in times)


def wait_for_tasks(place: StorePlace, count: int) -> None:
    """Waits until some tasks are done."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        # it may be in the making
        with suppress(StoreError), open_store(place, create=False, read_only=True) as store:
            runs = store.runs()
            if runs and len(store.done_tasks(runs[0].key)) >= count:
                return
        time.sleep(0.05)
    raise AssertionError("nothing is done")


def test_two_do_what_one_does(folder: Path, place: StorePlace, alone: Path, whole: bytes) -> None:
    first = shares(folder, place, "a")
    wait_for_tasks(place, 2)
    second = shares(folder, place, "b")
    assert "done before" not in told(first) + told(second)
    assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes() == whole
    assert set(doers(place)) == {1, 2}
    with open_store(place, create=False) as store, open_store(alone / "alone", create=False) as reference:
        assert content(store) == content(reference)
        keys = [key for key, _ in reference.tables(1)]
        for run in (1, 2):
            assert [key for key, _ in store.tables(run)] == keys
            assert store.runs()[run - 1].totals == reference.runs()[0].totals


def test_who_comes_late_takes_everything_over(folder: Path, whole: bytes) -> None:
    place = folder / "shared"
    expected = json.loads(whole)
    told(shares(folder, place, "a"))
    assert f"{COUNT} done before" in told(shares(folder, place, "b"))
    found = json.loads((folder / "b.json").read_text())
    assert found["totals"].pop("resumed") == COUNT
    assert expected["totals"].pop("resumed") == 0
    assert found == expected
    assert doers(place) == {1: COUNT}


def test_one_that_is_killed_loses_nothing(folder: Path, place: StorePlace, whole: bytes) -> None:
    first, second = (shares(folder, place, name, "--stale-after", "2") for name in "ab")
    wait_for_tasks(place, 4)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    told(second)
    assert (folder / "b.json").read_bytes() == whole
    doers(place)
    with open_store(place, create=False) as store:
        assert sorted(run.status for run in store.runs()) == ["finished", "interrupted"]


def test_one_that_stands_still_for_long_does_no_harm(folder: Path, place: StorePlace, whole: bytes) -> None:
    first, second = (shares(folder, place, name, "--stale-after", "2") for name in "ab")
    wait_for_tasks(place, 2)
    os.killpg(first.pid, signal.SIGSTOP)
    told(second)
    os.killpg(first.pid, signal.SIGCONT)
    told(first)
    assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes() == whole
    doers(place)
    with open_store(place, create=False) as store:
        assert [run.status for run in store.runs()] == ["finished", "finished"]


def test_an_interrupted_one_frees_its_tasks_at_once(folder: Path, place: StorePlace, whole: bytes) -> None:
    first, second = (shares(folder, place, name, "--stale-after", "3600") for name in "ab")
    wait_for_tasks(place, 3)
    os.kill(first.pid, signal.SIGINT)
    assert "--resume goes on" in told(first, 130)
    told(second)
    assert (folder / "b.json").read_bytes() == whole
    doers(place)


def test_all_are_killed_and_one_goes_on(folder: Path, whole: bytes) -> None:
    place = folder / "shared"
    expected = json.loads(whole)
    both = [shares(folder, place, name) for name in "ab"]
    wait_for_tasks(place, 4)
    for process in both:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    told(shares(folder, place, "c"))
    found = json.loads((folder / "c.json").read_text())
    assert found["totals"].pop("resumed") >= 4
    expected["totals"].pop("resumed")
    assert found == expected
    doers(place)


def test_two_solve_together(folder: Path) -> None:
    def solve(name: str, workspace: str, *more: str) -> list[object]:
        return [*SOLVE, "--workspace", workspace, "-o", f"{name}.json", "--json", f"{name}.report", *more]

    assert arcbatt(*solve("alone", "one"), cwd=folder).returncode == 0
    both = [started(*solve(name, "two", "--share"), cwd=folder) for name in "ab"]
    for process in both:
        told(process)
    for kind in ("json", "report"):
        one, *others = [(folder / f"{name}.{kind}").read_bytes() for name in ("alone", "a", "b")]
        assert others == [one, one], kind
    with open_store(folder / "two", create=False) as store:
        times = store.task_times(2)
        assert len({found.digest for found in times}) == len(times) == 8
        with open_store(folder / "one", create=False) as reference:
            assert store.programs() == reference.programs()


def test_words_that_do_not_fit_are_refused(folder: Path) -> None:
    done = arcbatt("solve", "--share", "--no-save", "007bbfb7", cwd=folder)
    assert (done.returncode, "leave one out" in done.stderr) == (2, True)
    done = arcbatt("run", "--stale-after", "9", "007bbfb7", cwd=folder)
    assert (done.returncode, "goes with --share" in done.stderr) == (2, True)


def test_an_evolution_is_gone_on_with_by_one_process_alone(folder: Path) -> None:
    command = ["evolve", "--tasks", "all", "--data", "one.json", "--children", "4", "--rounds", "1", "-j", "1",
               "--tasks-per-generation", "1", "-b", "mine.py", "--primitives", "slow.py",
               "--workspace", "ws", "--seed", "3"]  # fmt: skip
    task = {"train": [{"input": [[1, 2]], "output": [[5, 5]]}], "test": [{"input": [[1]], "output": [[2]]}]}
    (folder / "one.json").write_text(json.dumps({"made": task}))
    first = started(*command, "--generations", "100000", cwd=folder)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(StoreError), open_store(folder / "ws", create=False, read_only=True) as store:
            if store.evolutions() and len(store.generations(1)) > 1:
                break
        time.sleep(0.05)
    second = arcbatt(*command, "--generations", "3", "--resume", cwd=folder)
    assert second.returncode == 2
    assert "run 1 is at work on series 1" in second.stderr
    assert first.poll() is None
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    done = arcbatt(*command, "--generations", "3", "--resume", cwd=folder)
    assert done.returncode == 0, done.stderr
    with open_store(folder / "ws", create=False) as store:
        assert [run.status for run in store.runs()] == ["interrupted", "finished"]
        assert store.claims.drivers() == []
