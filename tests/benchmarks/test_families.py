"""What each family finds by itself: outputs counted in bits by test input, and the lines of the table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Sample, Task

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
A, B, C = ((1,),), ((2,),), ((3,),)
TASK = Task("two", (Sample(A, A),), (Sample(A, A), Sample(B, B)))


@pytest.fixture(scope="module")
def tool() -> Iterator[Any]:
    """The benchmark, imported as a script's neighbor."""
    sys.path.insert(0, str(BENCHMARKS))
    yield import_module("families")
    sys.path.remove(str(BENCHMARKS))


def test_a_test_input_is_a_bit_and_only_the_first_outputs_count(tool: Any) -> None:
    columns = [[C, A], [C, A, B]]
    assert tool.right(TASK, columns, 2) == 0b01
    assert tool.right(TASK, columns, None) == 0b11


def test_the_table_counts_fitted_right_any_and_alone(tool: Any) -> None:
    rows = {
        "one": (1, 0.5, {"cells": (1, 1), "layers": (1, 1)}),
        "two": (2, 0.5, {"cells": (0b01, 0b11)}),
        "three": (1, 1.0, {"layers": (1, 1)}),
        "four": (1, 1.0, {}),
    }
    lines = list(tool.table(rows, False))
    assert lines[0] == "4 tasks, CPU 3.0 s"
    assert lines[3:] == ["| cells | 2 | 1 | 2 | 0 |", "| layers | 2 | 2 | 2 | 1 |", "| all | 3 | 2 | | |"]
