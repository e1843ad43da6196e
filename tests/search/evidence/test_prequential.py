"""Prequential: against a plain reading of the definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.search.evidence.prequential import demos_needed, pivotal_demos

FITS = st.lists(st.tuples(st.integers(0, 31), st.integers(1, 9)), max_size=8)


@pytest.mark.parametrize(("fits", "needed", "pivotal"), [
    ([], 0, 0),
    ([(0b000, 1)], 1, 0),
    ([(0b001, 1)], 2, 0),
    ([(0b011, 1)], 3, 1),
    ([(0b110, 1)], 1, 1),
    ([(0b011, 1), (0b110, 2), (0b101, 9)], 3, 2),
    ([(0b111, 1)], None, 0),
    ([(0b111, 5), (0b011, 6)], 0, 0),
])  # fmt: skip
def test_known(fits: list[tuple[int, int]], needed: int | None, pivotal: int) -> None:
    assert demos_needed(fits, 5, 3) == needed
    assert pivotal_demos(fits, 5, 3) == pivotal


@given(FITS, st.integers(1, 9), st.integers(1, 5))
def test_against_the_definition(fits: list[tuple[int, int]], cost: int, demos: int) -> None:
    cheaper = [{demo for demo in range(demos) if mask >> demo & 1} for mask, other in fits if other < cost]
    ruled_out = [all(not right >= set(range(count)) for right in cheaper) for count in range(demos + 1)]
    expected = ruled_out.index(True) if True in ruled_out else None
    assert demos_needed(fits, cost, demos) == expected
    every = set(range(demos))
    assert pivotal_demos(fits, cost, demos) == sum(any(every - right == {demo} for right in cheaper) for demo in every)


@given(FITS)
def test_the_order_of_the_fits_does_not_matter(fits: list[tuple[int, int]]) -> None:
    assert demos_needed(fits, 5, 4) == demos_needed(sorted(fits), 5, 4)
    assert pivotal_demos(fits, 5, 4) == pivotal_demos(sorted(fits), 5, 4)


def test_no_demo_samples() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        demos_needed([], 1, 0)
    with pytest.raises(ValueError, match="at least 1"):
        pivotal_demos([], 1, 0)
