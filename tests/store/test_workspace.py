"""Workspaces that cannot be used: each gives one clear line, and what was stored is unharmed."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from store_samples import begin, check_files, differ, digest, solver, task_record

from arcbatt.errors import StoreError
from arcbatt.store import has_store, open_store
from arcbatt.store.sqlite import connection

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def in_child(work: Callable[[], object]) -> str:
    """The message of the StoreError that work raises in a child without special rights, or '' when there is none."""

    def run(said: Connection) -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        try:
            work()
        except StoreError as error:
            said.send(str(error))
        except BaseException as error:
            said.send(repr(error))
        else:
            said.send("")

    mine, its = FORK.Pipe(duplex=False)
    process = FORK.Process(target=run, args=(its,))
    process.start()
    its.close()
    message = str(mine.recv())
    process.join()
    mine.close()
    assert "\n" not in message
    return message


def test_a_missing_store_is_not_made_unless_asked(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(StoreError, match="arcbatt run"):
            open_store(tmp_path / "no", create=False, read_only=read_only)
    assert not (tmp_path / "no").exists()
    assert not has_store(tmp_path / "no")
    open_store(tmp_path / "deep" / "new", create=True).close()
    assert has_store(tmp_path / "deep" / "new")


def test_an_empty_folder_or_file_is_no_store(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(StoreError, match="no store here"):
            open_store(tmp_path, create=False, read_only=read_only)
    (tmp_path / "arcbatt.db").touch()
    for read_only in (False, True):
        with pytest.raises(StoreError, match="the database is empty"):
            open_store(tmp_path, create=False, read_only=read_only)
    open_store(tmp_path, create=True).close()


@pytest.mark.parametrize("under", ["file", "file/below", "file/below/it"])
def test_a_workspace_that_is_a_file(tmp_path: Path, under: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for create, read_only in ((True, False), (False, False), (False, True)):
        with pytest.raises(StoreError, match="file"):
            open_store(tmp_path / under, create=create, read_only=read_only)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_place_of_the_database(tmp_path: Path) -> None:
    (tmp_path / "arcbatt.db").mkdir()
    with pytest.raises(StoreError, match="expected a database file"):
        open_store(tmp_path, create=True)


def test_a_file_in_place_of_a_program_folder(tmp_path: Path) -> None:
    (tmp_path / "solver_md5").touch()
    with pytest.raises(StoreError, match="solver_md5: expected a folder"):
        open_store(tmp_path, create=True)


def test_a_folder_in_place_of_a_program_file(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        (tmp_path / "solver_md5" / f"{solver(1).md5}.py").mkdir()
        with pytest.raises(StoreError, match=solver(1).md5):
            store.add_programs([solver(2), solver(1)])
        assert store.programs() == []
        assert [path.name for path in (tmp_path / "solver_md5").iterdir()] == [f"{solver(1).md5}.py"]
        assert store.add_programs([solver(2)]) == [True]


def test_a_folder_that_cannot_be_written(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    message = in_child(lambda: open_store(open_folder / "ws", create=True))
    assert message == f"{open_folder}/ws: missing rights (Permission denied). Change them or name another workspace"


def test_a_store_without_the_right_to_write_can_be_read(open_folder: Path) -> None:
    workspace = open_folder / "ws"
    with open_store(workspace, create=True) as store:
        store.add_programs([solver(1)])
    workspace.chmod(0o555)
    (workspace / "arcbatt.db").chmod(0o444)
    (workspace / "arcbatt.lock").chmod(0o444)

    def read() -> None:
        with open_store(workspace, create=False, read_only=True) as store:
            assert store.programs() == [solver(1)]
            with pytest.raises(StoreError, match="for reading only"):
                store.add_programs([solver(2)])

    assert in_child(read) == ""
    assert "missing rights" in in_child(lambda: open_store(workspace, create=False))
    workspace.chmod(0o755)


def test_a_store_that_cannot_be_read(open_folder: Path) -> None:
    workspace = open_folder / "ws"
    open_store(workspace, create=True).close()
    (workspace / "arcbatt.db").chmod(0o000)
    assert "missing rights" in in_child(lambda: open_store(workspace, create=False, read_only=True))


def test_reading_only_writes_nothing(workspace: Path) -> None:
    with open_store(workspace, create=True) as store:
        run = begin(store)
        store.save_task(run, task_record("t", [solver(1)]))
    before = (workspace / "arcbatt.db").read_bytes()
    with open_store(workspace, create=True, read_only=True) as store:
        assert len(store.scores()) == 1
        writes: list[Callable[[], object]] = [
            lambda: begin(store), lambda: store.finish_run(run, "failed", None, {}), lambda: store.add_lineage([]),
            lambda: store.name_tasks([]), lambda: store.save_run_programs(run, []),
        ]  # fmt: skip
        for write in writes:
            with pytest.raises(StoreError, match="for reading only"):
                write()
    assert (workspace / "arcbatt.db").read_bytes() == before


@pytest.mark.parametrize("limit", [30, 20_000, 70_000, 150_000, 400_000])
def test_a_full_disk(tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stands for a full disk: program files hit the lowest, the database the others."""
    workspace = tmp_path / "ws"
    with open_store(workspace, create=True) as store:
        store.save_task(begin(store), task_record("first", [solver(1)], [differ(1)]))

    def save_until_full(said: Connection) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        done = 0
        try:
            with open_store(workspace, create=False) as store:
                run = begin(store, resume=True)
                while True:
                    solvers = [solver(100 * done + number) for number in range(20)]
                    store.save_task(run, task_record(f"t{done}", solvers, [differ(1), differ(2)]))
                    done += 1
        except StoreError as error:
            said.send((done, str(error)))

    mine, its = FORK.Pipe(duplex=False)
    process = FORK.Process(target=save_until_full, args=(its,))
    process.start()
    its.close()
    done, message = mine.recv()
    process.join()
    mine.close()
    assert "Make room" in message
    assert "\n" not in message
    with open_store(workspace, create=False) as store:
        assert set(store.done_tasks("key")) == set(map(digest, ["first", *(f"t{number}" for number in range(done))]))
        check_files(store)


def test_a_database_that_another_process_keeps_locked(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_S", 0.05)
    with open_store(workspace, create=True) as store:
        with closing(sqlite3.connect(workspace / "arcbatt.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="locked by another process"):
                store.add_programs([solver(1)])
            assert store.programs() == []
        assert store.add_programs([solver(1)]) == [True]
        check_files(store)


def test_strange_names_of_workspaces(tmp_path: Path) -> None:
    for name in ("with space", "per%20cent", "quest?ion", "ha#sh", "ümläut", "a'b"):
        with open_store(tmp_path / name, create=True) as store:
            store.add_programs([solver(1)])
        with open_store(tmp_path / name, create=False, read_only=True) as store:
            assert store.programs() == [solver(1)]
        assert (tmp_path / name / "arcbatt.db").is_file()
