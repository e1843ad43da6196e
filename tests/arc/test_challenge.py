from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Challenge, Sample, Samples, Task, load_set
from arcbatt.errors import InputError

grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 9)] * width), min_size=1, max_size=5).map(tuple)
)
known = st.builds(Sample, grids, grids)
tasks = st.builds(
    Task, st.just("t"), st.lists(known, min_size=1, max_size=3).map(tuple),
    st.lists(st.builds(Sample, grids, st.none() | grids), min_size=1, max_size=3).map(tuple),
)  # fmt: skip


@given(tasks)
def test_a_challenge_reads_as_the_task_but_for_the_test_outputs(task):
    challenge = task.challenge
    assert isinstance(challenge, Samples)
    assert (challenge.id, challenge.demo, challenge.pairs) == (task.id, task.demo, task.pairs)
    assert challenge.inputs == tuple(sample.input for sample in task.test)
    assert challenge.test == tuple(Sample(grid) for grid in challenge.inputs)
    assert challenge.samples == challenge.demo + challenge.test
    names = [challenge.sample_name(place) for place in range(len(challenge.samples))]
    assert names == [task.sample_name(place) for place in range(len(task.samples))]
    assert challenge == Challenge.of(task.id, task.pairs, challenge.inputs)
    assert task.challenge is challenge


def test_a_challenge_cannot_have_test_outputs():
    task = load_set()["007bbfb7"]
    with pytest.raises(ValueError, match="task 007bbfb7: a challenge has no test outputs"):
        Challenge(task.id, task.demo, task.test)
    with pytest.raises(ValueError, match="has no test outputs"):
        replace(task.challenge, test=task.test)
    with pytest.raises(InputError, match="expected one demo sample or more"):
        Challenge("t", (), task.challenge.test)
    with pytest.raises(FrozenInstanceError):
        task.challenge.test = task.test  # type: ignore[misc]


@given(tasks)
def test_pickles_hold_the_samples_alone(task):
    for value in (task, task.challenge):
        before = pickle.dumps(value)
        assert value.digest, value.pairs
        assert pickle.dumps(value) == before
        copy = pickle.loads(before)
        assert copy == value
        assert type(copy) is type(value)
        assert copy.digest == value.digest


def test_pickles_are_small():
    task = load_set()["007bbfb7"]
    cells = sum(len(grid) * len(grid[0]) for s in task.samples for grid in (s.input, s.output) if grid is not None)
    assert len(pickle.dumps(task)) < 3 * cells + 200


@given(tasks, st.data())
def test_one_cell_changes_the_digest(task, data):
    samples = list(task.samples)
    place = data.draw(st.integers(0, len(samples) - 1))
    side = data.draw(st.sampled_from(["input", "output"] if samples[place].output is not None else ["input"]))
    grid = [list(row) for row in getattr(samples[place], side)]
    row, column = data.draw(st.integers(0, len(grid) - 1)), data.draw(st.integers(0, len(grid[0]) - 1))
    grid[row][column] = (grid[row][column] + data.draw(st.integers(1, 9))) % 10
    samples[place] = replace(samples[place], **{side: tuple(map(tuple, grid))})
    count = len(task.demo)
    other = Task(task.id, tuple(samples[:count]), tuple(samples[count:]))
    assert other.digest != task.digest
    is_seen = place < count or side == "input"
    assert (other.challenge.digest != task.challenge.digest) == is_seen


def test_the_digest_depends_on_the_samples_and_their_places_alone():
    one, two = ((1, 2),), ((3,), (4,))
    task = Task("a", (Sample(one, two), Sample(two, one)), (Sample(one, two),))
    others = [
        Task("a", (Sample(two, one), Sample(one, two)), task.test),
        Task("a", (Sample(two, one), Sample(two, one)), task.test),
        Task("a", task.demo[:1], (task.demo[1], *task.test)),
        Task("a", task.demo, (Sample(one),)),
        Task("a", task.demo, (Sample(one), Sample(two))),
        Task("a", (Sample(((1,), (2,)), two), Sample(two, one)), task.test),
    ]
    assert replace(task, id="b").digest == task.digest
    assert len({kind.digest for kind in (task, task.challenge, *others)}) == len(others) + 2
    unknown = replace(task, test=tuple(Sample(sample.input) for sample in task.test))
    assert unknown.challenge.digest == task.challenge.digest


def test_digests_never_change():
    """They are keys of stored results."""
    task = load_set()["007bbfb7"]
    assert task.digest == "3c18f26fd8f71150471c6b3f8a780bd3"
    assert task.challenge.digest == "9888ae901f7f7ac7d5e85fdd7b41f170"


def test_different_tasks_have_different_digests():
    found = {name: {task.digest for task in load_set(name).values()} for name in ("arc1-train", "arc2-eval")}
    assert {name: len(digests) for name, digests in found.items()} == {"arc1-train": 400, "arc2-eval": 120}
