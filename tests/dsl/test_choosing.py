from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import DslError, ordered

NUMBERS = st.integers(-4, 4)
TUPLES = st.lists(NUMBERS, max_size=8).map(tuple)
SETS = st.frozensets(NUMBERS, max_size=8)

FAILURES = (TypeError, ValueError, IndexError, DslError)


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.order(fs(3, -3, 1), dsl.sign), (-3, 1, 3)),
    (lambda: dsl.order((3, 1, 2, 0), dsl.even), (3, 1, 2, 0)),
    (lambda: dsl.order((4, 1, 2), dsl.identity), (1, 2, 4)),
    (lambda: dsl.valmax((), dsl.increment), 1),
    (lambda: dsl.valmin((), dsl.increment), 1),
    (lambda: dsl.valmax(fs((1, 2), (3,)), dsl.size), 2),
    (lambda: dsl.valmin((4, 2, 9), dsl.invert), -9),
    (lambda: dsl.argmax(fs(1, 2, 3, 4), dsl.even), 2),
    (lambda: dsl.argmin(fs(1, 2, 3, 4), dsl.even), 1),
    (lambda: dsl.argmax((3, 4, 2), dsl.even), 4),
    (lambda: dsl.argmin(fs((0, 5), (2, 1)), dsl.last), (2, 1)),
    (lambda: dsl.mostcommon((2, 1, 2, 1, 3)), 1),
    (lambda: dsl.leastcommon((2, 1, 2, 1)), 1),
    (lambda: dsl.leastcommon((2, 1, 2)), 1),
    (lambda: dsl.extract(fs(1, 6, 4, 3), dsl.even), 4),
    (lambda: dsl.extract((1, 6, 4), dsl.even), 6),
    (lambda: dsl.first(fs(3, 1, 2)), 1),
    (lambda: dsl.first(((1, 2), (3, 4))), (1, 2)),
    (lambda: dsl.first(fs((9, (0, 1)), (1, (0, 2)))), (9, (0, 1))),
    (lambda: dsl.last(fs(8, 0)), 8),
    (lambda: dsl.last((dsl.first, 2)), 2),
    (lambda: dsl.other((1, 2), 5), 1),
    (lambda: dsl.other(fs(0, 2, 3), 0), 2),
])  # fmt: skip
def test_by_example(call, expected):
    result = call()
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.order((1, (1, 2)), dsl.identity),
    lambda: dsl.order(dsl.first, dsl.identity),
    lambda: dsl.valmax((), dsl.size),
    lambda: dsl.argmax((), dsl.size),
    lambda: dsl.argmin(fs(), dsl.size),
    lambda: dsl.argmin(fs(1), 3),
    lambda: dsl.mostcommon(fs()),
    lambda: dsl.mostcommon(fs(1)),
    lambda: dsl.mostcommon(()),
    lambda: dsl.leastcommon(4),
    lambda: dsl.extract((1, 3), dsl.even),
    lambda: dsl.extract(fs(), dsl.even),
    lambda: dsl.first(()),
    lambda: dsl.first(fs()),
    lambda: dsl.first(3),
    lambda: dsl.last(()),
    lambda: dsl.last(fs()),
    lambda: dsl.other((5, 5), 5),
    lambda: dsl.other(fs(5), 5),
])  # fmt: skip
def test_failures(call):
    with pytest.raises(FAILURES):
        call()


@given(TUPLES | SETS)
def test_taking_apart(container):
    items = dsl.totuple(container)
    assert dsl.size(container) == len(items)
    if items:
        assert dsl.first(container) == items[0]
        assert dsl.last(container) == items[-1]
    assert dsl.order(container, dsl.identity) == tuple(sorted(items))


@given(TUPLES.filter(len))
def test_common_elements_and_their_ties(items):
    by_count = {item: items.count(item) for item in sorted(items)}
    assert dsl.mostcommon(items) == max(by_count, key=by_count.__getitem__)
    assert dsl.leastcommon(items) == min(by_count, key=by_count.__getitem__)


