"""What is reported of an evolution."""

from __future__ import annotations

from dataclasses import replace

from arcbatt.report.evolve import gain_lines, generation_line
from arcbatt.search.evolution.generation_line import Gain, GenerationLine, StepTiming

LINE = GenerationLine(
    generation=3, part=1, parts=1, tasks=("a", "b", "c"), programs=1200, new=7, solved=3, newly_solved=("b", "c"),
    gains=(), given_up=(), bugs=(), timing=StepTiming(1.0, 1.0, 1234.5),
)  # fmt: skip


def test_a_generation_is_a_line() -> None:
    assert generation_line(LINE, 3, 9, 300) == (
        "generation 3: 1200 programs (1,234 a second), 7 new; 3 of 9 tasks solved (now b, c); 5 min left"
    )
    assert generation_line(replace(LINE, generation=0, part=2, parts=5), 3, 9, None) == (
        "generation 0, part 2 of 5: 1200 programs (1,234 a second), 7 new; 3 of 9 tasks solved"
    )


def test_the_largest_gains_come_first() -> None:
    gains = (
        Gain("cells", (1, 5_000), (1, 9_000)), Gain("few", (1, 5_000), (1, 5_500)),
        Gain("samples", (0, 9_000), (2, 8_000)),
    )  # fmt: skip
    assert gain_lines(replace(LINE, gains=gains)) == [
        "samples 0 -> 2 samples, 0.90 -> 0.80", "cells 1 -> 1 samples, 0.50 -> 0.90",
        "few 1 -> 1 samples, 0.50 -> 0.55",
    ]  # fmt: skip
    many = tuple(Gain(str(number), (0, 0), (0, number)) for number in range(1, 10))
    assert [line.split()[0] for line in gain_lines(replace(LINE, gains=many))] == ["9", "8", "7", "6", "5"]
