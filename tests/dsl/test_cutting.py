from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

COLORS = st.integers(0, 9)
GRIDS = st.integers(1, 8).flatmap(
    lambda width: st.lists(st.tuples(*[COLORS] * width), min_size=1, max_size=8).map(tuple)
)
G = ((1, 2), (3, 4))


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.crop(G, (-2, -2), (1, 1)), ((1,),)),
    (lambda: dsl.crop(G, (-2, -2), (2, 2)), ()),
    (lambda: dsl.crop(G, (0, 1), (9, 9)), ((2,), (4,))),
    (lambda: dsl.crop(G, (0, 5), (2, 2)), ((), ())),
    (lambda: dsl.crop(G, (5,), (2,)), ()),
    (lambda: dsl.crop(G, (2**63 - 1, 0), (2**63 - 1, 1)), ()),
    (lambda: dsl.subgrid(fs((1, 0), (1, 7)), G), ((3, 4),)),
    (lambda: dsl.subgrid(fs((7, (0, 1)), (7, (1, 1))), G), ((2,), (4,))),
    (lambda: dsl.subgrid(((0, 0), (0, 1), (1, 1)), G), G),
    (lambda: dsl.hsplit(((1, 2, 3, 4, 5, 6, 7),), 3), (((1, 2),), ((4, 5),), ((7,),))),
    (lambda: dsl.hsplit(((1, 2),), 3), (((),), ((),), ((),))),
    (lambda: dsl.hsplit(G, -1), ()),
    (lambda: dsl.hsplit(G, True), (G,)),
    (lambda: dsl.vsplit(((1,), (2,), (3,)), 2), (((1,),), ((3,),))),
    (lambda: dsl.vsplit(((1,), (2, 3)), 2), (((1,),), ((2,),))),
    (lambda: dsl.vsplit(((1,),), 2), ((), ())),
    (lambda: dsl.trim(((1, 2, 3), (4, 5, 6), (7, 8, 9))), ((5,),)),
    (lambda: dsl.trim(G), ()),
    (lambda: dsl.trim(((1,), (2,), (3,))), ((),)),
    (lambda: dsl.tophalf(((1,), (2,), (3,))), ((1,),)),
    (lambda: dsl.bottomhalf(((1,), (2,), (3,))), ((3,),)),
    (lambda: dsl.bottomhalf(((1,),)), ()),
    (lambda: dsl.lefthalf(((1, 2, 3),)), ((1,),)),
    (lambda: dsl.righthalf(((1, 2, 3),)), ((3,),)),
    (lambda: dsl.lefthalf(((1,), (2,))), ()),
    (lambda: dsl.righthalf(((1,), (2,))), ()),
    (lambda: dsl.righthalf(((1, 2, 3, 4), (5, 6))), ((2,), (6,))),
    (lambda: dsl.lefthalf(()), ()),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("call", [
    lambda: dsl.crop(fs(), (0, 0), (1, 1)),
    lambda: dsl.crop(G, (), (1, 1)),
    lambda: dsl.crop(G, (0,), (1, 1)),
    lambda: dsl.crop((1, 2), (0, 0), (1, 1)),
    lambda: dsl.subgrid(fs(), G),
    lambda: dsl.subgrid((), G),
    lambda: dsl.hsplit(G, 0),
    lambda: dsl.hsplit((), 2),
    lambda: dsl.hsplit(G, None),
    lambda: dsl.vsplit(G, 0),
    lambda: dsl.vsplit((), 2),
    lambda: dsl.trim(fs()),
    lambda: dsl.tophalf(fs()),
    lambda: dsl.bottomhalf(3),
    lambda: dsl.lefthalf(fs()),
    lambda: dsl.righthalf((1, 2)),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError, ZeroDivisionError)):
        call()


@given(GRIDS)
def test_halves(grid):
    rows, columns = dsl.shape(grid)
    assert dsl.tophalf(grid) == dsl.crop(grid, (0, 0), (rows // 2, columns))
    assert dsl.hmirror(dsl.bottomhalf(grid)) == dsl.tophalf(dsl.hmirror(grid))
    assert dsl.lefthalf(grid) == dsl.dmirror(dsl.tophalf(dsl.dmirror(grid)))
    assert dsl.vmirror(dsl.righthalf(grid)) == dsl.lefthalf(dsl.vmirror(grid))


@given(GRIDS, st.integers(1, 4))
def test_splitting_undoes_concatenation(grid, n):
    across, down = grid, grid
    for _ in range(n - 1):
        across, down = dsl.hconcat(across, grid), dsl.vconcat(down, grid)
    assert dsl.hsplit(across, n) == (grid,) * n
    assert dsl.vsplit(down, n) == (grid,) * n


@given(GRIDS, st.integers(1, 10))
def test_splitting_by_columns_is_splitting_the_transposed_by_rows(grid, n):
    parts = [dsl.dmirror(part) for part in dsl.vsplit(dsl.dmirror(grid), n)]
    assert [part for part in parts if part] == [part for part in dsl.hsplit(grid, n) if part[0]]


def nested(value, levels):
    for _ in range(levels):
        value = (value,)
    return value


@pytest.mark.parametrize("call", [
    lambda: dsl.hsplit(G, 10**12),
    lambda: dsl.hsplit(((0,),) * 1000, 1000),
    lambda: dsl.vsplit(G, 10**12),
    lambda: dsl.hsplit(((nested(0, 30),),), 1),
    lambda: dsl.vsplit(((nested(0, 30),),), 1),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()


def test_nesting_ends_at_a_bound():
    with pytest.raises(LimitError):
        dsl.power(dsl.rbind(dsl.hsplit, 2), 1000)(((0, 1),))
