"""Shim until the prior is there."""
from __future__ import annotations

from arcbatt.arc import Challenge
from arcbatt.program.graph import CONSTANT, DEPENDS_I
from arcbatt.program.program import Program


class Prior:
    units_per_bit = 64
    def program_bits(self, program: Program, task: Challenge | None) -> int:
        g = program.graph
        n = 2 * program.size + sum(g.kinds[x] == CONSTANT and type(g.values[x]) is int for x in g.order(program.root))
        return 64 * (n + (0 if g.levels[program.root] & DEPENDS_I else 16))
def load_prior() -> Prior:
    return Prior()
