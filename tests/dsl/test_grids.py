from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_SIZE, LimitError

COLORS = st.integers(0, 9)
CELLS = COLORS | st.none() | st.integers(-3, 300) | st.tuples(COLORS, COLORS) | st.frozensets(COLORS, max_size=2)


def grids(cells=COLORS, largest=7):
    """Grids with equal rows, of at least one cell."""
    def rows(width):
        return st.lists(st.tuples(*[cells] * width), min_size=1, max_size=largest).map(tuple)
    return st.integers(1, largest).flatmap(rows)


def ragged(cells=CELLS):
    return st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4).map(tuple)


def fs(*items):
    return frozenset(items)


def deep(levels):
    value = 0
    for _ in range(levels):
        value = (value,)
    return value


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.index(((1, 2), (3, 4)), (1, 0)), 3),
    (lambda: dsl.index(((1, 2), (3, 4)), (-1, 0)), None),
    (lambda: dsl.index(((1, 2), (3, 4)), (0, 2)), None),
    (lambda: dsl.index(((),), (0, 0)), None),
    (lambda: dsl.canvas(3, (2, -1)), ((), ())),
    (lambda: dsl.canvas(3, (0, 5)), ()),
    (lambda: dsl.canvas(3, (-2, 5)), ()),
    (lambda: dsl.canvas(None, (1, 2)), ((None, None),)),
    (lambda: dsl.canvas(3, (1, 2, 9)), ((3, 3),)),
    (lambda: dsl.asindices(((1, 2), (3,))), fs((0, 0), (0, 1), (1, 0), (1, 1))),
    (lambda: dsl.asindices(((1,), (2, 3))), fs((0, 0), (1, 0))),
    (lambda: dsl.asindices(()), fs()),
    (lambda: dsl.ofcolor(((0, 1),), True), fs((0, 1))),
    (lambda: dsl.ofcolor(((1, 2), (1,)), 1), fs((0, 0), (1, 0))),
    (lambda: dsl.ofcolor((), 1), fs()),
    (lambda: dsl.ofcolor(fs((3, 5), (1, 3)), 3), fs((0, 1), (1, 0))),
    (lambda: dsl.asobject(()), fs()),
    (lambda: dsl.asobject(((1, 2), (3,))), fs((1, (0, 0)), (2, (0, 1)), (3, (1, 0)))),
    (lambda: dsl.hconcat(((1,), (2,)), ((3,),)), ((1, 3),)),
    (lambda: dsl.hconcat((), ((1,),)), ()),
    (lambda: dsl.hconcat((1, 2), (3, 4)), (4, 6)),
    (lambda: dsl.vconcat(((1,),), ((2, 3),)), ((1,), (2, 3))),
    (lambda: dsl.cellwise(((1, 2), (3, 4)), ((1, 0, 9), (0, 4, 9), (8, 8, 8)), 7), ((1, 7), (7, 4))),
    (lambda: dsl.cellwise(((1,),), ((True,),), 7), ((1,),)),
    (lambda: dsl.cellwise(((), ()), 5, 7), ((), ())),
    (lambda: dsl.replace((), 1, 2), ()),
    (lambda: dsl.replace(((0, True), (2,)), 1, None), ((0, None), (2,))),
    (lambda: dsl.switch(((1, 2), (3, 1)), 1, 3), ((3, 2), (1, 3))),
    (lambda: dsl.switch(((1, 2),), 2, 2), ((1, 2),)),
    (lambda: dsl.switch(((1, None), ((2, 2), 0)), None, (2, 2)), ((1, (2, 2)), (None, 0))),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected
    assert type(call()) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.index((), (0, 0)),
    lambda: dsl.index(((1, 2), (3,)), (1, 1)),
    lambda: dsl.index(((1, 2),), (0,)),
    lambda: dsl.index(((1, 2),), (0, 0, 0)),
    lambda: dsl.index(((1, 2),), (0, None)),
    lambda: dsl.canvas(3, ()),
    lambda: dsl.canvas(3, (2,)),
    lambda: dsl.canvas(3, 2),
    lambda: dsl.asindices((1, 2)),
    lambda: dsl.ofcolor(fs(5), 5),
    lambda: dsl.asobject(3),
    lambda: dsl.hconcat(((1,),), (1,)),
    lambda: dsl.vconcat(fs(), fs()),
    lambda: dsl.vconcat(((1,),), None),
    lambda: dsl.cellwise((), (), 0),
    lambda: dsl.cellwise(((1, 2),), ((1,),), 0),
    lambda: dsl.cellwise(((1,), (2,)), ((1,),), 0),
    lambda: dsl.cellwise(((1, 2), (3,)), ((1, 2), (3, 4)), 0),
    lambda: dsl.replace(None, 0, 1),
    lambda: dsl.switch((1, 2), 0, 1),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@given(grids())
