"""Users' primitives that hang or die, through every command that evaluates programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.command import arcbatt
from support.hanging import write_hanging
from support.tasks import mirror_task, write_task

COMMANDS = {
    "run": ["run", "--all", "--no-store", "-t", "0.5", "--json", "out.json"],
    "evolve": ["evolve", "--tasks", "all", "--no-store", "-t", "0.5", "--time", "5", "--generations", "1",
               "--json", "out.json"],
    "solve": ["solve", "-t", "0.5", "--time-per-task", "0", "--json", "out.json"],
    "verify": ["verify", "mirrored", "-t", "0.5"],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_task(tmp_path / "tasks", mirror_task())
    write_hanging(tmp_path)
    return tmp_path


def programs(folder: Path, name: str) -> list[str]:
    (folder / "mine.py").write_text(
        f"def solve_hangs(I):\n    return {name}(I)\ndef solve_mirror(I):\n    return vmirror(I)\n"
    )
    return ["--data", "tasks", "-b", "mine.py", "--primitives", "hanging.py"]


@pytest.mark.parametrize(("command", "name"), [
    *((command, "loops") for command in COMMANDS), pytest.param("run", "blocks", marks=pytest.mark.slow),
])  # fmt: skip
def test_a_command_ends_names_the_primitive_and_keeps_the_rest(folder: Path, command: str, name: str) -> None:
    done = arcbatt(*COMMANDS[command], *programs(folder, name), cwd=folder)
    assert done.returncode == 0, done.stderr
    # What is left of the 0.5 s of its sample when it is called, which is less on a busy machine.
    assert re.search(rf"arcbatt: {name} did not return within 0\.\d+ s; it was not called again", done.stderr)
    if command == "verify":
        assert "alone and shared agree" in done.stdout
        return
    found = json.loads((folder / "out.json").read_text())
    if command == "run":
        (task,) = found["tasks"]
        assert (task["cut_off"], [kept["name"] for kept in task["kept"]]) == (1, ["solve_mirror"])
    elif command == "evolve":
        assert [task["task"] for task in found["solved"]] == ["mirrored"]
    else:
        (task,) = found["tasks"]
        assert task["right"] == [True]


def test_a_primitive_that_ends_its_process_costs_its_own_programs(folder: Path) -> None:
    done = arcbatt(*COMMANDS["run"], *programs(folder, "crashes"), cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "arcbatt: crashes brought its worker down: the worker was killed by SIGSEGV" in done.stderr
    (task,) = json.loads((folder / "out.json").read_text())["tasks"]
    assert [kept["name"] for kept in task["kept"]] == ["solve_mirror"]


def test_show_survives_what_ends_its_process(folder: Path) -> None:
    programs(folder, "crashes")
    assert arcbatt("import", "mine.py", "--primitives", "hanging.py", cwd=folder).returncode == 0
    arguments = ["show", "solve_hangs", "--task", "mirrored", "--data", "tasks", "--primitives", "hanging.py"]
    done = arcbatt(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "timeout at x1 = crashes(...): crashes brought its worker down" in done.stdout


@pytest.mark.parametrize("command", [
    ["run", "--all", "--no-store"], ["evolve", "--tasks", "all", "--no-store", "--generations", "0"],
    ["solve", "--time-per-task", "0"],
])  # fmt: skip
def test_a_command_reports_what_a_primitive_raises(folder: Path, command: list[str]) -> None:
    (folder / "raising.py").write_text(
        "from arcbatt import primitive\nfrom arcbatt.dsl.types import Grid\n\n\n"
        "@primitive\ndef raises(grid: Grid) -> Grid:\n    return misspelt\n"
    )
    (folder / "mine.py").write_text("def solve_raises(I):\n    return raises(I)\n")
    done = arcbatt(*command, "--data", "tasks", "-b", "mine.py", "--primitives", "raising.py", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "1 error in raises: NameError: name 'misspelt' is not defined (raising.py:7)" in done.stdout
    assert "(solve_raises on mirrored)" in done.stdout
