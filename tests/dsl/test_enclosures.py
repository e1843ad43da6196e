from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

RING = dsl.box(frozenset({(1, 1), (4, 5)}))


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("patch", "inside", "count"), [
    (RING, dsl.backdrop(fs((2, 2), (3, 4))), 1),
    (dsl.recolor(3, RING), dsl.backdrop(fs((2, 2), (3, 4))), 1),
    (tuple(RING), dsl.backdrop(fs((2, 2), (3, 4))), 1),
    (RING | fs((2, 3), (3, 3)), fs((2, 2), (3, 2), (2, 4), (3, 4)), 2),
    (RING | fs((2, 2), (3, 3)), fs((3, 2), (2, 3), (2, 4), (3, 4)), 2),
    (RING - fs((1, 3)), fs(), 0),
    (RING - fs((1, 1)), dsl.backdrop(fs((2, 2), (3, 4))), 1),
    (dsl.dneighbors((0, 0)), fs((0, 0)), 1),
    (dsl.dneighbors((0, 0)) | dsl.dneighbors((1, 1)), fs((0, 0), (1, 1)), 2),
    (dsl.box(fs((0, 0), (99, 99))), dsl.backdrop(fs((1, 1), (98, 98))), 1),
    (fs((0, 0)), fs(), 0),
    (fs((0, 0), (9, 9)), fs(), 0),
    (fs(), fs(), 0),
    ((), fs(), 0),
])  # fmt: skip
def test_enclosed_and_holes(patch, inside, count):
    assert dsl.enclosed(patch) == inside
    assert dsl.holes(patch) == count


@given(st.frozensets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1))
def test_enclosed_is_what_no_region_at_the_edge_reaches(patch):
    top, left = dsl.ulcorner(patch)
    moved = dsl.shift(patch, (1 - top, 1 - left))
    canvas = dsl.fill(dsl.canvas(0, dsl.add(dsl.shape(moved), 2)), 1, moved)
    regions = [dsl.toindices(item) for item in dsl.objects(canvas, True, False, False) if dsl.color(item) == 0]
    inner = [region for region in regions if (0, 0) not in region]
    assert dsl.shift(dsl.enclosed(patch), (1 - top, 1 - left)) == frozenset().union(*inner)
    assert dsl.holes(patch) == len(inner)


@pytest.mark.parametrize("function", [dsl.enclosed, dsl.holes])
def test_what_fails(function):
    for wrong in (5, fs(1), fs((1, (2, 3)), (4, 5)), dsl.size):
        with pytest.raises(TypeError):
            function(wrong)
    with pytest.raises(LimitError):
        function(fs((0, 0), (500, 500)))
    assert dsl.holes(fs((0, 0), (2**62, 0)) - fs((2**62, 0))) == 0
