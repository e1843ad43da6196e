"""What an operator makes of a program that is given as an expression."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from arcbatt.program.inline_text import inlined_text
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.mutation import MutationSettings, Mutator, TaskHints
from arcbatt.search.mutation.mutation_settings import DEFAULT_WEIGHTS

__all__ = ["children", "only", "program"]


def program(expression: str, name: str = "solve") -> Program:
    """The program of an expression over S, I and, for a differ, C."""
    variables = "S, I, C" if name.startswith("differ") else "S, I"
    return parse_programs(f"def {name}({variables}):\n    return {expression}\n")[0]


def only(*names: str) -> dict[str, float]:
    """Weights that leave these operators alone."""
    return {name: float(name in names) for name in DEFAULT_WEIGHTS}


def children(
    expression: str,
    operator: str,
    pool: Sequence[str] = (),
    *,
    hints: TaskHints | None = None,
    name: str = "solve",
    count: int = 300,
    **rates: float,
) -> set[str]:
    """All that many tries of one operator make of an expression, as inlined expressions."""
    settings = MutationSettings(only(operator), **{"mean_steps": 1.0, **rates})
    mutator = Mutator([program(other) for other in pool], settings)
    parent = program(expression, name)
    made = [mutator.mutate(parent, hints, Random(seed)) for seed in range(count)]
    assert {child.operator for child in made if child is not None} <= {operator}
    return {inlined_text(child.program.graph, child.program.root) for child in made if child is not None}
