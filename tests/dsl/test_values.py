"""Bounds, and canonical order against its spelled-out key."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl import values
from arcbatt.dsl.values import (
    MAX_DEPTH,
    MAX_INT,
    MAX_SIZE,
    MIN_INT,
    LimitError,
    bounded,
    checked,
    grown,
    has_functions,
    largest,
    numeric,
    ordered,
    smallest,
    walk,
    weigh,
)

NUMBERS = st.integers(-3, 3)
LOCATIONS = st.tuples(NUMBERS, NUMBERS)
CELLS = st.tuples(NUMBERS, LOCATIONS)
ROWS = st.lists(NUMBERS, max_size=3).map(tuple)
GRIDS = st.lists(ROWS, max_size=3).map(tuple)
INDICES = st.frozensets(LOCATIONS, max_size=5)
OBJECTS = st.frozensets(CELLS, max_size=5)
FUNCTIONS = st.sampled_from([dsl.first, dsl.add, dsl.rbind(dsl.add, 1), dsl.compose(dsl.first, dsl.last)])
LEAVES = NUMBERS | st.booleans() | st.none() | FUNCTIONS | LOCATIONS | CELLS | ROWS | GRIDS | INDICES | OBJECTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3), max_leaves=8
)
USUAL = [NUMBERS | st.booleans(), LOCATIONS, CELLS, ROWS, GRIDS, INDICES, OBJECTS, st.tuples(LOCATIONS, LOCATIONS),
         st.frozensets(OBJECTS, max_size=3), st.tuples(NUMBERS, st.tuples(LOCATIONS, LOCATIONS)),
         st.frozensets(NUMBERS, max_size=3), st.tuples(st.none() | NUMBERS, LOCATIONS),
         st.tuples(NUMBERS, ROWS), st.tuples(NUMBERS, INDICES), st.frozensets(GRIDS, max_size=3)]  # fmt: skip
SETS = st.one_of([st.frozensets(kind, max_size=8) for kind in USUAL]) | st.frozensets(VALUES, max_size=6)


def by_key(items):
    """Canonical order as it is spelled out, without any of the fast ways."""
    return sorted(items, key=values._key)


@given(SETS)
def test_fast_order_is_the_spelled_out_order(items):
    assert ordered(items) == by_key(items)


@given(SETS.filter(len))
def test_smallest_and_largest_are_the_ends(items):
    assert smallest(items) == by_key(items)[0]
    assert largest(items) == by_key(items)[-1]


@given(SETS, st.integers())
def test_order_does_not_depend_on_how_a_set_came_about(items, seed):
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)
    clutter = [(number, None) for number in range(50)]
    again = frozenset([*clutter, *shuffled]) - frozenset(clutter) | frozenset(shuffled)
    assert ordered(again) == ordered(items)


@given(SETS, SETS)
def test_a_subset_keeps_the_order(left, right):
    both = left | right
    assert [item for item in ordered(both) if item in left] == ordered(left)


@pytest.mark.parametrize(("items", "expected"), [
    ([0, 8, -1, True], [-1, 0, 1, 8]),
    ([(2, 1), (1, 9), (1,), ()], [(), (1,), (1, 9), (2, 1)]),
    ([(1, (0, 2)), (9, (0, 1)), (3, (0, 2))], [(9, (0, 1)), (1, (0, 2)), (3, (0, 2))]),
    ([((1, 1), (0, 0)), ((0, 0), (5, 5))], [((0, 0), (5, 5)), ((1, 1), (0, 0))]),
    ([(5, (0, 1)), (0, 1, 5)], [(0, 1, 5), (5, (0, 1))]),
    ([(1, (0, 0, 0)), (0, (9, 9, 9))], [(0, (9, 9, 9)), (1, (0, 0, 0))]),
    ([frozenset({(1, (2, 2))}), frozenset({(9, (0, 0)), (9, (5, 5))})],
     [frozenset({(9, (0, 0)), (9, (5, 5))}), frozenset({(1, (2, 2))})]),
    ([None, dsl.size, dsl.first, frozenset(), (), 7], [7, (), frozenset(), dsl.first, dsl.size, None]),
    ([frozenset({3}), frozenset({1, 2}), frozenset(), frozenset({1})],
     [frozenset(), frozenset({1}), frozenset({1, 2}), frozenset({3})]),
])  # fmt: skip
def test_order_by_example(items, expected):
    assert ordered(frozenset(items)) == expected


def test_objects_come_in_raster_order_of_their_first_cells():
    late, early = frozenset({(0, (4, 4)), (0, (5, 0))}), frozenset({(9, (4, 3)), (9, (9, 9))})
    assert ordered(frozenset({late, early})) == [early, late]


def test_objects_with_the_same_first_cell_go_by_the_next():
    cell = (5, (0, 0))
    objects = [frozenset({cell, (1, (2, 0))}), frozenset({cell}), frozenset({cell, (7, (1, 9))})]
    assert ordered(frozenset(objects)) == [objects[1], objects[2], objects[0]]


def test_walk_takes_tuples_as_they_stand():
    assert walk((3, 1, 2)) == (3, 1, 2)
    assert list(walk(frozenset({3, 1, 2}))) == [1, 2, 3]
    for wrong in (1, None, dsl.first):
        with pytest.raises(TypeError):
            walk(wrong)


@pytest.mark.parametrize("number", [0, MAX_INT, MIN_INT, True])
def test_integers_of_64_bits_pass(number):
    assert checked(number) == number


@pytest.mark.parametrize("number", [MAX_INT + 1, MIN_INT - 1, 10**100])
def test_larger_integers_fail(number):
    with pytest.raises(LimitError):
        checked(number)


def test_bounded_lets_the_largest_size_through():
    assert bounded(MAX_SIZE) == MAX_SIZE
    with pytest.raises(LimitError):
        bounded(MAX_SIZE + 1)


def parts(value):
    """Number of parts by plain recursion."""
    return sum(1 + parts(item) for item in value) if isinstance(value, tuple | frozenset) else 0


def holds_function(value):
    return any(map(holds_function, value)) if isinstance(value, tuple | frozenset) else callable(value)


@given(st.lists(VALUES, max_size=6))
def test_weigh_counts_every_part(items):
    assert weigh(items) == parts(tuple(items)) == weigh(tuple(items))


@given(st.lists(VALUES, max_size=6).map(tuple))
def test_functions_are_found_wherever_they_stand(container):
    assert has_functions(container) == holds_function(container)


@given(st.lists(VALUES, max_size=6))
def test_only_numbers_are_numeric(items):
    assert numeric(items) == all(isinstance(item, int) for item in items)


def test_weigh_stops_at_a_large_level_however_small_the_objects_are():
    nested = 0
    for _ in range(30):
        nested = (nested,) * 8
    with pytest.raises(LimitError):
        weigh((nested,))


def test_depth_is_bounded_with_the_levels_around():
    deep = 0
    for _ in range(MAX_DEPTH - 1):
        deep = (deep,)
    assert weigh((deep,)) == MAX_DEPTH
    with pytest.raises(LimitError):
        weigh((deep,), levels=2)
    with pytest.raises(LimitError):
        weigh(((deep,),))


def test_grown_gives_its_items_or_fails():
    items = [(1, 2), frozenset({3})]
    assert grown(items) is items
    assert len(grown([1] * MAX_SIZE)) == MAX_SIZE
    for large in ([1] * (MAX_SIZE + 1), [tuple(range(1000))] * 600):
        with pytest.raises(LimitError):
            grown(large)


def test_order_of_kinds_is_total():
    kinds = [0, (0,), (1, (0, 0)), frozenset(), frozenset({0}), dsl.first, None]
    for left, right in itertools.combinations(kinds, 2):
        assert ordered(frozenset({left, right})) == [left, right]
