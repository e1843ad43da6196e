"""Databases that earlier versions wrote stay readable: samples of each schema version."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from store_samples import begin, differ, generation, key, result, solver, table, task_record, task_time

from arcbatt.errors import StoreError
from arcbatt.store import EvolutionRecord, LineageRecord, PhaseSeconds, Store, TaskRecord, open_store
from arcbatt.store.sql.schema import VERSION

FORK = multiprocessing.get_context("fork")
DATA = Path(__file__).parent / "data"
SOLVERS = [solver(1), solver(2)]
DIFFERS = [differ(1), differ(2, "zo")]


@pytest.fixture(params=["schema_1.db", "schema_2.db"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace with what both samples hold: two solvers with a score of 1/3 and 1/1 on 007bbfb7, two differs."""
    shutil.copy(DATA / request.param, tmp_path / "arcbatt.db")
    return tmp_path


def outcomes(store: Store, digest: str | None = None) -> list[tuple[object, ...]]:
    return [
        (score.task.id, r.md5, r.demo_right, r.demo_count, r.test_right, r.test_count, r.fuel)
        for score in store.scores(digest)
        for r in [score.result]
    ]


EXPECTED = [("007bbfb7", SOLVERS[0].md5, 1, 3, 1, 1, 100), ("007bbfb7", SOLVERS[1].md5, 1, 3, 1, 1, 101)]


def test_every_earlier_version_has_its_sample() -> None:
    names = {path.name for path in DATA.glob("schema_*.db")}
    assert names == {f"schema_{n}.db" for n in range(1, VERSION)} | {"schema_2_run.db"}


@pytest.mark.parametrize("read_only", [False, True])
def test_what_was_stored_is_there(old: Path, read_only: bool) -> None:
    before = (old / "arcbatt.db").read_bytes()
    with open_store(old, create=False, read_only=read_only) as store:
        programs = {program.md5: program for program in store.programs()}
        assert [programs[program.md5] for program in (*SOLVERS, *DIFFERS)] == [*SOLVERS, *DIFFERS]
        (task,) = store.task_keys("007bbfb7")
        assert (task.id, task.demo_count, task.test_count) == ("007bbfb7", 3, 1)
        assert outcomes(store, task.digest) == EXPECTED
        first = store.scores(task.digest)[0].result
        assert (first.nearness, first.t_log, first.failures) == ((1, 10_000), 17, {})
        assert (first.name, first.size, first.seconds) == ("solve_1", 1, 0.001)
        scores = [(s.solver_md5, s.differ_md5, s.iz, s.zo, s.t_log) for s in store.differ_scores(task.digest)]
        assert sorted(scores) == sorted((s.md5, d.md5, 3, None, 15) for s in SOLVERS for d in DIFFERS)
        (run,) = store.runs()
        assert (run.status, run.engine) == ("finished", "python")
        assert (run.command, run.arguments) == ("unknown", ('{"tasks":["t"]}',))
        assert (run.versions, run.totals) == ({"arcbatt": "0"}, None)
        assert run.phases == {"main.run_batt": PhaseSeconds(0.5, None)}
        assert store.done_tasks("key") == {}
        assert (list(store.tables(1)), store.run_programs(1), store.task_times(1)) == ([], (), [])
    assert ((old / "arcbatt.db").read_bytes() == before) == read_only


