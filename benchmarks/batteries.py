"""Batteries that the benchmarks have in common."""

from __future__ import annotations

import random
import re

from arcbatt.battery import draw
from arcbatt.library import starter_programs
from arcbatt.program import Program
from arcbatt.program.parse import parse_programs


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


def mutated(solvers: list[Program], count: int, seed: int) -> list[Program]:
    """So many new programs: solvers with one small constant replaced by another."""
    rng = random.Random(seed)
    known = {program.md5 for program in solvers}
    found: list[Program] = []
    while len(found) < count:
        parent = rng.choice(solvers)
        places = list(re.finditer(r"\b(?:ZERO|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE)\b", parent.text))
        if not places:
            continue
        place = rng.choice(places)
        constant = rng.choice(["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"])
        (child,) = parse_programs(parent.text[: place.start()] + constant + parent.text[place.end() :])
        if child.md5 not in known:
            known.add(child.md5)
            found.append(child.renamed(f"solve_mutated_{len(found)}"))
    return found
