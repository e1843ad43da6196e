from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_INT, LimitError

NUMBERS = st.integers(-9, 9)
PLACES = st.tuples(NUMBERS, NUMBERS)
STEPS = st.tuples(st.integers(-1, 1), st.integers(-1, 1))


def fs(*items):
    return frozenset(items)


@given(PLACES, STEPS, st.integers(0, 12))
def test_connect_walks_straight(start, step, count):
    end = dsl.add(start, dsl.multiply(step, count))
    way = frozenset(dsl.add(start, dsl.multiply(step, k)) for k in range(count + 1))
    assert dsl.connect(start, end) == dsl.connect(end, start) == way


@given(PLACES, PLACES)
def test_connect_knows_eight_directions(a, b):
    down, right = dsl.subtract(b, a)
    straight = 0 in (down, right) or abs(down) == abs(right)
    assert len(dsl.connect(a, b)) == (max(abs(down), abs(right)) + 1 if straight else 0)


@given(PLACES, STEPS)
def test_shoot_reaches_43_locations(start, step):
    assert dsl.shoot(start, step) == frozenset(dsl.add(start, dsl.multiply(step, k)) for k in range(43))


@given(PLACES)
def test_neighbors_are_eight(place):
    assert dsl.neighbors(place) == dsl.dneighbors(place) | dsl.ineighbors(place)
    assert all(dsl.manhattan(fs(place), fs(other)) == 1 for other in dsl.dneighbors(place))
    assert dsl.neighbors(place) == dsl.outbox(fs(place))


@given(PLACES)
def test_frontiers_are_thirty_long(place):
    assert dsl.vfrontier(place) == dsl.connect((0, place[1]), (29, place[1]))
    assert dsl.hfrontier(place) == dsl.connect((place[0], 0), (place[0], 29))


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.connect((0, 0), (1, 2)), fs()),
    (lambda: dsl.connect((True, 3), (1, 3)), fs((1, 3))),
    (lambda: dsl.shoot((3, 4), (0, 0)), fs((3, 4))),
    (lambda: dsl.shoot((3, 4), (1, 2)), fs()),
    (lambda: dsl.size(dsl.shoot((0, 0), (2, 2))), 85),
    (lambda: dsl.size(dsl.vfrontier((None, 3))), 30),
    (lambda: dsl.size(dsl.hfrontier((3,))), 30),
    (lambda: dsl.dneighbors((1, 2, 3)), dsl.dneighbors((1, 2))),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("wrong", [3, None, (), (1,), fs(5), ((1,), 2), (None, 1), dsl.first])
def test_fails(wrong):
    calls = [lambda f=f: f(wrong) for f in (dsl.dneighbors, dsl.ineighbors, dsl.neighbors)]
    for function in (dsl.connect, dsl.shoot):
        calls += [lambda f=function: f((0, 0), wrong), lambda f=function: f(wrong, (0, 0))]
    for call in calls:
        with pytest.raises((TypeError, ValueError, IndexError)):
            call()
    for frontier in (dsl.vfrontier, dsl.hfrontier):
        with pytest.raises((TypeError, IndexError)):
            frontier(())


@pytest.mark.parametrize("call", [
    lambda: dsl.connect((0, 0), (10**7, 10**7)),
    lambda: dsl.connect((0, -MAX_INT), (0, MAX_INT)),
    lambda: dsl.shoot((0, 0), (10**6, 0)),
    lambda: dsl.shoot((0, 0), (2**62, 0)),
    lambda: dsl.shoot((MAX_INT, 0), (1, 0)),
    lambda: dsl.dneighbors((MAX_INT, 0)),
    lambda: dsl.ineighbors((0, -(2**63))),
    lambda: dsl.neighbors((MAX_INT, 0)),
    lambda: dsl.vfrontier((0, tuple(range(20_000)))),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()


def test_far_apart_but_crooked_is_empty():
    assert dsl.connect((0, 0), (10**9, 3)) == fs()
