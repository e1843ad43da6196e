from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

MOSAICS = [dsl.symmetric, dsl.periodic, dsl.tile]


@pytest.mark.parametrize(("grid", "expected"), [
    (((1, 2, 9), (3, 4, 3)), ((1, 2, 1), (3, 4, 3))),
    (((1, 2), (3, 3), (9, 2)), ((1, 2), (3, 3), (1, 2))),
    (((1, 2, 3), (2, 5, 9), (3, 4, 6)), ((1, 2, 3), (2, 5, 4), (3, 4, 6))),
    (((1, 2, 3), (4, 5, 2), (6, 9, 1)), ((1, 2, 3), (4, 5, 2), (6, 4, 1))),
])  # fmt: skip
def test_symmetric_by_each_kind_of_axis(grid, expected):
    assert dsl.symmetric(grid, 9) == expected


@pytest.mark.parametrize(("grid", "color", "expected"), [
    (((5, 1, 2, 2, 9), (6, 3, 4, 4, 3)), 9, ((5, 1, 2, 2, 1), (6, 3, 4, 4, 3))),
    (((1, 2, 3, 4),), 9, ((1, 2, 3, 4),)),
    (((9, 9), (9, 9)), 9, ((9, 9), (9, 9))),
    (((1, 2), (3, 4)), 9, ((1, 2), (3, 4))),
    (((300, -1, 9),), 9, ((300, -1, 300),)),
    (((True, 0, 9),), 9, ((1, 0, 1),)),
    ((), 9, ()),
    (((), ()), 9, ((), ())),
])  # fmt: skip
def test_symmetric(grid, color, expected):
    assert dsl.symmetric(grid, color) == expected


def test_symmetric_goes_on_across_several_axes():
    quarter = ((1, 2, 3), (4, 5, 6), (7, 8, 1))
    half = tuple(row + row[::-1] for row in quarter)
    whole = half + half[::-1]
    holed = tuple(tuple(0 if i < 2 and j != 2 else cell for j, cell in enumerate(row)) for i, row in enumerate(whole))
    assert dsl.symmetric(holed, 0) == whole


@pytest.mark.parametrize(("grid", "color", "expected", "tile"), [
    (((1, 2, 1, 0, 1),), 0, ((1, 2, 1, 2, 1),), ((1, 2),)),
    (((1,), (2,), (1,), (0,)), 0, ((1,), (2,), (1,), (2,)), ((1,), (2,))),
    (((1, 2, 1, 2), (3, 4, 3, 0), (1, 2, 0, 0)), 0, ((1, 2, 1, 2), (3, 4, 3, 4), (1, 2, 1, 2)), ((1, 2), (3, 4))),
    (((1, 2, 3), (2, 3, 1), (0, 0, 0)), 0, ((1, 2, 3), (2, 3, 1), (3, 1, 2)), ((1, 2, 3),)),
    (((1, 1, 2, 2), (3, 3, 3, 3), (2, 2, 1, 0), (3, 3, 3, 3)), 0,
     ((1, 1, 2, 2), (3, 3, 3, 3), (2, 2, 1, 1), (3, 3, 3, 3)), ((1, 1, 2, 2), (3, 3, 3, 3))),
    (((7, 7), (7, 0)), 0, ((7, 7), (7, 7)), ((7,),)),
    (((1, 2), (3, 4)), 0, ((1, 2), (3, 4)), ((1, 2), (3, 4))),
    (((0, 0),), 0, ((0, 0),), ((0, 0),)),
    (((300, True, 300, 0),), 0, ((300, 1, 300, 1),), ((300, 1),)),
    ((), 0, (), ()),
    (((), ()), 0, ((), ()), ((), ())),
])  # fmt: skip
def test_periodic_and_tile(grid, color, expected, tile):
    assert dsl.periodic(grid, color) == expected
    assert dsl.tile(grid, color) == tile


PARTS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(1, 4)] * width), min_size=1, max_size=4).map(tuple)
)


@given(PARTS, st.integers(2, 3), st.integers(2, 3))
def test_what_repeats_has_a_tile_that_gives_it_again(part, down, right):
    grid = tuple(row * right for row in part) * down
    tile = dsl.tile(grid, 0)
    assert len(tile) * len(tile[0]) <= len(part) * len(part[0])
    assert dsl.periodic(grid, 0) == grid


@given(PARTS, st.sampled_from(MOSAICS[:2]))
def test_known_cells_stay(part, mend):
    mended = mend(part, 1)
    assert all(old in (1, new) for row, other in zip(part, mended, strict=True)
               for old, new in zip(row, other, strict=True))  # fmt: skip


@pytest.mark.parametrize("mend", MOSAICS)
@pytest.mark.parametrize("wrong", [None, 3, frozenset({(1, 2)}), ((1, 2), (3,)), ((1, None),), (1, 2), (frozenset(),)])
def test_what_is_no_grid_of_numbers_fails(mend, wrong):
    with pytest.raises(TypeError):
        mend(wrong, 0)


@pytest.mark.parametrize("mend", MOSAICS)
def test_what_else_fails(mend):
    with pytest.raises(TypeError):
        mend(((1, 2),), None)
    row = tuple(range(250_000))
    with pytest.raises(LimitError):
        mend((row, row), 0)
