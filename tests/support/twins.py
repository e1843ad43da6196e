"""The two engines side by side: the same graph, the same bindings, outcome against outcome."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

import pytest

from arcbatt.dsl.closures import text_of
from arcbatt.engine import Limits, Outcome, Scope, select_engine
from arcbatt.program.graph import CALL, Graph

HAS_NATIVE = importlib.util.find_spec("arcbatt_native") is not None
needs_native = pytest.mark.skipif(not HAS_NATIVE, reason="the native engine is not installed (no Rust toolchain?)")
ENGINES = ["python", pytest.param("native", marks=needs_native)]


def typed(value: Any) -> Any:
    """A value with the type of every part beside it, but in sets, where 1 and True are one; functions by their text."""
    if isinstance(value, tuple):
        return ("tuple", *map(typed, value))
    if isinstance(value, frozenset):
        return ("frozenset", frozenset(map(untyped, value)))
    return ("function", text_of(value)) if callable(value) else (type(value).__name__, value)


def untyped(value: Any) -> Any:
    """A value that can be compared between engines: functions by their text."""
    if isinstance(value, tuple):
        return tuple(map(untyped, value))
    if isinstance(value, frozenset):
        return ("frozenset", frozenset(map(untyped, value)))
    return ("function", text_of(value)) if callable(value) else value


def told(outcome: Outcome) -> Any:
    """What must agree of an outcome; the words of a message need not."""
    failure = outcome.failure
    if failure is None:
        return ("value", typed(outcome.value), outcome.fuel)
    return (str(failure.kind), failure.step, failure.call, outcome.fuel)


class Twins:
    """Both engines with the same limits."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.engines = {name: select_engine(name, limits) for name in ("python", "native")}

    def difference(self, graph: Graph, roots: Sequence[int] | None = None, **variables: Any) -> str | None:
        """The first of the roots (None: all calls) on which the outcomes differ, in words; None when they agree."""
        if roots is None:
            roots = [node for node in range(len(graph)) if graph.kinds[node] == CALL]
        outcomes = {}
        for name, engine in self.engines.items():
            scope: Scope = engine.open(graph)
            outcomes[name] = scope.bind(**variables).run(roots)
        for root, mine, theirs in zip(roots, outcomes["python"], outcomes["native"], strict=True):
            if told(mine) != told(theirs):
                return f"python {mine!r:.600}\nnative {theirs!r:.600}\n{program_text(graph, root)}\n{variables!r:.1500}"
        return None


def program_text(graph: Graph, root: int) -> str:
    """The program of a root, to be read and run again."""
    from arcbatt.program.text import statements

    lines, words = statements(graph, root)
    return "\n".join([*lines, f"    return {words[root]}"])
