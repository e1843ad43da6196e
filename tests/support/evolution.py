"""Programs, members and tasks to test evolution with: small ones."""

from __future__ import annotations

from collections.abc import Sequence

from arcbatt.arc import Sample, Task
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.evolution.member import Member

POOL = """
def solve_a(I):
    return vmirror(I)

def solve_b(I):
    return replace(I, ONE, TWO)

def solve_c(I):
    return hconcat(I, hmirror(I))

def solve_d(I):
    return tophalf(rot90(I))

def solve_e(I):
    return fill(I, FIVE, ofcolor(I, leastcolor(I)))

def differ_cells_iz(S, I, C):
    x1 = difference(asobject(I), asobject(C))
    return astuple(size(x1), x1)
"""


def programs(text: str = POOL) -> list[Program]:
    return parse_programs(text)


def solver(body: str) -> Program:
    (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
    return program


def member(
    body: str, shares: Sequence[int] = (0, 0), *, outcome: int | None = None, birth: int = 0, fuel: int = 1
) -> Member:
    """A member with scores as given; outcomes differ unless they are given."""
    program = solver(body)
    return Member(program, program.root, tuple(shares), fuel, birth if outcome is None else outcome, birth)


def task_of(body: str, task_id: str = "small", *, test_known: bool = True) -> Task:
    """A task that a program solves: three small grids, two demo samples and one test sample."""
    from arcbatt.engine import select_engine

    program = solver(body)
    grids = (((0, 1, 1), (2, 0, 0)), ((3, 1, 0), (0, 4, 0), (1, 0, 0)), ((5, 1, 0), (1, 1, 2), (0, 0, 3)))
    scope = select_engine("python").open(program.graph).bind(S=())
    samples = [Sample(grid, scope.bind(I=grid).judge_one(program.root, None)[1]) for grid in grids]
    test = samples[2] if test_known else Sample(samples[2].input)
    return Task(task_id, tuple(samples[:2]), (test,))


def with_false_test_outputs(task: Task) -> Task:
    """The task with other test outputs, which no search may notice."""
    false = tuple(Sample(sample.input, ((7, 7), (7, 7))) for sample in task.test)
    return Task(task.id, task.demo, false)
