"""Submissions: what is written is whole, what is read is checked, what is scored is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Sample, Task
from arcbatt.arc.submission import (
    joined_solutions,
    read_solutions,
    read_submission,
    score_submission,
    solutions_of,
    submission_problems,
    submission_text,
)
from arcbatt.errors import InputError

A, B, C = ((0, 1), (2, 3)), ((4,),), ((9, 9, 9),)


def task(task_id: str, *outputs: object) -> Task:
    return Task(task_id, (Sample(A, B),), tuple(Sample(A, output) for output in outputs))


TASKS = {"one": task("one", B), "two": task("two", A, C)}
WHOLE = {"one": ((A, B),), "two": ((A, B), (B, C))}


class TestWriting:
    def test_gives_kaggles_format(self) -> None:
        text = submission_text(WHOLE, TASKS)
        assert json.loads(text) == {
            "one": [{"attempt_1": [[0, 1], [2, 3]], "attempt_2": [[4]]}],
            "two": [
                {"attempt_1": [[0, 1], [2, 3]], "attempt_2": [[4]]},
                {"attempt_1": [[4]], "attempt_2": [[9, 9, 9]]},
            ],
        }

    def test_does_not_hang_on_the_order_of_the_tasks(self) -> None:
        assert submission_text(dict(reversed(WHOLE.items())), TASKS) == submission_text(WHOLE, TASKS)

    @pytest.mark.parametrize(("changed", "told"), [
        ({"two": None}, "task two: no entry"),
        ({"three": ((A, B),)}, "task three: not among"),
        ({"two": ((A, B),)}, "task two: expected 2 entries, one a test input, got 1"),
        ({"one": ((A, B), (A, B))}, "task one: expected 1 entries, one a test input, got 2"),
        ({"one": ((A,),)}, "task one: test 1"),
        ({"two": ((A, B), (A, ((10,),)))}, "task two: test 2"),
        ({"one": ((A, ((0, 1), (2,))),)}, "task one: test 1"),
        ({"one": ((A, ()),)}, "task one: test 1"),
        ({"one": ((A, None),)}, "task one: test 1"),
        ({"one": ((A, ((True,),)),)}, "task one: test 1"),
        ({"one": ((A, ((0,) * 31,)),)}, "task one: test 1"),
    ])  # fmt: skip
    def test_refuses_what_does_not_answer_the_tasks(self, changed: dict, told: str) -> None:
        submission = {key: value for key, value in {**WHOLE, **changed}.items() if value is not None}
        with pytest.raises(InputError, match="does not fit") as refused:
            submission_text(submission, TASKS)
        assert told in str(refused.value)

    def test_tells_all_problems_but_names_few(self) -> None:
        tasks = {f"t{number}": task(f"t{number}", A) for number in range(9)}
        assert len(list(submission_problems({}, tasks))) == 9
        with pytest.raises(InputError, match="and 4 more"):
            submission_text({}, tasks)


GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9), min_size=width, max_size=width).map(tuple), min_size=1, max_size=4
    ).map(tuple)
)


@given(st.dictionaries(st.from_regex(r"\A[0-9a-f]{8}\Z"), st.lists(st.tuples(GRIDS, GRIDS), min_size=1, max_size=3),
                       min_size=1, max_size=4))  # fmt: skip
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, entries: dict) -> None:
    submission = {task_id: tuple(pairs) for task_id, pairs in entries.items()}
    tasks = {task_id: task(task_id, *(None for _ in pairs)) for task_id, pairs in submission.items()}
    path = tmp_path_factory.mktemp("sub") / "submission.json"
    path.write_text(submission_text(submission, tasks))
    assert read_submission(path) == (submission, ())


def written(folder: Path, value: object) -> Path:
    path = folder / "file.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


ENTRY = {"attempt_1": [[1]], "attempt_2": [[2]]}


class TestReading:
    @pytest.mark.parametrize(("value", "told"), [
        ("{", "not JSON"),
        ("", "empty"),
        ("[1]", "expected an object"),
        ("{}", "empty object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": [], "a": []}', "occurs twice"),
        ({"a": 3}, "task a: expected a list"),
        ({"a": []}, "task a: expected attempts for each test input"),
        ({"a": [[[1]]]}, "no valid attempt: "),
        ({"a": [{}, {"attempt_1": [[10]]}]}, "no valid attempt: "),
        ({"../a": [ENTRY]}, "cannot be a task id"),
        ('{"a": NaN}', "NaN"),
    ])  # fmt: skip
    def test_refuses_what_is_no_submission(self, tmp_path: Path, value: object, told: str) -> None:
        with pytest.raises(InputError) as refused:
            read_submission(written(tmp_path, value))
        assert told in str(refused.value)
        assert "file.json" in str(refused.value)
        assert "\n" not in str(refused.value)

    @pytest.mark.parametrize(("entry", "attempts", "reasons"), [
        (None, (None, None), ["expected an object with \"attempt_1\", got null", "\"attempt_2\", got null"]),
        ([[1]], (None, None), ["got a list of 1", "got a list of 1"]),
        ({"attempt_1": [[1]]}, (((1,),), None), ["expected an object with \"attempt_2\", got one without"]),
        ({**ENTRY, "attempt_2": []}, (((1,),), None), ["attempt_2: expected a grid of 1 to 30 rows"]),
        ({**ENTRY, "attempt_1": [[1], [1, 2]]}, (None, ((2,),)), ["attempt_1: row 2"]),
        ({**ENTRY, "attempt_1": [[10]]}, (None, ((2,),)), ["attempt_1: row 1, cell 1"]),
        ({**ENTRY, "attempt_1": [[1.0]]}, (None, ((2,),)), ["attempt_1: row 1, cell 1"]),
        ({"attempt_1": None, "attempt_2": "x"}, (None, None), ["attempt_1: expected a grid", "attempt_2: expected"]),
    ])  # fmt: skip
    def test_a_malformed_attempt_is_none_and_has_its_reason(
        self, tmp_path: Path, entry: object, attempts: tuple, reasons: list[str]
    ) -> None:
        path = written(tmp_path, {"good": [ENTRY], "a": [ENTRY, entry]})
        submission, malformed = read_submission(path)
        sound = (((1,),), ((2,),))
        assert submission == {"good": (sound,), "a": (sound, attempts)}
        assert len(malformed) == len(reasons)
        for line, reason in zip(malformed, reasons, strict=True):
            assert line.startswith(f"{path}: task a: test 2: ")
            assert reason in line

    def test_a_key_that_occurs_twice_makes_both_attempts_malformed(self, tmp_path: Path) -> None:
        twice = '{"attempt_1": [[1]], "attempt_2": [[2]], "attempt_1": [[3]]}'
        text = f'{{"a": [{twice}], "b": [{json.dumps(ENTRY)}]}}'
        submission, malformed = read_submission(written(tmp_path, text))
        assert submission["a"] == ((None, None),)
        assert all("occurs twice" in line for line in malformed)

    @pytest.mark.parametrize(("value", "told"), [
        ({"a": [[[1]], [[11]]]}, "task a: test 2 output: row 1, cell 1"),
        ({"a": [None]}, "task a: test 1 output"),
        ({"a": [ENTRY]}, "task a: test 1 output: expected a grid"),
        ({"a": {}}, "task a: expected a list"),
    ])  # fmt: skip
    def test_refuses_what_is_no_solution(self, tmp_path: Path, value: object, told: str) -> None:
        with pytest.raises(InputError) as refused:
            read_solutions(written(tmp_path, value))
        assert told in str(refused.value)

    def test_refuses_what_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="folder"):
            read_submission(tmp_path)
        with pytest.raises(InputError):
            read_submission(tmp_path / "missing.json")


class TestScore:
    def test_counts_outputs_and_tasks(self) -> None:
        score = score_submission(WHOLE, {"one": (B,), "two": (C, C)})
        assert score.right == {"one": (True,), "two": (False, True)}
        assert (score.outputs, score.outputs_right, score.tasks_right) == (3, 2, 1)
        assert score.mean == (1 + 0.5) / 2

    def test_either_attempt_counts_and_position_matters(self) -> None:
        assert score_submission({"two": ((C, A), (C, C))}, {"two": (A, C)}).tasks_right == 1
        assert score_submission({"two": ((C, C), (A, A))}, {"two": (A, C)}).outputs_right == 0

    def test_missing_tasks_count_as_wrong_and_extra_ones_not_at_all(self) -> None:
        score = score_submission({"one": ((A, B),), "odd": ((A, B),)}, {"one": (B,), "two": (A, C)})
        assert (score.outputs, score.outputs_right, score.tasks_right, score.mean) == (3, 1, 1, 0.5)
        assert (score.missing, score.extra) == (("two",), ("odd",))

    def test_a_malformed_attempt_is_wrong_and_the_other_counts(self) -> None:
        score = score_submission({"one": ((None, B),), "two": ((None, None), (C, None))}, {"one": (B,), "two": (A, C)})
        assert score.right == {"one": (True,), "two": (False, True)}

    def test_solutions_of_several_files_are_joined(self) -> None:
        first, second = {"one": (B,), "two": (A, C)}, {"two": (A, C), "three": (C,)}
        assert joined_solutions([("x", first), ("y", second)]) == {"one": (B,), "two": (A, C), "three": (C,)}
        with pytest.raises(InputError, match="y: task one: its outputs differ from those in x"):
            joined_solutions([("x", first), ("y", {"one": (C,)})])

    def test_another_number_of_entries_is_refused(self) -> None:
        with pytest.raises(InputError, match="task two: expected 2 entries"):
            score_submission({"two": ((A, C),)}, {"two": (A, C)})

    def test_solutions_of_tasks(self) -> None:
        assert solutions_of(TASKS) == {"one": (B,), "two": (A, C)}
        with pytest.raises(InputError, match="task open"):
            solutions_of({"open": task("open", A, None)})
