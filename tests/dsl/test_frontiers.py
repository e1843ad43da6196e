from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

COLORS = st.integers(0, 1)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[COLORS] * width), min_size=1, max_size=4).map(tuple)
)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("grid", "kept"), [
    ((), ()),
    (((1, 2, 3),), ((),)),
    (((5, 5), (5, 5)), ()),
    (((1, 2), (3, 4)), ((1, 2), (3, 4))),
    (((0, 1, 0), (0, 1, 2), (0, 1, 0)), ((0,), (2,), (0,))),
    (((1, 2), (3,)), ((1, 2),)),
])  # fmt: skip
def test_compress(grid, kept):
    assert dsl.compress(grid) == kept


@pytest.mark.parametrize(("grid", "found"), [
    (((7,),), fs(fs((7, (0, 0))))),
    (((),), fs()),
    (((1, 1), (1, 2)), fs(fs((1, (0, 0)), (1, (0, 1))), fs((1, (0, 0)), (1, (1, 0))))),
    (((1,), (2, 3)), fs(fs((1, (0, 0))))),
])  # fmt: skip
def test_frontiers(grid, found):
    assert dsl.frontiers(grid) == found


@pytest.mark.parametrize("call", [
    lambda: dsl.frontiers(()),
    lambda: dsl.frontiers(fs()),
    lambda: dsl.frontiers(((1, 2), (3,))),
    lambda: dsl.frontiers((1, 2)),
    lambda: dsl.compress(fs()),
    lambda: dsl.compress((1, 2)),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@given(GRIDS)
def test_compress_leaves_what_no_frontier_covers(grid):
    covered = {place for obj in dsl.frontiers(grid) for place in dsl.toindices(obj)}
    rows = [tuple(cell for j, cell in enumerate(row) if (i, j) not in covered) for i, row in enumerate(grid)]
    assert [row for row in dsl.compress(grid) if row] == [row for row in rows if row]
    for obj in dsl.frontiers(grid):
        assert dsl.numcolors(obj) == 1
        assert dsl.height(obj) == len(grid) or dsl.width(obj) == len(grid[0])


def test_bounds_are_checked():
    with pytest.raises(LimitError):
        dsl.frontiers(((0,) * 300,) * 300)
