from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import DslError, LimitError

GRID = (
    (0, 0, 3, 0),
    (1, 0, 0, 0),
    (0, 2, 0, 3),
)
FIELDS = [
    lambda grid: dsl.firstseen(grid, (0, 1), 0),
    lambda grid: dsl.seendistance(grid, (0, 1), 0),
    lambda grid: dsl.countaround(grid, 0, dsl.neighbors((0, 0))),
    lambda grid: dsl.countseen(grid, 1, 0, dsl.neighbors((0, 0))),
    lambda grid: dsl.rowcolors(grid, 0),
    lambda grid: dsl.columncolors(grid, 0),
    lambda grid: dsl.countinrows(grid, 0),
    lambda grid: dsl.countincolumns(grid, 0),
    dsl.rownumbers,
    dsl.columnnumbers,
    lambda grid: dsl.remainders(grid, 2),
    dsl.edgedistances,
    lambda grid: dsl.translate(grid, (0, 0), 0),
    lambda grid: dsl.overlay(grid, grid, frozenset()),
    lambda grid: dsl.paintby(grid, frozenset(), dsl.size),
]


GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(-1, 3)] * width), min_size=1, max_size=5).map(tuple)
)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("direction", "background", "expected"), [
    ((0, 1), 0, ((3, 3, 0, 0), (0, 0, 0, 0), (2, 3, 3, 0))),
    ((0, -1), 0, ((0, 0, 0, 3), (0, 1, 1, 1), (0, 0, 2, 2))),
    ((1, 0), 0, ((1, 2, 0, 3), (0, 2, 0, 3), (0, 0, 0, 0))),
    ((-1, 0), 0, ((0, 0, 0, 0), (0, 0, 3, 0), (1, 0, 3, 0))),
    ((1, 1), 0, ((0, 3, 0, 0), (2, 0, 3, 0), (0, 0, 0, 0))),
    ((-1, 1), 0, ((0, 0, 0, 0), (0, 3, 0, 0), (3, 0, 0, 0))),
    ((2, 0), 0, ((0, 2, 0, 3), (0, 0, 0, 0), (0, 0, 0, 0))),
    ((0, 2), 0, ((3, 0, 0, 0), (0, 0, 0, 0), (0, 3, 0, 0))),
    ((0, 1), 3, ((0, 0, 0, 3), (0, 0, 0, 3), (2, 0, 3, 3))),
    ((0, 0), 0, ((0, 0, 0, 0),) * 3),
    ((0, 0), 7, ((7, 7, 7, 7),) * 3),
    ((3, 0), 0, ((0, 0, 0, 0),) * 3),
    ((0, 2**62), 0, ((0, 0, 0, 0),) * 3),
    ((0, 1), -5, ((0, 3, 0, -5), (0, 0, 0, -5), (2, 0, 3, -5))),
])  # fmt: skip
def test_firstseen(direction, background, expected):
    assert dsl.firstseen(GRID, direction, background) == expected


@pytest.mark.parametrize(("direction", "background", "expected"), [
    ((0, 1), 0, ((2, 1, 0, 0), (0, 0, 0, 0), (1, 2, 1, 0))),
    ((1, 0), 0, ((1, 2, 0, 2), (0, 1, 0, 1), (0, 0, 0, 0))),
    ((2, 0), 0, ((0, 1, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0))),
    ((-1, 1), 0, ((0, 0, 0, 0), (0, 1, 0, 0), (2, 0, 0, 0))),
    ((0, 0), 0, ((0, 0, 0, 0),) * 3),
])  # fmt: skip
def test_seendistance(direction, background, expected):
    assert dsl.seendistance(GRID, direction, background) == expected


@given(GRIDS, st.tuples(st.integers(-2, 2), st.integers(-2, 2)), st.integers(-1, 1))
def test_what_is_seen_stands_at_its_distance(grid, direction, background):
    seen, steps = dsl.firstseen(grid, direction, background), dsl.seendistance(grid, direction, background)
    for i, row in enumerate(grid):
        for j in range(len(row)):
            places = [(i + k * direction[0], j + k * direction[1]) for k in range(1, 6)]
            inside = [(r, c) for r, c in places if 0 <= r < len(grid) and 0 <= c < len(row)] if any(direction) else []
            found = [(k, grid[r][c]) for k, (r, c) in enumerate(inside, 1) if grid[r][c] != background]
            assert (steps[i][j], seen[i][j]) == (found[0] if found else (0, background))


