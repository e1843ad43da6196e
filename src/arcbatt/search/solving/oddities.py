"""What the demo samples have in common, and test outputs that fall out of it."""

from __future__ import annotations

from collections.abc import Callable

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.grid import grid_colors, grid_shape

__all__ = ["Oddity", "oddities"]

Oddity = Callable[[Grid, Grid], bool]
"""Whether an output is odd for its input, held against the demo samples of a task."""


def oddities(task: Challenge) -> list[Oddity]:
    """A check for each of the rules below that all demo samples of the task obey."""
    rules = (_shape_of_input, _one_shape, _known_colors, _changed)
    return [oddity for rule in rules if (oddity := rule(task)) is not None]


def _shape_of_input(task: Challenge) -> Oddity | None:
    """The output has the shape of its input."""
    if any(grid_shape(grid) != grid_shape(output) for grid, output in task.pairs):
        return None
    return lambda grid, output: grid_shape(grid) != grid_shape(output)


def _one_shape(task: Challenge) -> Oddity | None:
    """All outputs have one shape."""
    shapes = {grid_shape(output) for _, output in task.pairs}
    if len(shapes) > 1 or len(task.pairs) == 1:
        return None
    return lambda _, output: grid_shape(output) not in shapes


def _known_colors(task: Challenge) -> Oddity:
    """Every color of an output is one of its input or of an output of the demo samples."""
    known = frozenset[int]().union(*(grid_colors(output) for _, output in task.pairs))
    return lambda grid, output: not grid_colors(output) <= known | grid_colors(grid)


def _changed(task: Challenge) -> Oddity | None:
    """No output is its input."""
    if any(grid == output for grid, output in task.pairs):
        return None
    return lambda grid, output: grid == output
