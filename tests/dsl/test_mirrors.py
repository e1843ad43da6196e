from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_SIZE, LimitError

COLORS = st.integers(0, 9)
GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.tuples(*[COLORS] * width), min_size=1, max_size=6).map(tuple)
)
PLACES = st.tuples(st.integers(-40, 40), st.integers(-40, 40))
PATCHES = st.frozensets(PLACES, min_size=1, max_size=9) | st.frozensets(
    st.tuples(COLORS, PLACES), min_size=1, max_size=9
)
MIRRORS = (dsl.hmirror, dsl.vmirror, dsl.dmirror, dsl.cmirror)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.rot90(((1, 2), (3, 4))), ((3, 1), (4, 2))),
    (lambda: dsl.rot90(((1, 2), (3,))), ((3, 1),)),
    (lambda: dsl.rot90(((),)), ()),
    (lambda: dsl.rot180(((1, 2), (3,))), ((3,), (2, 1))),
    (lambda: dsl.rot270(((1, 2), (3, 4))), ((2, 4), (1, 3))),
    (lambda: dsl.rot270(()), ()),
    (lambda: dsl.hmirror((1, 2)), (2, 1)),
    (lambda: dsl.vmirror(()), ()),
    (lambda: dsl.vmirror(((1, 2), (3,))), ((2, 1), (3,))),
    (lambda: dsl.dmirror(((1, 2), (3,))), ((1, 3),)),
    (lambda: dsl.cmirror(((1, 2), (3, 4))), ((4, 2), (3, 1))),
    (lambda: dsl.dmirror(fs((2, 5), (3, 9))), fs((2, 5), (6, 6))),
    (lambda: dsl.cmirror(fs((2, 5), (3, 9))), fs((2, 5), (6, 6))),
    (lambda: dsl.hmirror(fs((7, (0, 0)), (8, (2, 1)))), fs((7, (2, 0)), (8, (0, 1)))),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("call", [
    lambda: dsl.rot90(fs()),
    lambda: dsl.rot90((1, 2)),
    lambda: dsl.rot180(fs()),
    lambda: dsl.rot180((fs(1),)),
    lambda: dsl.rot270(None),
    lambda: dsl.vmirror((1, 2)),
    *[lambda mirror=mirror: mirror(fs()) for mirror in MIRRORS],
    *[lambda mirror=mirror: mirror(fs(5)) for mirror in MIRRORS],
    *[lambda mirror=mirror: mirror(3) for mirror in MIRRORS],
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@given(GRIDS)
def test_four_quarter_turns_are_none(grid):
    turned = grid
    for _ in range(4):
        turned = dsl.rot90(turned)
    assert turned == grid
    assert dsl.rot90(dsl.rot90(grid)) == dsl.rot180(grid)
    assert dsl.rot90(dsl.rot270(grid)) == grid


@given(GRIDS | PATCHES, st.sampled_from(MIRRORS))
def test_mirrors_are_their_own_inverse(piece, mirror):
    assert mirror(mirror(piece)) == piece


@given(PATCHES)
def test_mirrors_of_patches_stay_where_they_are(patch):
    assert dsl.ulcorner(dsl.hmirror(patch)) == dsl.ulcorner(patch)
    assert dsl.lrcorner(dsl.vmirror(patch)) == dsl.lrcorner(patch)
    assert dsl.ulcorner(dsl.dmirror(patch)) == dsl.ulcorner(patch)
    assert dsl.cmirror(patch) == dsl.vmirror(dsl.dmirror(dsl.vmirror(patch)))


@given(GRIDS, st.sampled_from(MIRRORS))
def test_mirrors_of_grids_and_objects_agree(grid, mirror):
    assert dsl.asobject(mirror(grid)) == mirror(dsl.asobject(grid))


def test_bounds_are_checked():
    for mirror in (dsl.dmirror, dsl.cmirror):
        with pytest.raises(LimitError):
            mirror(fs((2**63 - 1, 0), (2**63 - 1, 1)))
    assert dsl.hmirror(fs((2**63 - 1, 0), (-(2**63), 0))) == fs((2**63 - 1, 0), (-(2**63), 0))
    with pytest.raises(LimitError):
        dsl.rot90(((0,) * (MAX_SIZE - 1),))
