"""Symmetries of the square as evidence: most rules of tasks hold on flipped and turned samples too.

A program that is right by accident, such as one that chooses the lowest object where the largest was meant, often fails
on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Engine
from arcbatt.search.evidence.batch import Batch, Pairs, metered, right_on_all
from arcbatt.search.evidence.meter import EvidenceMeter

__all__ = ["SYMMETRIES", "symmetries_of_tests", "symmetries_passed", "transformed_pairs"]

Symmetry: TypeAlias = Callable[[Grid], Grid]


def _upside_down(grid: Grid) -> Grid:
    return grid[::-1]


def _mirrored(grid: Grid) -> Grid:
    return tuple([row[::-1] for row in grid])


def _transposed(grid: Grid) -> Grid:
    return tuple(zip(*grid, strict=True))


SYMMETRIES: Final[tuple[Symmetry, ...]] = (
    _upside_down,
    _mirrored,
    lambda grid: _mirrored(_upside_down(grid)),
    _transposed,
    lambda grid: _upside_down(_transposed(grid)),
    lambda grid: _mirrored(_transposed(grid)),
    lambda grid: _mirrored(_upside_down(_transposed(grid))),
)
"""The symmetries of the square but the identity: flips, half turn, transpose, quarter turns, other transpose."""


def transformed_pairs(pairs: Pairs, symmetry: Symmetry) -> Pairs:
    """Pairs with inputs and outputs transformed alike."""
    return tuple([(symmetry(given), symmetry(output)) for given, output in pairs])


def symmetries_passed(engine: Engine, task: Challenge, batch: Batch, meter: EvidenceMeter) -> list[int | None]:
    """Under how many of the 7 symmetries each program is right on all demo samples.

    ``S`` is bound to the transformed samples too.

    Args:
        engine: what evaluates.
        task: the challenge.
        batch: the programs.
        meter: programs are evaluated in their order until it is empty; one costs its fuel 7 times at most.

    Returns:
        For each program 0 to 7; None where the meter did not afford it.
    """
    scope = engine.open(batch.graph)

    def evaluate(part: range) -> tuple[list[int], int]:
        roots = batch.roots[part.start:part.stop]
        passed, used = [0] * len(part), 0
        for symmetry in SYMMETRIES:
            is_right, fuel = right_on_all(scope, transformed_pairs(task.pairs, symmetry), roots)
            used += fuel
            passed = [number + right for number, right in zip(passed, is_right, strict=True)]
        return passed, used

    return metered(meter, [fuel * len(SYMMETRIES) for fuel in batch.fuel], evaluate)


def symmetries_of_tests(
    engine: Engine, task: Challenge, batch: Batch, outputs: Sequence[Sequence[Grid | None]], meter: EvidenceMeter
) -> list[tuple[int | None, ...] | None]:
    """Under how many of the 7 symmetries each program gives the transformed of its own output on a test input.

    No expected output is needed. ``S`` is bound to the transformed demo samples.

    Args:
        engine: what evaluates.
        task: the challenge.
        batch: the programs.
        outputs: what each program gives on each test input; None for what is no grid.
        meter: programs are evaluated in their order until it is empty; one is taken to cost on a test input what it
            costs on a demo sample.

    Returns:
        For each program one number a test input, 0 to 7, None where its output is None; None for a program that the
        meter did not afford.
    """
    scope = engine.open(batch.graph)

    def evaluate(part: range) -> tuple[list[tuple[int | None, ...]], int]:
        own = outputs[part.start:part.stop]
        passed = [[None if output is None else 0 for output in row] for row in own]
        groups = [_by_output(own, index) for index in range(len(task.test))]
        used = 0
        for symmetry in SYMMETRIES:
            inner = scope.bind(S=transformed_pairs(task.pairs, symmetry))
            for index, given in enumerate(task.inputs):
                bound = inner.bind(I=symmetry(given))
                for output, places in groups[index].items():
                    verdicts = bound.judge([batch.roots[part[place]] for place in places], symmetry(output))
                    tally = verdicts.tally([verdicts], 1)
                    used += sum(tally.fuel)
                    for place, right in zip(places, tally.demo_right, strict=True):
                        passed[place][index] = (passed[place][index] or 0) + right
        return [tuple(row) for row in passed], used

    evaluations = len(SYMMETRIES) * len(task.test)
    return metered(meter, [-(-fuel * evaluations // len(task.demo)) for fuel in batch.fuel], evaluate)


def _by_output(outputs: Sequence[Sequence[Grid | None]], index: int) -> dict[Grid, list[int]]:
    """The programs that give each grid on a test input; those that give none are left out."""
    groups: dict[Grid, list[int]] = {}
    for column, row in enumerate(outputs):
        output = row[index]
        if output is not None:
            groups.setdefault(output, []).append(column)
    return groups
