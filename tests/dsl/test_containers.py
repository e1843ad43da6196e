from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_SIZE, SMALL, DslError, LimitError, ordered, weigh

NUMBERS = st.integers(-4, 4)
TUPLES = st.lists(NUMBERS, max_size=8).map(tuple)
SETS = st.frozensets(NUMBERS, max_size=8)
CONTAINERS = TUPLES | SETS
NESTED = st.lists(TUPLES | SETS, max_size=4).map(tuple) | st.frozensets(TUPLES | SETS, max_size=4)

FAILURES = (TypeError, ValueError, IndexError, DslError)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.combine(fs(1, 2), (2, 2, 5)), fs(1, 2, 5)),
    (lambda: dsl.combine((1,), (2, 1)), (1, 2, 1)),
    (lambda: dsl.combine((9,), fs((1, (0, 3)), (7, (0, 1)))), (9, (7, (0, 1)), (1, (0, 3)))),
    (lambda: dsl.intersection(fs(1, 2), fs(2, 3)), fs(2)),
    (lambda: dsl.intersection(6, 3), 2),
    (lambda: dsl.difference((1, 2, 2, 3, 1), (2,)), (1, 3, 1)),
    (lambda: dsl.difference(fs(1, 2), (2,)), fs(1)),
    (lambda: dsl.difference((3, 1, 3), fs(1)), (3, 3)),
    (lambda: dsl.dedupe((3, 1, 3, True, 2)), (3, 1, 2)),
    (lambda: dsl.dedupe(fs()), ()),
    (lambda: dsl.repeat((1,), 2), ((1,), (1,))),
    (lambda: dsl.repeat(5, True), (5,)),
    (lambda: dsl.repeat(5, -1), ()),
    (lambda: dsl.size(((1, 2), (3, 4))), 2),
    (lambda: dsl.merge(((1, 2), (2, 3), ())), (1, 2, 2, 3)),
    (lambda: dsl.merge(fs((1, 2), (2, 5))), fs(1, 2, 5)),
    (lambda: dsl.merge((fs(8, 3), (4, 1), fs(2))), (3, 8, 4, 1, 2)),
    (lambda: dsl.merge(()), ()),
    (lambda: dsl.merge(fs()), fs()),
    (lambda: dsl.initset(fs()), fs(fs())),
    (lambda: dsl.sfilter((1, 2, 2, 3), dsl.even), (2, 2)),
    (lambda: dsl.sfilter(fs((), (1,)), dsl.identity), fs((1,))),
    (lambda: dsl.mfilter(((1, 2), (), (3,)), dsl.size), (1, 2, 3)),
    (lambda: dsl.mfilter(fs((1, 2), ()), dsl.size), fs(1, 2)),
    (lambda: dsl.totuple(fs(3, 1, 2)), (1, 2, 3)),
    (lambda: dsl.totuple((3, 1)), (3, 1)),
    (lambda: dsl.insert((1, 2), fs((0, 0))), fs((1, 2), (0, 0))),
    (lambda: dsl.remove(1, (1, 2, 1)), (2,)),
    (lambda: dsl.remove(True, (1, 0, 2)), (0, 2)),
    (lambda: dsl.remove(True, fs(1, 0)), fs(0)),
    (lambda: dsl.remove(7, fs(1, 0)), fs(0, 1)),
    (lambda: dsl.product((1, 1), (2, 2)), fs((1, 2))),
    (lambda: dsl.product(fs(1), ()), fs()),
    (lambda: dsl.pair((1, 2, 3), (4, 5)), ((1, 4), (2, 5))),
    (lambda: dsl.pair(fs(2, 1), (7, 8)), ((1, 7), (2, 8))),
    (lambda: dsl.sizefilter(((), (1,), (2,)), 1), fs((1,), (2,))),
])  # fmt: skip
def test_by_example(call, expected):
    result = call()
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.combine((1,), 2),
    lambda: dsl.combine(None, ()),
    lambda: dsl.combine(1, fs()),
    lambda: dsl.intersection((1,), fs(1)),
    lambda: dsl.intersection((1,), (1,)),
    lambda: dsl.difference(5, fs()),
    lambda: dsl.difference(fs(1), dsl.first),
    lambda: dsl.dedupe(fs(1)),
    lambda: dsl.dedupe(3),
    lambda: dsl.repeat(1, None),
    lambda: dsl.repeat(1, ()),
    lambda: dsl.size(5),
    lambda: dsl.size(dsl.first),
    lambda: dsl.merge((1, 2)),
    lambda: dsl.merge(fs(1)),
    lambda: dsl.merge(3),
    lambda: dsl.merge(((1,), 2)),
    lambda: dsl.sfilter(3, dsl.even),
    lambda: dsl.sfilter((1, ()), dsl.even),
    lambda: dsl.mfilter((1, 2), dsl.even),
    lambda: dsl.totuple(None),
    lambda: dsl.insert(1, (1,)),
    lambda: dsl.remove(1, 1),
    lambda: dsl.product(3, (1,)),
    lambda: dsl.pair(3, (1,)),
    lambda: dsl.sizefilter((1,), 1),
    lambda: dsl.sizefilter(3, 1),
])  # fmt: skip
def test_failures(call):
    with pytest.raises(FAILURES):
        call()


@given(CONTAINERS, CONTAINERS)
def test_combine_keeps_the_kind_of_the_first(a, b):
    both = dsl.combine(a, b)
    assert type(both) is type(a)
    assert frozenset(both) == frozenset(a) | frozenset(b)
    assert dsl.merge((tuple(a), tuple(b))) == (*a, *b)


