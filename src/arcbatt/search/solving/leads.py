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

__all__ = ["Lead", "Standing", "measured", "outputs_on", "standing"]


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
    if not programs:
        return []
    graph = Graph()
    copied: dict[int, dict[int, int]] = {}
    roots = [
        program.graph.copy(program.root, graph, copied.setdefault(id(program.graph), {})) for program in programs
    ]
    scope = engine.open(graph).bind(S=task.pairs)
    found = standing(scope, task, roots)
    outputs = outputs_on(scope, task, roots)
    return [
        Lead(_named(program, task), source, found.demo_right[index], found.nearness[index], outputs[index])
        for index, program in enumerate(programs)
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """How near some solvers come, a column each.

    Attributes:
        demo_right: number of demo samples solved.
        nearness: see :class:`Lead`.
        fuel: units over all samples.
        gives_grid: whether the solver gives a grid on some demo sample.
        cut_off: number of solvers that time or memory ran out for.
    """

    demo_right: Sequence[int]
    nearness: Sequence[float]
    fuel: Sequence[int]
    gives_grid: Sequence[bool]
    cut_off: int


def standing(scope: Scope, task: Task, roots: Sequence[int], cautious: bool = False) -> Standing:
    """Judges solvers, at least one, on all samples of a task.

    Args:
        scope: their graph's, with ``S`` bound.
        task: the task; its test outputs are not looked at.
        roots: their roots.
        cautious: light programs only; see :meth:`arcbatt.engine.Scope.run`.
    """
    task = task.without_test_outputs()
    rows = [verdicts for verdicts, _ in scope.judge_samples(roots, task.samples, cautious)]
    tally = rows[0].tally(rows, len(task.demo))
    sizes = [len(output) * len(output[0]) for _, output in task.pairs]
    nearness = [
        sum(cells / size for cells, size in zip(right, sizes, strict=True)) / len(sizes) for right in tally.right_cells
    ]
    return Standing(tally.demo_right, nearness, tally.fuel, tally.gives_grid, sum(tally.is_cut_off))


def outputs_on(scope: Scope, task: Task, roots: Sequence[int]) -> list[tuple[Grid | None, ...]]:
    """What each solver gives on the test inputs; None for what is no valid grid."""
    rows = [
        [_as_grid(outcome.value) if outcome.ok else None for outcome in scope.bind(I=sample.input).run(roots)]
        for sample in task.test
    ]
    return [tuple(row[column] for row in rows) for column in range(len(roots))]


def _named(program: Program, task: Task) -> Program:
    name = f"solve_{task.id}"
    return program.renamed(name) if program.name == "solve" and is_name(name) else program


def _as_grid(value: Any) -> Grid | None:
    """A program's value as a valid grid, bools in it as ints; None when it is none."""
    if is_grid(value):
        return value
    if type(value) is not tuple or len(value) > MAX_SIDE:
        return None
    if not all(type(row) is tuple and len(row) <= MAX_SIDE for row in value):
        return None
    plain = tuple(tuple(int(cell) if type(cell) is bool else cell for cell in row) for row in value)
    return plain if is_grid(plain) else None
