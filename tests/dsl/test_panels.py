from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import DslError

COLORS = st.sampled_from([0, 0, 1, 5])
GRIDS = st.integers(1, 7).flatmap(
    lambda width: st.lists(st.tuples(*[COLORS] * width), min_size=1, max_size=7).map(tuple)
)
CROSS = ((1, 5, 2), (5, 5, 5), (3, 5, 4))
FRAMED = ((5, 5, 5, 5), (5, 1, 2, 5), (5, 5, 5, 5))
SIDE = ((1, 2, 5, 5, 3), (4, 1, 5, 5, 0))


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.panels(CROSS), (((1,),), ((2,),), ((3,),), ((4,),))),
    (lambda: dsl.panels(FRAMED), (((1, 2),),)),
    (lambda: dsl.panels(SIDE), (((1, 2), (4, 1)), ((3,), (0,)))),
    (lambda: dsl.panels(((0, 1), (0, 0), (2, 0), (5, 5), (0, 3))), (((0, 1), (0, 0), (2, 0)), ((0, 3),))),
    (lambda: dsl.panels(((1, 2), (0, 0), (0, 3))), (((1, 2),), ((0, 3),))),
    (lambda: dsl.panels(((1, 2), (3, 4))), (((1, 2), (3, 4)),)),
    (lambda: dsl.panels(((5, 5), (5, 5))), (((5, 5), (5, 5)),)),
    (lambda: dsl.panels(((0, 0, 5, 0),)), (((0, 0),), ((0,),))),
    (lambda: dsl.panels(((1, 2), (4, 4), (3, 3), (1, 2))), (((1, 2), (4, 4)), ((1, 2),))),
    (lambda: dsl.panels(()), ((),)),
    (lambda: dsl.panels(((), ())), (((), ()),)),
    (lambda: dsl.panels(((True, 0), (0, 2))), (((1, 0), (0, 2)),)),
    (lambda: dsl.joinpanels(CROSS, (6, 7, 8, 9)), ((6, 7), (8, 9))),
    (lambda: dsl.joinpanels(CROSS, (((6, 7),), 8, 9, ((1, 2),))), ((6, 7, 8), (9, 1, 2))),
    (lambda: dsl.joinpanels(SIDE, dsl.panels(SIDE)), ((1, 2, 3), (4, 1, 0))),
    (lambda: dsl.joinpanels(((1, 2),), (True,)), ((1,),)),
    (lambda: dsl.joinpanels((), ((),)), ()),
    (lambda: dsl.setpanels(SIDE, (7, ((8,), (9,)))), ((7, 7, 5, 5, 8), (7, 7, 5, 5, 9))),
    (lambda: dsl.setpanels(FRAMED, (300,)), ((5, 5, 5, 5), (5, 300, 300, 5), (5, 5, 5, 5))),
    (lambda: dsl.setpanels((), ((),)), ()),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize(("call", "failure"), [
    (lambda: dsl.panels(((1, 2), (3,))), TypeError),
    (lambda: dsl.panels(frozenset()), TypeError),
    (lambda: dsl.panels(((None,),)), TypeError),
    (lambda: dsl.joinpanels(CROSS, (1, 2, 3)), DslError),
    (lambda: dsl.joinpanels(CROSS, frozenset({1, 2, 3, 4})), TypeError),
    (lambda: dsl.joinpanels(CROSS, (1, 2, 3, None)), TypeError),
    (lambda: dsl.joinpanels(CROSS, (1, ((2,), (2,)), 3, 4)), DslError),
    (lambda: dsl.joinpanels(CROSS, (1, ((2, 2),), 3, 4)), DslError),
    (lambda: dsl.setpanels(SIDE, (1, ((2,),))), DslError),
    (lambda: dsl.setpanels(SIDE, (1,)), DslError),
    (lambda: dsl.setpanels(SIDE, (1, dsl.first)), TypeError),
])  # fmt: skip
def test_failures(call, failure):
    with pytest.raises(failure):
        call()


@given(GRIDS)
def test_panels_put_back_change_nothing(grid):
    assert dsl.setpanels(grid, dsl.panels(grid)) == grid


@given(GRIDS)
def test_panels_of_the_other_diagonal_are_the_same(grid):
    turned = {dsl.dmirror(panel) for panel in dsl.panels(grid)}
    assert turned == {*dsl.panels(dsl.dmirror(grid))}


@given(GRIDS)
def test_a_number_each_tells_rows_and_columns(grid):
    found = dsl.panels(grid)
    rows = dsl.joinpanels(grid, tuple(range(len(found))))
    assert sum(rows, ()) == tuple(range(len(found)))
