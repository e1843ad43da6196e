"""Each native primitive against the python one: single calls on values of any kind, value, failure and work."""

from __future__ import annotations

import random
from typing import Any

import pytest

from arcbatt.dsl.registry import REGISTRY
from support.native_cases import NAMES, Cases, Functions, difference
from support.twins import HAS_NATIVE, needs_native

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


FAR = 2**27
FIXED: list[tuple[str, tuple[Any, ...]]] = [
]
"""Calls on which the two once differed, or easily might."""


@pytest.mark.parametrize(("name", "arguments"), FIXED, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FIXED)])
def test_fixed_calls(name: str, arguments: tuple[Any, ...], functions: Functions) -> None:
    assert difference(native, functions, REGISTRY[name], arguments) is None
