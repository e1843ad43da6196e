"""Databases and workspaces that a stranger made or an accident damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_samples import begin, differ, digest, solver, table, task_record, task_time

from arcbatt.errors import StoreError
from arcbatt.results.task_table import RunProgram
from arcbatt.store import ListQuery, Store, open_store

LISTINGS: list[Callable[[Store], Any]] = [
    lambda store: store.programs(),
    lambda store: store.scores(),
    lambda store: store.differ_scores(),
    lambda store: store.best_scores(),
    lambda store: store.runs(),
    lambda store: store.done_tasks("key"),
    lambda store: store.lineage(),
    lambda store: store.counts(),
    lambda store: store.names(solver(1).md5),
    lambda store: store.tasks(),
    lambda store: store.list_scores(ListQuery()),
    lambda store: store.list_tasks(ListQuery()),
    lambda store: store.list_programs(ListQuery()),
    lambda store: [store.run_programs(run.id) for run in store.runs()],
    lambda store: [list(store.tables(run.id)) for run in store.runs()],
    lambda store: [store.task_times(run.id) for run in store.runs()],
]


@pytest.fixture
def filled(workspace: Path) -> Path:
    with open_store(workspace, create=True) as store:
        run = begin(store)
        programs = [solver(1), solver(2)]
        store.save_run_programs(run, [RunProgram(p.md5, p.name, p.size, p.text) for p in programs])
        record = replace(task_record("t", programs, [differ(1)]), table=table(len(programs)))
        store.save_task(run, record, time=task_time(run, "t"))
    return workspace


def change(workspace: Path, *statements: str) -> None:
    with closing(sqlite3.connect(workspace / "arcbatt.db")) as connection:
        for statement in statements:
            connection.executescript(statement)
        connection.commit()


def assert_refused(workspace: Path, match: str) -> None:
    for read_only in (False, True):
        with pytest.raises(StoreError, match=match) as caught:
            open_store(workspace, create=True, read_only=read_only)
        assert "\n" not in str(caught.value)
        assert str(workspace) in str(caught.value)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programs SET md5 = '../../x' WHERE kind = 'differ'",
        "UPDATE program_texts SET text = text || ' '",
        "UPDATE program_texts SET text = x'ff'",
        "UPDATE program_texts SET text = CAST(x'ff' AS TEXT)",
        "DELETE FROM program_texts",
        "UPDATE programs SET kind = 'virus'",
        "UPDATE programs SET direction = '/etc'",
        "UPDATE programs SET name = char(27) || '[2J'",
        "UPDATE programs SET size = 'big'",
        "UPDATE programs SET md5 = 7 WHERE kind = 'differ'",
    ],
)
def test_wrong_program_rows_are_refused(filled: Path, statement: str) -> None:
    change(filled, statement)
    with open_store(filled, create=False) as store, pytest.raises(StoreError, match=r"arcbatt\.db.*damaged"):
        store.programs()


@pytest.mark.parametrize(
    ("statement", "listing"),
    [
        ("UPDATE scores SET fuel = 'much'", lambda store: store.scores()),
        ("UPDATE scores SET demo_right = 2", lambda store: store.scores()),
        ("UPDATE scores SET near = 30000", lambda store: store.scores()),
        ("UPDATE scores SET seconds = 'x'", lambda store: store.scores()),
        ("UPDATE scores SET demo_count = 0", lambda store: store.scores()),
        ("UPDATE score_results SET result = '[]'", lambda store: store.scores()),
        ("UPDATE score_results SET result = '{'", lambda store: store.scores()),
        ("UPDATE score_results SET result = x'00ff'", lambda store: store.scores()),
        (f"UPDATE score_results SET result = '{'[' * 100_000}'", lambda store: store.scores()),
        ("UPDATE score_results SET result = replace(result, '[10,10,10]', '[10,10]')", lambda store: store.scores()),
        ("UPDATE score_results SET result = replace(result, '[10,10,10]', '[10,0,10]')", lambda store: store.scores()),
        ("UPDATE score_results SET result = replace(result, 'false', 'true')", lambda store: store.scores()),
        ("UPDATE score_results SET result = replace(result, ':100,', ':-1,')", lambda store: store.scores()),
        ("UPDATE score_results SET result = replace(result, 'abab', '/../')", lambda store: store.scores()),
        ("DELETE FROM score_results", lambda store: store.scores()),
        ("UPDATE task_names SET id = '../' || char(10)", lambda store: store.scores()),
        ("UPDATE task_names SET id = '../' || char(10)", lambda store: store.list_scores(ListQuery())),
        ("UPDATE scores SET fuel = 'much'", lambda store: store.list_scores(ListQuery())),
        ("UPDATE scores SET fuel = 'x'", lambda store: store.list_tasks(ListQuery())),
        ("UPDATE scores SET near = -1", lambda store: store.list_scores(ListQuery())),
        ("UPDATE programs SET name = char(27) || '[2J'", lambda store: store.list_programs(ListQuery())),
        ("UPDATE programs SET name = x'00'", lambda store: store.list_scores(ListQuery())),
        ("UPDATE tasks SET demo_count = 'x'", lambda store: store.tasks()),
        ("UPDATE tasks SET digest = '..'; UPDATE task_names SET digest = '..'", lambda store: store.task_keys("t")),
        ("UPDATE scores SET demo_right = 'x'", lambda store: store.best_scores()),
        ("UPDATE scores SET demo_right = 9223372036854775807", lambda store: store.best_scores()),
        ("UPDATE differ_scores SET iz = -1", lambda store: store.differ_scores()),
        ("UPDATE differ_scores SET zo = 'x'", lambda store: store.differ_scores()),
        ("UPDATE runs SET status = 'hacked'", lambda store: store.runs()),
        ("UPDATE runs SET arguments = 'null'", lambda store: store.runs()),
        ("UPDATE runs SET versions = '{\"x\":{}}'", lambda store: store.runs()),
        ("UPDATE runs SET totals = '{\"tasks\":1}'", lambda store: store.runs()),
        ("UPDATE runs SET phases = '{\"x\":{\"wall_s\":-1,\"cpu_s\":null}}'", lambda store: store.runs()),
        ("UPDATE runs SET series = 'x'", lambda store: store.run_programs(1)),
        ("UPDATE done_tasks SET summary = x'07'", lambda store: store.done_tasks("key")),
        ("UPDATE run_programs SET programs = x'00ff'", lambda store: store.run_programs(1)),
        ("UPDATE run_programs SET programs = 'text'", lambda store: store.run_programs(1)),
        ("UPDATE run_tables SET verdicts = nanoseconds", lambda store: store.table(1, digest("t"))),
        ("UPDATE run_tables SET nanoseconds = verdicts", lambda store: list(store.tables(1))),
        ("UPDATE run_tables SET verdicts = substr(verdicts, 1, 9)", lambda store: store.table(1, digest("t"))),
        ("UPDATE run_tables SET demo_count = 0", lambda store: store.table(1, digest("t"))),
        ("UPDATE run_tables SET demo_count = 'x'", lambda store: store.table(1, digest("t"))),
        ("UPDATE task_times SET digest = '../x'", lambda store: store.task_times(1)),
        ("UPDATE task_times SET worker = 0", lambda store: store.task_times(1)),
        ("UPDATE task_times SET worker = 9223372036854775807", lambda store: store.task_times(1)),
        ("UPDATE task_times SET worker = char(27)", lambda store: store.task_times(1)),
        ("UPDATE task_times SET start_s = -1", lambda store: store.task_times(1)),
        ("UPDATE task_times SET start_s = '<b>'", lambda store: store.task_times(1)),
        ("UPDATE task_times SET wall_s = 9e999", lambda store: store.task_times(1)),
        ("UPDATE task_times SET wall_s = x'00'", lambda store: store.task_times(1)),
        ("UPDATE task_times SET cpu_s = 1e300", lambda store: store.task_times(1)),
        ("UPDATE task_times SET step = 'x'", lambda store: store.task_times(1)),
        ("UPDATE task_times SET programs = 'many'", lambda store: store.task_times(1)),
        ("UPDATE runs SET series = 'x'", lambda store: store.task_times(1)),
        ("INSERT INTO lineage VALUES ('..', '..', 'x')", lambda store: store.lineage()),
        ("UPDATE programs SET name = CAST(x'00ff' AS BLOB)", lambda store: store.names(solver(1).md5)),
    ],
)
def test_other_wrong_rows_are_refused(filled: Path, statement: str, listing: Callable[[Store], Any]) -> None:
    change(filled, statement)
    with open_store(filled, create=False) as store, pytest.raises(StoreError, match=r"arcbatt\.db.*damaged"):
        listing(store)


def test_a_wrong_md5_never_becomes_a_path(filled: Path) -> None:
    victim = filled.parent / "victim.py"
    victim.write_text("mine", encoding="utf-8")
    change(
        filled,
        "UPDATE programs SET md5 = '../../victim' WHERE md5 = (SELECT min(md5) FROM scores)",
        "UPDATE scores SET md5 = '../../victim', demo_right = 0 WHERE md5 = (SELECT min(md5) FROM scores)",
    )
    with open_store(filled, create=False) as store:
        run = begin(store)
        with pytest.raises(StoreError, match="damaged"):
            store.save_task(run, task_record("t", [solver(3)], right=3), keep=1)
    assert victim.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("statement", "match"),
    [
        ("PRAGMA user_version = 99", "newer arcbatt .schema version 99.* Upgrade"),
        ("PRAGMA user_version = 0", "schema version 0"),
        ("PRAGMA user_version = -1", "schema version -1"),
        ("PRAGMA application_id = 77", "another program"),
        ("CREATE TRIGGER x AFTER INSERT ON scores BEGIN DELETE FROM programs; END", "unexpected trigger x"),
        ("CREATE VIEW x AS SELECT 1", "unexpected view x"),
        ("CREATE TABLE x (y)", "unexpected table x"),
        ("CREATE UNIQUE INDEX x ON scores (fuel)", "unexpected index x"),
        ("DROP TABLE lineage", "lineage.* is missing"),
        ("DROP TABLE task_times", "task_times is missing"),
        ("PRAGMA user_version = 3", "unexpected table task_times"),
        ("DROP INDEX runs_by_key", "runs_by_key is missing"),
        ("ALTER TABLE lineage ADD COLUMN x", "unexpected definition of lineage"),
        ("ALTER TABLE lineage ADD COLUMN x AS (hex(zeroblob(100000000)))", "unexpected definition of lineage"),
        ("ALTER TABLE programs RENAME COLUMN size TO text2", "unexpected definition of programs"),
    ],
)
def test_another_schema_is_refused(filled: Path, statement: str, match: str) -> None:
    change(filled, statement)
    assert_refused(filled, match)


def test_a_view_in_place_of_a_table_is_refused(filled: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS child, x AS parent FROM n"
    change(filled, "DROP TABLE lineage", f"CREATE VIEW lineage AS {endless}")
    assert_refused(filled, "unexpected view lineage")


def test_a_database_of_another_program_stays_untouched(workspace: Path) -> None:
    workspace.mkdir()
    change(workspace, "CREATE TABLE bookmarks (url)")
    before = (workspace / "arcbatt.db").read_bytes()
    assert_refused(workspace, "another program")
    assert (workspace / "arcbatt.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, but long enough to look at" * 100, b"\0" * 4096, b"SQL"])
def test_a_file_of_another_kind_is_refused(workspace: Path, content: bytes) -> None:
    workspace.mkdir()
    (workspace / "arcbatt.db").write_bytes(content)
    assert_refused(workspace, r"arcbatt\.db.*no SQLite file.*Move it away")
    assert (workspace / "arcbatt.db").read_bytes() == content


def test_random_damage_ends_in_one_clear_line_or_in_sound_records(filled: Path) -> None:
    database = filled / "arcbatt.db"
    sound = database.read_bytes()
    for seed in range(60):
        damaged = bytearray(sound)
        for step in range(12):
            damaged[(seed * 7919 + step * 104_729) % len(sound)] ^= 1 + seed
        database.write_bytes(damaged)
        read_everything(filled)


@pytest.mark.parametrize("part", [1, 50, 101, 4096, 5000, 20_000])
def test_a_truncated_database_is_refused(filled: Path, part: int) -> None:
    database = filled / "arcbatt.db"
    database.write_bytes(database.read_bytes()[:part])
    assert not read_everything(filled)


def read_everything(workspace: Path) -> bool:
    """Whether all of it could be read; a StoreError is the only error that may come."""
    reason = ""
    try:
        with open_store(workspace, create=False) as store:
            for listing in LISTINGS:
                listing(store)
            store.save_task(begin(store), task_record("t", [solver(3)]))
    except StoreError as error:
        reason = str(error)
    assert "\n" not in reason
    return not reason


def test_links_in_a_workspace_lead_nowhere(workspace: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("solver_md5", "arcbatt.lock"):
        workspace.mkdir()
        (workspace / name).symlink_to(elsewhere if name == "solver_md5" else elsewhere / "lock")
        with pytest.raises(StoreError, match=name):
            open_store(workspace, create=True)
        assert list(elsewhere.iterdir()) == []
        for path in workspace.iterdir():
            path.unlink() if not path.is_dir() or path.is_symlink() else path.rmdir()
        workspace.rmdir()


def test_a_program_file_that_is_a_link_is_replaced_not_followed(filled: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (filled / "solver_md5" / f"{solver(3).md5}.py").symlink_to(victim)
    with open_store(filled, create=False) as store:
        store.add_programs([solver(3)])
    assert victim.read_text(encoding="utf-8") == "mine"
    assert (filled / "solver_md5" / f"{solver(3).md5}.py").read_text(encoding="utf-8") == solver(3).text


def test_a_strange_journal_removes_no_other_files(filled: Path) -> None:
    mine = filled / "solver_md5" / "mine.py"
    kept = filled / "solver_md5" / f"{solver(1).md5}.py"
    mine.write_text("mine", encoding="utf-8")
    journal = filled / f"arcbatt.{'0' * 16}.pending"
    journal.write_text(f"solver {solver(1).md5}\nsolver ../solver_md5/mine\nsolver mine\n\x00\n", encoding="utf-8")
    os.mkfifo(filled / f"arcbatt.{'1' * 16}.pending")
    open_store(filled, create=False).close()
    assert mine.exists()
    assert kept.exists()
    assert not journal.exists()


def test_a_pipe_in_place_of_the_database_does_not_hang(workspace: Path) -> None:
    workspace.mkdir()
    os.mkfifo(workspace / "arcbatt.db")
    assert_refused(workspace, "expected a database file")


def test_a_long_text_is_not_told_whole(filled: Path) -> None:
    """The reason of an error may quote what is stored, which may be of any length."""
    change(filled, "UPDATE programs SET direction = hex(zeroblob(100000))")
    with open_store(filled, create=False) as store, pytest.raises(StoreError, match="damaged") as caught:
        store.programs()
    assert len(str(caught.value)) < 1000
