from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError, ordered

COLORS = st.integers(0, 9)
CELLS = COLORS | st.sampled_from([None, -1, 300, (1, 2)])
GRIDS = st.sampled_from([1, 2, 5, 30, 32]).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=4).map(tuple)
)
PLACES = st.tuples(st.integers(-2, 6), st.integers(-2, 35))
INDICES = st.frozensets(PLACES, max_size=30) | st.lists(PLACES, max_size=6).map(tuple)
OBJECTS = st.frozensets(st.tuples(COLORS, PLACES), max_size=30) | st.frozensets(
    st.tuples(CELLS, st.tuples(st.integers(0, 1), st.integers(0, 2))), max_size=9
)
G = ((0, 0, 1), (0, 2, 2))
WEIGHTY = frozenset((tuple(range(999 + i)), (i, j)) for i in range(30) for j in range(20))


def fs(*items):
    return frozenset(items)


def drawn(grid, cells, over=None):
    """The grid with cells drawn one after the other, where the cell so far is `over` if that is given."""
    rows = [list(row) for row in grid]
    for color, (i, j) in cells:
        if 0 <= i < len(grid) and 0 <= j < len(grid[0]) and (over is None or rows[i][j] == over[0]):
            rows[i][j] = color
    return tuple(map(tuple, rows))


def in_order(obj):
    return ordered(obj) if isinstance(obj, frozenset) else obj


def places_of(patch):
    return dsl.toindices(patch)


@given(GRIDS, CELLS, INDICES | OBJECTS)
def test_filling_goes_location_by_location(grid, value, patch):
    cells = [(value, place) for place in places_of(patch)]
    background = dsl.mostcolor(grid)
    assert dsl.fill(grid, value, patch) == drawn(grid, cells)
    assert dsl.underfill(grid, value, patch) == drawn(grid, cells, (background,))
    assert dsl.cover(grid, patch) == dsl.fill(grid, background, patch)


@given(GRIDS, OBJECTS)
def test_painting_goes_cell_by_cell_in_canonical_order(grid, obj):
    assert dsl.paint(grid, obj) == drawn(grid, in_order(obj))
    assert dsl.underpaint(grid, obj) == drawn(grid, in_order(obj), (dsl.mostcolor(grid),))
    assert dsl.paint(grid, tuple(obj)) == drawn(grid, tuple(obj))


@given(GRIDS, OBJECTS, st.tuples(st.integers(-3, 3), st.integers(-3, 3)))
def test_moving_is_covering_and_painting(grid, obj, offset):
    assert dsl.move(grid, obj, offset) == dsl.paint(dsl.cover(grid, obj), dsl.shift(obj, offset))


@given(GRIDS, COLORS, st.frozensets(PLACES, max_size=40))
def test_what_was_filled_has_the_color(grid, value, patch):
    inside = patch & dsl.asindices(grid)
    assert inside <= dsl.ofcolor(dsl.fill(grid, value, patch), value)
    assert dsl.toobject(dsl.asindices(grid) - patch, grid) <= dsl.asobject(dsl.fill(grid, value, patch))


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.fill(G, None, fs((0, 0), (-1, -1), (9, 9))), ((None, 0, 1), (0, 2, 2))),
    (lambda: dsl.fill(G, 5, ()), G),
    (lambda: dsl.fill(((1, 2), (3,)), 5, fs((0, 1), (1, 0))), ((1, 5), (5,))),
    (lambda: dsl.fill(((1,), (2, 3)), 5, fs((1, 0), (1, 1))), ((1,), (5, 3))),
    (lambda: dsl.paint(G, fs((7, (0, 0)), (8, (0, 0)), (3, (0, 0)))), ((8, 0, 1), (0, 2, 2))),
    (lambda: dsl.paint(G, ((8, (0, 0)), (3, (0, 0)))), ((3, 0, 1), (0, 2, 2))),
    (lambda: dsl.paint(G, fs((True, (0, 0)))), ((1, 0, 1), (0, 2, 2))),
    (lambda: dsl.underpaint(G, fs((7, (0, 0)), (8, (0, 0)))), ((7, 0, 1), (0, 2, 2))),
    (lambda: dsl.underpaint(G, fs((0, (0, 0)), (8, (0, 0)))), ((8, 0, 1), (0, 2, 2))),
    (lambda: dsl.underfill(G, 5, fs((0, 0), (1, 1))), ((5, 0, 1), (0, 2, 2))),
    (lambda: dsl.cover(G, fs((1, 1))), ((0, 0, 1), (0, 0, 2))),
    (lambda: dsl.move(G, fs((6, (1, 1))), (0, 1)), ((0, 0, 1), (0, 0, 6))),
    (lambda: dsl.move(G, fs((6, (1, 1))), (0, 9)), ((0, 0, 1), (0, 0, 2))),
    (lambda: dsl.fill(((),), 5, fs((0, 0))), ((),)),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("call", [
    *[lambda p=p: p((), fs()) for p in (dsl.paint, dsl.underpaint, dsl.cover)],
    lambda: dsl.fill((), 3, fs()),
    lambda: dsl.underfill((), 3, fs()),
    lambda: dsl.move((), fs(), (0, 0)),
    lambda: dsl.cover(((),), fs()),
    lambda: dsl.fill(G, 3, 5),
    lambda: dsl.fill(G, 3, fs(5)),
    lambda: dsl.fill(G, 3, (1, 2)),
    lambda: dsl.fill(G, 3, fs((0, 0), (50, (0, 1)))),
    lambda: dsl.fill(G, 3, fs((0, None))),
    lambda: dsl.fill(((1, 2), (3,)), 5, fs((1, 1))),
    lambda: dsl.paint(((1, 2), (3,)), fs((5, (1, 1)))),
    lambda: dsl.paint(G, fs((0, 1))),
    lambda: dsl.paint(G, fs((50, 50))),
    lambda: dsl.paint(G, fs((1, (0, 0)), (50, 50))),
    lambda: dsl.paint(G, fs(fs((0, 0), (1, 1)))),
    lambda: dsl.underpaint(G, fs(fs((0, 0), (1, 1)))),
    lambda: dsl.paint(fs(), fs((1, (0, 0)))),
    lambda: dsl.move(G, fs((0, 1)), (1, 1)),
    lambda: dsl.move(G, fs((1, (0, 1))), ()),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@pytest.mark.parametrize("call", [
    lambda: dsl.fill(((0,) * 30,) * 30, tuple(range(600)), dsl.asindices(((0,) * 30,) * 30)),
    lambda: dsl.underfill(((0,) * 30,) * 30, tuple(range(600)), dsl.asindices(((0,) * 30,) * 30)),
    lambda: dsl.paint(dsl.canvas(0, (30, 30)), WEIGHTY),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()


def test_rows_that_stay_are_shared():
    grid = dsl.canvas(0, (30, 30))
    filled = dsl.fill(grid, 1, fs((3, 3)))
    assert filled[0] is grid[0]
