from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import LimitError

CELLS = st.integers(0, 3) | st.sampled_from([None, 300, (1, 2)])


def grids(cells, widths, heights):
    return st.tuples(widths, heights).flatmap(
        lambda size: st.lists(st.tuples(*[cells] * size[0]), min_size=size[1], max_size=size[1]).map(tuple)
    )


GRIDS = (
    grids(st.integers(0, 3), st.integers(1, 7), st.integers(1, 7))
    | grids(CELLS, st.integers(1, 4), st.integers(1, 4))
    | grids(st.integers(0, 3), st.integers(29, 32), st.integers(1, 3))
)
FLAGS = st.tuples(st.booleans(), st.booleans(), st.booleans())


def fs(*items):
    return frozenset(items)


def components(grid, univalued, diagonal, without_bg):
    """Connected components by merging the cells one by one."""
    background = dsl.mostcolor(grid) if without_bg else None
    cells = {(i, j): cell for i, row in enumerate(grid) for j, cell in enumerate(row) if cell != background}
    labels = {place: {place} for place in cells}
    for a, b in itertools.product([(0, 1), (1, 0), (1, 1), (1, -1)] if diagonal else [(0, 1), (1, 0)], cells):
        other = (a[0] + b[0], a[1] + b[1])
        joined = other in cells and (not univalued or cells[other] == cells[b])
        if joined and labels[b] is not labels[other]:
            labels[b] |= labels[other]
            for place in labels[other]:
                labels[place] = labels[b]
    return frozenset(frozenset((cells[place], place) for place in label) for label in labels.values())


@given(GRIDS, FLAGS)
def test_objects_are_the_connected_components(grid, flags):
    assert dsl.objects(grid, *flags) == components(grid, *flags)


@given(GRIDS, st.booleans(), st.booleans())
def test_objects_partition_the_foreground(grid, univalued, diagonal):
    found = dsl.objects(grid, univalued, diagonal, True)
    cells = dsl.asobject(grid)
    foreground = frozenset(cell for cell in cells if cell[0] != dsl.mostcolor(grid))
    assert dsl.merge(found) == foreground
    assert sum(map(len, found)) == len(foreground)


@given(GRIDS)
def test_partition_has_an_object_for_each_color(grid):
    expected = {
        color: frozenset((cell, (i, j)) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell == color)
        for color in dsl.palette(grid)
    }
    assert dsl.partition(grid) == frozenset(expected.values())
    del expected[dsl.mostcolor(grid)]
    assert dsl.fgpartition(grid) == frozenset(expected.values())


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.objects(((1, 1), (1, 1)), True, True, True), fs()),
    (lambda: dsl.objects(((0, 1), (1, 0)), False, False, False),
     fs(fs((0, (0, 0)), (1, (0, 1)), (1, (1, 0)), (0, (1, 1))))),
    (lambda: dsl.objects(((0, 1), (1, 0)), True, True, True), fs(fs((1, (0, 1)), (1, (1, 0))))),
    (lambda: dsl.objects(((0, 1), (1, 0)), 3, (), (0,)), fs(fs((1, (0, 1))), fs((1, (1, 0))))),
    (lambda: dsl.objects(((None, 1),), True, True, False), fs(fs((1, (0, 1))))),
    (lambda: dsl.objects(((1,), (1, 2)), True, True, False), fs(fs((1, (0, 0)), (1, (1, 0))))),
    (lambda: dsl.objects(((),), True, True, False), fs()),
    (lambda: dsl.partition(()), fs()),
    (lambda: dsl.partition(((1,), (2, 1))), fs(fs((1, (0, 0)), (1, (1, 1))), fs((2, (1, 0))))),
    (lambda: dsl.fgpartition(((5, 5),)), fs()),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected


@pytest.mark.parametrize("call", [
    lambda: dsl.objects((), True, True, True),
    lambda: dsl.objects((), True, True, False),
    lambda: dsl.objects(((),), True, True, True),
    lambda: dsl.objects(((1, 2), (3,)), True, True, False),
    lambda: dsl.objects((1, 2), True, True, False),
    lambda: dsl.objects(fs(5), True, True, False),
    lambda: dsl.objects(((1, 2), fs(1, 2)), True, True, False),
    lambda: dsl.partition(fs(5)),
    lambda: dsl.partition(3),
    lambda: dsl.fgpartition(()),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


def test_the_ends_of_rows_do_not_touch():
    assert len(dsl.objects(((0, 0, 1), (1, 0, 0), (0, 0, 1)), True, True, True)) == 3


@pytest.mark.parametrize("call", [
    lambda: dsl.objects(((0,) * 400,) * 300, True, True, False),
    lambda: dsl.objects(((0,) * 400_000, *[()] * 90_000), True, True, False),
    lambda: dsl.partition(((0,) * 400,) * 300),
    lambda: dsl.objects(((tuple(range(600)),) * 30,) * 30, True, True, False),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises((LimitError, IndexError)):
        call()


def test_a_large_background_is_no_part_of_the_result():
    grid = (*((0,) * 400,) * 300, (1,) * 400)
    assert dsl.objects(grid, True, True, True) == fs(fs(*[(1, (300, j)) for j in range(400)]))


def test_nesting_ends_at_a_bound():
    grid = ((0, 1),)
    for _ in range(1000):
        try:
            grid = (dsl.totuple(dsl.objects(grid, True, True, False)),)
        except LimitError:
            return
    pytest.fail("objects of objects nest without end")
