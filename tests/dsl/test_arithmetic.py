from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_DEPTH, MAX_INT, MAX_SIZE, MIN_INT, LimitError

INTS = st.integers(-1000, 1000)
PAIRS = st.tuples(INTS, INTS)
NUMERICALS = INTS | PAIRS
ROW = tuple(range(300))


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.add(True, 1), 2),
    (lambda: dsl.add(-3, (1, 2)), (-2, -1)),
    (lambda: dsl.add((1, 2, 3), (4, 5, 6)), (5, 7)),
    (lambda: dsl.subtract(3, (1, 5)), (2, -2)),
    (lambda: dsl.subtract((1, 5), 3), (-2, 2)),
    (lambda: dsl.multiply((3, -4), (0, 2)), (0, -8)),
    (lambda: dsl.divide(-7, 2), -4),
    (lambda: dsl.divide(7, (2, -2)), (3, -4)),
    (lambda: dsl.invert(True), -1),
    (lambda: dsl.invert((3, -4)), (-3, 4)),
    (lambda: dsl.double((3, -1)), (6, -2)),
    (lambda: dsl.halve(-1), -1),
    (lambda: dsl.halve((-5, 5)), (-3, 2)),
    (lambda: dsl.increment(True), 2),
    (lambda: dsl.decrement((0, 5)), (-1, 4)),
    (lambda: dsl.crement((5, -5)), (6, -6)),
    (lambda: dsl.crement((0, -4)), (0, -5)),
    (lambda: dsl.crement(False), 0),
    (lambda: dsl.sign((0, -4)), (0, -1)),
    (lambda: dsl.sign(True), 1),
    (lambda: dsl.toivec(4), (4, 0)),
    (lambda: dsl.tojvec((1, 2)), (0, (1, 2))),
    (lambda: dsl.astuple((), 1), ((), 1)),
    (lambda: dsl.maximum(frozenset()), 0),
    (lambda: dsl.maximum(((0, 9), (1, 2))), (1, 2)),
    (lambda: dsl.minimum(frozenset({4, -2})), -2),
    (lambda: dsl.interval(5, -1, -2), (5, 3, 1)),
    (lambda: dsl.interval(False, 3, True), (0, 1, 2)),
    (lambda: dsl.interval(0, 3, -1), ()),
    (lambda: dsl.identity(dsl.add), dsl.add),
    (lambda: dsl.add(((0, 8), (8, 0), (1, 1)), ((1,), (2,))), ((0, 8, 1), (8, 0, 2))),
    (lambda: dsl.multiply(((0, 8), (8, 0), (1, 1)), (1, 2)), ((0, 8), (8, 0, 8, 0))),
    (lambda: dsl.double(((0, 8), (3,))), ((0, 8, 0, 8), (3, 3))),
    (lambda: dsl.multiply(-1, ((0, 8), (3,))), ((), ())),
    (lambda: dsl.subtract((frozenset({1, 2}), 5), (frozenset({2}), 1)), (frozenset({1}), 4)),
])  # fmt: skip
def test_by_example(call, expected):
    result = call()
    assert result == expected
    assert repr(result) == repr(expected), "ints, not bools"


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.even(-4), True),
    (lambda: dsl.even(True), False),
    (lambda: dsl.positive(0), False),
    (lambda: dsl.positive(1), True),
    (lambda: dsl.greater(frozenset({1, 2}), frozenset({3})), False),
    (lambda: dsl.greater(frozenset({1, 2}), frozenset({2})), True),
    (lambda: dsl.greater((1, 2), (1, 1)), True),
])  # fmt: skip
def test_questions_are_answered_with_a_bool(call, expected):
    assert call() is expected


BINARY = ["add", "subtract", "multiply", "divide"]
UNARY = ["invert", "double", "halve", "increment", "decrement", "crement", "sign"]


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize(
    "wrong", [None, (), (1,), frozenset(), frozenset({1, 2}), dsl.add, (1, None), (dsl.add, 2)]
)
def test_what_is_no_number_fails(name, wrong):
    for arguments in ((wrong, 1), (1, wrong), (wrong, (1, 1)), ((1, 1), wrong)):
        with pytest.raises((TypeError, IndexError)):
            getattr(dsl, name)(*arguments)


