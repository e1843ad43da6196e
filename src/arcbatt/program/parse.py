"""Program files: every function named ``solve``, ``solve_*``, ``differ`` or ``differ_*`` is a program.

The text is parsed, never executed, and nothing is imported on its behalf. Accepted are functions of any of ``S``, ``I``
and ``C`` (annotations, docstrings and comments are ignored) whose body is assignments and a ``return``, straight-line
or nested, with positional or keyword arguments; imports at the top of a file are ignored, since programs know the
DSL anyway. Statements that do not lead to the result are checked and then dropped. Everything else is refused.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

from arcbatt.program.canonical import read_canonical
from arcbatt.program.graph import DEPENDS_C, Graph
from arcbatt.program.names import MAX_NAME, describe, is_name
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError, quote, shown
from arcbatt.program.source import Source, read_source, read_text
from arcbatt.program.statements import Body, is_text

__all__ = ["Collected", "collect_file", "collect_programs", "collect_source", "defined_names", "is_ignored",
           "parse_file", "parse_programs"]  # fmt: skip

MAX_REFUSALS = 1_000
"""Refusals in one file after which the rest of it is left."""
_EXPECTED = "named solve, solve_*, differ or differ_*"
_BINDING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


class Collected(NamedTuple):
    """What a file gave: its programs in order, and one refusal for each function or statement that is none."""

    programs: list[Program]
    refusals: list[ProgramError]


def parse_programs(text: str, path: str | Path = "<text>", graph: Graph | None = None) -> list[Program]:
    """All programs of a text, in order, under their functions' names.

    Args:
        text: Python source.
        path: what refusals call it.
        graph: where the nodes go; None means a new graph, shared by the programs of this text.

    Raises:
        ProgramError: the first thing that is refused.
    """
    programs, refusals = collect_programs(text, path, graph)
    if refusals:
        raise refusals[0]
    return programs


def parse_file(path: str | Path, graph: Graph | None = None) -> list[Program]:
    """All programs of a file; see :func:`parse_programs`."""
    return parse_programs(read_text(path), path, graph)


def collect_programs(text: str, path: str | Path = "<text>", graph: Graph | None = None) -> Collected:
    """Programs and refusals of a text: what is refused does not keep the rest from being read; never raises for it.

    One refusal a function: the first reason found. A text that is no Python, or holds no program, is one refusal.
    """
    program = read_canonical(text, graph)
    if program is not None:
        return Collected([program], [])
    try:
        return collect_source(read_source(text, path), graph)
    except ProgramError as refusal:
        return Collected([], [refusal])


def collect_file(path: str | Path, graph: Graph | None = None) -> Collected:
    """Programs and refusals of a file; see :func:`collect_programs`. A file that cannot be read is one refusal."""
    try:
        return collect_programs(read_text(path), path, graph)
    except ProgramError as refusal:
        return Collected([], [refusal])


def collect_source(source: Source, graph: Graph | None = None) -> Collected:
    """Programs and refusals of a syntax tree; see :func:`collect_programs`."""
    found = Collected([], [])
    taken = defined_names(source.module)
    graph = Graph() if graph is None else graph
    for statement in source.module.body:
        try:
            if type(statement) is ast.FunctionDef:
                found.programs.append(_program(statement, graph, source.path, taken))
            elif not is_ignored(statement):
                reason = f"{shown(statement)} is not accepted; a program file holds imports and functions"
                raise ProgramError(source.path, statement.lineno, reason)
        except ProgramError as refusal:
            found.refusals.append(refusal)
            if len(found.refusals) == MAX_REFUSALS:
                reason = f"the rest of the file is not read after {MAX_REFUSALS:,} refusals"
                found.refusals.append(ProgramError(source.path, statement.lineno, reason))
                break
    if not (found.programs or found.refusals):
        found.refusals.append(ProgramError(source.path, 1, f"no program here; expected a function {_EXPECTED}"))
    return found


def is_ignored(statement: ast.stmt) -> bool:
    """Whether a statement of a module says nothing to us: an import or a string."""
    return isinstance(statement, ast.Import | ast.ImportFrom) or is_text(statement)


def defined_names(module: ast.Module) -> dict[str, int]:
    """Names that a file defines itself, with their lines: in Python they would hide those of the DSL.

    Plain names out of ``from dsl import ...`` are taken for the DSL's own.
    """
    names: dict[str, int] = {}
    for statement in module.body:
        for name in _bound(statement):
            names.setdefault(name, statement.lineno)
    return names


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.ImportFrom):
        return [alias.asname for alias in statement.names if alias.asname not in (None, alias.name)]
    if isinstance(statement, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
    names: list[str] = []
    for part in ast.walk(statement):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.append(part.id)
        elif isinstance(part, _BINDING):
            names += _bound(part)
    return names


def _program(function: ast.FunctionDef, graph: Graph, path: str, taken: dict[str, int]) -> Program:
    name = function.name
    described = describe(name)
    if described is None:
        raise ProgramError(path, function.lineno, f"function {quote(name)} is no program; expected one {_EXPECTED}")
    if not is_name(name):
        raise ProgramError(path, function.lineno, f"name of more than {MAX_NAME} characters: {quote(name)}")
    body = Body(function, graph, path, taken)
    result = body.read()
    root = body.expression(result)
    kind, direction = described
    if kind == "solver" and graph.levels[root] & DEPENDS_C:
        raise body.refusal(result, f"{quote(name)} uses C; a solver sees I and S only")
    return Program(graph, root, kind, direction, name)
