"""Program files: functions named ``solve``, ``solve_*``, ``verify_*``, ``differ`` or ``differ_*`` are programs.

The text is parsed, never executed, and nothing is imported on its behalf. Accepted are functions of any of ``S``, ``I``
and ``C`` (annotations, docstrings and comments are ignored) whose body is assignments and a ``return``, straight-line
or nested, with positional or keyword arguments. A program may call the file's other functions, functions inside it and
lambdas; all of them are inlined. Constants at the top of a file are known to its functions; imports there are ignored,
since programs know the DSL anyway. Statements that do not lead to the result are checked and then dropped. Everything
else is refused.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import NamedTuple

from arcbatt.program.graph import DEPENDS_C, Graph
from arcbatt.program.names import MAX_NAME, describe, is_name
from arcbatt.program.program import Program
from arcbatt.program.reading.aliases import Aliases
from arcbatt.program.reading.canonical import read_canonical
from arcbatt.program.reading.module import looks_like_program, names_read, read_definitions
from arcbatt.program.reading.reader import Reader
from arcbatt.program.reading.source import Source, check_size, read_source, read_text
from arcbatt.program.reading.statements import Body
from arcbatt.program.refusals import ProgramError, Refusals, quote

__all__ = ["Collected", "collect_file", "collect_programs", "collect_source", "parse_file", "parse_programs"]

TEXT = "<text>"
"""What stands for the file of a text that is from none."""
_LONG = 2_000
"""Characters of a text from which on it is parsed only if a line looks like the beginning of a program."""
_PROGRAM = re.compile(r"^def\s+(?:solve|differ|verify_)", re.MULTILINE)
_EXPECTED = "named solve, solve_*, verify_*, differ or differ_*"


class Collected(NamedTuple):
    """What files gave: their programs in order, and a refusal for each function or statement that is none.

    :meth:`Battery.of <arcbatt.battery.battery.Battery.of>` takes it as it is.
    """

    programs: list[Program]
    refusals: Refusals

    def __repr__(self) -> str:
        count = len(self.programs)
        return f"<Collected {count:,} program{'s' * (count != 1)}, {len(self.refusals):,} refused>"


def parse_programs(
    text: str, path: str | Path = TEXT, graph: Graph | None = None, aliases: Aliases | None = None
) -> list[Program]:
    """All programs of a text, in order, under their functions' names.

    Args:
        text: Python source.
        path: what refusals call it.
        graph: where the nodes go; None means a new graph, shared by the programs of this text.
        aliases: other names for primitives and constants.

    Raises:
        ProgramError: the first thing that is refused.

    Example:
        >>> parse_programs("def solve_a(I): return vmirror(I)")
        [<Program solve_a 1 call 050c2d81>]
    """
    programs, refusals = collect_programs(text, path, graph, aliases)
    if refusals:
        raise refusals[0]
    return programs


def parse_file(path: str | Path, graph: Graph | None = None, aliases: Aliases | None = None) -> list[Program]:
    """All programs of a file; see :func:`parse_programs`."""
    return parse_programs(read_text(path), path, graph, aliases)


def collect_programs(
    text: str, path: str | Path = TEXT, graph: Graph | None = None, aliases: Aliases | None = None
) -> Collected:
    """Programs and refusals of a text: what is refused does not keep the rest from being read; never raises for it.

    One refusal a function: the first reason found. A text that is no Python, or holds no program, is one refusal.
    """
    program = None if aliases and aliases.hides_dsl else read_canonical(text, graph, _file(os.fspath(path)))
    if program is not None:
        return Collected([program], Refusals())
    name = os.fspath(path)
    try:
        if len(text) > _LONG and not _PROGRAM.search(text):
            check_size(text, name)
            return Collected([], Refusals([_nothing(name, [])]))
        return collect_source(read_source(text, path), graph, aliases)
    except ProgramError as refusal:
        return Collected([], Refusals([refusal]))


def collect_file(path: str | Path, graph: Graph | None = None, aliases: Aliases | None = None) -> Collected:
    """Programs and refusals of a file; see :func:`collect_programs`. A file that cannot be read is one refusal."""
    try:
        return collect_programs(read_text(path), path, graph, aliases)
    except ProgramError as refusal:
        return Collected([], Refusals([refusal]))


def collect_source(source: Source, graph: Graph | None = None, aliases: Aliases | None = None) -> Collected:
    """Programs and refusals of a syntax tree; see :func:`collect_programs`."""
    reader = Reader(Graph() if graph is None else graph, source.path, aliases)
    refusals = read_definitions(source, reader)
    refusals.extend(source.refusals)
    programs: list[Program] = []
    others: list[str] = []
    read: set[str] | None = None
    for statement in source.module.body:
        if type(statement) is not ast.FunctionDef:
            continue
        try:
            body = _begun(statement, reader)
        except ProgramError as refusal:
            others.append(statement.name)
            if looks_like_program(statement.name):
                read = names_read(source) if read is None else read
                if statement.name not in read:
                    refusals.append(refusal)
            continue
        try:
            programs.append(_program(statement, body, reader))
        except ProgramError as refusal:
            refusals.append(refusal)
    reader.close()
    if not (programs or refusals):
        refusals.append(_nothing(source.path, others))
    return Collected(programs, refusals.by_line())


def _nothing(path: str, others: list[str]) -> ProgramError:
    reason = f"no program here; expected a function {_EXPECTED}"
    if others:
        reason += f", not {', '.join(map(quote, others[:3]))}" + (" ..." if len(others) > 3 else "")
    return ProgramError(path, 1, reason, "file without a program")


def _begun(function: ast.FunctionDef, reader: Reader) -> Body:
    """The body of a program, not read yet.

    Raises:
        ProgramError: the function has not the name or the parameters of a program; others may call it.
    """
    name, line = function.name, function.lineno
    if describe(name) is None:
        reason = f"function {quote(name)} is no program; expected one {_EXPECTED}"
        raise ProgramError(reader.path, line, reason, "function that is no program", quote(name))
    if not is_name(name):
        reason = f"name of more than {MAX_NAME} characters: {quote(name)}"
        raise ProgramError(reader.path, line, reason, "name too long")
    return Body(function, reader)


def _program(function: ast.FunctionDef, body: Body, reader: Reader) -> Program:
    described = describe(function.name)
    assert described is not None
    kind, direction = described
    result = body.read()
    root = body.expression(result)
    if kind == "solver" and reader.graph.levels[root] & DEPENDS_C:
        reason = f"{quote(function.name)} uses C; a solver sees I and S only"
        raise body.refusal(result, reason, "solver that uses C")
    path = _file(reader.path)
    return Program(reader.graph, root, kind, direction, function.name, body.labels, path, function.lineno)


def _file(path: str) -> str | None:
    return None if path == TEXT else path
