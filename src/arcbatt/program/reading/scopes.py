"""What names mean while a file is read: nodes, functions of the file, tuples, and the scopes that hold them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["Closure", "Definition", "Pairwise", "Parts", "Scope", "Unusable", "Value", "definition_of", "is_text",
           "targets"]  # fmt: skip


@dataclass(slots=True, eq=False)
class Parts:
    """A tuple whose parts are not all constants: it becomes a node where one is needed.

    A reader has one of each, so that tuples in tuples cost no more than their different ones.

    Attributes:
        items: the parts.
        is_plain: whether no function of the file is among them, at any depth.
        node: the node that it became; None before.
    """

    items: tuple[Value, ...]
    is_plain: bool
    node: int | None = None


@dataclass(frozen=True, slots=True)
class Pairwise:
    """A function of two arguments, as a node that takes them as one pair."""

    node: int


@dataclass(frozen=True, slots=True)
class Unusable:
    """A name that a file defines as something other than a function or a constant.

    Attributes:
        line: where it is defined, counted from 1.
        reason: what is wrong with it; empty when the line says enough.
    """

    line: int
    reason: str = ""


@dataclass(slots=True, eq=False)
class Scope:
    """The names of a file or of one call of a function.

    Attributes:
        name: the function's name; empty for a file.
        known: what is assigned so far.
        assigned: all names that the function assigns somewhere, its parameters included.
        parent: the scope around it; None for a file.
        is_captured: whether a function was defined in it, which reads its names when it is called.
        frozen: names that must not be assigned again, since a function that reads them has become a node.
    """

    name: str
    known: dict[str, Value | Unusable]
    assigned: frozenset[str] = frozenset()
    parent: Scope | None = None
    is_captured: bool = False
    frozen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A function of the file with the scope in which it is defined.

    Attributes:
        source: its syntax tree.
        scope: where its free names are looked up.
        defaults: values of the parameters that have one.
        before: arguments that are fixed from the left.
        after: arguments that are fixed from the right.
    """

    source: ast.FunctionDef | ast.Lambda
    scope: Scope
    defaults: dict[str, Value] = field(default_factory=dict)
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()


Value: TypeAlias = "int | Closure | Parts | Pairwise"
"""A node of the graph (0 and more), a term that holds parameters (below 0), or what is not a node yet."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A function as its text has it.

    Attributes:
        name: its name; ``lambda`` for a lambda.
        line: where it begins.
        parameters: all names of parameters, in order.
        positional: how many of them can be given by position.
        positional_only: how many of them can be given by position only.
        statements: the body without its docstring; a lambda's is one ``return``.
        locals: names that are local to it.
        free: names that it or functions inside it read from outside.
        size: number of pieces of syntax.
    """

    name: str
    line: int
    parameters: tuple[str, ...]
    positional: int
    positional_only: int
    statements: list[ast.stmt]
    locals: frozenset[str]
    free: frozenset[str]
    size: int


def definition_of(source: ast.FunctionDef | ast.Lambda) -> Definition:
    """What reading calls of a function needs; linear in its text."""
    args = source.args
    positional = [argument.arg for argument in (*args.posonlyargs, *args.args)]
    name, statements = "lambda", [_returned(source)] if isinstance(source, ast.Lambda) else source.body
    if isinstance(source, ast.FunctionDef):
        name = source.name
        statements = statements[1:] if is_text(statements[0]) else statements
    return Definition(
        name,
        source.lineno,
        (*positional, *(argument.arg for argument in args.kwonlyargs)),
        len(positional),
        len(args.posonlyargs),
        statements,
        _locals(source),
        _free(source),
        sum(1 for _ in ast.walk(source)),
    )


def is_text(statement: ast.stmt) -> bool:
    """Whether a statement is just a string: a docstring, where it comes first."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and type(value.value) is str


def targets(statements: list[ast.stmt]) -> set[str]:
    """Names that statements assign, those of functions included."""
    names: set[str] = set()
    todo: list[ast.expr] = []
    for statement in statements:
        if type(statement) is ast.Assign:
            todo += statement.targets
        elif type(statement) is ast.AnnAssign:
            todo.append(statement.target)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(statement.name)
    while todo:
        target = todo.pop()
        if type(target) is ast.Name:
            names.add(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            todo += target.elts
    return names


def _returned(source: ast.Lambda) -> ast.stmt:
    return ast.copy_location(ast.Return(source.body), source.body)


def _locals(source: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    args = source.args
    names = {argument.arg for argument in (*args.posonlyargs, *args.args, *args.kwonlyargs)}
    return frozenset(names | targets(source.body) if isinstance(source, ast.FunctionDef) else names)


def _free(source: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    names: set[str] = set()
    todo: list[tuple[ast.AST, frozenset[str]]] = [(source, frozenset())]
    while todo:
        node, bound = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            todo += [(default, bound) for default in (*node.args.defaults, *node.args.kw_defaults) if default]
            bound = bound | _locals(node)
            body = node.body if isinstance(node, ast.FunctionDef) else [node.body]
            todo += [(part, bound) for part in body]
        elif type(node) is ast.Name:
            if node.id not in bound:
                names.add(node.id)
        else:
            todo += [(part, bound) for part in ast.iter_child_nodes(node)]
    return frozenset(names)
