"""Databases that earlier versions wrote stay readable: one sample for each schema version."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from store_samples import begin, differ, generation, solver, task_record

from arcbatt.store import EvolutionRecord, LineageRecord, open_store
from arcbatt.store.schema import VERSION

DATA = Path(__file__).parent / "data"


def test_every_version_has_its_sample() -> None:
    assert {path.name for path in DATA.glob("schema_*.db")} == {f"schema_{n}.db" for n in range(1, VERSION + 1)}


@pytest.mark.parametrize("read_only", [False, True])
def test_schema_1(tmp_path: Path, read_only: bool) -> None:
    shutil.copy(DATA / "schema_1.db", tmp_path / "arcbatt.db")
    expected = task_record("007bbfb7", [solver(1), solver(2)], [differ(1), differ(2, "zo")])
    with open_store(tmp_path, create=False, read_only=read_only) as store:
        programs = [*expected.programs, solver(3)]
        assert store.programs() == sorted(programs, key=lambda program: program.md5)
        assert store.names(solver(3).md5) == ["solve_3", "solve_further"]
        assert store.scores() == list(expected.scores)
        assert set(store.differ_scores()) == set(expected.differ_scores)
        assert store.done_tasks("key") == {"007bbfb7": {"candidates": 2}}
        assert store.lineage() == [LineageRecord(solver(2).md5, solver(1).md5, "swap")]
        (run,) = store.runs()
        assert (run.status, run.metrics, run.engine) == ("finished", {"main.run_batt": 0.5}, "python")
        # what came later is empty
        assert store.evolutions() == []
        assert (store.populations(1), store.generations(1), store.evolution_pool(1)) == ({}, [], ())


def test_schema_1_can_be_written_to(tmp_path: Path) -> None:
    shutil.copy(DATA / "schema_1.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False) as store:
        store.save_task(begin(store, resume=True), task_record("t", [solver(4)]))
        assert list(store.done_tasks("key")) == ["007bbfb7", "t"]


def test_schema_1_can_evolve(tmp_path: Path) -> None:
    shutil.copy(DATA / "schema_1.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False) as store, open_store(tmp_path, create=False) as other:
        run = begin(other, "evolve")
        other.begin_evolution(run, {}, [])
        other.save_generation(run, generation(0, {"t": [4, 5]}))
        assert store.populations(run) == {"t": (solver(4).text, solver(5).text)}
        assert store.scores("007bbfb7") != []
    with open_store(tmp_path, create=False, read_only=True) as store:
        assert [evolution.series for evolution in store.evolutions()] == [run]


@pytest.mark.parametrize("read_only", [False, True])
def test_schema_2(tmp_path: Path, read_only: bool) -> None:
    shutil.copy(DATA / "schema_2.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False, read_only=read_only) as store:
        assert store.evolutions() == [EvolutionRecord(1, "key", {"seed": 1}, {"generation": 1})]
        assert store.evolution_pool(1) == (solver(1).text, differ(1).text)
        assert store.populations(1) == {"t": (solver(6).text, solver(3).text), "u": (solver(5).text,)}
        assert store.generations(1) == [
            {"generation": 0, "tasks": ["t", "u"]}, {"generation": 1, "tasks": ["t"]},
        ]  # fmt: skip
        assert [(score.task, score.md5) for score in store.scores("t")] == sorted(
            [("t", solver(3).md5), ("t", solver(6).md5)], key=lambda pair: pair[1]
        )
        assert store.lineage() == [LineageRecord(solver(6).md5, solver(3).md5, "swap")]
