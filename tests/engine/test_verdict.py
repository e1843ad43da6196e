"""Verdicts: what a grid is, and that equal values have equal digests and others have not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.engine import Failure, FailureKind, Outcome
from arcbatt.engine.tally import VerdictList
from arcbatt.engine.verdict import judge

GRID = ((1, 2), (3, 4))

scalars = st.one_of(st.booleans(), st.integers(-5, 5), st.none())
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4).map(tuple), st.frozensets(inner, max_size=4)),
    max_leaves=12,
)


def digest(value: Any) -> str:
    return judge(Outcome(value, None, 1), None).digest


def test_right_and_wrong_and_unknown() -> None:
    assert judge(Outcome(GRID, None, 7), GRID).is_right is True
    assert judge(Outcome(GRID, None, 7), ((1,),)).is_right is False
    assert judge(Outcome(GRID, None, 7), None).is_right is None
    assert judge(Outcome(5, None, 7), GRID).is_right is False
    failed = judge(Outcome(None, Failure(FailureKind.ERROR, 1, "first", "no"), 7), GRID)
    assert (failed.is_right, failed.is_grid, failed.digest, failed.fuel) == (False, False, "", 7)


@pytest.mark.parametrize("value", [
    (), ((),), ((1,), (2, 3)), ((10,),), ((-1,),), ((None,),), ((1,) * 31,), ((1,),) * 31, (1, 2), ([1],), frozenset(),
    (((1, 2),),), frozenset({(1, (0, 0))}), None, 3,
])  # fmt: skip
def test_what_is_no_grid(value: Any) -> None:
    assert judge(Outcome(value, None, 1), None).is_grid is False


@pytest.mark.parametrize("value", [((0,),), ((9,) * 30,) * 30, ((True, 0), (1, False))])
def test_what_is_a_grid(value: Any) -> None:
    assert judge(Outcome(value, None, 1), None).is_grid is True


def test_shapes_of_the_same_cells_differ() -> None:
    assert digest(((1, 2, 3, 4),)) != digest(GRID) != digest(((1,), (2,), (3,), (4,)))


def test_true_is_one_in_a_digest_as_in_python() -> None:
    assert digest(frozenset({True, (1, True)})) == digest(frozenset({1, (True, 1)}))
    assert digest(((True,),)) == digest(((1,),))


@given(values, values)
def test_digests_are_equal_exactly_when_values_are(a: Any, b: Any) -> None:
    assert (digest(a) == digest(b)) == (a == b)


@given(st.lists(st.tuples(st.integers(0, 9), st.tuples(st.integers(0, 40), st.integers(0, 40))), max_size=30))
def test_the_history_of_a_set_does_not_matter(cells: list[Any]) -> None:
    assert digest(frozenset(cells)) == digest(frozenset(reversed(cells)))


@pytest.mark.parametrize(("value", "count"), [
    (((1, 2), (3, 4)), 4), (((1, 0), (0, 4)), 2), (((True, 2), (0, 0)), 2), (((0, 0), (0, 0)), 0),
    (((1, 2),), 0), (((1, 2, 3, 4),), 0), (((1,), (2,), (3,), (4,)), 0), (5, 0), (((1, 2), (3, 10)), 0),
])  # fmt: skip
def test_right_cells_are_counted_where_the_shapes_agree(value: Any, count: int) -> None:
    assert judge(Outcome(value, None, 1), GRID).right_cells == count
    assert judge(Outcome(value, None, 1), None).right_cells == 0
    assert VerdictList([judge(Outcome(value, None, 1), GRID)]).tally(
        [VerdictList([judge(Outcome(value, None, 1), GRID)])] * 2, 1
    ).right_cells == [[count]]


def test_a_failure_has_no_right_cells() -> None:
    assert judge(Outcome(None, Failure(FailureKind.ERROR, 1, "first", "no"), 7), GRID).right_cells == 0