def test_names_and_lineage_stay(tmp_path: Path) -> None:
    shutil.copy(DATA / "schema_1.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False) as store:
        assert store.names(solver(3).md5) == ["solve_3", "solve_further"]
        assert store.lineage() == [LineageRecord(solver(2).md5, solver(1).md5, "swap")]
        assert (store.evolutions(), store.evolution_pool(1)) == ([], ())
        assert (store.populations(1), store.generations(1)) == ({}, [])


@pytest.mark.parametrize("read_only", [False, True])
def test_evolutions_stay_as_they_are(tmp_path: Path, read_only: bool) -> None:
    shutil.copy(DATA / "schema_2.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False, read_only=read_only) as store:
        assert store.evolutions() == [EvolutionRecord(1, "key", '{"seed":1}', '{"generation":1}')]
        assert store.evolution_pool(1) == (solver(1).text, differ(1).text)
        (t,) = store.task_keys("t")
        # the only member for u has no score: how many samples u has is not known
        assert store.task_keys("u") == []
        assert store.populations(1)[t.digest] == (solver(6).text, solver(3).text)
        assert list(store.populations(1).values())[1] == (solver(5).text,)
        assert [json.loads(line) for line in store.generations(1)] == [
            {"generation": 0, "tasks": ["t", "u"]}, {"generation": 1, "tasks": ["t"]},
        ]  # fmt: skip
        assert store.lineage() == [LineageRecord(solver(6).md5, solver(3).md5, "swap")]


def test_it_can_be_written_to(old: Path) -> None:
    with open_store(old, create=False) as store, open_store(old, create=False) as other:
        store.save_task(begin(store, resume=True), task_record("t", [solver(4)]))
        run = begin(other, "evolve")
        other.begin_evolution(run, "{}", [])
        other.save_generation(run, generation(0, {"t": [4, 5]}))
        assert store.populations(run) == {key("t").digest: (solver(4).text, solver(5).text)}
        assert outcomes(store, store.task_keys("007bbfb7")[0].digest) == EXPECTED


def test_the_first_task_of_that_id_and_size_takes_over(old: Path) -> None:
    """And what is stored for its samples already stays."""
    other_size, fitting = key("007bbfb7", samples="x", demo_count=2), key("007bbfb7")
    later, other_id = key("007bbfb7", samples="y"), key("another", samples="z")
    with open_store(old, create=False) as store:
        (waiting,) = store.task_keys("007bbfb7")
        store.name_tasks([other_size, other_id])
        assert outcomes(store, waiting.digest) == EXPECTED
        store.name_tasks([fitting, later])
        assert outcomes(store, fitting.digest) == EXPECTED
        assert {s.digest for s in store.differ_scores(solver_md5=SOLVERS[0].md5)} >= {fitting.digest}
        assert set(store.task_keys("007bbfb7")) == {other_size, fitting, later}
        assert store.differ_scores(waiting.digest) == store.scores(waiting.digest) == []


def test_a_saved_task_takes_over_too_and_its_scores_win(old: Path) -> None:
    with open_store(old, create=False) as store:
        task = key("007bbfb7")
        new = result(SOLVERS[1], 2, 7)
        kept = store.save_task(begin(store), TaskRecord(task, (SOLVERS[1],), (new,), (), "{}"))
        assert kept == {SOLVERS[1].md5}
        assert [score.result.fuel for score in store.scores(task.digest)] == [7, 100]
        assert {s.solver_md5 for s in store.differ_scores(task.digest)} == {SOLVERS[0].md5}


def test_what_was_scored_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    """A score under the digest of the samples is newer, and more exact, than one that waits."""
    shutil.copy(DATA / "schema_1.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False) as store:
        task, run = key("other name", samples="007bbfb7"), begin(store)
        record = TaskRecord(task, (SOLVERS[1], DIFFERS[0]), (result(SOLVERS[1], 0, 7),), (), "{}")
        store.save_task(run, record)
        store.name_tasks([key("007bbfb7")])
        assert [(s.result.md5, s.result.fuel) for s in store.scores(task.digest)] == [
            (SOLVERS[0].md5, 100), (SOLVERS[1].md5, 7),
        ]  # fmt: skip
        assert {s.solver_md5 for s in store.differ_scores(task.digest)} == {SOLVERS[0].md5}
        assert store.task_keys("007bbfb7") == [key("007bbfb7")]


def test_old_populations_go_with_their_task(tmp_path: Path) -> None:
    shutil.copy(DATA / "schema_2.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False) as store:
        before = store.populations(1)
        store.name_tasks([key("t"), key("u")])
        assert store.populations(1)[key("t").digest] == (solver(6).text, solver(3).text)
        assert sorted(store.populations(1).values()) == sorted(before.values())


@pytest.mark.parametrize("read_only", [False, True])
def test_a_workspace_of_real_commands_loses_nothing(tmp_path: Path, read_only: bool) -> None:
    rows = {table: old_rows("schema_2_run.db", f"SELECT * FROM {table}") for table in ("runs", "programs", "lineage")}
    scores = old_rows("schema_2_run.db", "SELECT task, md5, demo_right, fuel, seconds, t_log FROM scores")
    differ_scores = old_rows("schema_2_run.db", "SELECT task, solver_md5, differ_md5, iz, zo FROM differ_scores")
    members = old_rows("schema_2_run.db", "SELECT task, text FROM evolution_members ORDER BY task, place")
    names = old_rows("schema_2_run.db", "SELECT md5, name FROM programs UNION SELECT md5, name FROM program_names")
    shutil.copy(DATA / "schema_2_run.db", tmp_path / "arcbatt.db")
    with open_store(tmp_path, create=False, read_only=read_only) as store:
        ids = {task.digest: task.id for task in store.tasks()}
        found = [(s.task.id, s.result) for s in store.scores()]
        assert sorted((t, r.md5, r.demo_right, r.fuel, r.seconds, r.t_log) for t, r in found) == sorted(scores)
        assert differ_scores
        assert sorted((ids[s.digest], s.solver_md5, s.differ_md5, s.iz, s.zo) for s in store.differ_scores()) == sorted(
            differ_scores
        )
        assert len(store.programs()) == len(rows["programs"])
        assert {(p.md5, name) for p in store.programs() for name in store.names(p.md5)} == set(names)
        assert len(store.lineage()) == len(rows["lineage"])
        assert [(ids[digest], text) for digest, texts in store.populations(3).items() for text in texts] == members
        runs = store.runs()
        assert [(run.id, run.key, run.status) for run in runs] == [(row[0], row[1], row[8]) for row in rows["runs"]]
        assert [run.command for run in runs] == ["run", "run", "evolve"]
        assert runs[0].arguments[:2] == ("67a3c6ac", "68b16354")
        phase = runs[0].phases["main.run_batt"]
        assert phase.wall_s is not None
        assert phase.wall_s > 0
        assert store.evolutions()[0].key == runs[2].key
        assert len(store.generations(3)) == 3


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A workspace of version 3, which knew tasks by their samples."""
    shutil.copy(DATA / "schema_3.db", tmp_path / "arcbatt.db")
    return tmp_path


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_of_version_3_keeps_all_it_has(third: Path, read_only: bool) -> None:
    before, rows = (third / "arcbatt.db").read_bytes(), content(third)
    assert len(rows["scores"]) == 4
    with open_store(third, create=False, read_only=read_only) as store:
        assert [(run.id, run.command, run.status) for run in store.runs()] == [
            (1, "run", "finished"), (2, "run", "interrupted"),
        ]  # fmt: skip
        assert [program.md5 for program in store.run_programs(1)] == [program.md5 for program in SOLVERS]
        assert store.table(1, key("007bbfb7").digest) == table(2)
        assert store.done_tasks("key").keys() == {key("007bbfb7").digest}
        assert outcomes(store, key("007bbfb7").digest) == EXPECTED
        assert store.populations(2)[key("t").digest] == (solver(6).text, solver(3).text)
        assert (store.task_times(1), store.task_times(2)) == ([], [])
    assert ((third / "arcbatt.db").read_bytes() == before) == read_only
    assert content(third) == rows | ({} if read_only else {name: [] for name in ("task_times", "drivers", "claims")})
    with closing(sqlite3.connect(third / "arcbatt.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3 if read_only else VERSION,)


def test_a_store_of_version_3_goes_on_with_times(third: Path) -> None:
    with open_store(third, create=False, read_only=True) as reader, open_store(third, create=False) as store:
        run = begin(store, resume=True)
        store.save_task(run, task_record("t", [solver(4)]), time=task_time(run, "t"))
        assert store.task_times(run) == [task_time(run, "t")]
        assert reader.task_times(run) == [task_time(run, "t")]  # opened before the upgrade
        assert store.done_tasks("key").keys() == {key("007bbfb7").digest, key("t").digest}
        store.save_generation(2, generation(2, {"t": [4, 5]}), times=[task_time(2, "t", step=2)])
        assert [time.step for time in store.task_times(2)] == [2]
    with open_store(third, create=False) as store:
        assert store.task_times(run) == [task_time(run, "t")]


@pytest.mark.parametrize(
    ("statement", "match"),
    [
        ("CREATE TABLE task_times (x)", "unexpected table task_times"),
        ("CREATE TRIGGER x AFTER INSERT ON scores BEGIN DELETE FROM programs; END", "unexpected trigger x"),
        ("DROP TABLE run_tables", "run_tables is missing"),
        ("ALTER TABLE lineage ADD COLUMN x", "unexpected definition of lineage"),
        ("PRAGMA user_version = 2", "unexpected table"),
        ("PRAGMA user_version = 4", "task_times is missing"),
    ],
)
def test_another_schema_in_the_name_of_version_3_is_refused(third: Path, statement: str, match: str) -> None:
    with closing(sqlite3.connect(third / "arcbatt.db")) as connection:
        connection.execute(statement)
        connection.commit()
    before = (third / "arcbatt.db").read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=match):
            open_store(third, create=False, read_only=read_only)
    assert (third / "arcbatt.db").read_bytes() == before


def old_rows(sample: str, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{DATA / sample}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def changed(folder: Path, *statements: str) -> bytes:
    """Puts a changed sample into a folder; returns its bytes."""
    shutil.copy(DATA / "schema_2.db", folder / "arcbatt.db")
    with closing(sqlite3.connect(folder / "arcbatt.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return (folder / "arcbatt.db").read_bytes()


def test_numbers_of_failed_samples_stay_as_far_as_there_are_samples(tmp_path: Path) -> None:
    changed(
        tmp_path,
        "UPDATE scores SET failures = '{\"limit\":1,\"error\":1,\"of another time\":3}'",
        f"UPDATE scores SET failures = '{{\"error\":99}}', test_right = NULL WHERE md5 = '{SOLVERS[1].md5}'",
    )
    with open_store(tmp_path, create=False) as store:
        first, second = (score.result for score in store.scores(store.task_keys("007bbfb7")[0].digest))
        assert (first.failures, first.demo_right, first.test_right) == ({"error": 1, "limit": 1}, 1, 1)
        assert (second.failures, second.demo_right, second.test_right) == ({"error": 3}, 1, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scores SET demo_right = 4", "UPDATE scores SET demo_count = 0",
        "UPDATE scores SET demo_count = 1000000000",
        "UPDATE scores SET test_count = 9223372036854775807", "UPDATE scores SET fuel = 'much'",
        "UPDATE scores SET test_right = 2", "UPDATE scores SET seconds = -1", "UPDATE scores SET failures = '['",
        "UPDATE scores SET failures = '[]'", "UPDATE scores SET failures = '{\"error\":\"x\"}'",
        f"UPDATE scores SET failures = '{'[' * 100_000}'",
        "UPDATE scores SET task = '' WHERE task = 't' AND md5 = (SELECT min(md5) FROM scores WHERE task = 't')",
        "UPDATE scores SET md5 = '../../x' WHERE md5 = (SELECT min(md5) FROM scores); "
        "UPDATE programs SET md5 = '../../x' WHERE md5 = (SELECT min(md5) FROM programs)",
        "UPDATE programs SET name = char(10)", "UPDATE programs SET size = 'x'", "UPDATE runs SET arguments = '7'",
        "UPDATE runs SET versions = x'00'", "UPDATE runs SET metrics = '{'",
        "UPDATE evolution_members SET task = x'00' WHERE task = 'u'",
    ],
)  # fmt: skip
def test_a_damaged_store_of_an_earlier_version_stays_as_it_is(tmp_path: Path, statement: str) -> None:
    before = changed(tmp_path, *statement.split("; "))
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"arcbatt\.db.*damaged") as caught:
            open_store(tmp_path, create=False, read_only=read_only)
        assert "\n" not in str(caught.value)
        assert (tmp_path / "arcbatt.db").read_bytes() == before


def test_random_damage_ends_in_one_clear_line_or_in_sound_records(tmp_path: Path) -> None:
    sound = (DATA / "schema_2_run.db").read_bytes()
    chance = random.Random(0)
    for number in range(120):
        damaged = bytearray(sound)
        for _ in range(chance.choice((1, 3, 12))):
            damaged[chance.randrange(100, len(sound))] ^= chance.randrange(1, 256)
        workspace = tmp_path / str(number)
        workspace.mkdir()
        (workspace / "arcbatt.db").write_bytes(damaged)
        assert "\n" not in message_of(lambda workspace=workspace: read_all(workspace, read_only=True))
        assert "\n" not in message_of(lambda workspace=workspace: read_all(workspace, read_only=False))


def message_of(work: Callable[[], None]) -> str:
    """The message of the StoreError that comes, the only error that may; "" when none does."""
    try:
        work()
    except StoreError as error:
        return str(error)
    return ""


def read_all(workspace: Path, *, read_only: bool) -> None:
    with open_store(workspace, create=False, read_only=read_only) as store:
        for listing in (store.programs, store.scores, store.differ_scores, store.runs, store.lineage):
            listing()
        store.populations(3)


def large(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """A store of schema 2 with some thousand scores; returns its rows."""
    shutil.copy(DATA / "schema_2.db", folder / "arcbatt.db")
    with closing(sqlite3.connect(folder / "arcbatt.db")) as connection:
        programs = connection.execute("SELECT md5 FROM programs WHERE kind = 'solver'").fetchall()
        rows = [(f"task{n}", md5) for n in range(1000) for (md5,) in programs]
        connection.executemany("INSERT INTO scores VALUES (?, ?, 1, 3, 1, 1, 100, 0.5, 11, '{}')", rows)
        connection.commit()
    return content(folder)


def content(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by table."""
    with closing(sqlite3.connect(folder / "arcbatt.db")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


@pytest.mark.parametrize("room", [0, 100_000, 1_000_000])
def test_a_disk_that_is_full_in_the_middle_does_no_harm(tmp_path: Path, room: int) -> None:
    """A limit on the size of files stands for a full disk."""
    before = large(tmp_path)
    limit = (tmp_path / "arcbatt.db").stat().st_size + room

    def upgrade(said: Connection) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            open_store(tmp_path, create=False).close()
        except StoreError as error:
            said.send(str(error))

    mine, its = FORK.Pipe(duplex=False)
    process = FORK.Process(target=upgrade, args=(its,))
    process.start()
    its.close()
    message = mine.recv()
    process.join()
    assert "Make room" in message
    assert "\n" not in message
    assert content(tmp_path) == before
    with open_store(tmp_path, create=False) as store:
        assert store.counts()["scores"] == len(before["scores"])


def test_a_kill_in_the_middle_does_no_harm(tmp_path: Path) -> None:
    chance = random.Random(0)
    scores = len(large(tmp_path)["scores"])
    sample = (tmp_path / "arcbatt.db").read_bytes()
    versions = set()
    for _ in range(10):
        for path in tmp_path.glob("arcbatt.db*"):
            path.unlink()
        (tmp_path / "arcbatt.db").write_bytes(sample)
        process = FORK.Process(target=lambda: open_store(tmp_path, create=False).close())
        process.start()
        time.sleep(chance.uniform(0, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        with closing(sqlite3.connect(tmp_path / "arcbatt.db")) as connection:
            versions |= set(connection.execute("PRAGMA user_version").fetchone())
            assert connection.execute("SELECT count(*) FROM scores").fetchone() == (scores,)
    assert versions <= {2, VERSION}
    with open_store(tmp_path, create=False) as store:
        assert store.counts()["scores"] == scores