@pytest.mark.parametrize(("color", "background", "directions", "expected"), [
    (3, 0, fs((0, 1)), ((1, 1, 0, 0), (0, 0, 0, 0), (0, 1, 1, 0))),
    (3, 0, fs((0, 1), (1, 0)), ((1, 1, 0, 1), (0, 0, 0, 1), (0, 1, 1, 0))),
    (3, 0, ((0, 1), (0, 1)), ((2, 2, 0, 0), (0, 0, 0, 0), (0, 2, 2, 0))),
    (3, 0, fs((5, (0, 1))), ((1, 1, 0, 0), (0, 0, 0, 0), (0, 1, 1, 0))),
    (0, 0, fs((0, 1)), ((0, 0, 1, 1), (1, 1, 1, 1), (0, 0, 0, 1))),
    (0, 3, fs((0, 1)), ((1, 1, 1, 0), (1, 1, 1, 0), (0, 1, 0, 0))),
    (0, 0, fs((0, 0)), ((1,) * 4,) * 3),
    (3, 0, fs((0, 0), (0, 9), (-(2**63), 1)), ((0,) * 4,) * 3),
    (300, -5, fs((0, 1)), ((0,) * 4,) * 3),
    (3, 0, fs(), ((0,) * 4,) * 3),
])  # fmt: skip
def test_countseen(color, background, directions, expected):
    assert dsl.countseen(GRID, color, background, directions) == expected


def test_countseen_counts_beyond_a_byte():
    assert dsl.countseen(((1, 0),), 0, 1, ((0, 1),) * 300) == ((300, 0),)


@given(GRIDS, st.sets(st.tuples(st.integers(-2, 2), st.integers(-2, 2))), st.integers(-1, 1), st.integers(-1, 1))
def test_what_is_counted_is_seen(grid, directions, color, background):
    seen = [dsl.firstseen(grid, direction, background) for direction in directions]
    counts = dsl.countseen(grid, color, background, frozenset(directions))
    for i, row in enumerate(grid):
        for j in range(len(row)):
            assert counts[i][j] == sum(one[i][j] == color for one in seen)


@pytest.mark.parametrize(("grid", "background", "rows", "columns"), [
    (GRID, 0, (3, 1, 2), (1, 2, 3, 3)),
    (GRID, 3, (0, 0, 0), (0, 0, 0, 0)),
    (GRID, 1, (0, 0, 0), (0, 0, 0, 0)),
    (((5, 5), (5, 5)), 5, (5, 5), (5, 5)),
    (((4, 2, 4, 2, 0, 0, 0),), 0, (2,), (4, 2, 4, 2, 0, 0, 0)),
    (((300, -1), (300, -1), (7, -2)), 0, (-1, -1, -2), (300, -1)),
    (((True, False), (1, 2)), 0, (1, 1), (1, 2)),
])  # fmt: skip
def test_rowcolors_and_columncolors(grid, background, rows, columns):
    assert dsl.rowcolors(grid, background) == tuple((color,) * len(grid[0]) for color in rows)
    assert dsl.columncolors(grid, background) == (columns,) * len(grid)


@pytest.mark.parametrize(("grid", "bound", "expected"), [
    (GRID, 1, fs((0, 2), (2, 1), (2, 3))),
    (GRID, True, fs((0, 2), (2, 1), (2, 3))),
    (GRID, 0, fs((0, 2), (1, 0), (2, 1), (2, 3))),
    (GRID, -1, dsl.asindices(GRID)),
    (GRID, 3, fs()),
    (GRID, 255, fs()),
    (((300, -1), (256, True)), 255, fs((0, 0), (1, 0))),
    (((255,) * 70,), 254, frozenset((0, j) for j in range(70))),
    ((), 0, fs()),
    (((), ()), 0, fs()),
])  # fmt: skip
def test_morethan(grid, bound, expected):
    assert dsl.morethan(grid, bound) == expected


@pytest.mark.parametrize(("color", "offsets", "expected"), [
    (0, dsl.neighbors((0, 0)), ((2, 3, 5, 2), (4, 5, 5, 3), (1, 4, 3, 3))),
    (3, fs((0, 1)), ((0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 1, 0))),
    (3, fs((0, 0)), ((0, 0, 1, 0), (0, 0, 0, 0), (0, 0, 0, 1))),
    (3, fs((0, 1), (-2, 2)), ((0, 1, 0, 0), (0, 0, 0, 0), (1, 0, 1, 0))),
    (3, ((0, 1), (0, 1)), ((0, 2, 0, 0), (0, 0, 0, 0), (0, 0, 2, 0))),
    (3, fs((5, (0, 1))), ((0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 1, 0))),
    (3, fs((0, 9), (-(2**63), 1)), ((0, 0, 0, 0),) * 3),
    (3, fs(), ((0, 0, 0, 0),) * 3),
    (3, (), ((0, 0, 0, 0),) * 3),
    (9, dsl.neighbors((0, 0)), ((0, 0, 0, 0),) * 3),
])  # fmt: skip
def test_countaround(color, offsets, expected):
    assert dsl.countaround(GRID, color, offsets) == expected