@given(NESTED)
def test_merge_is_combine_of_all(containers):
    expected = type(containers)()
    for member in ordered(containers) if isinstance(containers, frozenset) else containers:
        expected = dsl.combine(expected, member)
    assert dsl.merge(containers) == expected


@given(CONTAINERS, NUMBERS)
def test_remove_and_filters_agree(container, value):
    kept = dsl.sfilter(container, dsl.compose(dsl.flip, dsl.matcher(dsl.identity, value)))
    assert dsl.remove(value, container) == kept == dsl.difference(container, (value,))
    assert not dsl.contained(value, kept)


@given(TUPLES)
def test_dedupe_keeps_first_occurrences(items):
    assert dsl.dedupe(items) == tuple(item for i, item in enumerate(items) if item not in items[:i])


@given(st.frozensets(SETS, min_size=1, max_size=6))
def test_extremes_of_sets_are_taken_in_canonical_order(container):
    assert dsl.maximum(container) == max(ordered(container))
    assert dsl.minimum(container) == min(ordered(container))


@given(CONTAINERS, CONTAINERS)
def test_product_and_pair(a, b):
    assert dsl.product(a, b) == frozenset((x, y) for x in a for y in b)
    assert dsl.pair(a, b) == tuple(zip(dsl.totuple(a), dsl.totuple(b), strict=False))


@given(st.lists(TUPLES | SETS, max_size=5).map(tuple), st.integers(0, 3))
def test_sizefilter_gives_a_set(container, n):
    assert dsl.sizefilter(container, n) == frozenset(item for item in container if len(item) == n)


def test_stopiteration_of_a_function_fails_and_never_shortens_a_result():
    def stop(x):
        raise StopIteration

    for call in (dsl.sfilter, dsl.order, dsl.argmax, dsl.valmin, dsl.mfilter, dsl.extract):
        for container in ((1, 2), fs(1, 2)):
            with pytest.raises(StopIteration):
                call(container, stop)


WIDE = dsl.interval(0, MAX_SIZE, 1)


@pytest.mark.parametrize("call", [
    lambda: dsl.combine(WIDE, (1,)),
    lambda: dsl.combine(frozenset(WIDE), (1,)),
    lambda: dsl.repeat(0, MAX_SIZE + 1),
    lambda: dsl.repeat(0, 2**62),
    lambda: dsl.repeat((1, 2, 3), MAX_SIZE // 4 + 1),
    lambda: dsl.initset(WIDE),
    lambda: dsl.insert(-1, frozenset(WIDE)),
    lambda: dsl.insert(WIDE, frozenset()),
    lambda: dsl.product(dsl.interval(0, 500, 1), dsl.interval(0, 500, 1)),
    lambda: dsl.pair(WIDE, WIDE),
    lambda: dsl.astuple(WIDE, WIDE),
])  # fmt: skip
def test_sizes_are_bounded(call):
    with pytest.raises(LimitError):
        call()


def test_sizes_just_within_bounds():
    assert weigh(dsl.repeat((1, 2, 3), MAX_SIZE // 4)) == MAX_SIZE
    assert len(dsl.product(dsl.interval(0, 400, 1), dsl.interval(0, 400, 1))) == 160_000


NESTING = {
    "astuple": lambda x: dsl.astuple(x, x),
    "repeat": lambda x: dsl.repeat(x, 2),
    "repeat once": lambda x: dsl.repeat(x, 1),
    "initset": dsl.initset,
    "insert": lambda x: dsl.insert(x, frozenset({x})),
    "product": lambda x: dsl.product((x,), (x,)),
    "pair": lambda x: dsl.pair((x,), (x,)),
    "apply": lambda x: dsl.apply(dsl.lbind(dsl.astuple, x), (x,)),
    "rapply": lambda x: dsl.rapply((dsl.identity, dsl.identity), x),
    "rapply once": lambda x: dsl.rapply(frozenset({dsl.identity}), x),
    "papply": lambda x: dsl.papply(dsl.astuple, (x,), (x,)),
    "prapply": lambda x: dsl.prapply(dsl.astuple, (x,), (x,)),
    "apply of a constant": lambda x: dsl.apply(dsl.lbind(dsl.lbind(dsl.branch, True), x), (1, 2)),
}


def grow_to_the_bound(step, value):
    """The last value before a step of at most 100 meets a bound."""
    for _ in range(100):
        try:
            value = step(value)
        except LimitError:
            return value
    pytest.fail("no bound was met in 100 steps")


@pytest.mark.parametrize("name", NESTING)
def test_nesting_ends_at_a_bound_and_leaves_values_that_can_be_handled(name):
    value = grow_to_the_bound(NESTING[name], 0)
    assert weigh(value) <= MAX_SIZE
    assert ordered(frozenset({value, 1})) == [1, value]


@pytest.mark.parametrize("value", [(1, 2), ((1, 2), (3, 4)), (fs(1),)])
def test_doubling_ends_at_a_bound(value):
    assert weigh(grow_to_the_bound(lambda x: dsl.combine(x, x), value)) <= MAX_SIZE


def test_a_few_large_elements_can_be_joined_but_not_nested():
    value = grow_to_the_bound(lambda x: dsl.combine(x, x), (dsl.interval(0, 100_000, 1),))
    assert len(value) <= SMALL
    with pytest.raises(LimitError):
        dsl.initset(value)
