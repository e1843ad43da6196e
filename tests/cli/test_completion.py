"""Completion as shells ask for it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from arcbatt.arc import load_set
from arcbatt.arc.datasets import SETS
from arcbatt.cli import completion
from arcbatt.cli.group import COMMANDS
from arcbatt.search.mutation import MutationSettings
from support.command import arcbatt
from support.tasks import mirror_task, write_task

SHELLS = ["bash", "zsh", "fish"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a workspace of one program under two names, and a folder of tasks."""
    folder = tmp_path_factory.mktemp("completion")
    (folder / "mine.py").write_text("def solve_mine(I):\n    return vmirror(I)\n")
    assert arcbatt("import", "mine.py", cwd=folder).returncode == 0
    assert arcbatt("import", "mine.py", "--workspace", "other", cwd=folder).returncode == 0
    write_task(folder / "tasks", mirror_task("mirror00"))
    return folder


def ask(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What arcbatt answers bash when the last of the words is to be completed."""
    asked = {"COMP_WORDS": " ".join(["arcbatt", *words]), "COMP_CWORD": str(len(words))}
    return arcbatt(cwd=folder, env={**asked, "_ARCBATT_COMPLETE": "bash_complete", **env})


def proposed(folder: Path, *words: str, **env: str) -> list[str]:
    done = ask(folder, *words, **env)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_commands_without_importing_them(folder):
    assert proposed(folder, "") == list(COMMANDS)
    assert proposed(folder, "compl") == ["completion"]
    assert "--version" in proposed(folder, "--")


def test_options(folder):
    assert {"--set", "--seed"} <= {*proposed(folder, "solve", "--s")}


def test_sets(folder):
    assert proposed(folder, "run", "--set", "") == list(SETS)
    assert proposed(folder, "run", "--set", "arc2-e") == ["arc2-eval", "arc2-eval@kaggle2025"]


@pytest.mark.parametrize("words", [["run"], ["run", "-i"], ["solve"], ["verify"], ["show"], ["show", "x", "--task"],
                                   ["build", "--task"], ["list", "--task"]])  # fmt: skip
def test_task_ids(folder, words):
    assert proposed(folder, *words, "007") == ["007bbfb7"]


def test_task_ids_of_another_set_and_of_files(folder):
    assert proposed(folder, "run", "--set", "arc1-eval", "") == list(load_set("arc1-eval").ids)
    assert proposed(folder, "run", "--data", "tasks", "") == ["mirror00"]


def test_several_ids_with_commas(folder):
    assert proposed(folder, "evolve", "--tasks", "un") == ["unsolved"]
    assert proposed(folder, "evolve", "--tasks", "00d62c1b,00") == ["00d62c1b,007bbfb7"]


def test_names_of_programs(folder):
    assert proposed(folder, "show", "solve_mi") == ["solve_mine"]
    assert proposed(folder, "show", "solve_007") == ["solve_007bbfb7"]
    assert proposed(folder, "show", "--workspace", "other", "solve_mi") == ["solve_mine"]
    assert proposed(folder, "show", "solve_mi", ARCBATT_WORKSPACE="tasks") == []


def test_md5s_of_programs(folder):
    (path,) = (folder / ".arcbatt" / "solver_md5").iterdir()
    assert proposed(folder, "show", path.stem[:4]) == [path.stem]
    assert path.stem not in proposed(folder, "show", path.stem[:1])


def test_names_are_found_among_many_and_bounded(tmp_path):
    (tmp_path / "many.py").write_text("".join(
        f"def solve_many{n}(I):\n    return replace(I, {n % 10}, {n})\n" for n in range(completion.MOST_PROGRAMS + 50)
    ))  # fmt: skip
    assert arcbatt("import", "many.py", cwd=tmp_path).returncode == 0
    assert len(proposed(tmp_path, "show", "solve_many")) == completion.MOST_PROGRAMS
    assert proposed(tmp_path, "show", "solve_many249") == ["solve_many249"]


def test_operators_of_mutation(folder):
    assert proposed(folder, "build", "--mutation", "wr") == ["wrap="]
    found = proposed(folder, "evolve", "--mutation", "wrap=2,")
    assert "wrap=2,wrap=" not in found
    assert {"wrap=2,cross=", "wrap=2,tries="} <= {*found}
    for text in found:
        MutationSettings.of_text(f"{text}1")


def test_the_workspace_is_left_as_it_is(folder):
    def state():
        """All but the times of what readers of a database share."""
        found = (folder / ".arcbatt").rglob("*")
        return sorted((path, path.suffix == ".db-shm" or path.stat().st_mtime_ns) for path in found)

    before = state()
    proposed(folder, "show", "solve_")
    assert state() == before


def test_no_workspace_is_made(tmp_path):
    proposed(tmp_path, "show", "solve_")
    assert list(tmp_path.iterdir()) == []


def foreign(folder: Path, statement: str) -> None:
    (folder / ".arcbatt").mkdir()
    with sqlite3.connect(folder / ".arcbatt" / "arcbatt.db") as connection:
        connection.executescript(statement)
    connection.close()


ENDLESS = """CREATE VIEW programs AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT 'solve_' || i AS name, 'x' AS md5 FROM n WHERE i < 0;"""
HOSTILE = """CREATE TABLE programs (name, md5);
             INSERT INTO programs VALUES ('solve_zz' || char(10) || 'rm', 'x'), ('solve_z$(id)', 'x'), (1, 2),
                                         ('solve_zz' || char(27), 'x'), (x'00', 'x'), ('solve_zz', 'x');"""


def test_a_database_of_a_stranger_neither_hangs_nor_speaks(tmp_path):
    foreign(tmp_path, ENDLESS)
    assert proposed(tmp_path, "show", "solve_zz") == []


def test_odd_names_are_left_out(tmp_path):
    foreign(tmp_path, HOSTILE)
    assert proposed(tmp_path, "show", "solve_z") == ["solve_zz"]


@pytest.mark.parametrize("make", [
    lambda path: path.write_bytes(b"no database"), lambda path: path.symlink_to("/dev/zero"), os.mkfifo,
    lambda path: path.mkdir(),
], ids=["text", "link", "pipe", "folder"])  # fmt: skip
def test_a_database_that_is_none_is_no_matter(tmp_path, make):
    (tmp_path / ".arcbatt").mkdir()
    make(tmp_path / ".arcbatt" / "arcbatt.db")
    assert proposed(tmp_path, "show", "solve_007") == ["solve_007bbfb7"]


@pytest.mark.parametrize("words", [
    ["run", "--set", "nothing", ""], ["run", "--data", "missing", ""], ["run", "--data", "mine.py", ""],
    ["evolve", "--tasks", ",,,"], ["build", "--mutation", "=,=,"],
])  # fmt: skip
def test_wrong_input_gives_no_message(folder, words):
    assert ask(folder, *words).stderr == ""


@pytest.mark.parametrize("env", [
    {"_ARCBATT_COMPLETE": "bash_complete"}, {"_ARCBATT_COMPLETE": "nonsense"}, {"_ARCBATT_COMPLETE": ""},
    {"_ARCBATT_COMPLETE": "zsh_complete", "COMP_WORDS": "arcbatt '", "COMP_CWORD": "x"},
])  # fmt: skip
def test_a_question_that_is_none_is_no_traceback(tmp_path, env):
    assert "rror" not in arcbatt(cwd=tmp_path, env=env).stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_scripts(tmp_path, shell):
    done = arcbatt("completion", shell, cwd=tmp_path, env={"PATH": "/nowhere"})
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_ARCBATT_COMPLETE={shell}_complete" in done.stdout
    path = shutil.which(shell)
    if path is not None:
        (tmp_path / "script").write_text(done.stdout)
        assert subprocess.run([path, "-n", "script"], cwd=tmp_path, check=False).returncode == 0


def test_another_shell_is_refused(tmp_path):
    done = arcbatt("completion", "tcsh", cwd=tmp_path)
    assert done.returncode == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_in_a_real_bash(folder):
    script = (
        'printf \'#!/bin/sh\\nexec "%s" -m arcbatt "$@"\\n\' "$PYTHON" > bin/arcbatt; chmod +x bin/arcbatt\n'
        'PATH="$PWD/bin:$PATH"\n'
        'eval "$(arcbatt completion bash)"\n'
        "COMP_WORDS=(arcbatt show solve_mi); COMP_CWORD=2; _arcbatt_completion arcbatt\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    (folder / "bin").mkdir()
    done = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=folder, env={**os.environ, "PYTHON": sys.executable},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout == "solve_mine\n"