def test_a_grid_is_its_colors_put_together(grid):
    colors = dsl.palette(grid)
    assert frozenset().union(*[dsl.ofcolor(grid, color) for color in colors]) == dsl.asindices(grid)
    assert dsl.asobject(grid) == frozenset((dsl.index(grid, place), place) for place in dsl.asindices(grid))
    assert dsl.paint(dsl.canvas(0, dsl.shape(grid)), dsl.asobject(grid)) == grid


@given(grids(CELLS) | ragged(), CELLS, CELLS)
def test_exchanging_colors_goes_cell_by_cell(grid, a, b):
    assert dsl.replace(grid, a, b) == tuple(tuple(b if cell == a else cell for cell in row) for row in grid)
    expected = tuple(tuple(b if cell == a else a if cell == b else cell for cell in row) for row in grid)
    assert dsl.switch(grid, a, b) == expected
    assert dsl.switch(dsl.switch(grid, a, b), a, b) == grid
    assert dsl.ofcolor(grid, a) == frozenset(
        (i, j) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell == a
    )


@given(grids(), grids())
def test_concatenation_is_undone_by_cropping(a, b):
    both = dsl.vconcat(a, b)
    assert both[: len(a)] == a
    assert both[len(a) :] == b
    side = dsl.hconcat(a, b)
    height = min(len(a), len(b))
    assert dsl.crop(side, (0, 0), (height, len(a[0]))) == a[:height]
    assert dsl.crop(side, (0, len(a[0])), (height, len(b[0]))) == b[:height]


@pytest.mark.parametrize("call", [
    lambda: dsl.canvas(0, (10**9, 10**9)),
    lambda: dsl.canvas(0, (2**70, 1)),
    lambda: dsl.canvas(0, (MAX_SIZE + 1, 0)),
    lambda: dsl.canvas(0, (500, 1000)),
    lambda: dsl.canvas(tuple(range(1000)), (30, 30)),
    lambda: dsl.canvas(deep(31), (1, 1)),
    lambda: dsl.asindices(((0,) * 400,) * 420),
    lambda: dsl.asindices(((0,) * 200_000, *[()] * 200_000)),
    lambda: dsl.asobject(((0,) * 400,) * 300),
    lambda: dsl.asobject(((tuple(range(600)),) * 30,) * 30),
    lambda: dsl.ofcolor(((0,) * 500,) * 500, 0),
    lambda: dsl.vconcat(((0,) * 999,) * 300, ((0,) * 999,) * 300),
    lambda: dsl.vconcat((((0,) * 300_000,),), (((0,) * 300_000,),)),
    lambda: dsl.hconcat(((0,) * 300_000,), ((0,) * 300_000,)),
    lambda: dsl.hconcat((2**62, 1), (2**62, 1)),
    lambda: dsl.replace(((0,) * 30,) * 30, 0, tuple(range(600))),
    lambda: dsl.replace(((0,),), 0, deep(31)),
    lambda: dsl.cellwise(((0,) * 30,) * 30, ((1,) * 30,) * 30, tuple(range(600))),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()


def test_the_largest_canvas():
    assert len(dsl.canvas(0, (500, 999))) == 500


def test_doubling_ends_at_a_bound():
    with pytest.raises(LimitError):
        dsl.power(dsl.fork(dsl.vconcat, dsl.identity, dsl.identity), 100)(((deep(20),),))


def test_nesting_ends_at_a_bound():
    with pytest.raises(LimitError):
        dsl.power(dsl.compose(dsl.totuple, dsl.asobject), 1000)(((0, 1), (2, 3)))
