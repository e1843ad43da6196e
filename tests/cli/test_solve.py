"""``arcbatt solve`` and ``arcbatt score`` as a user runs them: real processes, real files, an own checker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample, Task, load_set, task_to_json
from support.command import arcbatt, started, tree
from support.tasks import PROGRAMS, mirror_task, without, write_task
from support.twins import needs_native

TURN = "\ndef solve_round(I):\n    return rot180(I)\n"
INPUTS = (
    ((0, 1), (2, 0)), ((3, 0, 0), (0, 4, 0)), ((5, 6, 0), (1, 1, 2), (0, 0, 3)), ((7, 0, 0, 0, 2), (0, 9, 0, 8, 0)),
)  # fmt: skip


def task_of(task_id: str, change: Callable[[Any], Any], tests: int = 1) -> Task:
    samples = [Sample(grid, change(grid)) for grid in INPUTS]
    return Task(task_id, tuple(samples[:2]), tuple(samples[-tests:]))


def nonsense(grid: Any) -> Any:
    """No small program gives this."""
    return tuple(tuple((cell * 7 + row * 3 + column * 5) % 10 for column, cell in enumerate(cells) for _ in range(3))
                 for row, cells in enumerate((*grid, grid[0])))  # fmt: skip


TASKS = {
    "mirrored": mirror_task("mirrored"),
    "several": task_of("several", lambda grid: tuple(row[::-1] for row in grid), tests=2),
    "turned": task_of("turned", lambda grid: tuple(row[::-1] for row in grid[::-1])),
    "unsolved": task_of("unsolved", nonsense, tests=2),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return kaggle_folder(tmp_path)


def kaggle_folder(folder: Path) -> Path:
    """A folder with Kaggle's files for four tasks, and a file of programs."""
    write_kaggle(folder, TASKS)
    (folder / "programs.py").write_text(PROGRAMS + TURN)
    return folder


def write_kaggle(folder: Path, tasks: dict[str, Task], change: Callable[[Any], Any] | None = lambda output: output,
                 name: str = "kaggle") -> None:  # fmt: skip
    """Writes challenges and, unless ``change`` is None, solutions with each output changed by it."""
    challenges = {task_id: task_to_json(task.challenge) for task_id, task in tasks.items()}
    (folder / f"{name}_challenges.json").write_text(json.dumps(challenges))
    if change is not None:
        solutions = {task_id: [change(sample.output) for sample in task.test] for task_id, task in tasks.items()}
        (folder / f"{name}_solutions.json").write_text(json.dumps(solutions))


def check(path: Path, challenges: Path) -> dict[str, list[list[Any]]]:
    """An own reading of Kaggle's rules; gives by task, for each test input, the two attempts."""
    submission, tasks = json.loads(path.read_text()), json.loads(challenges.read_text())
    assert set(submission) == set(tasks)
    for task_id, entries in submission.items():
        assert len(entries) == len(tasks[task_id]["test"])
        for entry in entries:
            assert set(entry) == {"attempt_1", "attempt_2"}
            assert entry["attempt_1"] != entry["attempt_2"]
            for grid in entry.values():
                assert 1 <= len(grid) <= 30
                assert 1 <= len(grid[0]) <= 30
                assert {len(row) for row in grid} == {len(grid[0])}
                assert all(type(cell) is int and 0 <= cell <= 9 for row in grid for cell in row)
    return {task_id: [list(entry.values()) for entry in entries] for task_id, entries in submission.items()}


def as_lists(grid: Any) -> Any:
    return list(map(list, grid))


SOLVE = ["solve", "--data", "kaggle_challenges.json", "-b", "programs.py", "--time-per-task", "0.2"]


def test_a_submission_for_a_kaggle_file(folder: Path) -> None:
    done = arcbatt(*SOLVE, "--json", "report.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    attempts = check(folder / "submission.json", folder / "kaggle_challenges.json")
    for task_id in ("mirrored", "several", "turned"):
        for entry, sample in zip(attempts[task_id], TASKS[task_id].test, strict=True):
            assert as_lists(sample.output) in entry
    assert "4 tasks: 3 with all demo samples solved" in done.stdout
    assert "3 of 4 tasks wholly right" in done.stdout
    assert "are in submission.json" in done.stdout
    (run,) = json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout)
    assert run["command"] == "solve"
    report = json.loads((folder / "report.json").read_text())
    assert [task["task"] for task in report["tasks"]] == sorted(TASKS)
    by_id = {task["task"]: task for task in report["tasks"]}
    assert by_id["several"]["right"] == [True, True]
    assert by_id["mirrored"]["programs"][0]["name"] == "solve_mirror"
    assert by_id["mirrored"]["programs"][0]["source"] == "given"
    assert by_id["unsolved"]["programs"] == []
    stored = json.loads(arcbatt("list", "scores", "--json", cwd=folder).stdout)
    assert {(row["task"], row["test_right"]) for row in stored} >= {("mirrored", 1), ("several", 2)}
    assert all(row["demo_right"] == row["demo_count"] for row in stored)