def test_countaround_counts_beyond_a_byte():
    offsets = tuple((0, 0) for _ in range(300))
    assert dsl.countaround(((1, 0),), 1, offsets) == ((300, 0),)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.countinrows(GRID, 0), ((3,) * 4, (3,) * 4, (2,) * 4)),
    (lambda: dsl.countinrows(GRID, 3), ((1,) * 4, (0,) * 4, (1,) * 4)),
    (lambda: dsl.countincolumns(GRID, 0), ((2, 2, 2, 2),) * 3),
    (lambda: dsl.countincolumns(GRID, 3), ((0, 0, 1, 1),) * 3),
    (lambda: dsl.rownumbers(GRID), ((0,) * 4, (1,) * 4, (2,) * 4)),
    (lambda: dsl.columnnumbers(GRID), ((0, 1, 2, 3),) * 3),
    (lambda: dsl.edgedistances(GRID), ((0, 0, 0, 0), (0, 1, 1, 0), (0, 0, 0, 0))),
    (lambda: dsl.edgedistances(((7,) * 5,) * 5)[2], (0, 1, 2, 1, 0)),
    (lambda: dsl.edgedistances(((7,) * 5,)), ((0,) * 5,)),
    (lambda: dsl.remainders(((-1, 0, 1), (2, 3, 300)), 3), ((2, 0, 1), (2, 0, 0))),
    (lambda: dsl.remainders(((5, 6),), 1), ((0, 0),)),
    (lambda: dsl.remainders(((5, 6),), 1000), ((5, 6),)),
    (lambda: dsl.rownumbers(((0,),) * 300)[299], (299,)),
    (lambda: dsl.columnnumbers(((0,) * 300,))[0][299], 299),
])  # fmt: skip
def test_counts_and_numbers(call, expected):
    assert call() == expected


@pytest.mark.parametrize(("offset", "expected"), [
    ((0, 0), GRID),
    ((0, 1), ((9, 0, 0, 3), (9, 1, 0, 0), (9, 0, 2, 0))),
    ((-1, 0), ((1, 0, 0, 0), (0, 2, 0, 3), (9, 9, 9, 9))),
    ((1, -2), ((9, 9, 9, 9), (3, 0, 9, 9), (0, 0, 9, 9))),
    ((0, 4), ((9, 9, 9, 9),) * 3),
    ((-(2**63), 2**63 - 1), ((9, 9, 9, 9),) * 3),
])  # fmt: skip
def test_translate(offset, expected):
    assert dsl.translate(GRID, offset, 9) == expected


@pytest.mark.parametrize(("other", "patch", "expected"), [
    (((5,) * 4,) * 3, fs((0, 0), (2, 3), (9, 9), (-1, 0)), ((5, 0, 3, 0), (1, 0, 0, 0), (0, 2, 0, 5))),
    (((5, 6),), fs((0, 0), (0, 1), (0, 2), (1, 0)), ((5, 6, 3, 0), (1, 0, 0, 0), (0, 2, 0, 3))),
    (((5, -6),), fs((8, (0, 1))), ((0, -6, 3, 0), (1, 0, 0, 0), (0, 2, 0, 3))),
    (((5,) * 9,) * 9, dsl.asindices(GRID), ((5,) * 4,) * 3),
    ((), fs((0, 0)), GRID),
    (((5,) * 4,) * 3, fs(), GRID),
])  # fmt: skip
def test_overlay(other, patch, expected):
    assert dsl.overlay(GRID, other, patch) == expected


SMALL, LARGE = fs((1, (0, 0))), fs((2, (0, 0)), (2, (0, 1)), (2, (5, 5)))


@pytest.mark.parametrize(("objects", "function", "expected"), [
    (fs(SMALL, LARGE), dsl.size, ((3, 3), (0, 0))),
    ((LARGE, SMALL), dsl.size, ((1, 3), (0, 0))),
    (fs(SMALL, LARGE), dsl.color, ((2, 2), (0, 0))),
    (fs(LARGE), dsl.compose(dsl.invert, dsl.size), ((-3, -3), (0, 0))),
    (fs(SMALL), dsl.matcher(dsl.size, 1), ((1, 0), (0, 0))),
    (fs(fs((1, 1)), fs()), dsl.size, ((0, 0), (0, 1))),
    (fs(), dsl.size, ((0, 0), (0, 0))),
])  # fmt: skip
def test_paintby(objects, function, expected):
    assert dsl.paintby(((0, 0), (0, 0)), objects, function) == expected


