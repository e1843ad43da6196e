"""How often primitives and constants occur in known programs: the prior behind the default costs.

It is a distribution over productions by the kind of their result, each counted by its primitive alone: a probabilistic
grammar whose weights know no context. A cost is the number of bits that a choice takes, rounded, at least 1; so an
expression's cost is about the negative logarithm of its probability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE
from arcbatt.program.program import Program

__all__ = ["Counts", "costs_of", "counts_of", "starter_counts"]

SMOOTHING = 0.4
"""What is added to every count: nothing is impossible."""


@dataclass(frozen=True)
class Counts:
    """Occurrences in programs, each program's shared expressions counted once.

    Attributes:
        called: how often a primitive is called, by its name.
        handed: how often it is handed on as a function.
        constants: how often a constant is an argument; ``True`` and 1 are two.
        inputs: how often ``I`` is an argument.
    """

    called: Counter[str]
    handed: Counter[str]
    constants: Counter[str]
    inputs: int

    def constant(self, value: Any) -> int:
        """Occurrences of a constant."""
        return self.constants[repr(value)]


def counts_of(programs: Iterable[Program]) -> Counts:
    """Counts what the programs' calls call and are given."""
    called: Counter[str] = Counter()
    handed: Counter[str] = Counter()
    constants: Counter[str] = Counter()
    inputs = 0
    for program in programs:
        graph = program.graph
        for node in graph.calls(program.root):
            callee, *operands = graph.operands[node]
            if graph.kinds[callee] == PRIMITIVE:
                called[graph.values[callee]] += 1
            for operand in operands:
                kind, value = graph.kinds[operand], graph.values[operand]
                if kind == PRIMITIVE:
                    handed[value] += 1
                elif kind == CONSTANT:
                    constants[repr(value)] += 1
                elif kind != CALL and value == "I":
                    inputs += 1
    return Counts(called, handed, constants, inputs)


@cache
def starter_counts() -> Counts:
    """Those of the starter solvers."""
    from arcbatt.library import starter_solvers

    return counts_of(starter_solvers())


def costs_of(weights: Sequence[float], bits: float = 1.0) -> list[int]:
    """The costs of alternatives with these weights, all above 0, where a cost of 1 is worth so many bits."""
    total = sum(weights)
    return [max(1, round(-math.log2(weight / total) / bits)) for weight in weights]
