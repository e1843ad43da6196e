from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.tuples(*[st.sampled_from([0, 0, 0, 0, 1, 2, -1])] * width), min_size=1, max_size=6
    ).map(tuple)
)  # fmt: skip
FLOODS = [
    lambda grid: dsl.nearestcolors(grid, 0),
    lambda grid: dsl.flooded(grid, 1, 0),
    dsl.regions,
]


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("grid", "background", "expected"), [
    (((0, 0, 3, 0), (1, 0, 0, 0), (0, 2, 0, 3)), 0, ((1, 3, 3, 3), (1, 1, 3, 3), (1, 2, 2, 3))),
    (((0, 0, 0),), 0, ((0, 0, 0),)),
    (((0, 0, 0),), 7, ((0, 0, 0),)),
    (((2, 0, 1),), 0, ((2, 1, 1),)),
    (((300, 0, 0, -1),), 0, ((300, 300, -1, -1),)),
    (((1, 0), (0, 0), (0, 2)), 0, ((1, 1), (1, 2), (2, 2))),
    (((1, 0), (0, 0), (0, 2)), 1, ((0, 0), (0, 0), (0, 2))),
    (((True, 0),), False, ((1, 1),)),
    ((), 0, ()),
    (((), ()), 0, ((), ())),
])  # fmt: skip
def test_nearestcolors(grid, background, expected):
    assert dsl.nearestcolors(grid, background) == expected


@given(GRIDS, st.integers(-1, 1))
def test_the_nearest_is_nearest(grid, background):
    places = [(i, j) for i, row in enumerate(grid) for j in range(len(row))]
    sources = [(i, j) for i, j in places if grid[i][j] != background]
    found = dsl.nearestcolors(grid, background)
    for i, j in places:
        nearest = [(abs(i - r) + abs(j - c), grid[r][c]) for r, c in sources]
        assert found[i][j] == min(nearest, default=(0, background))[1]


WALLS = (
    (0, 0, 5, 0),
    (1, 0, 5, 0),
    (5, 5, 0, 0),
    (0, 0, 5, 2),
)


@pytest.mark.parametrize(("color", "background", "expected"), [
    (1, 0, fs((0, 0), (0, 1), (1, 1))),
    (2, 0, fs((0, 3), (1, 3), (2, 3), (2, 2))),
    (5, 0, dsl.ofcolor(WALLS, 0)),
    (0, 0, fs()),
    (9, 0, fs()),
    (1, 5, fs((2, 0), (2, 1))),
    (300, 0, fs()),
    (0, -1, fs()),
])  # fmt: skip
def test_flooded(color, background, expected):
    assert dsl.flooded(WALLS, color, background) == expected


def test_flooded_beyond_the_window():
    assert dsl.flooded(((1, *[0] * 69),), 1, 0) == frozenset((0, j) for j in range(1, 70))
    assert dsl.flooded(((300,), (-1,), (-1,), (0,), (-1,)), 300, -1) == fs((1, 0), (2, 0))


@given(GRIDS, st.integers(-1, 2), st.integers(-1, 1))
def test_what_is_flooded_is_connected(grid, color, background):
    parts = [dsl.toindices(part) for part in dsl.objects(grid, True, False, False) if dsl.color(part) == background]
    colored = dsl.ofcolor(grid, color) if color != background else fs()
    expected = [part for part in parts if any(dsl.adjacent(part, fs(place)) for place in colored)]
    assert dsl.flooded(grid, color, background) == fs().union(*expected)


@pytest.mark.parametrize(("grid", "expected"), [
    (WALLS, ((3, 3, 2, 4), (1, 3, 2, 4), (2, 2, 4, 4), (2, 2, 1, 1))),
    (((7,) * 20,) * 20, ((400,) * 20,) * 20),
    (((300, 300, -1),), ((2, 2, 1),)),
    (((True, 1, 0),), ((2, 2, 1),)),
    (((0, 1), (1, 0)), ((1, 1), (1, 1))),
    ((), ()),
    (((), ()), ((), ())),
])  # fmt: skip
def test_regions(grid, expected):
    assert dsl.regions(grid) == expected


@given(GRIDS)
def test_regions_are_objects(grid):
    found = dsl.regions(grid)
    for part in dsl.objects(grid, True, False, False):
        assert {found[i][j] for _, (i, j) in part} == {len(part)}


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("wrong", [
    None, 3, fs((1, 2)), ((1, 2), (3,)), ((1, None),), (1, 2), ((1, 2), fs(1, 2)), (((1, 2), 3),), (fs(1),), dsl.size,
])  # fmt: skip
def test_what_is_no_grid_of_numbers_fails(flood, wrong):
    with pytest.raises(TypeError):
        flood(wrong)


@pytest.mark.parametrize("flood", FLOODS)
def test_what_has_too_many_parts_fails(flood):
    row = (0,) * 250_000
    with pytest.raises(LimitError):
        flood((row, row))


@pytest.mark.parametrize(("call", "error"), [
    (lambda: dsl.nearestcolors(WALLS, None), TypeError),
    (lambda: dsl.flooded(WALLS, None, 0), TypeError),
    (lambda: dsl.flooded(WALLS, 0, ()), TypeError),
    (lambda: dsl.flooded(((1, *[0] * 200_000),), 1, 0), LimitError),
])  # fmt: skip
def test_what_fails(call, error):
    with pytest.raises(error):
        call()
