"""Battery files: many programs as one function with shared statements.

::

    def battery(S, I, C):
        x1 = objects(I, T, F, T)
        x2 = merge(x1)
        return {
            "solve_007bbfb7": x2,
        }

The keys are names of programs and say their kinds; one value under several names is one program with several names.
The text is parsed as program files are (:mod:`arcbatt.program.parse`), never executed.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

from arcbatt.battery.battery import Battery
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.names import describe
from arcbatt.program.parse import defined_names, is_ignored
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError, quote, shown
from arcbatt.program.source import Source, read_source, read_text
from arcbatt.program.statements import Body
from arcbatt.program.text import statements

__all__ = ["FUNCTION", "battery_text", "is_battery", "parse_battery", "parse_battery_file", "parse_battery_source"]

FUNCTION: Final = "battery"
"""Name of the function that makes a file a battery file."""


def battery_text(battery: Battery) -> str:
    """The battery as text, ending with a newline; :func:`parse_battery` reads it back to the same programs and names.

    Solvers come first, then differs, in order; statements are in canonical order. Linear in the graph. The bounds of
    program files hold: one of more than 100,000 statements is not read back.
    """
    lines, words = statements(battery.graph, *battery.roots())
    roots = {**battery.solvers, **{name: differ.root for name, differ in battery.differs.items()}}
    entries = [f'        "{name}": {words[roots[first]]},' for first in roots for name in battery.names[first]]
    return "\n".join([f"def {FUNCTION}(S, I, C):", *lines, "    return {", *entries, "    }", ""])


def parse_battery(text: str, path: str | Path = "<text>") -> Battery:
    """The battery of a text.

    Args:
        text: Python source with one function, ``battery``.
        path: what refusals call it.

    Raises:
        ProgramError: anything in it is refused, an entry has no program's name, or a name comes twice.
    """
    return parse_battery_source(read_source(text, path))


def parse_battery_file(path: str | Path) -> Battery:
    """The battery of a file; see :func:`parse_battery`."""
    return parse_battery(read_text(path), path)


def is_battery(source: Source) -> bool:
    """Whether a file has a function named ``battery``."""
    return any(isinstance(item, ast.FunctionDef) and item.name == FUNCTION for item in source.module.body)


def parse_battery_source(source: Source) -> Battery:
    """The battery of a syntax tree; see :func:`parse_battery`."""
    function: ast.FunctionDef | None = None
    for statement in source.module.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == FUNCTION and function is None:
            function = statement
        elif not is_ignored(statement):
            reason = f"{shown(statement)} beside the battery; a battery file holds one function, named {FUNCTION}"
            raise ProgramError(source.path, statement.lineno, reason)
    if function is None:
        raise ProgramError(source.path, 1, f"no function named {FUNCTION} here")
    body = Body(function, Graph(), source.path, defined_names(source.module))
    return Battery.of(_entries(body, body.read()))


def _entries(body: Body, result: ast.expr) -> list[Program]:
    if not isinstance(result, ast.Dict):
        raise body.refusal(result, 'a battery returns a mapping such as {"solve_a": x1, "differ_b": x2}')
    programs: list[Program] = []
    seen: set[str] = set()
    for key, value in zip(result.keys, result.values, strict=True):
        name = key.value if isinstance(key, ast.Constant) else None
        described = describe(name) if isinstance(name, str) else None
        if described is None or not isinstance(name, str):
            raise body.refusal(key or value, "a key of the mapping must be a program's name, such as \"solve_a\"")
        if name in seen:
            raise body.refusal(value, f"{quote(name)} comes twice")
        seen.add(name)
        root = body.expression(value)
        try:
            programs.append(Program(body.graph, root, *described, name))
        except InputError as error:
            raise body.refusal(value, str(error)) from None
    return programs
