"""``arcbatt compare`` on submissions: real processes on real files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import arcbatt
from support.tasks import mirror_task, write_task

RIGHT = [[0, 6, 5], [2, 1, 1], [3, 0, 0]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_task(tmp_path / "tasks", mirror_task())
    submission(tmp_path / "one.json", [[1]], [[2]])
    submission(tmp_path / "two.json", [[2]], RIGHT)
    return tmp_path


def submission(path: Path, first: Any, second: Any) -> None:
    path.write_text(json.dumps({"mirrored": [{"attempt_1": first, "attempt_2": second}]}))


def test_two_submissions(folder: Path) -> None:
    done = arcbatt("compare", "one.json", "two.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "1 test output: 0 with the same attempts, 0 with the same in the other order, 1 with others" in done.stdout
    assert "right or wrong: unknown; --set or --data" in done.stdout
    assert "  mirrored test 1  1x1, 1x1 -> 1x1, 3x3" in done.stdout
    known = arcbatt("compare", "one.json", "two.json", "--data", "tasks", cwd=folder)
    assert "right within two attempts: 0 -> 1 of 1 known output" in known.stdout
    assert "won: 1\n  mirrored test 1  1x1, 1x1 (wrong) -> 1x1, 3x3 (right)\nlost: 0" in known.stdout


def test_json_has_every_output(folder: Path) -> None:
    done = arcbatt("compare", "one.json", "two.json", "--data", "tasks", "--json", cwd=folder)
    data = json.loads(done.stdout)
    assert (data["format"], data["kind"], data["totals"]["won"]) == (1, "answers", 1)
    assert data["outputs"] == [{
        "task": "mirrored", "test": 1, "answers": "different", "before": [[[1]], [[2]]], "after": [[[2]], RIGHT],
        "right_before": False, "right_after": True,
    }]  # fmt: skip


def test_a_submission_and_the_file_of_the_solve_that_wrote_it_have_the_same_attempts(folder: Path) -> None:
    solved = arcbatt("solve", "--data", "tasks", "-o", "sub.json", "--json", "solve.json", "--time-per-task", "0.2",
                     "-j", "1", cwd=folder)  # fmt: skip
    assert solved.returncode == 0, solved.stderr
    for words in (("sub.json", "solve.json"), ("solve.json", "sub.json")):
        found = arcbatt("compare", *words, "--json", cwd=folder)
        assert json.loads(found.stdout)["totals"]["same"] == 1, found.stderr


@pytest.mark.parametrize(("words", "told"), [
    (("one.json", "7"), "'one.json' is a submission, and '7' has no attempts"),
    (("tasks", "one.json"), "'one.json' is a submission, and 'tasks' has no attempts"),
    (("one.json", "nothing.json"), "name another submission"),
    (("one.json", "bad.json"), "bad.json: expected a submission, or a file of solve --json"),
    (("one.json", "none.json"), "none.json: no submission, it has no valid attempt"),
    (("one.json", "many.json", "--data", "tasks"), "many.json: task mirrored: expected 1 entries"),
])  # fmt: skip
def test_what_has_no_answers_is_refused_on_one_line(folder: Path, words: tuple[str, ...], told: str) -> None:
    (folder / "bad.json").write_text('{"tasks": 3}')
    submission(folder / "none.json", None, None)
    entry = {"attempt_1": [[1]], "attempt_2": [[1]]}
    (folder / "many.json").write_text(json.dumps({"mirrored": [entry, entry]}))
    done = arcbatt("compare", *words, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
