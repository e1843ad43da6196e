from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import DslError, LimitError


def patches(numbers, largest):
    places = st.tuples(numbers, numbers)
    return st.frozensets(places, min_size=1, max_size=largest) | st.frozensets(
        st.tuples(st.integers(0, 9), places), min_size=1, max_size=largest
    )


NEAR = patches(st.integers(-3, 6), 6)
WIDE = patches(st.integers(-60, 60), 25)


def fs(*items):
    return frozenset(items)


def distance(a, b):
    return min(abs(i - k) + abs(j - m) for i, j in dsl.toindices(a) for k, m in dsl.toindices(b))


def walked(source, destination):
    """The offset of gravitate, by walking."""
    (row, column), (other_row, other_column) = dsl.center(source), dsl.center(destination)
    step = (0, 1 if column < other_column else -1)
    if dsl.vmatching(source, destination):
        step = (1 if row < other_row else -1, 0)
    for count in range(42):
        if distance(source, destination) == 1:
            return dsl.multiply(step, count)
        source = dsl.shift(source, step)
    return dsl.multiply(step, 42)


@given(NEAR | WIDE, NEAR | WIDE)
def test_manhattan_is_the_smallest_distance_of_any_pair(a, b):
    assert dsl.manhattan(a, b) == distance(a, b)
    assert dsl.adjacent(a, b) is (distance(a, b) == 1)


@settings(max_examples=40)
@given(NEAR, NEAR | WIDE)
def test_gravitate_walks(source, destination):
    assert dsl.gravitate(source, destination) == walked(source, destination)


@given(NEAR, NEAR)
def test_matching_is_sharing_a_line(a, b):
    assert dsl.hmatching(a, b) is bool({i for i, _ in dsl.toindices(a)} & {i for i, _ in dsl.toindices(b)})
    assert dsl.vmatching(a, b) is bool({j for _, j in dsl.toindices(a)} & {j for _, j in dsl.toindices(b)})


@given(NEAR, NEAR)
def test_position_points_from_center_to_center(a, b):
    difference = dsl.subtract(dsl.center(b), dsl.center(a))
    expected = dsl.sign(difference) if difference != (0, 0) else (0, -1)
    assert dsl.position(a, b) == expected


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.hmatching(fs(), fs((0, 0))), False),
    (lambda: dsl.vmatching(fs((0, 0)), ()), False),
    (lambda: dsl.manhattan(fs((0, 0)), fs((2**62, 2**61))), 2**62 + 2**61),
    (lambda: dsl.adjacent(fs((0, 0)), fs((1, 1))), False),
    (lambda: dsl.bordering(fs((-1, 1)), ((0, 0, 0), (0, 0, 0), (0, 0, 0))), False),
    (lambda: dsl.bordering(fs((1, 1), (2, 1)), ((0, 0, 0), (0, 0, 0), (0, 0, 0))), True),
    (lambda: dsl.bordering(fs((0, 5)), None), True),
    (lambda: dsl.position(fs((1, 1)), fs((1, 1))), (0, -1)),
    (lambda: dsl.position(fs((1, 1)), fs((0, 1))), (-1, 0)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((5, 5))), (0, 42)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((0, 1))), (0, 0)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((0, 0))), (-1, 0)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((0, 42))), (0, 41)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((0, 43))), (0, 42)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((0, 44))), (0, 42)),
    (lambda: dsl.gravitate(fs((0, 0)), fs((2**62, 0))), (42, 0)),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("other", [fs(), (), 3, None, fs(5), (1, 2), fs((1, None)), fs((1, 2), (1, (2, 3)))])
def test_fails(other):
    patch = fs((0, 0), (1, 1))
    for function in (dsl.manhattan, dsl.adjacent, dsl.position, dsl.gravitate):
        for arguments in ((patch, other), (other, patch)):
            with pytest.raises((TypeError, ValueError, IndexError)):
                function(*arguments)
    with pytest.raises((TypeError, ValueError, IndexError)):
        dsl.bordering(other, ((0, 0),))


def test_bounds_are_checked():
    with pytest.raises(LimitError):
        dsl.manhattan(fs((0, -(2**62))), fs((0, 2**62)))


def test_large_patches_far_apart_take_no_product():
    a = frozenset((i, 0) for i in range(20_000))
    b = frozenset((i, 10**6) for i in range(-20_000, 20_000))
    assert dsl.manhattan(a, b) == 10**6


ONE, FAR, NEAR, OTHER = fs((1, (0, 0))), fs((1, (0, 9))), fs((1, (2, 2))), fs((2, (0, 4)))


@pytest.mark.parametrize(("obj", "objects", "expected"), [
    (ONE, fs(ONE, FAR, NEAR), NEAR),
    (ONE, fs(NEAR, OTHER), OTHER),
    (ONE, (NEAR, OTHER), NEAR),
    (ONE, fs(FAR), FAR),
    (FAR, fs(ONE, FAR, NEAR, OTHER), OTHER),
    (fs((5, 5)), fs(ONE, FAR), FAR),
    (ONE, fs(ONE, fs((2, (0, 0))), NEAR), fs((2, (0, 0)))),
])  # fmt: skip
def test_nearest(obj, objects, expected):
    assert dsl.nearest(obj, objects) == expected


@pytest.mark.parametrize(("obj", "objects", "error"), [
    (ONE, fs(ONE), DslError),
    (ONE, fs(), DslError),
    (ONE, (), DslError),
    (ONE, fs(fs(), FAR), ValueError),
    (fs(), fs(ONE, FAR), ValueError),
    (ONE, 5, TypeError),
    (5, fs(ONE), TypeError),
    (ONE, (5,), TypeError),
    (fs((0, -(2**62))), fs(fs((0, 2**62))), LimitError),
])  # fmt: skip
def test_nearest_fails(obj, objects, error):
    with pytest.raises(error):
        dsl.nearest(obj, objects)
