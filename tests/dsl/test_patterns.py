from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

COLORS = st.integers(0, 2)
GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.tuples(*[COLORS] * width), min_size=1, max_size=6).map(tuple)
)
OBJECTS = st.frozensets(st.tuples(COLORS, st.tuples(st.integers(-1, 2), st.integers(-1, 3))), min_size=1, max_size=4)


def fs(*items):
    return frozenset(items)


def found_one_by_one(grid, obj):
    normed = dsl.normalize(obj)
    rows, columns = dsl.shape(obj)
    return frozenset(
        (i, j) for i in range(len(grid) - rows + 1) for j in range(len(grid[0]) - columns + 1)
        if dsl.shift(normed, (i, j)) <= dsl.asobject(grid)
    )


def period_by_trying(obj, width, shift):
    normed = dsl.normalize(obj)
    for period in range(1, width):
        moved = {cell for cell in dsl.shift(normed, shift(period)) if min(cell[1]) >= 0}
        if moved <= normed:
            return period
    return width


@given(GRIDS, OBJECTS)
def test_occurrences_are_those_found_one_by_one(grid, obj):
    assert dsl.occurrences(grid, obj) == found_one_by_one(grid, obj)


@given(GRIDS, st.data())
def test_a_part_of_a_grid_occurs_in_it(grid, data):
    cells = sorted(dsl.asobject(grid))
    part = frozenset(data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=6)))
    assert dsl.ulcorner(part) in dsl.occurrences(grid, part)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.size(dsl.occurrences(((1, 2),), fs())), 6),
    (lambda: dsl.size(dsl.occurrences(((1, 2),), ())), 6),
    (lambda: dsl.occurrences(((1, 2),), fs((1, (0, 0)), (1, (1, 0)))), fs()),
    (lambda: dsl.occurrences(((1, 2),), fs((0, 0), (1, 0))), fs()),
    (lambda: dsl.occurrences(((1, 1), (2, 1)), fs((1, (7, 7)), (1, (8, 7)))), fs((0, 1))),
    (lambda: dsl.occurrences(((1, 2),), fs((1, (0, 0)), (2, (0, 0)))), fs()),
    (lambda: dsl.occurrences(((None, (3, 3)),), fs((None, (0, 0)), ((3, 3), (0, 1)))), fs((0, 0))),
    (lambda: dsl.occurrences(((1, 2, 1),), ((1, (0, 0)),)), fs((0, 0))),
    (lambda: dsl.hperiod(fs((3, (0, 0)), (3, (0, 5)))), 5),
    (lambda: dsl.hperiod(fs()), 0),
    (lambda: dsl.hperiod(()), 0),
    (lambda: dsl.hperiod(fs((0, 4), (3, 4))), 1),
    (lambda: dsl.vperiod(fs((3, 4), (3, 7))), 1),
    (lambda: dsl.vperiod(fs((3, (0, 0)), (3, (2, 0)), (3, (4, 0)))), 2),
    (lambda: dsl.hperiod(fs((3, (0, 0)), (4, (0, 10**15)))), 10**15 + 1),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("call", [
    lambda: dsl.occurrences((), fs((1, (0, 0)))),
    lambda: dsl.occurrences((), fs()),
    lambda: dsl.occurrences(((1, 2),), fs((0, 0))),
    lambda: dsl.occurrences(((1, 2), (3,)), fs((1, (0, 0)))),
    lambda: dsl.occurrences(((1, 2),), 3),
    lambda: dsl.hperiod(fs((0, 0), (0, 1))),
    lambda: dsl.vperiod(fs((0, 0), (1, 1))),
    lambda: dsl.hperiod(fs(5)),
    lambda: dsl.vperiod(None),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@given(OBJECTS)
def test_periods_are_those_found_by_trying(obj):
    assert dsl.hperiod(obj) == period_by_trying(obj, dsl.width(obj), lambda p: (0, -p))
    assert dsl.vperiod(obj) == period_by_trying(obj, dsl.height(obj), lambda p: (-p, 0))


@given(st.frozensets(st.tuples(COLORS, st.tuples(COLORS, st.sampled_from([0, 10**5, 2 * 10**5]))), min_size=1))
def test_sparse_objects_have_periods_too(obj):
    near = frozenset((color, (i, j // 10**5)) for color, (i, j) in obj)
    assert dsl.vperiod(obj) == dsl.vperiod(near)
    if dsl.hperiod(near) < dsl.width(near):
        assert dsl.hperiod(obj) == dsl.hperiod(near) * 10**5


def test_many_colors_are_told_apart():
    grid = tuple(tuple(range(30 * i, 30 * i + 30)) for i in range(30))
    assert dsl.occurrences(grid, dsl.asobject(grid)) == fs((0, 0))


def test_bounds_are_checked():
    with pytest.raises(LimitError):
        dsl.occurrences(((0,) * 500,) * 500, fs((0, (0, 0))))
    with pytest.raises(LimitError):
        dsl.hperiod(fs((0, (0, -(2**62) - 1)), (1, (0, 2**62))))
