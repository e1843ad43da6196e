"""Every found solver solves every sample of its task with both engines, and says how it was found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import arcbatt
from arcbatt.arc import load_set
from arcbatt.engine import Limits, select_engine
from arcbatt.program.parse import parse_file
from support.twins import ENGINES

FOLDER = Path(arcbatt.__file__).parent / "library" / "found"
FILES = sorted(FOLDER.glob("*.py"))
SOLVERS = {program.name: program for path in FILES for program in parse_file(path)}
FUEL = 5_000_000
"""A quarter of what a program may spend on a sample by default."""


@pytest.fixture(scope="module")
def tasks():
    return load_set("arc1-train")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", SOLVERS)
def test_solves_every_sample(name, engine, tasks):
    program = SOLVERS[name]
    task = tasks[name.removeprefix("solve_")]
    scope = select_engine(engine, Limits(fuel=FUEL)).open(program.graph).bind(S=task.pairs)
    outcomes = [scope.bind(I=sample.input).run([program.root])[0] for sample in task.samples]
    assert [outcome.failure for outcome in outcomes] == [None] * len(task.samples)
    assert [outcome.value for outcome in outcomes] == [sample.output for sample in task.samples]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_has_the_command_and_the_seed_that_found_it(path):
    text = path.read_text(encoding="utf-8")
    names = re.findall(r"^# arcbatt \w+ [^\n]*--seed \d+[^\n]*\ndef (solve_[0-9a-f]{8})\(", text, re.MULTILINE)
    assert names == sorted(names) == [program.name for program in parse_file(path)]


def test_there_are_some_and_no_name_occurs_twice():
    assert SOLVERS
    assert len(SOLVERS) == sum(len(parse_file(path)) for path in FILES)
