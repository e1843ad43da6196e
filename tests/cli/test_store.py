"""``arcbatt store``: copies that commands cannot tell from what they were made of, checks, and vacuums."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.command import arcbatt, tree
from support.interrupting import ended, signals_at, start
from support.postgres import PostgresServer, database_of

RUN = ["run", "-s", "0", "-c", "3", "-b", "mine.py", "--min-score", "0", "-j", "1", "-q"]
PROGRAMS = "def solve_a(I):\n    return vmirror(I)\ndef solve_b(I):\n    return hmirror(I)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.py").write_text(PROGRAMS)
    done = arcbatt(*RUN, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    server: PostgresServer = request.getfixturevalue("postgres")
    with database_of(server) as found:
        yield found


def out(folder: Path, *words: object, status: int = 0) -> str:
    done = arcbatt(*words, cwd=folder)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + (done.stderr if status else "")


def told_of(folder: Path, *place: str) -> list[str]:
    listed = [out(folder, "list", what, "--json", *place) for what in ("programs", "tasks", "scores", "failures")]
    return [*listed, out(folder, "list", "programs", *place)]


def test_there_and_back_nothing_is_lost(folder: Path, address: str) -> None:
    assert "rows copied" in out(folder, "store", "copy", ".arcbatt", address)
    assert "rows copied" in out(folder, "store", "copy", address, "back")
    before = told_of(folder)
    assert told_of(folder, "--store", address) == told_of(folder, "--workspace", "back") == before
    trees = []
    for name, place in (("a", []), ("b", ["--store", address]), ("c", ["--workspace", "back"])):
        out(folder, "export", name, *place)
        trees.append(tree(folder / name))
        assert "3 done before" in out(folder, *RUN, "--resume", *place)
        out(folder, "report", "-o", f"{name}.html", *place)
    assert trees[0] == trees[1] == trees[2]
    for place in (".arcbatt", address, "back"):
        assert "nothing is wrong" in out(folder, "store", "check", place)
        assert "bytes before" in out(folder, "store", "vacuum", place)


def test_what_is_wrong_is_said_with_what_to_do(folder: Path) -> None:
    assert "nothing is wrong" in out(folder, "store", "check")
    with closing(sqlite3.connect(folder / ".arcbatt" / "arcbatt.db")) as connection:
        connection.execute("DELETE FROM score_results")
        connection.execute("DELETE FROM program_texts")
        connection.commit()
    told = out(folder, "store", "check", status=1)
    assert "a program without its text" in told
    assert "arcbatt export" in told
    assert "problems; " in told
    few = out(folder, "store", "check", "--most", "1", status=1)
    assert "more (--most" in few
    assert "damaged" in out(folder, "store", "copy", ".arcbatt", "new", status=2)


def test_places_that_do_not_fit_are_refused(folder: Path) -> None:
    assert "no store here" in out(folder, "store", "check", "nowhere", status=2)
    assert "no store here" in out(folder, "store", "copy", "nowhere", "new", status=2)
    assert not (folder / "new").exists()
    assert "onto itself" in out(folder, "store", "copy", ".arcbatt", ".arcbatt", status=2)
    for target in (folder / ".arcbatt", os.path.relpath(folder / ".arcbatt", folder) + "/../.arcbatt"):
        assert "needs an empty one" in out(folder, "store", "copy", ".arcbatt", target, status=2)
    told = out(folder, "store", "copy", ".arcbatt", "postgresql://ada:secret@127.0.0.1:1/x", status=2)
    assert "secret" not in told
    assert "Usage" in out(folder, "store", "--help")


def test_an_interrupted_copy_can_be_begun_again(folder: Path) -> None:
    first = signals_at("arcbatt.store.exchange.copying:_put:4", [signal.SIGINT])
    process = start("store", "copy", ".arcbatt", "new", cwd=folder, first=first)
    assert "interrupted" in ended(process)
    assert process.returncode == 130
    assert "nothing is wrong; 0 solvers" in out(folder, "store", "check", "new")
    assert "rows copied" in out(folder, "store", "copy", ".arcbatt", "new")
