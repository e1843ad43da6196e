"""Each native primitive against the python one: single calls on values of any kind, value, failure and work."""

from __future__ import annotations

import random
from typing import Any

import pytest

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.parse import parse_programs
from support.native_cases import NAMES, Cases, Functions, difference
from support.twins import HAS_NATIVE, Twins, needs_native

if HAS_NATIVE:
    import arcbatt_native as native

pytestmark = needs_native

CALLS = 300


@pytest.fixture(scope="module")
def functions() -> Functions:
    return Functions({name: number for number, (name, _) in enumerate(native.primitives())})


@pytest.mark.parametrize("name", NAMES)
def test_random_calls(name: str, functions: Functions) -> None:
    cases = Cases(random.Random(name))
    for _ in range(CALLS):
        arguments = cases.arguments(REGISTRY[name])
        assert difference(native, functions, REGISTRY[name], arguments) is None


CORNER = (2**27 - 1, 2**27 - 1)
"""The last location whose cells the native engine has numbers for."""
FAR = frozenset([frozenset([(color, CORNER)]) for color in (255, 254, 3)]) | {frozenset([(1, (0, 0))])}
TRUE = ((True, 0), (1, True))
FIXED: list[tuple[str, tuple[Any, ...]]] = [
    ("first", (FAR,)),
    ("last", (FAR,)),
    ("totuple", (FAR,)),
    ("mostcolor", (((True, True, 0),),)),
    ("first", (frozenset([(True, CORNER), (0, CORNER)]),)),
]
"""Calls on which the two once differed, or easily might."""
FIXED_PROGRAMS: list[tuple[str, Any]] = [
    ("first(first(asobject(I)))", TRUE),
    ("first(first(asobject(I)))", ((True,) * 31,)),
    ("first(first(asobject(I)))", ((True, 10),)),
    ("first(first(asobject(I)))", ((True, None),)),
    ("apply(color, totuple(objects(I, T, F, F)))", TRUE),
    ("apply(color, totuple(objects(I, F, T, F)))", ((True,), *((0,),) * 30)),
    ("apply(color, totuple(partition(I)))", TRUE),
    ("apply(color, totuple(fgpartition(I)))", TRUE),
    ("apply(color, totuple(partition(I)))", ((True,) * 31, (0,) * 31)),
    ("color(shift(recolor(T, ofcolor(I, ZERO)), UNITY))", ((1, 0), (0, 1))),
    ("color(shift(recolor(T, ofcolor(I, ZERO)), (0, 31)))", ((1, 0), (0, 1))),
    ("color(shift(recolor(T, ofcolor(I, ZERO)), UNITY))", ((1,) * 31 + (0,),)),
    ("color(normalize(recolor(T, ofcolor(I, ZERO))))", ((1, 0), (0, 1))),
    ("move(I, recolor(T, ofcolor(I, ZERO)), UNITY)", ((1, 0, 5), (0, 1, 5), (5, 5, 5))),
    ("move(I, recolor(T, ofcolor(I, ZERO)), (31, 0))", (*((5,),) * 31, (0,), (1,), *((2,),) * 40)),
]
"""Programs that tell True from 1: the python engine has cells of ints at hand near the origin, and no others."""


@pytest.mark.parametrize(("name", "arguments"), FIXED, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FIXED)])
def test_fixed_calls(name: str, arguments: tuple[Any, ...], functions: Functions) -> None:
    assert difference(native, functions, REGISTRY[name], arguments) is None


@pytest.mark.parametrize(("body", "grid"), FIXED_PROGRAMS, ids=[str(n) for n in range(len(FIXED_PROGRAMS))])
def test_fixed_programs(body: str, grid: Any) -> None:
    (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
    assert Twins().difference(program.graph, I=grid, S=()) is None
