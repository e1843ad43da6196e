"""What a run tells at its end, what ``show`` and ``compare`` say of it: real processes on small data."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.command import arcbatt
from support.tasks import PROGRAMS, mirror_task, shifted, write_task

NEARLY = "def solve_nearly(I):\n    return fill(vmirror(I), FIVE, initset(ORIGIN))\n"
FAILS = """
def solve_middle(I):
    turned = vmirror(I)
    x9 = ofcolor(turned, NINE)
    nine = first(x9)
    return fill(I, ONE, nine)

def solve_height(I):
    return height(I)

def solve_hot(I):
    return power(power(power(power(vmirror, 99), 99), 99), 99)(I)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three tasks, and programs that come near, fail, and give no grid."""
    for number in range(3):
        write_task(tmp_path / "tasks", shifted(mirror_task(f"t{number}"), number))
    (tmp_path / "near.py").write_text(NEARLY + FAILS)
    (tmp_path / "programs.py").write_text(PROGRAMS)
    return tmp_path


def out(folder: Path, *arguments: object, status: int = 0) -> str:
    done = arcbatt(*arguments, cwd=folder)
    assert done.returncode == status, done.stderr
    return done.stdout if status == 0 else done.stderr


class TestOneIdForOtherSamples:
    """Two data sets use the same id for different samples."""

    @pytest.fixture
    def two(self, tmp_path: Path) -> Path:
        for name, call, pairs in (("A", "vmirror", [([[1, 2]], [[2, 1]]), ([[3, 4]], [[4, 3]]), ([[5, 6]], [[6, 5]])]),
                                  ("B", "hmirror", [([[1], [2]], [[2], [1]]), ([[3], [4]], [[4], [3]]),
                                                    ([[5], [6]], [[6], [5]])])):  # fmt: skip
            (tmp_path / name).mkdir()
            samples = [{"input": given, "output": wanted} for given, wanted in pairs]
            (tmp_path / name / "1.json").write_text(json.dumps({"train": samples[:2], "test": samples[2:]}))
            (tmp_path / f"{name}.py").write_text(f"def solve_{name.lower()}(I):\n    return {call}(I)\n")
            done = arcbatt("run", "--all", "--data", name, "-b", f"{name}.py", "--keep", "1", cwd=tmp_path)
            assert "1 score stored" in done.stdout
        return tmp_path

    def test_both_scores_are_there(self, two: Path) -> None:
        rows = json.loads(out(two, "list", "scores", "--json"))
        assert [(row["task"], row["name"], row["demo_right"]) for row in rows if row["demo_right"]] == [
            ("1", "solve_a", 2), ("1", "solve_b", 2)] or len({row["digest"] for row in rows}) == 2  # fmt: skip
        assert {row["name"] for row in rows} == {"solve_a", "solve_b"}

    def test_a_score_on_other_samples_is_marked(self, two: Path) -> None:
        text = out(two, "show", "solve_a", "--task", "1", "--data", "B")
        assert "2/2 demo" in text
        assert "(on other samples of this id than those below)" in text
        assert "1 demo 1: 2 cells differ" in text or "cells differ" in text
        assert "on other samples" not in out(two, "show", "solve_a", "--task", "1", "--data", "A")

    def test_a_task_shows_the_scores_on_its_own_samples(self, two: Path) -> None:
        text = out(two, "show", "1", "--data", "B")
        assert "solve_b" in text
        assert "solve_a" not in text


def test_the_least_score_of_0_keeps_the_near_misses_and_not_the_cheap(folder: Path) -> None:
    (folder / "two.py").write_text(NEARLY + "def solve_same(I):\n    return I\n")
    out(folder, "run", "t0", "--data", "tasks", "-b", "two.py", "--min-score", "0", "--keep", "1")
    assert [row["name"] for row in json.loads(out(folder, "list", "scores", "--json"))] == ["solve_nearly"]


class TestEndOfARun:
    def test_says_what_came_near_what_failed_and_what_to_do(self, folder: Path) -> None:
        text = out(folder, "run", "--data", "tasks", "-b", "near.py", "--fuel", "100000")
        assert "t0  nearest solve_nearly 0/2 demo, 79.1 % of cells" in text
        assert "failed: 6 evaluations: 3 error, 3 limit" in text
        assert "error in first: ValueError: " in text
        assert "(solve_middle on t0)" in text
        assert "no grid: 3 evaluations gave a value that is no grid" in text

    def test_the_commands_that_it_advises_work(self, folder: Path) -> None:
        text = out(folder, "run", "--data", "tasks", "-b", "near.py", "--fuel", "100000", "--workspace", "my work")
        (line,) = [line for line in text.splitlines() if line.startswith("next: ")]
        words = shlex.split(line.removeprefix("next: arcbatt "))
        shown = out(folder, *words)
        assert "fill(" in shown
        assert "1 cell differs" in shown

    def test_durations_name_the_programs_that_take_the_time(self, folder: Path) -> None:
        text = out(folder, "run", "t0", "--data", "tasks", "-b", "near.py", "--durations", "1")
        assert "solve_hot" in text
        assert "solve_height" not in text

    def test_json_has_the_failures(self, folder: Path) -> None:
        data = json.loads(out(folder, "run", "t0", "--data", "tasks", "-b", "near.py", "--fuel", "1000", "--json", "-"))
        (task,) = data["tasks"]
        assert [(group["kind"], group["call"], group["program"], group["step"]) for group in task["failures"]] == [
            ("error", "first", "solve_middle", 3), ("limit", "()", "solve_hot", 5)]  # fmt: skip
        assert task["no_grid"] == 1
        assert (task["nearest"]["name"], task["nearest"]["demo_right"]) == ("solve_nearly", 0)

    def test_one_of_a_thing_is_written_in_the_singular(self, folder: Path) -> None:
        (folder / "one.py").write_text("def solve_one(I):\n    return vmirror(I)\n")
        text = out(folder, "run", "t0", "--data", "tasks", "-b", "one.py")
        assert "1 task: 1 solved, 1 with all demo samples solved; 1 candidate, 1 after filter, 1 score stored" in text

    def test_stored_only_runs_the_programs_of_the_store(self, folder: Path) -> None:
        out(folder, "import", "programs.py")
        data = json.loads(out(folder, "run", "t0", "--data", "tasks", "--stored-only", "--json", "-"))
        assert data["battery"]["solvers"] == 7
        assert "leave out" in out(folder, "run", "t0", "--data", "tasks", "--stored-only", "-b", "near.py", status=2)
        assert "no solver" in out(folder, "run", "t0", "--data", "tasks", "--stored-only", "--workspace", "w", status=2)

    def test_a_terminal_of_80_columns_breaks_no_word(self, folder: Path) -> None:
        name = f"solve_{'long_' * 8}name"
        (folder / "long.py").write_text(f"def {name}(I):\n    return vmirror(I)\n")
        text = on_terminal(["run", "--data", "tasks", "-b", "long.py"], folder, 80)
        words = {word for line in text.splitlines() for word in line.split()}
        assert name in words
        assert {"t0", "t1", "t2", "2/2", "1/1", "solved", "stored"} <= words
        assert all(len(line) <= 80 for line in text.splitlines())

    def test_a_message_from_a_strangers_primitive_stays_on_its_line(self, folder: Path) -> None:
        (folder / "mine.py").write_text(
            "from arcbatt import primitive\nfrom arcbatt.dsl.types import Grid\n\n@primitive\n"
            "def loud(grid: Grid) -> Grid:\n"
            "    raise ValueError('[red]a:smile:\\x1b[31m\\u202ec' + 'x' * 400 + '\\nb')\n"
        )
        (folder / "loud.py").write_text("def solve_loud(I):\n    return loud(I)\n")
        common = ["--data", "tasks", "--primitives", "mine.py"]
        text = out(folder, "run", "t0", "-b", "loud.py", *common)
        text += out(folder, "show", "loud.py:solve_loud", "--task", "t0", "--steps", *common)
        text += out(folder, "list", "failures")
        assert "[red]a" in text
        assert ":smile:" in text
        assert all(line.isprintable() for line in text.splitlines())


def on_terminal(arguments: list[str], folder: Path, columns: int) -> str:
    """What the command prints on a terminal of so many columns, without colors."""
    master, slave = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "dumb", "NO_COLOR": "1"}
    process = subprocess.Popen([sys.executable, "-m", "arcbatt", *arguments], cwd=folder, env=env, stdout=slave,
                               stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)  # fmt: skip
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(master)
    assert process.wait() == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


class TestShow:
    def steps(self, folder: Path, word: str, *more: str) -> list[dict[str, Any]]:
        data = json.loads(out(folder, "show", word, "--task", "t0", "--data", "tasks", "--steps", "--json", *more))
        found: list[dict[str, Any]] = data["steps"]["statements"]
        return found

    def test_the_steps_of_a_program_that_fails_in_the_middle_in_its_authors_names(self, folder: Path) -> None:
        steps = self.steps(folder, "near.py:solve_middle")
        assert [step["text"] for step in steps] == [
            "turned = vmirror(I)", "x9 = ofcolor(turned, NINE)", "nine = first(x9)", "x4 = fill(I, ONE, nine)",
        ]  # fmt: skip
        assert [step["is_failing"] for step in steps] == [False, False, True, False]
        assert steps[0]["value"] == "grid of 2 x 2" or "tuple" in steps[0]["value"]
        assert steps[1]["value"].startswith("set of 0 elements")
        assert steps[2]["value"].startswith("error at ")
        assert steps[3]["value"] is None
        text = out(folder, "show", "near.py:solve_middle", "--task", "t0", "--data", "tasks", "--steps")
        assert ">> nine = first(x9)" in text
        assert "not computed: a step that it needs failed" in text
        assert "error at nine = first(...)" in text

    def test_names_that_an_author_uses_twice_stay_apart(self, folder: Path) -> None:
        (folder / "twice.py").write_text("def solve_twice(I):\n    x2 = vmirror(I)\n    return rot90(hmirror(x2))\n")
        texts = [step["text"] for step in self.steps(folder, "twice.py:solve_twice")]
        left = [text.partition(" = ")[0] for text in texts]
        assert left[0] == "x2"
        assert len(set(left)) == 3

    def test_a_sample_is_chosen_by_name(self, folder: Path) -> None:
        text = out(folder, "show", "near.py:solve_nearly", "--task", "t0", "--data", "tasks", "--sample", "test 1")
        assert "t0 test 1, step by step" in text
        told = out(folder, "show", "near.py:solve_nearly", "--task", "t0", "--data", "tasks", "--sample", "demo 3",
                   status=2)  # fmt: skip
        assert "demo 1, demo 2, test 1" in told

    def test_a_differ_has_demo_samples_alone(self, folder: Path) -> None:
        common = ["show", "programs.py:differ_cells_zo", "--task", "t0", "--data", "tasks"]
        assert "t0 demo 2, step by step" in out(folder, *common, "--sample", "demo 2")
        assert "expected one of demo 1, demo 2, got 'test 1'" in out(folder, *common, "--sample", "test 1", status=2)

    def test_what_says_nothing_of_a_task_or_without_one_is_refused(self, folder: Path) -> None:
        assert "is a task" in out(folder, "show", "t0", "--data", "tasks", "--steps", status=2)
        assert "--task" in out(folder, "show", "near.py:solve_middle", "--data", "tasks", "--steps", status=2)

    def test_a_program_of_a_file_that_lacks_it_names_what_is_there(self, folder: Path) -> None:
        told = out(folder, "show", "near.py:solve_x", "--data", "tasks", status=2)
        assert "solve_nearly, solve_middle" in told
        assert "no program named ''" in out(folder, "show", "near.py:", "--data", "tasks", status=2)

    def test_a_program_in_another_dialect(self, folder: Path) -> None:
        (folder / "other.py").write_text("def solve_other(I):\n    return flip(I)\n")
        (folder / "aliases.toml").write_text('primitives.flip = "vmirror"\n')
        text = out(folder, "show", "other.py:solve_other", "--task", "t0", "--data", "tasks", "--aliases",
                   "aliases.toml")  # fmt: skip
        assert "t0 demo 1: right" in text

    def test_a_program_of_the_starters_files(self, tmp_path: Path) -> None:
        import arcbatt.library.solvers as solvers

        path = next(path for path in sorted(Path(next(iter(solvers.__path__))).glob("*.py"))
                    if "def solve_" in path.read_text())  # fmt: skip
        name = path.read_text().partition("def ")[2].partition("(")[0]
        assert name in out(tmp_path, "show", f"{path}:{name}")

    def test_a_program_that_a_run_alone_knows(self, folder: Path) -> None:
        out(folder, "run", "t0", "--data", "tasks", "-b", "near.py", "--fuel", "1000")
        assert json.loads(out(folder, "list", "--name", "solve_height", "--json")) == []
        text = out(folder, "show", "solve_height", "--task", "t0", "--data", "tasks")
        assert "height(I)" in text
        assert "t0 demo 1: 2" in text


class TestCompare:
    @pytest.fixture
    def compared(self, folder: Path) -> Path:
        for name, programs in (("one", "near.py"), ("two", "programs.py")):
            for workspace in (".arcbatt", name):
                out(folder, "run", "--data", "tasks", "-b", programs, "--no-store", "--fuel", "10000", "--min-score",
                    "0", "--workspace", workspace, "--json", f"{name}.json", "--timing")  # fmt: skip
        return folder

    def test_runs_workspaces_and_files_say_the_same(self, compared: Path) -> None:
        for before, after in (("1", "2"), ("one", "two"), ("one:1", "two:1"), ("one.json", "two.json"), ("1", "two")):
            found = json.loads(out(compared, "compare", before, after, "--json"))
            assert (found["format"], found["kind"]) == (1, "runs")
            assert [(change["task"], change["before"]["program"], change["after"]["program"]) for change in found["won"]
                    ] == [(f"t{number}", "solve_nearly", "solve_mirror") for number in range(3)]  # fmt: skip
            assert "solve_mirror" in [name for name, _ in found["new"]]
            assert "solve_nearly" in [name for name, _ in found["gone"]]
            back = json.loads(out(compared, "compare", after, before, "--json"))
            assert len(back["lost"]) == 3
            assert (back["won"], back["nearer"]) == ([], [])
        text = out(compared, "compare", "1", "2")
        assert "t0  79.1 % of cells -> solved by solve_mirror" in text
        assert "phases, in CPU seconds" in text
        assert "main.run_batt" in text

    @pytest.mark.parametrize(("words", "told"), [
        (["1", "7"], "run 7: no such run"), (["1", "nothing"], "expected the number of a run"),
        (["9" * 5000, "1"], "expected"),
        (["one:9", "1"], "9: no such run"), (["near.py", "1"], "near.py: expected a file of --json"),
        (["tasks", "1"], "tasks"), (["1"], "Missing argument"),
    ])  # fmt: skip
    def test_bad_words_are_refused(self, compared: Path, words: list[str], told: str) -> None:
        assert told in out(compared, "compare", *words, status=2)

    def test_a_strangers_file_sends_the_terminal_nothing(self, compared: Path) -> None:
        data = json.loads((compared / "two.json").read_text())
        for task in data["tasks"]:
            task["kept"][0]["name"] = "\x1b[31msolve_\u202e\n" + "x" * 300
        (compared / "evil.json").write_text(json.dumps(data))
        text = out(compared, "compare", "one.json", "evil.json")
        assert "solve_" in text
        assert all(line.isprintable() for line in text.splitlines())


def test_show_says_that_a_file_of_programs_is_missing(tmp_path: Path) -> None:
    done = arcbatt("show", "nofile.py:solve_a", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("arcbatt: nofile.py: no such file")
