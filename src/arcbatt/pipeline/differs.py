"""Differs, scored on the outputs of the kept solvers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge, Grid, Task
from arcbatt.engine import Scope
from arcbatt.runs.opened_battery import OpenedBattery

__all__ = ["DifferReport", "score_differs"]


@dataclass(frozen=True, slots=True)
class DifferReport:
    """What the differs of a battery say of the outputs of some solvers on one task.

    Attributes:
        s_scores: for each solver, by MD5, one number for each differ of the battery, in order: on how many demo
            samples the differ is nonzero between input and output, and zero between the solver's grid and the output
            which is right.
        distances: likewise: the sum over the demo samples of what the differ measures between the solver's grid and
            the output; None when it fails or there is no grid on some demo sample.
    """

    s_scores: dict[str, tuple[int, ...]]
    distances: dict[str, tuple[int | None, ...]]


def score_differs(
    opened: OpenedBattery, task: Task | Challenge, outputs: Mapping[str, Sequence[Grid | None]]
) -> DifferReport:
    """Scores every differ of the battery on solvers' outputs.

    Only demo samples take part. A differ is evaluated once for each distinct grid that is compared with an output.

    Args:
        opened: engine and battery.
        task: the task.
        outputs: for each solver, by MD5, its grid on each demo sample; None where it gave none.
    """
    count = len(opened.battery.differs)
    s_scores = {md5: [0] * count for md5 in outputs}
    distances: dict[str, list[int | None]] = {md5: [0] * count for md5 in outputs}
    for index, sample in enumerate(task.demo if count else ()):
        outer, roots = opened.differ_scope(task)
        scope = outer.bind(C=sample.output)
        measured: dict[Grid, list[int | None]] = {}
        before = _measure(roots, scope, sample.input, measured)
        for md5, grids in outputs.items():
            grid = grids[index]
            after = [None] * count if grid is None else _measure(roots, scope, grid, measured)
            for number in range(count):
                separates = bool(before[number]) and after[number] == 0 and grid == sample.output
                s_scores[md5][number] += separates
                distances[md5][number] = _sum(distances[md5][number], after[number])
    return DifferReport(
        {md5: tuple(row) for md5, row in s_scores.items()},
        {md5: tuple(row) for md5, row in distances.items()},
    )


def _measure(
    roots: Sequence[int], scope: Scope, grid: Grid, measured: dict[Grid, list[int | None]]
) -> list[int | None]:
    """What each differ measures between a grid and the output that the scope has as C; None where it fails."""
    found = measured.get(grid)
    if found is None:
        found = measured[grid] = scope.bind(I=grid).measure(roots)
    return found


def _sum(total: int | None, size: int | None) -> int | None:
    return None if total is None or size is None else total + size
