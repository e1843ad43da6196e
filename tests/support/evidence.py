"""What tests of evidence have in common."""

from __future__ import annotations

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Engine
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.evidence.batch import Batch

PLENTY = 10**9
"""More fuel than any of these tests spends."""


def programs_of(*bodies: str) -> list[Program]:
    """A program for each expression."""
    return [parse_programs(f"def solve(S, I):\n    return {body}\n")[0] for body in bodies]


def batch_of(engine: Engine, task: Challenge, *bodies: str) -> Batch:
    """A batch of a program for each expression."""
    return Batch.measured(engine, task, programs_of(*bodies))


def grid_of(*rows: str) -> Grid:
    """A grid from its rows, a digit a cell."""
    return tuple(tuple(map(int, row)) for row in rows)
