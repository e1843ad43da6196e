"""Leads: programs with what they give on a challenge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from arcbatt.arc import MAX_SIDE, Challenge, Grid, is_grid
from arcbatt.engine import Engine, Scope
from arcbatt.engine.tally import Tally, Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.program.program import Program
from arcbatt.results import Nearness, nearness_of, shares_of
from arcbatt.search.evidence.batch import merge
from arcbatt.search.found_names import found_name

__all__ = ["Judged", "Lead", "judged", "measured", "outputs_on"]


@dataclass(frozen=True, slots=True)
class Lead:
    """A program on a challenge.

    Attributes:
        program: the program.
        source: where it comes from: ``given`` (handed in), ``store``, ``enumeration`` or ``evolution``.
        nearness: demo samples solved, then the sum of the shares of right cells.
        fuel: units over all samples.
        outputs: what it gives on each test input; None where that is no valid grid.
        verdicts: one a sample, demo samples first.
        goal: by which goal the enumeration found it; "" for other sources.
        cost: what it cost the enumeration; None for other sources.
    """

    program: Program
    source: str
    nearness: Nearness
    fuel: int
    outputs: tuple[Grid | None, ...]
    verdicts: tuple[Verdict, ...] = ()
    goal: str = ""
    cost: int | None = None

    @property
    def family(self) -> str:
        """What found it, as families are counted: the goal of an enumeration, else the source."""
        return self.goal or self.source

    @property
    def is_known(self) -> bool:
        """Whether it was handed in or stored, not found by a search."""
        return self.source in ("given", "store")

    @property
    def demo_right(self) -> int:
        """Number of demo samples solved."""
        return self.nearness[0]


@dataclass(frozen=True, slots=True)
class Judged:
    """What some solvers gave on all samples of a challenge.

    Attributes:
        rows: for each sample one verdict a solver, demo samples first.
        tally: sums over the samples.
        nearness: of each solver.
    """

    rows: Sequence[Verdicts]
    tally: Tally
    nearness: Sequence[Nearness]

    def verdicts(self, column: int) -> tuple[Verdict, ...]:
        """Those of a solver: one a sample, demo samples first."""
        return tuple(row[column] for row in self.rows)


def judged(scope: Scope, task: Challenge, roots: Sequence[int], cautious: bool = False) -> Judged:
    """Evaluates solvers, at least one, on all samples of a challenge.

    Args:
        scope: their graph's, with ``S`` bound.
        task: the challenge.
        roots: their roots.
        cautious: light programs only; see :meth:`arcbatt.engine.Scope.run`.
    """
    rows = [verdicts for verdicts, _ in scope.judge_samples(roots, task.samples, cautious)]
    tally = rows[0].tally(rows, len(task.demo))
    cells = [len(output) * len(output[0]) for _, output in task.pairs]
    return Judged(rows, tally, [nearness_of(shares_of(right, cells)) for right in tally.right_cells])


def measured(
    engine: Engine, task: Challenge, programs: Sequence[Program], source: str,
    enumerated: Sequence[tuple[str, int | None]] = (),
) -> list[Lead]:  # fmt: skip
    """Runs programs, of any graphs, together on all samples of a challenge; one lead each, in their order.

    Programs without a name of their own get one.

    Args:
        engine: runs them.
        task: the challenge.
        programs: the programs.
        source: where they come from.
        enumerated: of each, goal and cost in the enumeration that found it; empty for other sources.
    """
    if not programs:
        return []
    graph, roots = merge(programs)
    scope = engine.open(graph).bind(S=task.pairs)
    found = judged(scope, task, roots)
    outputs = outputs_on(scope, task, roots)
    return [
        Lead(
            _named(program, task), source, found.nearness[column], found.tally.fuel[column], outputs[column],
            found.verdicts(column), *(enumerated[column] if enumerated else ("", None)),
        )
        for column, program in enumerate(programs)
    ]  # fmt: skip


def outputs_on(scope: Scope, task: Challenge, roots: Sequence[int]) -> list[tuple[Grid | None, ...]]:
    """What each solver gives on the test inputs; None for what is no valid grid."""
    rows = [
        [_as_grid(outcome.value) if outcome.ok else None for outcome in scope.bind(I=grid).run(roots)]
        for grid in task.inputs
    ]
    return [tuple(row[column] for row in rows) for column in range(len(roots))]


def _named(program: Program, task: Challenge) -> Program:
    return program.renamed(found_name(task.id, program.md5)) if program.name == "solve" else program


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
