"""What is told of an evolution."""

from __future__ import annotations

from typing import Any

import pytest

from arcbatt.report.evolve import duration, gains_told, generation_line
from arcbatt.search.evolution.generation import State


def told(**other: Any) -> dict[str, Any]:
    fields = {"generation": 3, "programs": 1200, "new": 7, "newly_solved": ["b", "c"], "gains": [],
              "timing": {"programs_per_s": 1234.5}}  # fmt: skip
    return {**fields, **other}


def test_a_generation_is_a_line() -> None:
    state = State(generation=3, solved={"a": 0, "b": 3, "c": 3})
    assert generation_line(told(), state, 9, 300) == (
        "generation 3: 1200 programs (1,234 a second), 7 new; 3 of 9 tasks solved (now b, c); 5 min left"
    )
    assert generation_line(told(generation=0, timing={}), state, 9, None) == (
        "generation 0: 1200 programs (0 a second), 7 new; 3 of 9 tasks solved"
    )


def test_the_largest_gains_come_first() -> None:
    gains = [
        {"task": "cells", "from": [1, 5_000], "to": [1, 9_000]}, {"task": "few", "from": [1, 5_000], "to": [1, 5_500]},
        {"task": "samples", "from": [0, 9_000], "to": [2, 8_000]},
    ]  # fmt: skip
    assert gains_told(told(gains=gains)) == [
        "samples 0 -> 2 samples, 0.90 -> 0.80", "cells 1 -> 1 samples, 0.50 -> 0.90",
        "few 1 -> 1 samples, 0.50 -> 0.55",
    ]  # fmt: skip
    many = [{"task": str(number), "from": [0, 0], "to": [0, number]} for number in range(1, 10)]
    assert [line.split()[0] for line in gains_told(told(gains=many))] == ["9", "8", "7", "6", "5"]


@pytest.mark.parametrize(("seconds", "text"), [
    (0, "0 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (12_000, "3 h 20 min"),
])  # fmt: skip
def test_durations_as_people_say_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
