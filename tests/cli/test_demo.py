"""``arcbatt demo``, as somebody meets it who has just installed the package."""

from __future__ import annotations

import os
import shlex
import sys

import click
import pytest

from arcbatt.arc import load_set
from arcbatt.cli.group import cli
from arcbatt.library import starter_solvers
from support.command import arcbatt


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What it prints with a workspace, and the folder in which the workspace ``my ws`` lies."""
    folder = tmp_path_factory.mktemp("demo")
    done = arcbatt("demo", "--workspace", "my ws", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout, folder


def commands(text):
    """The commands that it tells to try, as lists of words."""
    lines = text[text.index("Next, try:") :].splitlines()[1:]
    return [shlex.split(line.strip().partition("  ")[0]) for line in lines]


def test_an_answer_stands_beside_the_expected_output(shown):
    text, _ = shown
    assert "solve_007bbfb7 solves 5 of 5 demo samples and 1 of 1 test samples" in text
    output = load_set()["007bbfb7"].test[0].output
    for row in output:
        cells = " ".join(map(str, row))
        assert f"{cells}    {cells}" in text


def test_a_near_miss_is_told_with_its_share_of_cells(shown):
    text, _ = shown
    assert "82819916" not in {program.name.removeprefix("solve_") for program in starter_solvers()}
    assert "no program solves it; nearest is solve_d8c310e9: 1 of 4 demo samples, 91.6 % of the cells" in text
    assert "answer, 10 cells wrong" in text
    assert text.count("[0]") == 10


def test_what_works_is_in_the_workspace(shown):
    _, folder = shown
    done = arcbatt("list", "tasks", "--workspace", "my ws", cwd=folder)
    assert "007bbfb7" in done.stdout
    assert "82819916" in done.stdout


def test_three_commands_to_try_that_can_be_typed(shown, monkeypatch):
    text, folder = shown
    monkeypatch.chdir(folder)
    found = commands(text)
    assert len(found) == 3
    for words in found:
        name, *arguments = words[words.index("arcbatt") + 1 :] if "arcbatt" in words else words[1:]
        command = cli.get_command(click.Context(cli), name)
        context = command.make_context(name, arguments)
        assert str(context.params["workspace"]) == "my ws"
    show = found[0][found[0].index("show") :]
    assert "solve_007bbfb7" in arcbatt(*show, cwd=folder).stdout


def test_phases_and_times_are_for_timing(shown):
    text, _ = shown
    assert "run_batt" not in text
    assert " s\n" not in text


def test_without_a_workspace_it_leaves_nothing(shown, tmp_path):
    text, _ = shown
    (tmp_path / "tmp").mkdir()
    done = arcbatt("demo", cwd=tmp_path, env={"TMPDIR": str(tmp_path / "tmp")})
    assert done.stderr == ""
    assert [os.fspath(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["tmp"]
    assert done.stdout.partition("Next")[0] == text.partition("Next")[0]


def test_the_command_is_named_as_it_can_be_called(tmp_path):
    bare = arcbatt("demo", cwd=tmp_path, env={"PATH": os.path.dirname(sys.executable)})
    assert [words[0] for words in commands(bare.stdout)] == ["arcbatt"] * 3
    module = arcbatt("demo", cwd=tmp_path, env={"PATH": "/nowhere"})
    assert [words[:3] for words in commands(module.stdout)] == [["python", "-m", "arcbatt"]] * 3
