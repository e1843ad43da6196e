"""Tasks as users have them, through the commands that take them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from arcbatt.arc import load_path
from support.command import arcbatt, tree
from support.tasks import PROGRAMS, mirror_task, write_task

RUN = ["run", "-b", "programs.py", "--no-store", "-j", "1", "--json", "-"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two folders of tasks, `A` and `B`, that share the id `same` for different tasks."""
    (tmp_path / "programs.py").write_text(PROGRAMS)
    write_task(tmp_path / "A", mirror_task("same"))
    write_task(tmp_path / "A", mirror_task("one"))
    write_task(tmp_path / "B" / "deeper", mirror_task("two"))
    task = mirror_task("same")
    write_task(tmp_path / "B", replace(task, demo=task.demo[::-1]))
    return tmp_path


def tasks_run(folder: Path, *arguments: str) -> tuple[list[str], str]:
    """The ids that a run had, and what it printed on standard error."""
    done = arcbatt(*RUN, *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return [task["task"] for task in json.loads(done.stdout)["tasks"]], done.stderr


class TestSeveral:
    def test_all_tasks_of_all_that_is_named(self, folder: Path) -> None:
        ids, notes = tasks_run(folder, "--data", "A", "--data", "B")
        assert sorted(ids) == ["one", "same", "same@B", "two"]
        assert "arcbatt: 1 id stands for different tasks; the later ones are named same@B\n" in notes

    def test_sets_and_data_together(self, folder: Path) -> None:
        ids, _ = tasks_run(folder, "007bbfb7", "one", "--set", "arc1-train", "--set", "arc1-eval", "--data", "A")
        assert sorted(ids) == ["007bbfb7", "one"]

    def test_generated_pairs_are_judged_on_a_task_of_their_own(self, folder: Path) -> None:
        pair = {"input": [[1, 0]], "output": [[0, 1]]}
        (folder / "made").mkdir()
        (folder / "made" / "one.json").write_text(json.dumps([pair] * 9))
        done = arcbatt("run", "one@made", "--data", "A", "--data", "made", "-b", "programs.py", "--no-store",
                       cwd=folder)  # fmt: skip
        assert "one@made  solved solve_mirror 2/2 demo 9/9 test" in done.stdout
        shown = arcbatt("show", "one@made", "--data", "A", "--data", "made", cwd=folder)
        assert shown.returncode == 0, shown.stderr


class TestWhichTasks:
    """One rule for run and solve: what is named is what is worked on."""

    @pytest.mark.parametrize("command", ["run", "solve"])
    def test_nothing_named_is_asked_for(self, folder: Path, command: str) -> None:
        done = arcbatt(command, "-b", "programs.py", cwd=folder)
        assert done.returncode == 2
        assert "which tasks? Name some ('007bbfb7'), a slice with -s and -c, --set or --data, or all with --all" in (
            done.stderr
        )

    @pytest.mark.parametrize(("arguments", "expected"), [
        (["--data", "A/one.json"], ["one"]),
        (["--data", "A"], ["one", "same"]),
        (["--data", "A", "--all"], ["one", "same"]),
        (["--data", "A", "-s", "1"], ["same"]),
        (["--data", "A", "same"], ["same"]),
    ])  # fmt: skip
    def test_named_data_is_all_of_it(self, folder: Path, arguments: list[str], expected: list[str]) -> None:
        assert sorted(tasks_run(folder, *arguments)[0]) == expected
        done = arcbatt("solve", *arguments, "-b", "programs.py", "--time-per-task", "0", "--no-save", "-q", "-o", "-",
                       cwd=folder)  # fmt: skip
        assert sorted(json.loads(done.stdout)) == expected


class TestBadTasks:
    @pytest.fixture(autouse=True)
    def bad(self, folder: Path) -> None:
        (folder / "A" / "bad.json").write_text('{"train": [')
        write_task(folder / "A", mirror_task("x" * 101))

    def test_all_faults_are_reported_with_what_to_do(self, folder: Path) -> None:
        done = arcbatt(*RUN, "--data", "A", cwd=folder)
        assert done.returncode == 2
        assert done.stdout == ""
        lines = done.stderr.splitlines()
        assert lines[0] == "arcbatt: A: 2 of 4 tasks are malformed:"
        assert lines[1] == "  A/bad.json: not JSON at line 1, column 12: Expecting value"
        assert "it has 101 characters, expected at most 100" in lines[2]
        assert lines[3:] == ["--skip-bad leaves out what is malformed"]

    def test_they_are_left_out_where_that_is_asked_for(self, folder: Path) -> None:
        ids, notes = tasks_run(folder, "--data", "A", "--skip-bad")
        assert sorted(ids) == ["one", "same"]
        assert "arcbatt: 2 of 4 tasks left out as malformed: A/bad.json: not JSON at line 1" in notes

    def test_they_do_not_concern_others(self, folder: Path) -> None:
        ids, notes = tasks_run(folder, "one", "--data", "A")
        assert ids == ["one"]
        assert "arcbatt: " not in notes

    @pytest.mark.parametrize("command", [
        ["evolve", "--tasks", "all", "--generations", "0", "-b", "programs.py"],
        ["solve", "--time-per-task", "0", "-b", "programs.py"],
    ])  # fmt: skip
    def test_other_commands_too(self, folder: Path, command: list[str]) -> None:
        refused = arcbatt(*command, "--data", "A", cwd=folder)
        assert refused.returncode == 2
        assert refused.stderr.endswith("--skip-bad leaves out what is malformed\n")
        done = arcbatt(*command, "--data", "A", "--skip-bad", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "2 of 4 tasks left out as malformed" in done.stderr


class TestWritingIntoTheData:
    SOLVE = ("solve", "--data", "A", "-b", "programs.py", "--time-per-task", "0", "-j", "1")

    def test_a_submission_and_a_report_do_not_spoil_the_folder(self, folder: Path) -> None:
        revision = load_path(folder / "A").revision
        for _ in range(2):
            done = arcbatt(*self.SOLVE, "-o", "A/sub.json", "--json", "A/report.json", "--workspace", "A/.arcbatt",
                           cwd=folder)  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert sorted(json.loads((folder / "A" / "sub.json").read_text())) == ["one", "same"]
        assert "arcbatt: A: 1 submission left out: sub.json" in done.stderr
        assert "arcbatt: A: 1 file that is no task left out: report.json" in done.stderr
        assert load_path(folder / "A").revision == revision

    @pytest.mark.parametrize("option", ["-o", "--json"])
    @pytest.mark.parametrize("place", ["A/one.json", "A/../A/one.json"])
    def test_a_task_is_never_overwritten(self, folder: Path, option: str, place: str) -> None:
        before = tree(folder)
        done = arcbatt(*self.SOLVE, option, place, cwd=folder)
        assert done.returncode == 2
        assert f"{option} {place}: is the file of the tasks, or one of them; name another" in done.stderr
        assert tree(folder) == before

    @pytest.mark.parametrize("option", ["--json", "--trace"])
    def test_nor_by_a_run(self, folder: Path, option: str) -> None:
        before = tree(folder)
        done = arcbatt("run", "--data", "A", "-b", "programs.py", "--no-store", option, "A/one.json", cwd=folder)
        assert done.returncode == 2
        assert f"{option} A/one.json: is the file of the tasks" in done.stderr
        assert tree(folder) == before


class TestSpecialFiles:
    @pytest.mark.parametrize("command", ["run", "solve", "score", "evolve"])
    @pytest.mark.parametrize("path", ["pipe", "pipes", "/dev/zero", "/dev/tty", "/proc/kmsg", "/proc/self/mem", "a\nb"])
    def test_are_refused_in_one_line(self, folder: Path, command: str, path: str) -> None:
        os.mkfifo(folder / "pipe")
        (folder / "pipes").mkdir()
        os.mkfifo(folder / "pipes" / "p.json")
        (folder / "s.json").write_text(json.dumps({"a": [{"attempt_1": [[1]], "attempt_2": [[1]]}]}))
        words = {"run": ["--all"], "solve": ["--all"], "score": ["s.json"], "evolve": ["--tasks", "all"]}
        done = arcbatt(command, *words[command], "--data", path, cwd=folder)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize("path", ["pipe", "/dev/zero", "/proc/kmsg", "A"])
    def test_are_no_submission_either(self, folder: Path, path: str) -> None:
        os.mkfifo(folder / "pipe")
        for arguments in ([path, "--set", "arc1-eval"], ["s.json", "--solutions", path]):
            (folder / "s.json").write_text(json.dumps({"a": [{"attempt_1": [[1]], "attempt_2": [[1]]}]}))
            done = arcbatt("score", *arguments, cwd=folder)
            assert done.returncode == 2
            assert len(done.stderr.splitlines()) == 1
