"""Batteries that the benchmarks have in common."""

from __future__ import annotations

import random

from arcbatt.battery import draw
from arcbatt.library import starter_programs
from arcbatt.program import Program


def make_programs(task_id: str, count: int, seed: int) -> list[Program]:
    """A battery's programs: the task's own solver, others drawn, a quarter of them twice, and four differs."""
    rng = random.Random(seed)
    starters = starter_programs()
    solvers = [program for program in starters if program.kind == "solver"]
    own = [program for program in solvers if program.name == f"solve_{task_id}"]
    others = [program for program in solvers if program.name != f"solve_{task_id}"]
    drawn = own + draw([(program, 1.0) for program in others], count - count // 4 - len(own), rng)
    copies = [program.renamed(f"{program.name}_copy") for program in rng.sample(drawn, count // 4)]
    return [*drawn, *copies, *[program for program in starters if program.kind == "differ"][:4]]
