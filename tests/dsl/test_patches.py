from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_INT, LimitError

COLORS = st.integers(0, 9) | st.sampled_from([None, 12, (1, 2)])
NUMBERS = st.integers(0, 29) | st.integers(-70, 70)
PLACES = st.tuples(NUMBERS, NUMBERS)
INDICES = st.frozensets(PLACES, max_size=9)
OBJECTS = st.frozensets(st.tuples(st.integers(0, 9), PLACES), max_size=9) | st.frozensets(
    st.tuples(COLORS, PLACES), max_size=9
)
PATCHES = INDICES | OBJECTS
OFFSETS = st.tuples(st.integers(-35, 35), st.integers(-35, 35))


def fs(*items):
    return frozenset(items)


def is_object(patch):
    return any(isinstance(second, tuple) for _, second in patch)


@given(PATCHES, OFFSETS)
def test_shifting_goes_cell_by_cell_and_back(patch, offset):
    down, right = offset
    if is_object(patch):
        expected = frozenset((color, (i + down, j + right)) for color, (i, j) in patch)
    else:
        expected = frozenset((i + down, j + right) for i, j in patch)
    assert dsl.shift(patch, offset) == expected
    assert dsl.shift(tuple(patch), offset) == (expected or ())
    assert dsl.shift(dsl.shift(patch, offset), (-down, -right)) == patch


@given(PATCHES, OFFSETS)
def test_normalizing_forgets_the_place(patch, offset):
    normed = dsl.normalize(patch)
    assert dsl.normalize(dsl.shift(patch, offset)) == normed
    assert not patch or dsl.ulcorner(normed) == (0, 0)


@given(OBJECTS)
def test_toindices_forgets_the_colors(obj):
    places = frozenset(place for _, place in obj)
    assert dsl.toindices(obj) == dsl.toindices(tuple(obj)) == places
    assert dsl.toindices(places) == places


@given(PATCHES, COLORS)
def test_recolor_keeps_the_places(patch, color):
    assert dsl.recolor(color, patch) == frozenset((color, place) for place in dsl.toindices(patch))


@given(st.lists(st.tuples(COLORS, COLORS, COLORS), min_size=1, max_size=4).map(tuple), PATCHES)
def test_toobject_reads_the_grid(grid, patch):
    expected = dsl.asobject(grid)
    assert dsl.toobject(patch, grid) == frozenset(cell for cell in expected if cell[1] in dsl.toindices(patch))
    assert dsl.toobject(dsl.asindices(grid), grid) == expected


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.toindices(()), fs()),
    (lambda: dsl.toindices(((1, 2), (1, 2))), ((1, 2), (1, 2))),
    (lambda: dsl.toindices(((1, 2, 3), (4, 5, 6))), ((1, 2, 3), (4, 5, 6))),
    (lambda: dsl.toindices(fs((3, (0, 0)), (4, (0, 0)))), fs((0, 0))),
    (lambda: dsl.toobject((), ((1,),)), fs()),
    (lambda: dsl.toobject(fs((0, 0), (-1, 0), (0, 1)), ((1,),)), fs((1, (0, 0)))),
    (lambda: dsl.recolor(None, fs((0, 0))), fs((None, (0, 0)))),
    (lambda: dsl.recolor(3, ((0, 0, 4), (4, 0, 0))), fs((3, (0, 0, 4)), (3, (4, 0, 0)))),
    (lambda: dsl.shift((), (1, 1)), ()),
    (lambda: dsl.shift(fs(), None), fs()),
    (lambda: dsl.shift(fs((True, 2)), (True, 0)), fs((2, 2))),
    (lambda: dsl.normalize(()), ()),
    (lambda: dsl.normalize(((3, 4), (3, 4))), fs((0, 0))),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected
    assert type(call()) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.toindices(fs(5)),
    lambda: dsl.toindices((1, 2)),
    lambda: dsl.toindices(fs((1, 2), (1, (2, 3)))),
    lambda: dsl.toindices(fs((1, (2, 3)), (4, 5, 6))),
    lambda: dsl.toindices(3),
    lambda: dsl.toobject(fs(), ()),
    lambda: dsl.toobject(fs((0, 0)), ()),
    lambda: dsl.toobject(fs((1, 1)), ((1, 2), (3,))),
    lambda: dsl.recolor(3, fs((1, 2), (1, (2, 3)))),
    lambda: dsl.recolor(3, (1, 2)),
    lambda: dsl.shift(fs((0, 0)), (1, 2, 3)),
    lambda: dsl.shift(fs((0, 0)), (None, 1)),
    lambda: dsl.shift(fs((0, 0)), 3),
    lambda: dsl.shift(fs((0, 0)), ()),
    lambda: dsl.shift(fs((1, 2), (1, (2, 3))), (0, 0)),
    lambda: dsl.shift(fs((1, fs(2, 3))), (0, 0)),
    lambda: dsl.shift(fs((1, 2, 3)), (0, 0)),
    lambda: dsl.shift(fs(5), (0, 0)),
    lambda: dsl.normalize(fs(5)),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@pytest.mark.parametrize("call", [
    lambda: dsl.shift(fs((MAX_INT, 0)), (1, 0)),
    lambda: dsl.shift(fs((3, (0, -MAX_INT))), (0, -2)),
    lambda: dsl.shift(fs((0, 0)), (2**64, 0)),
    lambda: dsl.normalize(fs((-(2**62) - 1, 0), (2**62, 0))),
    lambda: dsl.recolor(tuple(range(1000)), fs(*[(i, j) for i in range(30) for j in range(30)])),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()
