"""What a task's samples suggest: colors, numbers and pairs to try first. No test output is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from arcbatt.arc import Challenge, Grid
from arcbatt.arc.grid import grid_colors, grid_shape

__all__ = ["TaskHints"]


@dataclass(frozen=True, slots=True)
class TaskHints:
    """What a task's demo samples and test inputs suggest, most suggestive first; each once.

    Attributes:
        added: colors that stand in outputs and not in the inputs, those of most samples first.
        removed: colors that stand in inputs and not in the outputs, likewise.
        colors: all colors of the samples: added, removed, then the others by the number of grids that have them.
        numbers: factors from input to output sides, sides of outputs where all agree, and counts of colors: 1 to 30.
        pairs: (rows, columns) of outputs where all agree, and the difference between both shapes where all agree.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    colors: tuple[int, ...]
    numbers: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, task: Challenge) -> TaskHints:
        """The hints of a task."""
        pairs = task.pairs
        seen = [(grid_colors(given), grid_colors(wanted)) for given, wanted in pairs]
        added = _frequent(wanted - given for given, wanted in seen)
        removed = _frequent(given - wanted for given, wanted in seen)
        tested = [grid_colors(sample.input) for sample in task.test]
        everything = _frequent([*(colors for both in seen for colors in both), *tested])
        return cls(
            added,
            removed,
            tuple(dict.fromkeys((*added, *removed, *everything))),
            _numbers(pairs),
            _shape_pairs(pairs),
        )


def _frequent(palettes: Iterable[frozenset[int]]) -> tuple[int, ...]:
    """Colors by the number of palettes that have them, then by themselves."""
    counts = Counter(color for palette in palettes for color in palette)
    return tuple(sorted(counts, key=lambda color: (-counts[color], color)))


def _numbers(pairs: Iterable[tuple[Grid, Grid]]) -> tuple[int, ...]:
    numbers: list[int] = []
    sides: list[set[int]] = [set(), set()]
    for given, wanted in pairs:
        for axis, (small, large) in enumerate(zip(grid_shape(given), grid_shape(wanted), strict=True)):
            sides[axis].add(large)
            small, large = min(small, large), max(small, large)
            if large > small and large % small == 0:
                numbers.append(large // small)
        numbers.append(len(grid_colors(given)))
    numbers[:0] = [number for side in sides if len(side) == 1 for number in side]
    return tuple(dict.fromkeys(numbers))


def _shape_pairs(pairs: tuple[tuple[Grid, Grid], ...]) -> tuple[tuple[int, int], ...]:
    shapes = [(grid_shape(given), grid_shape(wanted)) for given, wanted in pairs]
    wanted = {second for _, second in shapes}
    differences = {(b[0] - a[0], b[1] - a[1]) for a, b in shapes}
    agreed = [pair for found in (wanted, differences) if len(found) == 1 for pair in found]
    return tuple(dict.fromkeys(pair for pair in agreed if pair != (0, 0)))