@pytest.mark.parametrize("name", [*UNARY, "even", "positive"])
@pytest.mark.parametrize("wrong", [None, (), (1,), frozenset({5}), dsl.add, (frozenset(), 1)])
def test_unary_primitives_fail_on_what_is_no_number(name, wrong):
    with pytest.raises((TypeError, IndexError)):
        getattr(dsl, name)(wrong)


@pytest.mark.parametrize("call", [
    lambda: dsl.divide(1, 0),
    lambda: dsl.divide((1, 1), (1, 0)),
    lambda: dsl.even((1, 2)),
    lambda: dsl.positive((1, 2)),
    lambda: dsl.greater(1, (1, 1)),
    lambda: dsl.maximum(5),
    lambda: dsl.minimum(frozenset({1, (0, 0)})),
    lambda: dsl.interval(0, 5, 0),
    lambda: dsl.interval(0, (), 1),
])  # fmt: skip
def test_failures(call):
    with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
        call()


@given(INTS, INTS)
def test_an_int_beside_a_pair_applies_to_both_members(a, b):
    for name in ("add", "subtract", "multiply"):
        function = getattr(dsl, name)
        assert function(a, (b, b)) == function((a, a), b) == function((a, a), (b, b)) == (function(a, b),) * 2


@given(NUMERICALS)
def test_inverses(n):
    assert dsl.invert(dsl.invert(n)) == n
    assert dsl.halve(dsl.double(n)) == n
    assert dsl.decrement(dsl.increment(n)) == n


@given(INTS)
def test_sign_times_number_is_its_size(n):
    assert dsl.multiply(dsl.sign(n), n) == abs(n)


@given(NUMERICALS)
def test_crement_moves_by_the_sign(n):
    assert dsl.crement(n) == dsl.add(n, dsl.sign(n))


@given(st.integers(-20, 20), st.integers(-20, 20), st.integers(-5, 5).filter(bool))
def test_interval_is_a_range(start, stop, step):
    assert dsl.interval(start, stop, step) == tuple(range(start, stop, step))


@pytest.mark.parametrize("call", [
    lambda: dsl.add(MAX_INT, 1),
    lambda: dsl.add((0, MAX_INT), (0, 1)),
    lambda: dsl.subtract(MIN_INT, 1),
    lambda: dsl.multiply(2**40, 2**40),
    lambda: dsl.divide(MIN_INT, -1),
    lambda: dsl.invert(MIN_INT),
    lambda: dsl.double((1, MAX_INT)),
    lambda: dsl.increment(MAX_INT),
    lambda: dsl.decrement(MIN_INT),
    lambda: dsl.crement(MAX_INT),
    lambda: dsl.add((ROW, 1), (ROW, 1)),
    lambda: dsl.multiply(2**60, (ROW[:1], ROW[:1])),
    lambda: dsl.multiply((ROW[:1], 0), (257, 0)),
    lambda: dsl.subtract((frozenset(ROW), 0), (frozenset(ROW), 0)),
    lambda: dsl.interval(0, MAX_SIZE + 1, 1),
    lambda: dsl.interval(MIN_INT, MAX_INT, 1),
    lambda: dsl.interval(MAX_INT, MIN_INT, -3),
])  # fmt: skip
def test_nothing_grows_beyond_its_bounds(call):
    with pytest.raises(LimitError):
        call()


def test_the_largest_values_are_within_bounds():
    assert dsl.add(MAX_INT - 1, 1) == MAX_INT
    assert len(dsl.interval(0, MAX_SIZE, 1)) == MAX_SIZE
    assert dsl.interval(MAX_INT, MAX_INT, 1) == ()


@pytest.mark.parametrize("nest", [lambda x: dsl.astuple(x, 1), dsl.toivec, dsl.tojvec])
def test_nesting_ends_at_the_deepest_value(nest):
    value = 0
    for _ in range(MAX_DEPTH):
        value = nest(value)
    with pytest.raises(LimitError):
        nest(value)
