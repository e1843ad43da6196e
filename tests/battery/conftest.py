from __future__ import annotations

from collections.abc import Callable

import pytest

from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program


@pytest.fixture(scope="session")
def program() -> Callable[..., Program]:
    """Makes a program from a name and an expression over S, I and C."""

    def make(name: str, expression: str, graph: Graph | None = None) -> Program:
        return parse_programs(f"def {name}(S, I, C):\n    return {expression}\n", graph=graph)[0]

    return make
