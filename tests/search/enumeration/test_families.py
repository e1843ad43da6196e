"""What programs of every family keep: they read back as they are, both engines agree on them, they are right alone."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Outcome, select_engine
from arcbatt.program.explanation import explained
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.enumeration import Enumeration, EnumerationLimits
from support.programs import random_grid
from support.ruled_tasks import KINDS, ruled_task, scene
from support.twins import needs_native, told

pytestmark = needs_native

LIMITS = EnumerationLimits(nodes=6_000, answers=128)


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
            check_programs(task, [answer.program for answer in found], [scene(rng), random_grid(rng, 6)])
    return counts, kinds


def check_programs(task: Challenge, programs: list[Program], more: list[Grid]) -> None:
    """All programs of a task in one graph under both engines, and each by itself, read from its text."""
    graph, known = Graph(), dict[int, dict[int, int]]()
    roots = [program.graph.copy(program.root, graph, known.setdefault(id(program.graph), {})) for program in programs]
    grids = [*(sample.input for sample in task.samples), *more]
    outcomes = {name: outcomes_of(name, graph, roots, task, grids) for name in ("python", "native")}
    for place, program in enumerate(programs):
        rows = {name: [row[place] for row in outcomes[name]] for name in outcomes}
        assert [*map(told, rows["python"])] == [*map(told, rows["native"])], program.text
        (again,) = parse_programs(program.text)
        assert (again.text, again.md5) == (program.text, program.md5)
        alone = outcomes_of("native", again.graph, [again.root], task, grids)
        assert [told(row[0]) for row in alone] == [*map(told, rows["native"])], program.text
        for row, sample in zip(alone, task.demo, strict=False):
            assert row[0].value == sample.output, program.text
        assert all(line.isprintable() for line in explained(program))


def outcomes_of(engine: str, graph: Graph, roots: list[int], task: Challenge, grids: list[Grid]) -> list[list[Outcome]]:
    """A row of outcomes for each grid."""
    scope = select_engine(engine).open(graph).bind(S=task.pairs)
    return [list(scope.bind(I=grid).run(roots)) for grid in grids]


def test_programs_of_every_family_keep_what_all_programs_keep() -> None:
    counts, kinds = check_tasks(0, 30)
    assert sum(counts.values()) > 1_000
    assert kinds == set(KINDS)
    assert {"cells", "objects", "recolored", "layers"} <= set(counts)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 6))
def test_many_programs_of_every_family(seed: int) -> None:
    """About 20,000 programs in all, each on a random task."""
    counts, kinds = check_tasks(seed, 80)
    assert sum(counts.values()) > 3_000
    assert kinds == set(KINDS)
