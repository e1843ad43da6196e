"""Plausibility: what an output looks like."""

from __future__ import annotations

import pytest

from arcbatt.arc import Challenge, Grid
from arcbatt.search.evidence.plausibility import OutputPlausibility, output_plausibility, unanswered
from support.evidence import grid_of

PAIRS = ((grid_of("12"), grid_of("21")), (grid_of("3"), grid_of("3")))
TASK = Challenge.of("task", PAIRS, [grid_of("45"), grid_of("6")])


@pytest.mark.parametrize(("index", "output", "expected"), [
    (0, grid_of("45"), OutputPlausibility(True, False, 2, False)),
    (1, grid_of("45"), OutputPlausibility(False, False, 2, False)),
    (1, grid_of("6"), OutputPlausibility(True, True, 1, False)),
    (0, grid_of("21"), OutputPlausibility(False, False, 2, True)),
    (0, grid_of("3"), OutputPlausibility(False, True, 1, True)),
    (0, grid_of("12"), OutputPlausibility(False, False, 2, False)),
    (0, grid_of("0123", "4567"), OutputPlausibility(False, False, 8, False)),
])  # fmt: skip
def test_outputs(index: int, output: Grid, expected: OutputPlausibility) -> None:
    assert output_plausibility(TASK, index, output) == expected


def test_a_test_input_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        output_plausibility(TASK, 2, grid_of("1"))


def test_unanswered() -> None:
    assert unanswered([]) == 0
    assert unanswered([None, grid_of("1"), None]) == 2
