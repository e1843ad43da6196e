"""Leads: programs with what they give on a task, as far as it can be known without a test output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from arcbatt.arc import MAX_SIDE, Grid, Task, is_grid
from arcbatt.engine import Engine, Scope
from arcbatt.program.graph import Graph
from arcbatt.program.names import is_name
from arcbatt.program.program import Program

__all__ = ["Lead", "leads_in", "measured", "near_share"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A program on a task.

    Attributes:
        program: the program.
        source: where it comes from: ``given`` (handed in), ``store``, ``enumeration`` or ``evolution``.
        demo_right: number of demo samples solved.
        nearness: mean over the demo samples of the share of right cells, 0 where the shapes differ; 0 to 1.
        outputs: what it gives on each test input; None where that is no valid grid.
    """

    program: Program
    source: str
    demo_right: int
    nearness: float
    outputs: tuple[Grid | None, ...]


def measured(engine: Engine, task: Task, programs: Sequence[Program], source: str) -> list[Lead]:
    """Runs programs, of any graphs, together on all samples of a task; one lead each, in their order.

    Programs without a name of their own get the task's.
    """
    named = [_named(program, task) for program in programs]
    graph = Graph()
    copied: dict[int, dict[int, int]] = {}
    roots = [
        program.graph.copy(program.root, graph, copied.setdefault(id(program.graph), {})) for program in programs
    ]
    return leads_in(engine.open(graph).bind(S=task.pairs), task, named, roots, source)


def leads_in(
    scope: Scope, task: Task, programs: Sequence[Program], roots: Sequence[int], source: str = "given"
) -> list[Lead]:
    """Runs programs on all samples of a task; one lead each, in their order.

    Args:
        scope: their graph's, with ``S`` bound.
        task: the task.
        programs: the programs.
        roots: for each its root in the scope's graph.
        source: where they come from.
    """
    if not programs:
        return []
    rows = [
        [_as_grid(outcome.value) if outcome.ok else None for outcome in scope.bind(I=sample.input).run(roots)]
        for sample in task.samples
    ]
    columns = zip(*rows, strict=True)
    return [_lead(task, program, source, column) for program, column in zip(programs, columns, strict=True)]


def near_share(grid: Grid | None, expected: Grid) -> float:
    """Share of right cells, 0 to 1; 0 when there is no grid or one of another shape."""
    if grid is None or len(grid) != len(expected) or len(grid[0]) != len(expected[0]):
        return 0.0
    pairs = [pair for rows in zip(grid, expected, strict=True) for pair in zip(*rows, strict=True)]
    return sum(mine == right for mine, right in pairs) / len(pairs)


def _named(program: Program, task: Task) -> Program:
    name = f"solve_{task.id}"
    return program.renamed(name) if program.name == "solve" and is_name(name) else program


def _lead(task: Task, program: Program, source: str, grids: Sequence[Grid | None]) -> Lead:
    count = len(task.demo)
    pairs = list(zip(grids[:count], (output for _, output in task.pairs), strict=True))
    demo_right = sum(grid == expected for grid, expected in pairs)
    nearness = sum(near_share(grid, expected) for grid, expected in pairs) / count
    return Lead(program, source, demo_right, nearness, tuple(grids[count:]))


def _as_grid(value: Any) -> Grid | None:
    """A program's value as a valid grid, bools in it as ints; None when it is none."""
    if is_grid(value):
        return value  # type: ignore[no-any-return]
    if type(value) is not tuple or len(value) > MAX_SIDE:
        return None
    if not all(type(row) is tuple and len(row) <= MAX_SIDE for row in value):
        return None
    plain = tuple(tuple(int(cell) if type(cell) is bool else cell for cell in row) for row in value)
    return plain if is_grid(plain) else None
