from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

COLORS = st.integers(0, 9)
CELLS = COLORS | st.none() | st.tuples(COLORS)
RAGGED = st.lists(st.lists(CELLS, max_size=4).map(tuple), max_size=4).map(tuple)
GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(*[COLORS] * width), min_size=1, max_size=5).map(tuple)
)
PLACES = st.tuples(st.integers(-3, 40), st.integers(0, 35))
OBJECTS = st.frozensets(st.tuples(COLORS | st.integers(9, 12), PLACES), max_size=9)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.hupscale(((1, 2),), 2), ((1, 1, 2, 2),)),
    (lambda: dsl.hupscale(((1, 2), ()), -1), ((), ())),
    (lambda: dsl.hupscale(((),), None), ((),)),
    (lambda: dsl.hupscale((), None), ()),
    (lambda: dsl.vupscale(((1, 2), (3,)), 2), ((1, 2), (1, 2), (3,), (3,))),
    (lambda: dsl.vupscale(((1, 2),), 0), ()),
    (lambda: dsl.vupscale(fs(5), 2), (5, 5)),
    (lambda: dsl.vupscale((), None), ()),
    (lambda: dsl.upscale(((1, 2),), True), ((1, 2),)),
    (lambda: dsl.upscale(((1,), ()), 2), ((1, 1), (1, 1), (), ())),
    (lambda: dsl.upscale(((1,),), 0), ()),
    (lambda: dsl.upscale(fs(), None), fs()),
    (lambda: dsl.upscale(fs((4, (1, 2))), -1), fs()),
    (lambda: dsl.upscale(fs((4, (1, 2))), 0), fs()),
    (lambda: dsl.upscale(fs((4, (1, 2)), (5, (2, 2))), 2), fs(
        (4, (1, 2)), (4, (1, 3)), (4, (2, 2)), (4, (2, 3)), (5, (3, 2)), (5, (3, 3)), (5, (4, 2)), (5, (4, 3)))),
    (lambda: dsl.downscale(((1, 2, 3), (4, 5, 6), (7, 8, 9)), -2), ((1, 3), (7, 9))),
    (lambda: dsl.downscale(((1, 2), (3, 4)), 99), ((1,),)),
    (lambda: dsl.downscale(((), (), ()), 2), ((), ())),
    (lambda: dsl.downscale(((1, 2), (3,)), 2), ((1,),)),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected
    assert type(call()) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.hupscale(3, 0),
    lambda: dsl.hupscale(((1,),), (1, 2)),
    lambda: dsl.vupscale(None, 0),
    lambda: dsl.vupscale(((1,),), fs()),
    lambda: dsl.upscale(3, 0),
    lambda: dsl.upscale((1, 2), 0),
    lambda: dsl.upscale(fs((1, 2)), 2),
    lambda: dsl.upscale(fs((1, (2, 2))), ()),
    lambda: dsl.upscale(((),), None),
    lambda: dsl.downscale((), 1),
    lambda: dsl.downscale(((1,),), 0),
    lambda: dsl.downscale(((1, 2), (3,)), 1),
    lambda: dsl.downscale(((1,),), None),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError, ZeroDivisionError)):
        call()


@given(RAGGED, st.integers(-1, 4))
def test_cells_become_blocks(grid, factor):
    wide = tuple(tuple(cell for cell in row for _ in range(factor)) for row in grid)
    assert dsl.hupscale(grid, factor) == wide
    assert dsl.upscale(grid, factor) == tuple(row for row in wide for _ in range(factor))
    assert dsl.upscale(grid, factor) == dsl.vupscale(wide, factor)


@given(GRIDS, st.integers(1, 4))
def test_downscaling_undoes_upscaling(grid, factor):
    assert dsl.downscale(dsl.upscale(grid, factor), factor) == grid
    assert dsl.upscale(dsl.asobject(grid), factor) == dsl.asobject(dsl.upscale(grid, factor))


@given(OBJECTS, st.integers(-1, 4))
def test_cells_of_objects_become_blocks(obj, factor):
    top = min((i for _, (i, _) in obj), default=0)
    left = min((j for _, (_, j) in obj), default=0)
    assert dsl.upscale(obj, factor) == frozenset(
        (color, (top + (i - top) * factor + down, left + (j - left) * factor + right))
        for color, (i, j) in obj for down in range(factor) for right in range(factor)
    )


@pytest.mark.parametrize("call", [
    lambda: dsl.hupscale(((1,),), 10**12),
    lambda: dsl.hupscale(((tuple(range(1000)),),), 1000),
    lambda: dsl.vupscale(((1,),), 10**12),
    lambda: dsl.vupscale((tuple(range(1000)),), 1000),
    lambda: dsl.upscale(((1, 2), (3, 4)), 10**6),
    lambda: dsl.upscale(((tuple(range(1000)),),), 30),
    lambda: dsl.upscale(fs((1, (0, 0))), 10**6),
    lambda: dsl.upscale(fs((1, (0, 0)), (1, (2**61, 0))), 10),
    lambda: dsl.upscale(fs((tuple(range(1000)), (0, 0))), 30),
    lambda: dsl.upscale(fs((1, (0, 2**63 - 2))), 4),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()


def test_repeated_upscaling_ends_at_a_bound():
    with pytest.raises(LimitError):
        dsl.power(dsl.rbind(dsl.upscale, 2), 100)(((1, 2), (3, 4)))
