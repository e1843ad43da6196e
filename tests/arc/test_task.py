from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Sample, Task, parse_task, task_to_json
from arcbatt.arc.task import check_task_id, with_outputs
from arcbatt.errors import InputError

GRID = [[1, 2], [3, 4]]
SAMPLE = {"input": GRID, "output": [[0]]}

small_grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4)
)
demo_samples = st.fixed_dictionaries({"input": small_grids, "output": small_grids})
test_samples = st.fixed_dictionaries({"input": small_grids}, optional={"output": small_grids})
tasks = st.fixed_dictionaries(
    {
        "train": st.lists(demo_samples, min_size=1, max_size=3),
        "test": st.lists(test_samples, min_size=1, max_size=3),
    }
)


@given(tasks)
def test_json_to_task_to_json_is_the_same(value):
    assert json.loads(json.dumps(task_to_json(parse_task("t", value, "here")))) == value


@given(tasks)
def test_a_task_survives_pickling_and_is_hashable(value):
    task = parse_task("t", value, "here")
    copy = pickle.loads(pickle.dumps(task))
    assert copy == task
    assert hash(copy) == hash(task)


def test_pairs_are_the_demo_samples_and_samples_are_all():
    task = parse_task("t", {"train": [SAMPLE, SAMPLE], "test": [{"input": GRID}]}, "here")
    grid = ((1, 2), (3, 4))
    assert task.pairs == ((grid, ((0,),)), (grid, ((0,),)))
    assert task.samples == (*task.demo, Sample(grid, None))


@given(tasks)
def test_a_challenge_has_all_but_the_test_outputs(value):
    task = parse_task("t", value, "here")
    blind = task.challenge
    assert (blind.id, blind.demo) == (task.id, task.demo)
    assert [sample.input for sample in blind.test] == [sample.input for sample in task.test]
    assert all(sample.output is None for sample in blind.test)


@pytest.mark.parametrize("sample", [{"input": GRID}, {"input": GRID, "output": None}])
def test_test_outputs_may_be_unknown_demo_outputs_not(sample):
    assert parse_task("t", {"train": [SAMPLE], "test": [sample]}, "here").test[0].output is None
    with pytest.raises(InputError, match="demo 1"):
        parse_task("t", {"train": [sample], "test": [sample]}, "here")
    with pytest.raises(InputError, match="task t: expected one demo sample or more"):
        Task("t", (Sample(((0,),)),), ())


def test_unknown_keys_are_accepted():
    value = {"train": [{**SAMPLE, "note": 1}], "test": [SAMPLE], "name": "x"}
    assert parse_task("t", value, "here").demo == (Sample(((1, 2), (3, 4)), ((0,),)),)


BAD = [
    ([], 'task t: expected an object with "train" and "test", got a list of 0'),
    ({"train": [SAMPLE]}, 'got one without "test"'),
    ({"test": [SAMPLE]}, 'got one without "train"'),
    ({"train": [], "test": [SAMPLE]}, "task t: demo samples: expected at least one sample, got none"),
    ({"train": [SAMPLE], "test": []}, "task t: test samples: expected at least one sample, got none"),
    ({"train": {}, "test": [SAMPLE]}, "task t: demo samples: expected a list of samples, got an object of 0 keys"),
    ({"train": [SAMPLE], "test": None}, "task t: test samples: expected a list of samples, got null"),
    ({"train": [SAMPLE, 3], "test": [SAMPLE]}, 'task t: demo 2: expected an object with "input" and "output", got 3'),
    ({"train": [{"output": GRID}], "test": [SAMPLE]}, 'demo 1: expected an object with "input" and "output"'),
    ({"train": [SAMPLE], "test": [{"output": GRID}]}, 'task t: test 1: expected an object with "input", got one'),
    ({"train": [SAMPLE, {"input": GRID, "output": [[0], [0, 0]]}], "test": [SAMPLE]}, "demo 2 output: row 2 "),
    ({"train": [SAMPLE], "test": [SAMPLE, {"input": [[0, "a"]]}]}, 'test 2 input: row 1, cell 2 (counting from 1): '),
    ({"train": [SAMPLE], "test": [{"input": GRID, "output": []}]}, "test 1 output: expected a grid of 1 to 30 rows"),
]


@pytest.mark.parametrize(("value", "reason"), BAD, ids=range(len(BAD)))
def test_what_is_no_task_is_refused_with_its_place(value, reason):
    with pytest.raises(InputError) as caught:
        parse_task("t", value, "a.json")
    assert str(caught.value).startswith("a.json: task t: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize("task_id", ["007bbfb7", "a", "-x", "A_b.c-9", "x" * 100])
def test_ids_that_can_be_file_names_are_accepted(task_id):
    assert check_task_id(task_id, "here") == task_id


@pytest.mark.parametrize(
    "task_id", ["", ".", "..", ".x", "a/b", "a\\b", "a b", "x\n", "\x00", "ä", "\u0665", "x" * 101, "\udcff", "a\u202e"]
)
def test_ids_that_cannot_be_file_names_are_refused(task_id):
    with pytest.raises(InputError, match=r"here: .* cannot be a task id, because ids become file names") as caught:
        check_task_id(task_id, "here")
    assert str(caught.value).isprintable()


def test_solutions_fill_in_unknown_outputs():
    task = parse_task("t", {"train": [SAMPLE], "test": [{"input": GRID}, {"input": GRID}]}, "here")
    solved = with_outputs(task, [[[5]], None], "s.json")
    assert [sample.output for sample in solved.test] == [((5,),), None]
    assert with_outputs(solved, [[[5]], None], "s.json") == solved


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({}, "expected a list of output grids, got an object of 0 keys"),
        ([], "expected 2 outputs, one for each test sample, got 0"),
        ([[[0]], [[0]], [[0]]], "expected 2 outputs, one for each test sample, got 3"),
        ([[[0]], [[11]]], "test 2 output: row 1, cell 1 (counting from 1): expected a color from 0 to 9, got 11"),
        ([[[1]], None], "test 1 output: differs from the output that the task itself has"),
    ],
)
def test_solutions_that_do_not_fit_are_refused(value, reason):
    task = parse_task("t", {"train": [SAMPLE], "test": [SAMPLE, {"input": GRID}]}, "here")
    with pytest.raises(InputError) as caught:
        with_outputs(task, value, "s.json")
    assert str(caught.value).startswith("s.json: task t: ")
    assert reason in str(caught.value)