KEYS = {
    "number": lambda x: x % 3,
    "tuple": lambda x: (x % 2, 1),
    "set": lambda x: frozenset(range(x % 3)),
    "incomparable sets": lambda x: frozenset({x % 3}),
    "mixed tuples": lambda x: (0, frozenset({x % 2})),
}


@pytest.mark.parametrize("name", KEYS)
@given(container=SETS.filter(len))
def test_keys_are_taken_in_canonical_order(name, container):
    key, items = KEYS[name], ordered(container)
    assert dsl.argmax(container, key) == max(items, key=key)
    assert dsl.argmin(container, key) == min(items, key=key)
    assert dsl.valmax(container, key) == max(map(key, items))
    assert dsl.valmin(container, key) == min(map(key, items))
    ranked = list(dict.fromkeys(sorted(map(key, items))))[::-1]
    assert [dsl.valrank(container, key, number) for number in range(len(ranked))] == ranked
    assert [dsl.valrank(container, key, number) for number in range(-len(ranked), 0)] == ranked
    assert dsl.order(container, key) == tuple(sorted(items, key=key))


@pytest.mark.parametrize(("container", "key", "number", "expected"), [
    ((5, 3, 4, 5), dsl.identity, 0, 5),
    ((5, 3, 4, 5), dsl.identity, 1, 4),
    ((5, 3, 4, 5), dsl.identity, 2, 3),
    ((5, 3, 4, 5), dsl.identity, -1, 3),
    ((5, 3, 4, 5), dsl.identity, -3, 5),
    (fs(5, 3, 4, -3), dsl.sign, 1, -1),
    (fs((1, 2), (0, 5)), dsl.identity, True, (0, 5)),
    ((fs(1), fs(1, 2), fs(1)), dsl.identity, 1, fs(1)),
    ((), dsl.increment, 0, 1),
    (fs(), dsl.increment, -1, 1),
    ((None, None), dsl.size, 0, TypeError),
    ((None,), dsl.identity, 0, None),
    ((None, None), dsl.identity, 0, TypeError),
    ((5, 3, 5), dsl.identity, 2, IndexError),
    ((5, 3, 5), dsl.identity, -3, IndexError),
    ((), dsl.increment, 1, IndexError),
    ((), dsl.size, 0, TypeError),
    ((5, 3), dsl.identity, None, TypeError),
    (5, dsl.identity, 0, TypeError),
    ((5, 3), 4, 0, TypeError),
    ((5, (3, 4)), dsl.identity, 0, TypeError),
])  # fmt: skip
def test_valrank(container, key, number, expected):
    if isinstance(expected, type):
        with pytest.raises(expected):
            dsl.valrank(container, key, number)
    else:
        assert dsl.valrank(container, key, number) == expected


@pytest.mark.parametrize(("container", "number", "expected"), [
    ((5, 3, 4), 0, 5),
    ((5, 3, 4), 2, 4),
    ((5, 3, 4), -1, 4),
    ((5, 3, 4), -3, 5),
    ((5, 3, 4), True, 3),
    (((1, 2), (3, 4)), 1, (3, 4)),
    ((1, (2, 3)), 1, (2, 3)),
    (frozenset({5, 3, 4}), 0, 3),
    (frozenset({5, 3, 4}), -1, 5),
    (frozenset({(7, (0, 5)), (1, (2, 0)), (3, (1, 1))}), 1, (3, (1, 1))),
    (frozenset({(4, 0), (0, 9), (2, 2)}), 1, (2, 2)),
])  # fmt: skip
def test_element(container, number, expected):
    assert dsl.element(container, number) == expected


@pytest.mark.parametrize(("container", "number", "error"), [
    ((5, 3, 4), 3, IndexError),
    ((5, 3, 4), -4, IndexError),
    ((), 0, IndexError),
    (frozenset(), -1, IndexError),
    (frozenset({1}), 2**63 - 1, IndexError),
    ((5,), None, TypeError),
    ((5,), (0,), TypeError),
    (5, 0, TypeError),
    (None, 0, TypeError),
])  # fmt: skip
def test_element_fails(container, number, error):
    with pytest.raises(error):
        dsl.element(container, number)