def test_programs_of_the_store_are_tried(folder: Path) -> None:
    (folder / "other.py").write_text("def solve_other(I):\n    return tophalf(I)\n")
    assert arcbatt("import", "programs.py", cwd=folder).returncode == 0
    arguments = ["solve", "mirrored", "--data", "kaggle_challenges.json", "-b", "other.py", "--time-per-task", "0",
                 "--json", "-"]  # fmt: skip
    (task,) = json.loads(arcbatt(*arguments, cwd=folder).stdout)["tasks"]
    assert [program["source"] for program in task["programs"]] == ["store"] * len(task["programs"]) != []
    (alone,) = json.loads(arcbatt(*arguments, "--no-store", cwd=folder).stdout)["tasks"]
    assert alone["programs"] == []


def test_leave_out(folder: Path) -> None:
    """A run of its own kind, which goes on by itself alone, and says in its report what it is."""
    (folder / "own.py").write_text("def solve_turned(I):\n    return rot180(I)\n")
    arguments = ["solve", "--data", "kaggle_challenges.json", "-b", "own.py", "--time-per-task", "0", "--json", "-"]
    for more, expected in ([], True), (["--leave-out"], False):
        report = json.loads(arcbatt(*arguments, *more, "--no-save", cwd=folder).stdout)
        by_id = {task["task"]: task for task in report["tasks"]}
        assert bool(by_id["turned"]["programs"]) is expected
        assert report["leave_out"] is not expected
    assert arcbatt(*arguments, cwd=folder).returncode == 0
    for resumed in (0, 4):
        done = json.loads(arcbatt(*arguments, "--leave-out", "--resume", cwd=folder).stdout)
        assert done["totals"]["resumed"] == resumed


def test_jobs_and_hash_seeds_change_nothing(folder: Path) -> None:
    found = set()
    for jobs, seed in ((1, "0"), (2, "1"), (3, "2")):
        done = arcbatt(*SOLVE, "-j", jobs, "-o", f"{jobs}.json", "--json", f"{jobs}.report", "--workspace", f"w{jobs}",
                       cwd=folder, env={"PYTHONHASHSEED": seed})  # fmt: skip
        assert done.returncode == 0, done.stderr
        stored = {name: text for name, text in tree(folder / f"w{jobs}").items() if "_md5/" in name}
        found.add((
            (folder / f"{jobs}.json").read_bytes(), (folder / f"{jobs}.report").read_bytes(), str(stored),
        ))  # fmt: skip
    assert len(found) == 1


def test_test_outputs_change_nothing(folder: Path) -> None:
    """With right, false and absent test outputs: the same submission, the same programs."""
    write_kaggle(folder, TASKS, lambda output: ((7, 7, 7), (1, 2, 3)), "false")
    write_kaggle(folder, TASKS, None, "absent")
    found = {}
    for name in ("kaggle", "false", "absent"):
        done = arcbatt("solve", "--data", f"{name}_challenges.json", "-b", "programs.py", "--time-per-task", "0.3",
                       "-o", f"{name}.json", "--json", f"{name}.report", "--workspace", name, cwd=folder)  # fmt: skip
        assert done.returncode == 0, done.stderr
        tasks = without(json.loads((folder / f"{name}.report").read_text())["tasks"], "right", "digest")
        stored = {path: text for path, text in tree(folder / name).items() if "_md5/" in path}
        found[name] = ((folder / f"{name}.json").read_bytes(), tasks, stored)
    assert found["kaggle"] == found["false"] == found["absent"]
    assert json.loads((folder / "false.report").read_text())["totals"]["tasks_right"] == 0
    assert json.loads((folder / "absent.report").read_text())["totals"]["known"] == 0


def test_selections(folder: Path) -> None:
    for arguments, expected in [
        (["turned", "-i", "mirrored"], {"turned", "mirrored"}),
        (["-s", "1", "-c", "2"], {"several", "turned"}),
        (["--all"], set(TASKS)),
    ]:
        done = arcbatt(*SOLVE, *arguments, "-o", "-", "-q", cwd=folder)
        assert set(json.loads(done.stdout)) == expected
        assert f"{len(expected)} task" in done.stderr


