"""Submissions beside each other: same attempts or others, and which are right where the outputs are known."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from arcbatt.compare import AnswerSide, answers_of_file, compare_answers, is_submission, known_outputs
from arcbatt.errors import InputError
from arcbatt.report.compare_answers import answer_lines
from support.tasks import mirror_task

ONE, TWO, THREE = ((1,),), ((2, 2),), ((3,), (3,))


def side(name: str = "one", **attempts: Any) -> AnswerSide:
    return AnswerSide(name, attempts)


def test_attempts_are_the_same_swapped_or_different() -> None:
    before = side(a=((ONE, TWO),), b=((ONE, TWO),), c=((ONE, TWO),), d=((ONE, None),))
    after = side("two", a=((ONE, TWO),), b=((TWO, ONE),), c=((ONE, THREE),), d=((ONE, None),))
    found = compare_answers(before, after)
    assert [output.answers for output in found.outputs] == ["same", "swapped", "different", "same"]
    assert (found.totals.same, found.totals.swapped, found.totals.different) == (2, 1, 1)
    assert (found.totals.known, found.won, found.lost) == (0, (), ())
    assert [output.task for output in found.different] == ["c"]


def test_a_known_output_tells_won_and_lost_and_a_malformed_attempt_is_never_right() -> None:
    before = side(a=((TWO, THREE),), b=((ONE, TWO), (TWO, TWO)), c=((None, None),))
    after = side("two", a=((THREE, ONE),), b=((TWO, TWO), (TWO, TWO)), c=((ONE, ONE),))
    found = compare_answers(before, after, {"a": (ONE,), "b": (ONE, None)})
    assert [(output.task, output.test) for output in found.won] == [("a", 1)]
    assert [(output.task, output.test) for output in found.lost] == [("b", 1)]
    assert [(output.task, output.test) for output in found.different] == [("c", 1)]
    assert (found.totals.known, found.totals.right_before, found.totals.right_after) == (2, 1, 1)
    unknown = next(output for output in found.outputs if (output.task, output.test) == ("b", 2))
    assert (unknown.right_before, unknown.right_after) == (None, None)


def test_tasks_and_entries_of_one_side_alone() -> None:
    found = compare_answers(side(a=((ONE, ONE),), x=((ONE, ONE),)), side("two", a=((ONE, ONE), (TWO, TWO)), y=()))
    assert (found.common, found.only_before, found.only_after) == (1, ("x",), ("y",))
    assert [(output.test, output.before is None, output.answers) for output in found.outputs] == [
        (1, False, "same"), (2, True, "different"),
    ]  # fmt: skip
    assert "  a test 2  no entry -> 1x2, 1x2" in list(answer_lines(found))


def test_other_tasks_than_those_answered_are_refused() -> None:
    with pytest.raises(InputError, match="two: task a: expected 2 entries"):
        compare_answers(side(a=((ONE, ONE), (ONE, ONE))), side("two", a=((ONE, ONE),)), {"a": (ONE, TWO)})


def test_known_outputs_are_those_of_tasks_that_are_there() -> None:
    task, unknown = mirror_task(), mirror_task("unknown", test_known=False)
    known = known_outputs({"mirrored": task, "unknown": unknown}, side(mirrored=(), other=(), unknown=()))
    assert known == {"mirrored": (task.test[0].output,), "unknown": (None,)}


def test_long_lists_are_cut_and_counted() -> None:
    tasks = [f"t{number:02}" for number in range(30)]
    found = compare_answers(
        side(**dict.fromkeys(tasks, ((ONE, ONE),))), side("two", **dict.fromkeys(tasks, ((TWO, TWO),))),
        dict.fromkeys(tasks, (TWO,)),
    )  # fmt: skip
    lines = list(answer_lines(found))
    assert "right within two attempts: 0 -> 30 of 30 known outputs" in lines
    assert "won: 30" in lines
    assert "  t00 test 1  1x1, 1x1 (wrong) -> 1x2, 1x2 (right)" in lines
    assert "  and 10 more" in lines


@pytest.mark.parametrize(("data", "expected"), [
    ({"a": [{"attempt_1": [[1]], "attempt_2": None}]}, True), ({"tasks": [{"attempt_1": [[1]]}]}, True),
    ({"a": [[[1]]]}, False), ({"tasks": [], "interrupted": False}, False), ({}, False), ([], False), ("x", False),
])  # fmt: skip
def test_a_submission_is_told_by_what_is_in_it(tmp_path: Path, data: Any, expected: bool) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(data))
    assert is_submission(path) is expected
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert is_submission(path) is expected


def test_what_is_no_json_is_no_submission(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("\x00")
    assert not is_submission(tmp_path / "x.json")


@pytest.mark.parametrize("task", [
    {}, {"task": "a"}, {"task": "a", "attempts": [[{"grid": [[1]]}]]},
    {"task": "a", "attempts": [[{"grid": [[1]]}, {"grid": [[10]]}]]},
    {"task": "../a\n", "attempts": [[{"grid": [[1]]}, {"grid": [[1]]}]]},
])  # fmt: skip
def test_a_damaged_file_of_solve_is_refused_on_one_line(tmp_path: Path, task: Any) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"tasks": [task]}))
    with pytest.raises(InputError, match=r"x\.json") as caught:
        answers_of_file(tmp_path / "x.json")
    assert "\n" not in str(caught.value)
