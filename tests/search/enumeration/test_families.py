"""What programs of every family keep: they read back as they are, both engines agree on them, they are right alone."""

from __future__ import annotations

import random
from collections import Counter
from typing import TypeAlias

import pytest

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Outcome, select_engine
from arcbatt.program.explanation import explained
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.enumeration import Enumeration, EnumerationLimits
from support.programs import random_grid
from support.ruled_tasks import KINDS, ruled_task
from support.twins import needs_native, told

pytestmark = needs_native

LIMITS = EnumerationLimits(nodes=6_000, answers=128)


Bound: TypeAlias = tuple[Challenge, Grid]
"""A task, and a grid that is bound to ``I``."""
OTHERS = 3
"""Random tasks beside its own on which each program is run, on one input."""


def check_tasks(seed: int, tasks: int) -> tuple[Counter[str], set[str]]:
    """Checks what is found on so many tasks; gives the number of programs by goal, and the kinds of rules found."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    kinds = set()
    for _ in range(tasks):
        kind, task = ruled_task(rng)
        found = list(Enumeration(task, LIMITS))
        if found:
            kinds.add(kind)
            counts.update(answer.goal for answer in found)
            others = [ruled_task(rng)[1] for _ in range(OTHERS)]
            check_programs([answer.program for answer in found], task, others, random_grid(rng, 6))
    return counts, kinds


def check_programs(programs: list[Program], task: Challenge, others: list[Challenge], grid: Grid) -> None:
    """All programs of a task in one graph under both engines, and each by itself, read from its text."""
    graph, known = Graph(), dict[int, dict[int, int]]()
    roots = [program.graph.copy(program.root, graph, known.setdefault(id(program.graph), {})) for program in programs]
    bound: list[Bound] = [(task, sample.input) for sample in task.samples]
    bound += [(task, grid), *((other, other.demo[0].input) for other in others)]
    python, native = (outcomes_of(engine, graph, roots, bound) for engine in ("python", "native"))
    for place, program in enumerate(programs):
        together = [row[place] for row in native]
        assert [told(row[place]) for row in python] == [told(outcome) for outcome in together], program.text
        (again,) = parse_programs(program.text)
        assert (again.text, again.md5) == (program.text, program.md5)
        alone = [row[0] for row in outcomes_of("native", again.graph, [again.root], bound)]
        for one, other in zip(alone, together, strict=True):
            assert (one.value, one.fuel, one.failure is None) == (other.value, other.fuel, other.failure is None)
        assert [outcome.value for outcome in alone[: len(task.demo)]] == [sample.output for sample in task.demo]
        assert all(line.isprintable() for line in explained(program))


def outcomes_of(engine: str, graph: Graph, roots: list[int], bound: list[Bound]) -> list[list[Outcome]]:
    """A row of outcomes for each input."""
    scope = select_engine(engine).open(graph)
    return [list(scope.bind(S=task.pairs, I=grid).run(roots)) for task, grid in bound]


def test_programs_of_every_family_keep_what_all_programs_keep() -> None:
    counts, kinds = check_tasks(0, 18)
    assert sum(counts.values()) > 400
    assert kinds == set(KINDS)
    assert {"cells", "objects", "recolored", "layers"} <= set(counts)


@pytest.mark.slow
def test_many_programs_of_every_family() -> None:
    """20,000 pairs of a random task and a program: each program on its own task and on three others."""
    counts, kinds = check_tasks(1, 170)
    assert sum(counts.values()) * (1 + OTHERS) > 20_000
    assert kinds == set(KINDS)
