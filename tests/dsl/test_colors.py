from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl

COLORS = st.integers(0, 9)
ANY = COLORS | st.none() | st.integers(-2, 300) | st.tuples(COLORS)
GRIDS = st.lists(st.lists(ANY, max_size=5).map(tuple), max_size=5).map(tuple)
PLAIN = st.lists(st.lists(COLORS, min_size=1, max_size=5).map(tuple), min_size=1, max_size=5).map(tuple)
OBJECTS = st.frozensets(st.tuples(st.integers(0, 4), st.tuples(st.integers(-2, 35), COLORS)), min_size=1, max_size=12)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.mostcolor(((3, 1), (1, 3))), 1),
    (lambda: dsl.mostcolor(((None, 2), (2, None))), 2),
    (lambda: dsl.mostcolor(((300, 300, 1),)), 300),
    (lambda: dsl.mostcolor(((-1, 0, -1),)), -1),
    (lambda: dsl.leastcolor(((5, 5, 4, 3),)), 3),
    (lambda: dsl.mostcolor(fs((4, (0, 0)), (4, (0, 1)), (2, (9, 9)))), 4),
    (lambda: dsl.mostcolor(fs((0, 8), (0, 9), (7, 7))), 0),
    (lambda: dsl.colorcount((), 3), 0),
    (lambda: dsl.colorcount(((1, 2), (1,)), True), 2),
    (lambda: dsl.colorcount(fs((1, (0, 0)), (2, (0, 0))), 2), 1),
    (lambda: dsl.palette(((),)), fs()),
    (lambda: dsl.palette(fs((0, 1), (2, 3))), fs(0, 2)),
    (lambda: dsl.numcolors(((1, 2), (2, 9))), 3),
    (lambda: dsl.numcolors(fs()), 0),
    (lambda: dsl.color(fs((5, (2, 2)), (7, (1, 9)), (6, (1, 9)))), 6),
    (lambda: dsl.color(((4, (9, 0)), (3, (0, 0)))), 4),
    (lambda: dsl.colorfilter((fs((3, (1, 1)), (2, (0, 5))), fs((3, (0, 0)))), 3), fs(fs((3, (0, 0))))),
    (lambda: dsl.colorfilter((), 3), fs()),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected
    assert type(call()) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.mostcolor(()),
    lambda: dsl.mostcolor(((),)),
    lambda: dsl.leastcolor(fs()),
    lambda: dsl.mostcolor((1, 2)),
    lambda: dsl.mostcolor((10**12,)),
    lambda: dsl.colorcount((1, 2), 1),
    lambda: dsl.colorcount(fs(5), 5),
    lambda: dsl.palette(3),
    lambda: dsl.palette(fs(fs((1, (0, 0)), (2, (0, 1))))),
    lambda: dsl.palette(fs((1, 2, 3))),
    lambda: dsl.color(fs()),
    lambda: dsl.color(fs(5)),
    lambda: dsl.colorfilter(fs(fs()), 3),
    lambda: dsl.colorfilter((3,), 3),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError, AttributeError)):
        call()


@given(GRIDS)
def test_colors_are_counted_cell_by_cell(grid):
    counts = Counter(cell for row in grid for cell in row)
    assert dsl.palette(grid) == frozenset(counts)
    for color, count in counts.items():
        assert dsl.colorcount(grid, color) == count
    if counts:
        assert counts[dsl.mostcolor(grid)] == max(counts.values())
        assert counts[dsl.leastcolor(grid)] == min(counts.values())


@given(PLAIN)
def test_of_a_tie_the_smallest_color_wins(grid):
    counts = Counter(cell for row in grid for cell in row)
    for primitive, wanted in ((dsl.mostcolor, max(counts.values())), (dsl.leastcolor, min(counts.values()))):
        assert primitive(grid) == min(color for color, count in counts.items() if count == wanted)
    assert dsl.mostcolor(grid) == dsl.mostcolor(dsl.asobject(grid))


@given(OBJECTS)
def test_the_color_of_an_object_is_that_of_its_first_cell(obj):
    expected = min(obj, key=lambda cell: (*cell[1], cell[0]))[0]
    assert dsl.color(obj) == expected
    assert dsl.colorfilter(fs(obj), expected) == fs(obj)
    assert dsl.colorfilter(fs(obj), expected + 1) == fs()
