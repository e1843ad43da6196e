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
from arcbatt.program.program import Program
from arcbatt.program.reading.aliases import Aliases
from arcbatt.program.reading.module import is_ignored
from arcbatt.program.reading.reader import Reader
from arcbatt.program.reading.source import Source, read_source, read_text
from arcbatt.program.reading.statements import Body
from arcbatt.program.reading.words import kind_of, shown
from arcbatt.program.refusals import ProgramError, quote
from arcbatt.program.text import statements

__all__ = ["FUNCTION", "battery_programs", "battery_text", "is_battery", "parse_battery", "parse_battery_file",
           "parse_battery_source"]  # fmt: skip

FUNCTION: Final = "battery"
"""Name of the function that makes a file a battery file."""


def battery_text(battery: Battery) -> str:
    """The battery as text, ending with a newline; :func:`parse_battery` reads it back to the same programs and names.

    Solvers come first, then differs, in order; statements are in canonical order. Linear in the graph. The bounds of
    program files hold: one of more than 100,000 statements is not read back.

    Example:
        >>> print(battery_text(Battery.of(parse_programs("def solve_a(I): return vmirror(I)"))), end="")
        def battery(S, I, C):
            x1 = vmirror(I)
            return {
                "solve_a": x1,
            }
    """
    lines, words = statements(battery.graph, *battery.roots())
    roots = {**battery.solvers, **{name: differ.root for name, differ in battery.differs.items()}}
    entries = [f'        "{name}": {words[roots[first]]},' for first in roots for name in battery.names[first]]
    return "\n".join([f"def {FUNCTION}(S, I, C):", *lines, "    return {", *entries, "    }", ""])


def parse_battery(text: str, path: str | Path = "<text>", aliases: Aliases | None = None) -> Battery:
    """The battery of a text.

    Args:
        text: Python source with one function, ``battery``.
        path: what refusals call it.
        aliases: other names for primitives and constants.

    Raises:
        ProgramError: anything in it is refused, an entry has no program's name, or a name comes twice.

    Example:
        >>> text = battery_text(Battery.of(parse_programs("def solve_a(I): return vmirror(I)")))
        >>> parse_battery(text)
        <Battery 1 solver, 0 differs, 3 nodes>
    """
    return parse_battery_source(read_source(text, path), aliases)


def parse_battery_file(path: str | Path, aliases: Aliases | None = None) -> Battery:
    """The battery of a file; see :func:`parse_battery`."""
    return parse_battery(read_text(path), path, aliases)


def is_battery(source: Source) -> bool:
    """Whether a file has a function named ``battery``."""
    return any(isinstance(item, ast.FunctionDef) and item.name == FUNCTION for item in source.module.body)


def parse_battery_source(source: Source, aliases: Aliases | None = None) -> Battery:
    """The battery of a syntax tree; see :func:`parse_battery`."""
    return Battery.of(battery_programs(source, aliases))


def battery_programs(source: Source, aliases: Aliases | None = None) -> list[Program]:
    """The programs of a battery file, one for each entry, in order.

    Raises:
        ProgramError: as :func:`parse_battery`.
    """
    if source.refusals:
        raise source.refusals[0]
    function: ast.FunctionDef | None = None
    for statement in source.module.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == FUNCTION and function is None:
            function = statement
        elif not is_ignored(statement):
            reason = f"{shown(statement)} beside the battery; a battery file holds one function, named {FUNCTION}"
            raise ProgramError(source.path, statement.lineno, reason, kind_of(statement))
    if function is None:
        raise ProgramError(source.path, 1, f"no function named {FUNCTION} here", "file without a battery")
    body = Body(function, Reader(Graph(), source.path, aliases))
    return _entries(body, body.read(), source.path)


def _entries(body: Body, result: ast.expr, path: str) -> list[Program]:
    if not isinstance(result, ast.Dict):
        reason = 'a battery returns a mapping such as {"solve_a": x1, "differ_b": x2}'
        raise body.refusal(result, reason, "battery that returns no mapping")
    programs: list[Program] = []
    seen: set[str] = set()
    for key, value in zip(result.keys, result.values, strict=True):
        name = key.value if isinstance(key, ast.Constant) else None
        described = describe(name) if isinstance(name, str) else None
        if described is None or not isinstance(name, str):
            reason = 'a key of the mapping must be a program\'s name, such as "solve_a"'
            raise body.refusal(key or value, reason, "key that is no program's name")
        if name in seen:
            raise body.refusal(value, f"{quote(name)} comes twice", "name that comes twice", quote(name))
        seen.add(name)
        root = body.expression(value)
        try:
            programs.append(Program(body.graph, root, *described, name, body.labels, path, value.lineno))
        except InputError as error:
            raise body.refusal(value, str(error), "solver that uses C") from None
    return programs
