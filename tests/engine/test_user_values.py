"""What a user's own primitive returns: taken where it stands for a value of the DSL, else a failure that says why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import FailureKind, Outcome, available_engines, select_engine
from arcbatt.program.parse import parse_programs
from support.twins import told

SOURCE = '''
import enum
from arcbatt.dsl.registry import primitive
from arcbatt.dsl.types import Any, Boolean, Grid, Integer, Object

class Array:
    """Gives its content as numpy's arrays and numbers do."""

    def __init__(self, content, size=1):
        self.content, self.size = content, size

    def tolist(self):
        return self.content

class Endless:
    def tolist(self):
        return self

class Color(enum.IntEnum):
    RED = 2

def itself():
    items = []
    items.append(items)
    return items

VALUES = {
    "rows": [[1, 2], [3, 4]],
    "array": Array([[1, 2], [3, 4]]),
    "scalars": ((Array(1), Array(2)), [Array(3), Array(4)]),
    "number": Array(7),
    "truth": Array(True),
    "color": Color.RED,
    "cells": {(1, (Array(0), 2))},
    "floats": Array([[1.0, 2.0]]),
    "text": "12",
    "nothing": None,
    "table": {"a": 1},
    "nan": float("nan"),
    "kind": Array,
    "big": Array([2**70]),
    "vast": Array([], size=10**9),
    "endless": Endless(),
    "itself": itself(),
}

@primitive
def u_grid(key: Integer) -> Grid:
    return list(VALUES.values())[key]

@primitive
def u_any(key: Integer) -> Any:
    return list(VALUES.values())[key]

@primitive
def u_broken(key: Integer) -> Grid:
    return missing_name

@primitive
def u_deep(key: Integer) -> Grid:
    def inner(x):
        raise ValueError("bad")
    return inner(key)
'''
KEYS = [line.split('"')[1] for line in SOURCE.splitlines() if line.startswith('    "') and ": " in line]
FILE_LINE = {text: number for number, text in enumerate(SOURCE.splitlines(), 1)}


@pytest.fixture(scope="module", autouse=True)
def _users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    file = tmp_path_factory.mktemp("users") / "values.py"
    file.write_text(SOURCE)
    names = load_primitives(file)
    yield
    for name in names:
        REGISTRY.remove(name)


def outcome(body: str) -> Outcome:
    """The outcome of an expression, the same with every engine."""
    (program,) = parse_programs(f"def solve(I):\n    return {body}\n")
    found = [
        select_engine(name).open(program.graph).bind(I=((1,),)).run([program.root])[0] for name in available_engines()
    ]
    assert all(told(other) == told(found[0]) for other in found)
    messages = {other.failure.message for other in found if other.failure and other.failure.kind is FailureKind.ERROR}
    assert len(messages) <= 1
    return found[0]


@pytest.mark.parametrize(("key", "value"), [
    ("rows", ((1, 2), (3, 4))), ("array", ((1, 2), (3, 4))), ("scalars", ((1, 2), (3, 4))), ("number", 7),
    ("truth", True), ("color", 2), ("cells", frozenset({(1, (0, 2))})),
])  # fmt: skip
def test_what_stands_for_a_value_is_taken(key: str, value: object) -> None:
    for body in (f"u_grid({KEYS.index(key)})", f"first(apply(u_grid, initset({KEYS.index(key)})))"):
        found = outcome(body).value if body.startswith("u") else outcome(body.replace("first", "identity")).value
        expected = value if body.startswith("u") else frozenset({value})
        assert found == expected
        assert repr(found) == repr(expected)


@pytest.mark.parametrize(("key", "came"), [
    ("floats", "a Array that holds a float"), ("text", "a str"), ("table", "a dict"), ("nan", "a float"),
    ("kind", "a type"),
])  # fmt: skip
def test_anything_else_fails_with_what_came_and_what_was_declared(key: str, came: str) -> None:
    failure = outcome(f"u_grid({KEYS.index(key)})").failure
    assert failure is not None
    assert failure.kind is FailureKind.ERROR
    assert f"u_grid returned {came}" in failure.message
    assert failure.message.endswith("declared to return Grid")


def test_none_is_a_value_only_where_anything_is_declared() -> None:
    failure = outcome(f"u_grid({KEYS.index('nothing')})").failure
    assert failure is not None
    assert failure.message == "DslError: u_grid returned None; it is declared to return Grid"
    assert outcome(f"u_any({KEYS.index('nothing')})").ok


@pytest.mark.parametrize("key", ["big", "vast", "endless", "itself"])
def test_bounds_hold_for_what_is_taken(key: str) -> None:
    failure = outcome(f"u_grid({KEYS.index(key)})").failure
    assert failure is not None
    assert failure.kind is FailureKind.LIMIT


@pytest.mark.parametrize("body", ["u_broken(1)", "apply(u_broken, initset(1))"])
def test_an_exception_is_told_with_the_line_of_the_users_file(body: str) -> None:
    failure = outcome(body).failure
    line = FILE_LINE["    return missing_name"]
    assert failure is not None
    assert failure.message == f"NameError: name 'missing_name' is not defined (values.py:{line})"


def test_the_line_is_the_innermost_one() -> None:
    failure = outcome("u_deep(1)").failure
    line = FILE_LINE['        raise ValueError("bad")']
    assert failure is not None
    assert failure.message == f"ValueError: bad (values.py:{line})"


def test_numpy_where_it_is_there(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    file = tmp_path / "with_numpy.py"
    file.write_text(
        "import numpy\nfrom arcbatt.dsl.registry import primitive\nfrom arcbatt.dsl.types import Grid, Integer\n"
        "@primitive\ndef u_flipped(grid: Grid) -> Grid:\n    return numpy.flipud(numpy.array(grid))\n"
        "@primitive\ndef u_count(grid: Grid) -> Integer:\n    return numpy.count_nonzero(numpy.array(grid) > 0)\n"
        "@primitive\ndef u_most(grid: Grid) -> Integer:\n    return numpy.array(grid).max()\n"
        "@primitive\ndef u_some(grid: Grid) -> Integer:\n    return numpy.array(grid).any()\n"
    )
    names = load_primitives(file)
    try:
        assert outcome("u_flipped(vconcat(I, I))").value == ((1,), (1,))
        assert [outcome(f"{name}(I)").value for name in names[1:]] == [1, 1, True]
        assert type(outcome("u_some(I)").value) is bool
    finally:
        for name in names:
            REGISTRY.remove(name)
