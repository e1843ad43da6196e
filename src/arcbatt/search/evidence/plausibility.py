"""Cheap numbers about what a program gives on the test inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.grid import grid_colors

__all__ = ["OutputPlausibility", "output_plausibility", "unanswered"]


@dataclass(frozen=True, slots=True)
class OutputPlausibility:
    """What an output for a test input looks like.

    Attributes:
        is_input: whether it is the test input.
        is_blank: whether it has one color only.
        colors: number of its colors, 1 to 10.
        is_demo_output: whether it is the output of a demo sample.
    """

    is_input: bool
    is_blank: bool
    colors: int
    is_demo_output: bool


def output_plausibility(task: Challenge, index: int, output: Grid) -> OutputPlausibility:
    """Looks at an output for the test input of that place, from 0.

    Raises:
        IndexError: there is no such test input.
    """
    colors = len(grid_colors(output))
    is_demo_output = any(output == known for _, known in task.pairs)
    return OutputPlausibility(output == task.inputs[index], colors == 1, colors, is_demo_output)


def unanswered(outputs: Sequence[Grid | None]) -> int:
    """The number of test inputs for which a program gives no grid, from what it gives on each."""
    return sum(output is None for output in outputs)
