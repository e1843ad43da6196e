from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

PLACES = st.tuples(st.integers(-40, 40), st.integers(-40, 40))
INDICES = st.frozensets(PLACES, min_size=1, max_size=9)
OBJECTS = st.frozensets(st.tuples(st.integers(0, 9), PLACES), min_size=1, max_size=9)
SIDES = (dsl.uppermost, dsl.leftmost, dsl.lowermost, dsl.rightmost)
CORNERS = (dsl.ulcorner, dsl.urcorner, dsl.llcorner, dsl.lrcorner)


def fs(*items):
    return frozenset(items)


@given(INDICES | OBJECTS)
def test_sides_and_corners_bound_the_patch(patch):
    rows = [i for i, _ in dsl.toindices(patch)]
    columns = [j for _, j in dsl.toindices(patch)]
    top, left, bottom, right = [side(patch) for side in SIDES]
    assert (top, left, bottom, right) == (min(rows), min(columns), max(rows), max(columns))
    assert [corner(patch) for corner in CORNERS] == [(top, left), (top, right), (bottom, left), (bottom, right)]
    assert dsl.corners(patch) == frozenset(corner(patch) for corner in CORNERS)
    assert dsl.center(patch) == (top + (bottom - top + 1) // 2, left + (right - left + 1) // 2)
    assert dsl.centerofmass(patch) == (sum(rows) // len(patch), sum(columns) // len(patch))
    assert dsl.center(dsl.normalize(patch)) == dsl.subtract(dsl.center(patch), (top, left))


@given(OBJECTS)
def test_tuples_of_cells_have_the_extent_of_the_set(obj):
    for function in (*SIDES, *CORNERS, dsl.corners):
        assert function(tuple(obj)) == function(obj)


@pytest.mark.parametrize("empty", [(), fs()])
def test_the_corners_of_nothing_are_empty(empty):
    for corner in CORNERS:
        assert corner(empty) == ()
    assert dsl.corners(empty) == fs(())
    assert dsl.centerofmass(empty) == ()
    assert dsl.vline(empty) is dsl.hline(empty) is False
    for function in (*SIDES, dsl.center):
        with pytest.raises((ValueError, IndexError)):
            function(empty)


@pytest.mark.parametrize(("patch", "vertical", "horizontal"), [
    (fs((3, 3)), True, True),
    (fs((3, 3), (4, 3)), True, False),
    (fs((3, 3), (5, 3)), False, False),
    (fs((7, (3, 3)), (8, (3, 4))), False, True),
    (fs((7, (3, 3)), (8, (3, 3))), False, False),
    (((1,), (2,)), True, False),
    (((1,),), True, True),
    (((1, 2),), False, False),
])  # fmt: skip
def test_lines(patch, vertical, horizontal):
    assert dsl.vline(patch) is vertical
    assert dsl.hline(patch) is horizontal


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.center(((7, (0, 0)), (7, (8, 8)))), (1, 1)),
    (lambda: dsl.centerofmass(fs((1, (2, 2)), (2, (2, 2)))), (1, 1)),
    (lambda: dsl.centerofmass(fs((-1, 0), (-2, 0))), (-2, 0)),
    (lambda: dsl.centerofmass(((1, 2), (1, 2), (4, 5))), (2, 3)),
    (lambda: dsl.ulcorner(((1, 8, 3), (4, 2, 6))), (1, 2, 3)),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("patch", [
    3, None, fs(5), (1, 2), dsl.first, fs((1, 2), (1, (2, 3))), fs((1, None)), fs((1, fs(2, 3))),
])  # fmt: skip
def test_fails(patch):
    for function in (*SIDES, *CORNERS, dsl.corners, dsl.center, dsl.centerofmass):
        with pytest.raises((TypeError, ValueError, IndexError)):
            function(patch)


def test_bounds_are_checked():
    with pytest.raises(LimitError):
        dsl.center(fs((-(2**62) - 1, 0), (2**62, 0)))
    assert dsl.centerofmass(fs((2**63 - 1, 0), (2**63 - 2, 0))) == (2**63 - 2, 0)
