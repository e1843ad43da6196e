from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl

VALUES = st.sampled_from([0, 1, 5, True, False, None, (), (0, 0), frozenset(), frozenset({0}), dsl.first])


@given(VALUES)
def test_flip_is_not(value):
    assert dsl.flip(value) is (not value)
    assert dsl.flip(dsl.flip(value)) is bool(value)


@given(VALUES, VALUES)
def test_both_and_either_give_one_of_the_two(a, b):
    assert dsl.both(a, b) is (b if a else a)
    assert dsl.either(a, b) is (a if a else b)
    assert dsl.branch(a, a, b) is dsl.either(a, b)


@pytest.mark.parametrize(("a", "b", "equal"), [
    (1, True, True),
    (0, False, True),
    (0, None, False),
    ((1, 2), frozenset({1, 2}), False),
    ((), frozenset(), False),
    (dsl.rbind(dsl.add, 1), dsl.rbind(dsl.add, True), True),
    (dsl.rbind(dsl.add, 1), dsl.lbind(dsl.add, 1), False),
    (dsl.add, dsl.add, True),
])  # fmt: skip
def test_equality(a, b, equal):
    assert dsl.equality(a, b) is equal
    assert dsl.equality(b, a) is equal


def test_contained():
    assert dsl.contained(True, (0, 1)) is True
    assert dsl.contained((0, 1), frozenset({(0, 1)})) is True
    assert dsl.contained(2, frozenset({(0, 2)})) is False
    for wrong in (3, None, dsl.first):
        with pytest.raises(TypeError):
            dsl.contained(3, wrong)


def test_branch_goes_by_truth():
    assert dsl.branch((0, 0), 3, 4) == 3
    assert dsl.branch(frozenset(), 3, 4) == 4
