"""What the top level of a file defines: its functions and constants, and what is refused there."""

from __future__ import annotations

import ast

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.names import describe
from arcbatt.program.reading.reader import Reader
from arcbatt.program.reading.scopes import Closure, Unusable, is_text
from arcbatt.program.reading.source import Source
from arcbatt.program.reading.words import kind_of, shown
from arcbatt.program.refusals import ProgramError, Refusals

__all__ = ["is_ignored", "looks_like_program", "names_read", "read_definitions"]

_BINDING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_DSL_MODULES = ("dsl", "constants")


def read_definitions(source: Source, reader: Reader) -> Refusals:
    """Fills the scope of a file, in the order of its statements, and returns what is refused there.

    Functions are read when they are called, constants at once. Imports mean nothing except the names that they bind;
    plain names out of ``from dsl import ...`` are the DSL's own, and ``import fill as paint_cells`` there is one more
    name of it; the block under ``if __name__ == "__main__":`` is passed over.
    """
    refusals = Refusals()
    known = reader.module.known
    for name, line in (source.unreadable or {}).items():
        known[name] = Unusable(line, "it is not Python")
    for statement in source.module.body:
        if type(statement) is ast.FunctionDef and not (statement.args.defaults or statement.args.kw_defaults):
            known[statement.name] = Closure(statement, reader.module)
            reader.module.is_captured = True
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            _import(statement, reader)
        elif not (is_ignored(statement) or _is_guard(statement)):
            try:
                _define(statement, reader)
            except ProgramError as refusal:
                for name in _bound(statement):
                    known[name] = Unusable(statement.lineno, _why(statement, refusal))
                if not isinstance(statement, ast.FunctionDef):
                    refusals.append(refusal)
    return refusals


def is_ignored(statement: ast.stmt) -> bool:
    """Whether a statement of a file says nothing to us: an import or a string."""
    return isinstance(statement, ast.Import | ast.ImportFrom) or is_text(statement)


def looks_like_program(name: str) -> bool:
    """Whether a name that is none of a program was probably meant to be one, such as ``solver_a`` or ``sovle``."""
    if describe(name.encode("ascii", "ignore").decode()) is not None:
        return True
    from difflib import get_close_matches

    word = name.partition("_")[0].lower()
    return bool(get_close_matches(word, ["solve", "solver", "differ", "verify"], n=1, cutoff=0.7))


def names_read(source: Source) -> set[str]:
    """All names that the statements of a file read."""
    return {
        part.id for part in ast.walk(source.module) if type(part) is ast.Name and isinstance(part.ctx, ast.Load)
    }


def _define(statement: ast.stmt, reader: Reader) -> None:
    if isinstance(statement, ast.Assign | ast.FunctionDef) or (
        isinstance(statement, ast.AnnAssign) and statement.value is not None
    ):
        reader.execute(statement, reader.module)
        return
    reason = f"{shown(statement)} is not accepted; a program file holds imports, functions and constants"
    raise reader.refusal(statement, reason, kind_of(statement))


def _why(statement: ast.stmt, refusal: ProgramError) -> str:
    """What is said where the name is used."""
    if isinstance(statement, ast.FunctionDef | ast.Assign | ast.AnnAssign):
        return f"it cannot be used: {refusal.reason}"
    return ""


def _import(statement: ast.Import | ast.ImportFrom, reader: Reader) -> None:
    known = reader.module.known
    for name in _bound(statement):
        known[name] = Unusable(statement.lineno)
    if isinstance(statement, ast.ImportFrom) and (statement.module or "").rpartition(".")[2] in _DSL_MODULES:
        for alias in statement.names:
            if alias.asname not in (None, alias.name) and alias.name in CONSTANTS:
                known[alias.asname] = reader.graph.constant(CONSTANTS[alias.name])
            elif alias.asname not in (None, alias.name) and alias.name in REGISTRY:
                known[alias.asname] = reader.graph.primitive(alias.name)


def _is_guard(statement: ast.stmt) -> bool:
    """Whether a statement is ``if __name__ == "__main__":``, which does nothing in a file that is read."""
    if not isinstance(statement, ast.If) or statement.orelse or not isinstance(statement.test, ast.Compare):
        return False
    test = statement.test
    sides = [test.left, *test.comparators]
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    texts = [side.value for side in sides if isinstance(side, ast.Constant)]
    return [type(op) for op in test.ops] == [ast.Eq] and names == ["__name__"] and texts == ["__main__"]


def _bound(statement: ast.stmt) -> list[str]:
    """Names that a statement binds."""
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
