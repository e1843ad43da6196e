"""Values of the DSL as a page shows them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.engine.outcome import Failure, FailureKind, Outcome
from arcbatt.report.html.gathering.values import output_of, step_data
from arcbatt.report.html.page_data import StepData
from arcbatt.report.steps import Step


def shown(value: Any) -> StepData:
    return step_data(Step("x1 = f(I)", Outcome(value, None, 1), False))


@pytest.mark.parametrize(("value", "grid", "objects", "words"), [
    (((1, 2), (3, 4)), "12/34", (), "grid of 2 x 2"),
    (((1, 2, 3),), "123", (), "grid of 1 x 3"),
    (((1, 2),), None, (), "tuple of 1 element: ((1, 2),)"),
    (((1, 12), (3, 4)), None, (), "grid of 2 x 2"),
    (7, None, (), "7"),
    (frozenset({(5, (0, 1)), (3, (0, 0))}), None, (((0, 0, 3), (0, 1, 5)),), "object of 2 cells"),
    (frozenset({(0, 1)}), None, (((0, 1, None),),), "patch of 1 cell"),
    (frozenset({frozenset({(0, 1)}), frozenset({(2, 2), (1, 1)})}), None,
     (((0, 1, None),), ((1, 1, None), (2, 2, None))), "set of 2 patches, 3 cells"),
    ((frozenset({(5, (0, 1))}),), None, (((0, 1, 5),),), "tuple of 1 object, 1 cell"),
    (frozenset({1, 2}), None, (), "set of 2 elements: {1, 2}"),
    (frozenset(), None, (), "set of 0 elements: {}"),
    (frozenset({(-5, 90)}), None, (), "set of 1 element: {(-5, 90)}"),
])  # fmt: skip
def test_are_drawn_or_told(value: Any, grid: str | None, objects: Any, words: str) -> None:
    data = shown(value)
    assert (data.grid, data.objects, data.words) == (grid, objects, words)


def test_a_large_value_is_told_by_its_size() -> None:
    assert shown(frozenset((i, j) for i in range(40) for j in range(40))).words == "set of 1,600 elements"
    assert shown(tuple((i,) * 200 for i in range(200))).grid is None
    assert shown(((1,) * 100,) * 100).words == "tuple of 100 elements"


def test_failures_and_what_was_not_computed() -> None:
    failure = Failure(FailureKind.ERROR, 1, "first", "empty\x1b[31m")
    failing = step_data(Step("x1 = first(I)", Outcome(None, failure, 1), True))
    assert (failing.words, failing.is_failing) == ("error: empty?[31m", True)
    assert step_data(Step("x2 = g(x1)", None, False)).words == ""


values = st.recursive(
    st.integers(-3, 12) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.frozensets(inner, max_size=4), max_leaves=12,
)  # fmt: skip


@given(values)
def test_any_value_is_one_short_printable_line_and_a_grid_only_of_colors(value: Any) -> None:
    data = shown(value)
    assert len(data.words) <= 300
    assert data.words.isprintable()
    if data.grid is not None:
        assert tuple(tuple(map(int, row)) for row in data.grid.split("/")) == value
    output, words = output_of(value)
    assert (output is None) == bool(words)
