from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_POWER, LimitError

NUMBERS = st.integers(-4, 4)
TUPLES = st.lists(NUMBERS, max_size=6).map(tuple)
SETS = st.frozensets(NUMBERS, max_size=6)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.apply(dsl.even, fs(1, 2, 3)), fs(False, True)),
    (lambda: dsl.apply(dsl.size, ((1, 2), (3,))), (2, 1)),
    (lambda: dsl.apply(5, ()), ()),
    (lambda: dsl.rapply((dsl.increment, dsl.double), 5), (6, 10)),
    (lambda: dsl.rapply(fs(dsl.increment, dsl.double), 1), fs(2)),
    (lambda: dsl.rapply((), 5), ()),
    (lambda: dsl.mapply(dsl.initset, (1, 2, 1)), (1, 2, 1)),
    (lambda: dsl.mapply(dsl.initset, fs(1, 2)), fs(1, 2)),
    (lambda: dsl.papply(dsl.add, (1, 2, 3), (10, 20)), (11, 22)),
    (lambda: dsl.papply(dsl.subtract, fs(3, 1), fs(5, 9)), (-4, -6)),
    (lambda: dsl.mpapply(dsl.repeat, (7, 8), (2, 1)), (7, 7, 8)),
    (lambda: dsl.mpapply(dsl.insert, (3, 1), (fs(2), fs())), (2, 3, 1)),
    (lambda: dsl.prapply(dsl.add, fs(1, 2), (10, 20)), fs(11, 12, 21, 22)),
    (lambda: dsl.prapply(dsl.add, fs(), (10, 20)), fs()),
])  # fmt: skip
def test_calls_by_example(call, expected):
    result = call()
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.apply(dsl.even, 5),
    lambda: dsl.apply(5, (1,)),
    lambda: dsl.apply(dsl.even, ((1, 2),)),
    lambda: dsl.rapply((5,), 1),
    lambda: dsl.rapply(fs(1, dsl.identity), 1),
    lambda: dsl.rapply(dsl.identity, 1),
    lambda: dsl.mapply(dsl.increment, (1, 2)),
    lambda: dsl.mapply(dsl.increment, fs(1, 2)),
    lambda: dsl.mapply(dsl.increment, 1),
    lambda: dsl.papply(dsl.add, 1, (1,)),
    lambda: dsl.papply(dsl.identity, (1,), (1,)),
    lambda: dsl.mpapply(dsl.add, (1,), (1,)),
    lambda: dsl.prapply(dsl.add, 1, (1,)),
    lambda: dsl.prapply(dsl.first, (1,), (1,)),
])  # fmt: skip
def test_failures(call):
    with pytest.raises(TypeError):
        call()


@given(TUPLES | SETS)
def test_apply_keeps_the_kind(container):
    doubled = dsl.apply(dsl.double, container)
    assert type(doubled) is type(container)
    assert dsl.apply(dsl.halve, doubled) == container
    assert dsl.merge(dsl.apply(dsl.initset, container)) == dsl.mapply(dsl.initset, container) == container


@given(TUPLES | SETS, TUPLES | SETS)
def test_calls_on_two_containers(a, b):
    assert dsl.papply(dsl.astuple, a, b) == dsl.pair(a, b)
    assert dsl.prapply(dsl.astuple, a, b) == dsl.product(a, b)


WIDE = dsl.interval(0, 100_000, 1)


@pytest.mark.parametrize("call", [
    lambda: dsl.apply(dsl.lbind(dsl.lbind(dsl.branch, 1), WIDE), (1, 2, 3, 4, 5)),
    lambda: dsl.rapply((dsl.lbind(dsl.lbind(dsl.branch, 1), WIDE),) * 5, 1),
    lambda: dsl.mapply(dsl.lbind(dsl.lbind(dsl.branch, 1), WIDE), fs(1, 2, 3, 4, 5)),
    lambda: dsl.papply(dsl.lbind(dsl.branch, 1), (WIDE,) * 5, (1,) * 5),
    lambda: dsl.mpapply(dsl.lbind(dsl.branch, 1), (WIDE,) * 5, (1,) * 5),
    lambda: dsl.prapply(dsl.lbind(dsl.branch, 1), (WIDE,) * 5, (1,)),
    lambda: dsl.prapply(dsl.add, WIDE, WIDE),
    lambda: dsl.power(dsl.fork(dsl.combine, dsl.identity, dsl.identity), 40)((1, 2)),
    lambda: dsl.power(dsl.fork(dsl.multiply, dsl.identity, dsl.identity), 25)(2),
    lambda: dsl.power(dsl.fork(dsl.astuple, dsl.identity, dsl.identity), 60)(2),
    lambda: dsl.power(dsl.initset, MAX_POWER)(2),
    lambda: dsl.power(dsl.lbind(dsl.rapply, (dsl.identity,)), MAX_POWER)(2),
    lambda: dsl.power(dsl.rbind(dsl.repeat, 1), MAX_POWER)(2),
])  # fmt: skip
def test_results_are_bounded(call):
    with pytest.raises(LimitError):
        call()


@pytest.mark.parametrize(("function", "value", "expected"), [
    (dsl.halve, 100, 0),
    (dsl.halve, -100, -1),
    (dsl.identity, (1, 2), (1, 2)),
    (dsl.increment, 0, 64),
    (dsl.invert, 5, 5),
    (dsl.tophalf, ((1,), (2,), (3,), (4,)), ()),
    (dsl.normalize, frozenset({(3, 4)}), frozenset({(0, 0)})),
    (dsl.rbind(dsl.remainders, 2), ((5, 6),), ((1, 0),)),
])  # fmt: skip
def test_settle(function, value, expected):
    assert dsl.settle(function, value) == expected


def test_settle_stops_where_nothing_changes_and_after_64_calls():
    called = []

    def noted(number):
        called.append(number)
        return min(number + 1, 3)

    assert dsl.settle(noted, 0) == 3
    assert called == [0, 1, 2, 3]
    called.clear()
    assert dsl.settle(lambda number: called.append(number) or number + 1, 0) == 64
    assert len(called) == 64


def test_settle_fails_as_its_function_does():
    for function, value in ((5, 5), (dsl.first, (1, 2)), (dsl.increment, None)):
        with pytest.raises(TypeError):
            dsl.settle(function, value)
    deep = dsl.lbind(dsl.settle, dsl.identity)
    for _ in range(20):
        deep = dsl.lbind(dsl.settle, deep)
    with pytest.raises(LimitError):
        deep(1)
