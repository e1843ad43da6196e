"""``arcbatt run`` of a battery in pieces: the bytes of the whole, also where it was killed and resumed."""

from __future__ import annotations

import json
import re
import signal
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from arcbatt.library import starter_solvers
from arcbatt.search.mutation import Mutator
from arcbatt.store import open_store
from support.interrupting import ended, signals_at, start
from support.tasks import mirror_task, shifted, without, write_task

IN_PIECES = "import arcbatt.runs.pieces as p; p.MOST_NODES = p._LEAST_NODES = 40\n"
"""Runs in the process that works, whose workers are threads: a battery of hundreds of nodes has many pieces."""
TASKS = 9


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    for number in range(TASKS):
        write_task(folder / "tasks", shifted(mirror_task(f"mirror{number}"), number))
    rng, pool = Random(1), starter_solvers()[:30]
    mutator, texts = Mutator(pool), []
    while len(texts) < 120:
        child = mutator.mutate(rng.choice(pool), None, rng)
        if child is not None:
            texts.append(child.program.text.replace("def solve(", f"def solve_child_{len(texts)}(", 1))
    (folder / "mine.py").write_text("\n".join(texts))
    return folder


def run(folder: Path, name: str, *more: str, first: str = "") -> int:
    process = start("run", "--data", "tasks", "-b", "mine.py", "--no-store", "--min-score", "0", "--engine", "native",
                    "--workspace", name, "--json", f"{name}.json", *more, cwd=folder, first=first)  # fmt: skip
    ended(process)
    return process.returncode


def stored(folder: Path, name: str) -> Any:
    """All that a store has of its newest run, but for times."""
    with open_store(folder / name, create=False, read_only=True) as store:
        newest = store.runs()[-1]
        done = {digest: without(json.loads(text), "seconds") for digest, text in store.done_tasks(newest.key).items()}
        tables = [(key, table.verdicts, table.demo_count) for key, table in store.tables(newest.id)]
        scores = [replace(score, result=replace(score.result, seconds=None)) for score in store.scores()]
        return newest.key, done, tables, scores, store.programs(), store.run_programs(newest.id)


def results(folder: Path, name: str) -> bytes:
    """The JSON results, but for how many tasks were done before."""
    return re.sub(rb'"resumed": \d+', b'"resumed": 0', (folder / f"{name}.json").read_bytes())


@pytest.fixture(scope="module")
def whole(folder: Path) -> Any:
    """The store of a run in one piece, and its results."""
    pytest.importorskip("arcbatt_native", reason="the workers of the python engine are processes of their own")
    assert run(folder, "whole", "-j", "1") == 0
    found = stored(folder, "whole")
    assert len(found[1]) == len(found[2]) == TASKS
    return found, results(folder, "whole")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_in_pieces_writes_the_bytes_of_the_whole(folder: Path, whole: Any, jobs: str) -> None:
    name = f"pieces{jobs}"
    assert run(folder, name, "-j", jobs, first=IN_PIECES) == 0
    assert (stored(folder, name), results(folder, name)) == whole


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("place", "saved"),
    [("arcbatt.pipeline.run:_saved:4", 3), ("arcbatt.engine.gathering:Gathering.add:420", None)],
    ids=["between tasks", "between pieces"],
)
def test_killed_in_the_middle_and_resumed_ends_with_the_same_bytes(
    folder: Path, whole: Any, jobs: str, place: str, saved: int | None
) -> None:
    name = f"killed{jobs}-{saved}"
    killed = IN_PIECES + signals_at(place, [signal.SIGKILL])
    assert run(folder, name, "-j", jobs, first=killed) == -signal.SIGKILL
    with open_store(folder / name, create=False) as store:
        (first,) = store.runs()
        before = store.done_tasks(first.key)
    assert len(before) == saved if saved is not None else len(before) < TASKS  # what was in flight is lost
    assert run(folder, name, "-j", jobs, "--resume", first=IN_PIECES) == 0
    with open_store(folder / name, create=False, read_only=True) as store:
        assert len(store.task_times(store.runs()[-1].id)) == TASKS
        again = [time for time in store.task_times(store.runs()[-1].id) if time.run_id != first.id]
    assert len(again) == TASKS - len(before)
    assert (stored(folder, name), results(folder, name)) == whole
