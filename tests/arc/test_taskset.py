from __future__ import annotations

import pytest

from arcbatt.arc import Sample, Task, TaskSet
from arcbatt.errors import InputError

IDS = ("00d62c1b", "017c7c7b", "abc", "abd")


class Reader:
    """Gives a task for each id, remembers which were asked for, refuses the id `bad`."""

    def __init__(self):
        self.asked = []

    def __call__(self, task_id):
        self.asked.append(task_id)
        if task_id == "bad":
            raise InputError("bad: malformed")
        return Task(task_id, (Sample(((0,),), ((1,),)),), (Sample(((2,),)),))


@pytest.fixture
def read():
    return Reader()


@pytest.fixture
def tasks(read):
    return TaskSet("set", IDS, read, lambda: "revision 1")


def test_a_set_is_a_mapping_in_order(tasks):
    assert list(tasks) == list(IDS) == list(tasks.ids)
    assert len(tasks) == 4
    assert "abc" in tasks
    assert "abx" not in tasks
    assert tasks.get("abx") is None
    assert [task.id for task in tasks.values()] == list(IDS)


def test_each_task_is_read_once_and_only_when_asked_for(tasks, read):
    assert read.asked == []
    assert tasks["abc"] is tasks["abc"]
    assert tasks.select(["abc"])["abc"] is tasks["abc"]
    assert read.asked == ["abc"]


def test_select_keeps_the_order_given_and_each_id_once(tasks):
    assert tasks.select(["abd", "abc", "abd"]).ids == ("abd", "abc")
    assert tasks.select("abd").ids == ("abd",)
    assert tasks.select([]).ids == ()


def test_a_selection_has_the_name_and_revision_of_the_whole(tasks):
    part = tasks.select(["abc"])
    assert (part.name, part.revision) == ("set", "revision 1")
    with pytest.raises(KeyError):
        part["abd"]


def test_unknown_ids_are_refused_before_any_is_read_with_the_nearest(tasks, read):
    with pytest.raises(InputError) as caught:
        tasks.select(["abc", "00D62C1", "zzzzzzzz"])
    message = str(caught.value)
    assert message == 'set: unknown tasks "00D62C1" (nearest: 00d62c1b); "zzzzzzzz" (no id is near it)'
    assert read.asked == []


def test_an_unknown_id_of_another_set_names_that_set(read):
    tasks = TaskSet("set", IDS, read, lambda: "", lambda task_id: ["other"])
    with pytest.raises(InputError, match=r'^set: unknown task "q" \(it is in other\)$'):
        tasks.select(["q"])


def test_many_and_strange_unknown_ids_make_one_short_line(tasks):
    with pytest.raises(InputError) as caught:
        tasks.select([f"\n{'q' * 5000}{i}" for i in range(100)])
    assert str(caught.value).isprintable()
    assert str(caught.value).endswith("; and 95 more")
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [(0, None, IDS), (1, 2, IDS[1:3]), (3, 1, IDS[3:]), (2, 100, IDS[2:]), (3, None, IDS[3:])],
)
def test_slice(tasks, start, count, expected):
    assert tasks.slice(start, count).ids == expected


@pytest.mark.parametrize(
    ("start", "count", "reason"),
    [
        (4, None, "expected a start from 0 to 3, got 4"),
        (-1, 1, "expected a start from 0 to 3, got -1"),
        (0, 0, "expected a count of 1 or more tasks, got 0"),
        (0, -1, "expected a count of 1 or more tasks, got -1"),
    ],
)
def test_slice_out_of_range_is_refused(tasks, start, count, reason):
    with pytest.raises(InputError, match=f"^set: {reason}$"):
        tasks.slice(start, count)


def test_a_selection_is_checked_before_it_is_given_out(read):
    tasks = TaskSet("set", ("abc", "bad", "abd"), read, lambda: "")
    assert tasks.select(["abc", "abd"]).ids == ("abc", "abd")
    for ask in (lambda: tasks.select(["abc", "bad"]), lambda: tasks.slice(1), tasks.validate, lambda: tasks["bad"]):
        with pytest.raises(InputError, match="bad: malformed"):
            ask()
    tasks.validate(["abc"])
