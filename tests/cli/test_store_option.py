"""``--store`` beside ``--workspace``: the same commands over a folder and over a PostgreSQL database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command import arcbatt, tree
from support.postgres import PostgresServer, database_of

TASKS = ("007bbfb7", "25ff71a9")
SECRET = "ge%2Fheim"


@pytest.fixture
def address(postgres: PostgresServer) -> Iterator[str]:
    """With a password, which the server does not ask for."""
    with database_of(postgres) as found:
        yield found.replace("tests@", f"tests:{SECRET}@")


def test_the_same_commands_give_the_same_bytes_over_both(tmp_path: Path, address: str) -> None:
    first = arcbatt("run", *TASKS, "--store", address, "--json", "db.json", "-j", 1, cwd=tmp_path)
    other = arcbatt("run", *TASKS, "--workspace", "ws", "--json", "ws.json", "-j", 2, cwd=tmp_path)
    assert (first.returncode, other.returncode) == (0, 0), first.stderr + other.stderr
    assert (tmp_path / "db.json").read_bytes() == (tmp_path / "ws.json").read_bytes()
    for what in ("programs", "tasks", "failures"):
        over_both = [
            arcbatt("list", what, "--json", *place, cwd=tmp_path).stdout
            for place in (("--store", address), ("--workspace", "ws"))
        ]
        assert len(over_both[0]) > 2
        assert over_both[0] == over_both[1]
    # with the times of one run in both
    arcbatt("export", "out", "--store", address, cwd=tmp_path)
    arcbatt("import", "out", "--workspace", "copy", cwd=tmp_path)
    arcbatt("export", "again", "--workspace", "copy", cwd=tmp_path)
    assert tree(tmp_path / "out") == tree(tmp_path / "again")
    scores = [
        arcbatt("list", "scores", "--json", *place, cwd=tmp_path).stdout
        for place in (("--store", address), ("--workspace", "copy"))
    ]
    assert scores[0] == scores[1] != ""


def test_a_run_goes_on_and_nothing_of_a_password_is_shown_or_stored(
    tmp_path: Path, address: str, postgres: PostgresServer
) -> None:
    shown = ""
    for words in (
        ("run", TASKS[0]), ("run", TASKS[0], "--resume"), ("list",), ("list", "runs", "--json"),
        ("show", f"solve_{TASKS[0]}"), ("report", "-o", "page.html"), ("export", "out"), ("build", "-o", "b.py"),
        ("doctor",), ("evolve", "--tasks", TASKS[0], "--generations", "1", "-q"), ("verify", TASKS[0], "-b", "b.py"),
        ("solve", TASKS[0], "--time-per-task", "0", "-q"), ("demo",), ("import", "b.py"),
    ):  # fmt: skip
        done = arcbatt(*words, "--store", address, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        shown += done.stdout + done.stderr
    plain = address.replace(f":{SECRET}", "")
    assert f"arcbatt list runs --store '{plain}'" in shown
    for name in ("page.html", "evolve-3.jsonl"):
        shown += (tmp_path / name).read_text(encoding="utf-8")
    database = address.partition("?")[0].rpartition("/")[2]
    shown += repr(postgres.execute("SELECT * FROM arcbatt.runs", database=database))
    assert "--store" in shown
    assert "heim" not in shown
    assert not (tmp_path / ".arcbatt").exists()


def test_runs_of_folders_and_databases_are_compared(tmp_path: Path, address: str) -> None:
    arcbatt("run", TASKS[0], "--store", address, cwd=tmp_path)
    arcbatt("run", *TASKS, "--workspace", "ws", cwd=tmp_path)
    for operands in ((f"{address}:1", "ws:1"), (address, "ws")):
        done = arcbatt("compare", *operands, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "1 task on both sides" in done.stdout
        assert "heim" not in done.stdout + done.stderr
    done = arcbatt("compare", 1, 1, "-o", "page.html", cwd=tmp_path, env={"ARCBATT_STORE": address})
    assert done.returncode == 0, done.stderr
    assert "--store" not in done.stderr  # the next command finds it in the variable too


@pytest.mark.parametrize(
    ("words", "env", "message"),
    [
        (("--store", "a", "--workspace", "b"), {}, "--workspace and --store both"),
        ((), {"ARCBATT_STORE": "a", "ARCBATT_WORKSPACE": "b"}, "ARCBATT_WORKSPACE and ARCBATT_STORE both"),
        (("--store", "a"), {"ARCBATT_WORKSPACE": "b"}, "a/arcbatt.db: no store here"),
        (("--workspace", "b"), {"ARCBATT_STORE": "a"}, "b/arcbatt.db: no store here"),
        ((), {"ARCBATT_STORE": "~/a"}, "/home/x/a/arcbatt.db: no store here"),
        (("--store", "postgresql://a:sec/ret@b"), {}, "expected postgresql://USER@HOST"),
        (("--store", "postgresql://a:secret@127.0.0.1:1/b"), {}, "postgresql://a@127.0.0.1:1/b: no connection"),
        (("postgresql://a:secret@127.0.0.1:1/b",), {}, "postgresql://a@127.0.0.1:1/b"),
    ],
)
def test_what_is_named_wrongly_is_told(
    tmp_path: Path, words: tuple[str, ...], env: dict[str, str], message: str
) -> None:
    done = arcbatt("list", *words, cwd=tmp_path, env={"HOME": "/home/x", **env})
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "sec" not in done.stderr


def test_without_the_driver_it_is_said_how_to_install_it(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None; from arcbatt.cli.main import main; "
        "sys.argv = ['arcbatt', 'list', '--store', 'postgresql://db/x']; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "arcbatt[postgres]"' in done.stderr
    assert "Traceback" not in done.stderr