def test_quiet_and_verbose(folder: Path) -> None:
    assert len(arcbatt(*SOLVE, "-q", cwd=folder).stdout.splitlines()) == 2
    assert "solve_round" in arcbatt(*SOLVE, "-v", "-o", "x.json", cwd=folder).stdout


def test_explain_tells_a_story_of_each_task(folder: Path) -> None:
    done = arcbatt(*SOLVE, "several", "unsolved", "--explain", "--json", "report.json", "--no-save", cwd=folder,
                   env={"COLUMNS": "60"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    several, unsolved = done.stdout.split("\n\nseveral  ")[1].split("\n\nunsolved  ")
    assert several.index("all demo samples:") < several.index("\ntest 1\n") < several.index("\ntest 2\n")
    assert "\nattempt 1: probability " in several
    assert "RIGHT" in several.partition("attempt 2")[0].replace("\n", " ")
    assert "\n    def solve(" in several
    assert "no program was found that fits all demo samples" in unsolved
    assert "RIGHT" not in unsolved
    assert "expected, " in unsolved
    assert "\x1b" not in done.stdout
    report = json.loads((folder / "report.json").read_text())
    first = report["tasks"][0]["attempts"][0][0]
    assert 0 <= first["probability"] <= 1
    assert first["families"]
    assert sum(report["tasks"][0]["found"].values()) >= first["count"] >= 1
    assert 0 <= report["totals"]["expected_known"] <= report["totals"]["outputs"]


def test_explain_looks_at_test_outputs_after_all_is_decided(folder: Path) -> None:
    """Other outputs change the marks of the answers and nothing else."""
    write_kaggle(folder, TASKS, lambda output: output[::-1] + output, "other")
    stories = []
    for name in ("kaggle", "other"):
        done = arcbatt("solve", "several", "--data", f"{name}_challenges.json", "-b", "programs.py", "--explain",
                       "--time-per-task", "0.2", "--no-save", "-o", f"{name}.json", cwd=folder)  # fmt: skip
        assert done.returncode == 0, done.stderr
        # Lines of programs may have the constant RIGHT.
        told = done.stdout.partition("+ speaks for")[0]
        marked = "\n".join(line for line in told.splitlines() if " = " not in line)
        stories.append(marked.replace("RIGHT", "wrong"))
        assert ("RIGHT" in marked) == (name == "kaggle")
    assert " ".join(stories[0].split()) == " ".join(stories[1].split())
    assert (folder / "kaggle.json").read_text() == (folder / "other.json").read_text()


def test_verbose_tells_what_speaks_for_each_attempt(folder: Path) -> None:
    done = arcbatt(*SOLVE, "mirrored", "-v", "--no-save", cwd=folder)
    assert "\n    test 1 attempt 1: probability " in done.stdout
    assert "right with probability" in done.stdout


def test_explain_and_quiet_exclude_each_other(folder: Path) -> None:
    done = arcbatt(*SOLVE, "mirrored", "--explain", "-q", cwd=folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (folder / "submission.json").exists()


def test_total_time_is_a_bound(folder: Path) -> None:
    done = arcbatt(*SOLVE, "--total-time", "0.000001", "--json", "report.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    check(folder / "submission.json", folder / "kaggle_challenges.json")
    assert "4 shortened by the total time" in done.stdout
    # Both begin with the same store: what the first finds would be known to the second.
    wide = arcbatt(*SOLVE, "--no-save", "--total-time", "1000", "-o", "wide.json", cwd=folder)
    assert "shortened" not in wide.stdout
    arcbatt(*SOLVE, "--no-save", "-o", "free.json", cwd=folder)
    assert (folder / "wide.json").read_bytes() == (folder / "free.json").read_bytes()


class TestNoSave:
    def test_leaves_the_store_as_it_is(self, folder: Path) -> None:
        done = arcbatt(*SOLVE, "--no-save", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert not (folder / ".arcbatt").exists()
        arcbatt("import", "programs.py", cwd=folder)
        before = json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout)
        assert arcbatt(*SOLVE, "--no-save", cwd=folder).returncode == 0
        assert json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout) == before == []

    def test_a_workspace_that_cannot_be_written_is_told_with_the_way_out(self, folder: Path) -> None:
        done = arcbatt(*SOLVE, "--workspace", "programs.py", cwd=folder)
        assert done.returncode == 2
        assert "--no-save" in done.stderr
        assert not (folder / "submission.json").exists()
        assert arcbatt(*SOLVE, "--workspace", "programs.py", "--no-save", cwd=folder).returncode == 0


SLOW = ["--engine", "python", "--fuel", "100000", "--time-per-task", "0", "--timeout", "600"]
"""The engine that takes its time, so that there is time to end it.

Without a long time limit a busy machine cuts samples off, and what it cuts off is another result, marked so.
"""


class TestInterruption:
    def test_ctrl_c_leaves_a_valid_submission(self, tmp_path: Path) -> None:
        process = started("solve", "--set", "arc1-train", "-c", "60", *SLOW, "-j", "2", cwd=tmp_path)
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=120)
        assert process.returncode == 130, error
        assert "Traceback" not in error + out
        assert "--resume" in out
        tasks = load_set("arc1-train").slice(0, 60)
        (tmp_path / "challenges.json").write_text(json.dumps({key: task_to_json(task) for key, task in tasks.items()}))
        check(tmp_path / "submission.json", tmp_path / "challenges.json")
        runs = json.loads(arcbatt("list", "runs", "--json", cwd=tmp_path).stdout)
        assert [run["status"] for run in runs] == ["interrupted"]

    def test_a_killed_run_goes_on_to_the_same_answers(self, tmp_path: Path) -> None:
        command = ["solve", "--set", "arc1-train", "-c", "8", *SLOW]
        whole = arcbatt(*command, "-o", "whole.json", "--json", "whole.report", "--workspace", "whole", cwd=tmp_path)
        assert whole.returncode == 0, whole.stderr
        process = started(*command, "-j", "1", cwd=tmp_path)
        assert process.stdout is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert not (tmp_path / "submission.json").exists()
        done = arcbatt(*command, "--resume", "--json", "report", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "submission.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
        resumed, reference = (json.loads((tmp_path / name).read_text()) for name in ("report", "whole.report"))
        assert 1 <= resumed["totals"].pop("resumed") <= 8
        reference["totals"].pop("resumed")
        assert resumed == reference

    @needs_native
    def test_what_an_interrupted_run_found_does_not_change_the_rest(self, folder: Path) -> None:
        """A run that goes on answers as if it had never stopped; a new run knows what was found."""
        (folder / "other.py").write_text("def solve_other(I):\n    return tophalf(I)\n")
        common = ["solve", "--data", "kaggle_challenges.json", "-b", "other.py", "--time-per-task", "0.3"]

        def sources(*arguments: str) -> dict[str, str]:
            done = arcbatt(*common, *arguments, "--json", "-", cwd=folder)
            assert done.returncode == 0, done.stderr
            tasks = json.loads(done.stdout)["tasks"]
            return {task["task"]: task["programs"][0]["source"] for task in tasks if task["programs"]}

        whole = sources("--workspace", "whole")
        assert whole["mirrored"] == whole["several"] == "enumeration"
        assert sources("mirrored") == {"mirrored": "enumeration"}
        assert sources("--resume") == whole
        assert (folder / "submission.json").exists()
        assert sources()["several"] == "store"

    def test_another_kind_of_run_is_not_resumed(self, folder: Path) -> None:
        assert arcbatt(*SOLVE, cwd=folder).returncode == 0
        for change, resumed in ([], 4), (["--seed", "1"], 0), (["--fuel", "1000"], 0), (["-j", "2"], 4):
            done = json.loads(arcbatt(*SOLVE, *change, "--resume", "--json", "-", cwd=folder).stdout)
            assert done["totals"]["resumed"] == resumed, change


class TestRefusals:
    @pytest.mark.parametrize(("arguments", "told"), [
        (["-o", "no/such/folder.json"], "-o"),
        (["-o", "-", "--json", "-"], "standard output"),
        (["-o", "/dev/full", "--time-per-task", "0"], "-o /dev/full: cannot write"),
        (["--timeout", "inf"], "at most 86,400"),
        (["-o", "same.json", "--json", "./same.json"], "two files"),
        (["-o", "kaggle_challenges.json"], "the file of the tasks"),
        (["--time-per-task", "-1"], "--time-per-task"),
        (["--time-per-task", "nan"], "--time-per-task"),
        (["--total-time", "0"], "--total-time"),
        (["mirored"], "mirrored"),
        (["mirrored", "--all"], "not several"),
        (["-b", "missing.py"], "missing.py"),
    ])  # fmt: skip
    def test_say_what_is_wrong_and_end_with_status_2(self, folder: Path, arguments: list[str], told: str) -> None:
        done = arcbatt(*SOLVE, *arguments, cwd=folder)
        assert done.returncode == 2
        assert told in done.stderr
        assert not (folder / "submission.json").exists()


def test_primitives_that_no_worker_can_load_are_told_without_a_traceback(folder: Path) -> None:
    (folder / "mine.py").write_text(
        "import multiprocessing\nassert multiprocessing.parent_process() is None\n"
        "from arcbatt import primitive\nfrom arcbatt.dsl.types import Grid\n\n"
        '@primitive\ndef same(grid: Grid) -> Grid:\n    """The grid."""\n    return grid\n'
    )
    done = arcbatt(*SOLVE, "--primitives", "mine.py", "-j", 1, cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"arcbatt: a worker cannot start: {folder / 'mine.py'}:2: AssertionError" in done.stderr


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a submission, made once; tests add files to it and change none."""
    folder = kaggle_folder(tmp_path_factory.mktemp("solved"))
    assert arcbatt(*SOLVE, "--no-save", cwd=folder).returncode == 0
    return folder


class TestScore:
    def test_tells_outputs_and_tasks(self, solved: Path) -> None:
        done = arcbatt("score", "submission.json", "--solutions", "kaggle_solutions.json", "-v", cwd=solved)
        assert done.returncode == 0, done.stderr
        assert "4 of 6 test outputs right" in done.stdout
        assert "3 of 4 tasks wholly right (75.00 %)" in done.stdout
        assert "several  2/2 right" in done.stdout
        data = json.loads(arcbatt("score", "submission.json", "--data", "kaggle_challenges.json", "--json",
                                  cwd=solved).stdout)  # fmt: skip
        assert (data["outputs_right"], data["tasks_right"], data["score"]) == (4, 3, 0.75)
        assert data["right"]["unsolved"] == [False, False]

    def test_missing_and_extra_tasks_are_told(self, solved: Path) -> None:
        submission = json.loads((solved / "submission.json").read_text())
        submission["odd"] = submission.pop("mirrored")
        (solved / "other.json").write_text(json.dumps(submission))
        done = arcbatt("score", "other.json", "--solutions", "kaggle_solutions.json", cwd=solved)
        assert done.returncode == 0
        assert "2 of 4 tasks wholly right" in done.stdout
        assert "counted as wrong: 1 task (mirrored)" in done.stdout
        assert "left aside: 1 task (odd)" in done.stdout

    @pytest.mark.parametrize(("arguments", "told"), [
        (["submission.json"], "--solutions"),
        (["submission.json", "--solutions", "kaggle_solutions.json", "--set", "arc1-eval"], "excludes"),
        (["missing.json", "--set", "arc1-eval"], "missing.json"),
        (["programs.py", "--set", "arc1-eval"], "not JSON"),
        (["kaggle_solutions.json", "--set", "arc1-eval"], "no valid attempt"),
        (["submission.json", "--solutions", "submission.json"], "test 1 output"),
        (["submission.json", "--data", "absent_challenges.json"], "unknown"),
        (["short.json", "--solutions", "kaggle_solutions.json"], "several: expected 2 entries"),
    ])  # fmt: skip
    def test_bad_files_end_with_status_2(self, solved: Path, arguments: list[str], told: str) -> None:
        write_kaggle(solved, TASKS, None, "absent")
        submission = json.loads((solved / "submission.json").read_text())
        submission["several"].pop()
        (solved / "short.json").write_text(json.dumps(submission))
        done = arcbatt("score", *arguments, cwd=solved)
        assert done.returncode == 2
        assert told in done.stderr
        assert len(done.stderr.splitlines()) <= 4


def test_help_is_light(tmp_path: Path) -> None:
    code = (
        "import sys, arcbatt.cli.solve_command, arcbatt.cli.score_command\n"
        "print([name for name in ('arcbatt.dsl', 'sqlalchemy', 'rich', 'pebble') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "[]"


def test_folders_of_tasks_work_too(tmp_path: Path) -> None:
    for task in TASKS.values():
        write_task(tmp_path / "tasks", task)
    (tmp_path / "programs.py").write_text(PROGRAMS + TURN)
    done = arcbatt("solve", "--data", "tasks", "-b", "programs.py", "--time-per-task", "0", "-q", cwd=tmp_path)
    assert "4 tasks: 3" in done.stdout, done.stderr
