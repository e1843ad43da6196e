"""The meter: what is afforded, what is given back, and that it is never exceeded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.search.evidence.batch import metered
from arcbatt.search.evidence.meter import EvidenceMeter

COSTS = st.lists(st.integers(0, 50), max_size=12)


def test_the_first_items_are_afforded_up_to_one_that_is_not() -> None:
    meter = EvidenceMeter(10)
    assert meter.take([4, 6, 0, 1, 0]) == 3
    assert (meter.spent, meter.left) == (10, 0)
    assert meter.take([1]) == 0


def test_what_was_not_used_is_given_back_and_more_is_spent_as_far_as_it_is_there() -> None:
    meter = EvidenceMeter(10)
    meter.take([8])
    meter.settle(8, 3)
    assert meter.spent == 3
    meter.take([2])
    meter.settle(2, 100)
    assert meter.spent == 10


def test_fuel_is_not_negative() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        EvidenceMeter(-1)


@given(st.integers(0, 200), COSTS, st.lists(st.integers(0, 80), min_size=12, max_size=12))
def test_it_is_never_exceeded_and_a_prefix_is_evaluated(fuel: int, costs: list[int], used: list[int]) -> None:
    meter = EvidenceMeter(fuel)
    seen: list[int] = []

    def evaluate(part: range) -> tuple[list[int], int]:
        assert meter.spent <= fuel
        seen.extend(part)
        return list(part), sum(used[item] for item in part)

    found = metered(meter, costs, evaluate)
    assert 0 <= meter.spent <= fuel
    assert seen == list(range(len(seen)))
    assert found == [*seen, *[None] * (len(costs) - len(seen))]


@given(COSTS)
def test_all_are_evaluated_where_the_fuel_suffices(costs: list[int]) -> None:
    meter = EvidenceMeter(sum(costs))
    found = metered(meter, costs, lambda part: (list(part), sum(costs[item] for item in part)))
    assert found == list(range(len(costs)))
    assert meter.spent == sum(costs)
