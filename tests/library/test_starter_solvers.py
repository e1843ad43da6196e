"""Every starter solver solves every sample of its task."""

from __future__ import annotations

from collections import Counter

import pytest

from arcbatt.arc import load_set
from arcbatt.engine import Limits, select_engine
from arcbatt.library import starter_solvers

SOLVERS = {program.name: program for program in starter_solvers()}
FUEL = 5_000_000
"""A quarter of what a program may spend on a sample by default."""


@pytest.fixture(scope="module")
def tasks():
    return load_set("arc1-train")


@pytest.mark.parametrize("name", SOLVERS)
def test_solves_every_sample(name, tasks):
    program = SOLVERS[name]
    task = tasks[name.removeprefix("solve_")]
    scope = select_engine("python", Limits(fuel=FUEL)).open(program.graph).bind(S=task.pairs)
    outcomes = [scope.bind(I=sample.input).run([program.root])[0] for sample in task.samples]
    assert [outcome.failure for outcome in outcomes] == [None] * len(task.samples)
    assert [outcome.value for outcome in outcomes] == [sample.output for sample in task.samples]


def test_there_are_enough_of_them_on_distinct_tasks():
    names = Counter(program.name for program in starter_solvers())
    assert max(names.values()) == 1
    assert len(names) >= 60
    assert len({program.md5 for program in SOLVERS.values()}) >= 60