def test_paintby_calls_once_an_object_and_before_it_paints():
    called = []

    def noted(item):
        called.append(item)
        return dsl.size(item)

    dsl.paintby(((0,),), (SMALL, LARGE, SMALL), noted)
    assert called == [SMALL, LARGE, SMALL]
    with pytest.raises(TypeError):
        dsl.paintby(((0,),), (SMALL, 5, SMALL), lambda item: called.append(item) or 1)
    assert len(called) == 6
    with pytest.raises(TypeError):
        dsl.paintby(((None,),), (SMALL,), noted)
    assert len(called) == 6


@pytest.mark.parametrize(("a", "b", "expected"), [
    (((1, 2), (3, 4)), ((1, 0), (0, 4)), fs((0, 0), (1, 1))),
    (((1, 2), (3, 4)), ((1, 2, 9),), fs((0, 0), (0, 1))),
    (((1,),), ((2,),), fs()),
    (((300,), (-1,)), ((300,), (-1,)), fs((0, 0), (1, 0))),
    ((), ((1,),), fs()),
])  # fmt: skip
def test_equalcells(a, b, expected):
    assert dsl.equalcells(a, b) == expected


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("empty", [(), ((),), ((), ())])
def test_nothing_gives_nothing(field, empty):
    assert field(empty) == empty


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("wrong", [
    None, 3, fs((1, 2)), ((1, 2), (3,)), ((1, None),), (1, 2), ((1, 2), fs(1, 2)), (((1, 2), 3),), (fs(1),), dsl.size,
])  # fmt: skip
def test_what_is_no_grid_of_numbers_fails(field, wrong):
    with pytest.raises(TypeError):
        field(wrong)


@pytest.mark.parametrize("field", FIELDS)
def test_bools_become_ints(field):
    result = field(((True, False), (0, True)))
    assert result == field(((1, 0), (0, 1)))
    assert {type(cell) for row in result for cell in row} == {int}


@pytest.mark.parametrize("field", FIELDS)
def test_what_has_too_many_parts_fails(field):
    row = tuple(range(250_000))
    with pytest.raises(LimitError):
        field((row, row))


@pytest.mark.parametrize(("call", "error"), [
    (lambda: dsl.firstseen(GRID, 1, 0), TypeError),
    (lambda: dsl.firstseen(GRID, (1,), 0), ValueError),
    (lambda: dsl.firstseen(GRID, (1, 0), None), TypeError),
    (lambda: dsl.seendistance(GRID, (1, None), 0), TypeError),
    (lambda: dsl.countaround(GRID, (), fs()), TypeError),
    (lambda: dsl.countaround(GRID, 0, 5), TypeError),
    (lambda: dsl.countaround(GRID, 0, fs((1, 2, 3))), ValueError),
    (lambda: dsl.countinrows(GRID, None), TypeError),
    (lambda: dsl.countseen(GRID, 0, 0, 5), TypeError),
    (lambda: dsl.countseen(GRID, 0, None, fs((0, 1))), TypeError),
    (lambda: dsl.countseen(GRID, (), 0, fs((0, 1))), TypeError),
    (lambda: dsl.countseen(GRID, 0, 0, fs((1, 2, 3))), ValueError),
    (lambda: dsl.rowcolors(GRID, None), TypeError),
    (lambda: dsl.columncolors(GRID, ()), TypeError),
    (lambda: dsl.morethan(GRID, None), TypeError),
    (lambda: dsl.morethan(((1, None),), 0), TypeError),
    (lambda: dsl.morethan(((1,) * 499_000,), 0), LimitError),
    (lambda: dsl.remainders(GRID, 0), ZeroDivisionError),
    (lambda: dsl.remainders((), 0), ZeroDivisionError),
    (lambda: dsl.remainders(GRID, -2), DslError),
    (lambda: dsl.remainders(GRID, None), TypeError),
    (lambda: dsl.translate(GRID, (1, 2, 3), 0), ValueError),
    (lambda: dsl.overlay(GRID, ((1,), (1, 2)), fs()), TypeError),
    (lambda: dsl.overlay(GRID, GRID, fs((1, (2, 3)), (0, 0))), TypeError),
    (lambda: dsl.paintby(GRID, 5, dsl.size), TypeError),
    (lambda: dsl.paintby(GRID, fs(SMALL), 5), TypeError),
    (lambda: dsl.paintby(GRID, fs(SMALL), dsl.identity), TypeError),
    (lambda: dsl.paintby(GRID, fs(SMALL, LARGE), dsl.lbind(dsl.repeat, 1)), TypeError),
    (lambda: dsl.paintby(GRID, (1,), dsl.identity), TypeError),
    (lambda: dsl.paintby(GRID, fs(SMALL), lambda _: (0,) * 500_001), LimitError),
    (lambda: dsl.equalcells(GRID, 5), TypeError),
    (lambda: dsl.equalcells(((1,) * 499_000,), ((1,) * 499_000,)), LimitError),
])  # fmt: skip
def test_what_fails(call, error):
    with pytest.raises(error):
        call()
