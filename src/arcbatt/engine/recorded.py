"""Recorded calls of primitives, run through an engine: what ``arcbatt doctor --vectors`` checks.

A folder holds one file a primitive, ``<primitive>.json``: a list of ``{"args": [...], "result": v}``, of
``{"call": 1, "args": [f, x, ...], "result": v}`` where ``f`` is built by that primitive, and of
``{"args": [...], "fails": 1}``. Values are encoded: ``{"t": [...]}`` a tuple, ``{"g": ["01", ...]}`` a grid,
``{"s": [...]}`` a set, ``{"o": [[color, row, column], ...]}`` an object, ``{"x": [[row, column], ...]}`` indices,
``{"p": name}`` a primitive, ``{"f": [name, ...]}`` the function that this call builds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from arcbatt.dsl.closures import text_of
from arcbatt.engine.base import Engine
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph

__all__ = ["Plumbing", "RecordedReport", "run_recorded"]


@dataclass(slots=True)
class RecordedReport:
    """How an engine did.

    Attributes:
        passed: calls that gave the recorded result, or failed as recorded.
        failures: a line for each other call.
    """

    passed: int = 0
    failures: list[str] = field(default_factory=list)


def run_recorded(engine: Engine, folder: Path) -> RecordedReport:
    """Runs every recorded call of a folder, each as a program of its own.

    Raises:
        InputError: the folder has no such files, or one is no recording.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}: expected files PRIMITIVE.json with recorded calls, found none")
    report = RecordedReport()
    for path in paths:
        try:
            calls = json.loads(path.read_text(encoding="utf-8"))
            for number, recorded in enumerate(calls, 1):
                problem = _run(engine, path.stem, recorded)
                if problem is None:
                    report.passed += 1
                else:
                    report.failures.append(f"{path.name}, call {number}: {problem}")
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise InputError(f"{path}: not a file of recorded calls: {error}") from None
    return report


def _run(engine: Engine, name: str, recorded: dict[str, Any]) -> str | None:
    """What is wrong with a call's outcome, None when it is as recorded."""
    graph = Graph()
    plumbing = Plumbing(graph)
    try:
        root = plumbing.root(name, recorded)
    except InputError as error:
        return None if "fails" in recorded else f"no program can make this call: {error}"
    wanted = plumbing.node(recorded.get("result"))
    outcome, expected = engine.open(graph).bind(I=plumbing.values()).run([root, wanted])
    if "fails" in recorded:
        return None if outcome.failure is not None else f"expected a failure, got {outcome.value!r:.200}"
    if outcome.failure is not None:
        return f"expected a value, got a failure: {outcome.failure}"
    if _typed(expected.value) == _typed(outcome.value):
        return None
    return f"expected {expected.value!r:.200}, got {outcome.value!r:.200}"


class Plumbing:
    """Brings recorded calls into a graph. Any values get there: they travel in ``I`` as ``(a, (b, (c, ...)))``."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._rest = graph.variable("I")
        self._found: list[Any] = []

    def root(self, name: str, recorded: dict[str, Any]) -> int:
        """The node of a recorded call of a primitive, or of a function that it built.

        Raises:
            InputError: no program can make this call.
        """
        nodes = [self.node(item) for item in recorded["args"]]
        if "call" in recorded:
            return self._graph.call(*nodes)
        return self._graph.call(self._graph.primitive(name), *nodes)

    def node(self, encoded: Any) -> int:
        """The node that holds an encoded value: functions are built by calls, other values come out of ``I``."""
        if isinstance(encoded, dict) and "p" in encoded:
            return self._graph.primitive(encoded["p"])
        if isinstance(encoded, dict) and "f" in encoded:
            name, *parts = encoded["f"]
            return self._call(name, *map(self.node, parts))
        if _holds_functions(encoded):
            return self._container(encoded)
        return self.plain(_decode(encoded))

    def plain(self, value: Any) -> int:
        """The node that holds a value without functions."""
        self._found.append(value)
        here = self._call("first", self._rest)
        self._rest = self._call("last", self._rest)
        return here

    def _container(self, encoded: dict[str, list[Any]]) -> int:
        """A tuple or a set that holds functions: put together by calls, element by element."""
        ((tag, body),) = encoded.items()
        items = [self.node(item) for item in body]
        one = self._graph.constant(1)
        if tag == "s":
            first = self._call("initset", items[0])
            return reduce(lambda made, item: self._call("insert", item, made), items[1:], first)
        ones = [self._call("repeat", item, one) for item in items]
        return reduce(lambda made, item: self._call("combine", made, item), ones)

    def _call(self, name: str, *arguments: int) -> int:
        return self._graph.call(self._graph.primitive(name), *arguments)

    def values(self) -> Any:
        """The value of ``I``."""
        nested: Any = ()
        for value in reversed(self._found):
            nested = (value, nested)
        return nested


def _holds_functions(encoded: Any) -> bool:
    if not isinstance(encoded, dict):
        return False
    ((tag, body),) = encoded.items()
    return tag in ("p", "f") or (tag in ("t", "s") and any(map(_holds_functions, body)))


def _decode(encoded: Any) -> Any:
    if not isinstance(encoded, dict):
        return encoded
    ((tag, body),) = encoded.items()
    if tag == "t":
        return tuple(map(_decode, body))
    if tag == "s":
        return frozenset(map(_decode, body))
    if tag == "g":
        return tuple(tuple(map(int, row)) for row in body)
    if tag == "o":
        return frozenset((color, (row, column)) for color, row, column in body)
    if tag == "x":
        return frozenset((row, column) for row, column in body)
    raise ValueError(f"unknown tag {tag!r}")


def _typed(value: Any) -> Any:
    """A value with the type of every part beside it, so that True is not 1; functions by their text."""
    if isinstance(value, tuple):
        return ("tuple", *map(_typed, value))
    if isinstance(value, frozenset):
        return ("frozenset", frozenset(map(_typed, value)))
    return ("function", text_of(value)) if callable(value) else (type(value).__name__, value)
