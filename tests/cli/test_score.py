"""``arcbatt score``: what is malformed costs itself alone, and the figures say what they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import arcbatt

GRIDS = {"a": [[1]], "b": [[2, 2]], "c": [[3], [3]]}


def attempts(first: Any, second: Any) -> dict[str, Any]:
    return {"attempt_1": first, "attempt_2": second}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Solutions of three tasks with one output each and of one, d, with two."""
    solutions = {**{task_id: [grid] for task_id, grid in GRIDS.items()}, "d": [[[4]], [[5]]]}
    write(tmp_path / "x_solutions.json", solutions)
    return tmp_path


def write(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value))
    return path


def score(folder: Path, submission: Any, *arguments: str) -> str:
    write(folder / "submission.json", submission)
    done = arcbatt("score", "submission.json", "--solutions", "x_solutions.json", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


MALFORMED = {
    "a": [attempts([[1]], None)],  # right, beside a null
    "b": [{"attempt_1": [[2, 2]]}],  # right, without a second
    "c": [attempts([[3], [3, 3]], [[3], [3]])],  # ragged, then right
    "d": [None, attempts([[5]], [[99]])],  # no entry, then right
}


def test_malformed_attempts_are_wrong_and_listed(folder: Path) -> None:
    out = score(folder, MALFORMED)
    assert "87.50 %: the score of the ARC Prize's own scorer" in out
    assert "80.00 %: Kaggle's score; 4 of 5 test outputs right within two attempts" in out
    assert "3 of 4 tasks wholly right (75.00 %)" in out
    lines = out.splitlines()
    assert "malformed, counted as wrong: 6 attempts" in lines
    assert lines[-6:] == [
        "  submission.json: task a: test 1: attempt_2: expected a grid (a list of rows), got null",
        '  submission.json: task b: test 1: expected an object with "attempt_2", got one without "attempt_2"',
        "  submission.json: task c: test 1: attempt_1: row 2 (counting from 1): expected 1 cells as in the row before, "
        "got 2",
        '  submission.json: task d: test 1: expected an object with "attempt_1", got null',
        '  submission.json: task d: test 1: expected an object with "attempt_2", got null',
        "  submission.json: task d: test 2: attempt_2: row 1, cell 1 (counting from 1): expected a color from 0 to 9, "
        "got 99",
    ]


def test_json_has_the_same(folder: Path) -> None:
    data = json.loads(score(folder, MALFORMED, "--json"))
    assert (data["score"], data["outputs_right"], data["tasks_right"]) == (0.875, 4, 3)
    assert len(data["malformed"]) == 6
    assert data["right"]["d"] == [False, True]


def test_many_malformed_attempts_are_few_lines(folder: Path) -> None:
    extra = {f"t{number}": [attempts(None, None)] for number in range(200)}
    lines = score(folder, {**extra, "a": [attempts([[1]], [[1]])]}).splitlines()
    assert "malformed, counted as wrong: 400 attempts" in lines
    assert lines[-1] == "  and 390 more"
    assert sum("expected a grid" in line for line in lines) == 10


def test_tasks_that_are_missing_are_one_line(tmp_path: Path) -> None:
    write(tmp_path / "few.json", {"00576224": [attempts([[1]], [[1]])], "odd": [attempts([[1]], [[1]])]})
    done = arcbatt("score", "few.json", "--set", "arc1-eval", "-v", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) <= 7
    assert "00576224  0/1 right" in done.stdout
    assert "not in the submission, counted as wrong: 399 tasks (" in done.stdout
    assert "and 394 more)" in done.stdout
    assert "without a solution, left aside: 1 task (odd)" in done.stdout


class TestSeveralSolutions:
    def test_all_of_them_count(self, folder: Path) -> None:
        write(folder / "y_solutions.json", {"e": [[[6]]], "a": [[[1]]]})
        submission = {"a": [attempts([[1]], [[0]])], "e": [attempts([[0]], [[6]])]}
        data = json.loads(score(folder, submission, "--solutions", "y_solutions.json", "--json"))
        assert (data["tasks"], data["tasks_right"], data["missing"]) == (5, 2, ["b", "c", "d"])

    def test_those_that_contradict_each_other_are_refused(self, folder: Path) -> None:
        write(folder / "y_solutions.json", {"a": [[[2]]]})
        write(folder / "s.json", {"a": [attempts([[1]], [[0]])]})
        done = arcbatt("score", "s.json", "--solutions", "x_solutions.json", "--solutions", "y_solutions.json",
                       cwd=folder)  # fmt: skip
        assert done.returncode == 2
        assert "y_solutions.json: task a: its outputs differ from those in x_solutions.json" in done.stderr

    def test_several_folders_of_tasks(self, tmp_path: Path) -> None:
        for name, grid in GRIDS.items():
            (tmp_path / name).mkdir()
            pair = {"input": [[0]], "output": grid}
            write(tmp_path / name / f"{name}.json", {"train": [pair], "test": [pair]})
        write(tmp_path / "s.json", {name: [attempts(grid, grid)] for name, grid in GRIDS.items()})
        done = arcbatt("score", "s.json", "--data", "a", "--data", "b", "--data", "c", cwd=tmp_path)
        assert "3 of 3 tasks wholly right" in done.stdout


@pytest.mark.parametrize(("submission", "reason"), [
    ({"d": [attempts([[1]], [[1]])]}, "task d: expected 2 entries, one a test output, got 1"),
    ({"a": [attempts([[1]], [[1]])] * 2}, "task a: expected 1 entries, one a test output, got 2"),
    ({"a": {}}, "task a: expected a list of attempts"),
    ([1], "expected an object"),
    ({"a": [attempts(None, None)]}, "no submission, it has no valid attempt"),
])  # fmt: skip
def test_what_is_no_submission_is_refused(folder: Path, submission: Any, reason: str) -> None:
    write(folder / "s.json", submission)
    done = arcbatt("score", "s.json", "--solutions", "x_solutions.json", cwd=folder)
    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1
