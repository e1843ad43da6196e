"""What a piece of Python source is called in messages."""

from __future__ import annotations

import ast
from typing import Final

__all__ = ["kind_of", "shown"]

_WORDS: Final[dict[type[ast.AST], str]] = {
    # expressions
    ast.Attribute: "an attribute",
    ast.Await: "await",
    ast.BinOp: "an operator",
    ast.BoolOp: "an operator (and, or)",
    ast.Compare: "a comparison",
    ast.Dict: "a dict",
    ast.DictComp: "a comprehension",
    ast.FormattedValue: "an f-string",
    ast.GeneratorExp: "a comprehension",
    ast.IfExp: "a conditional expression",
    ast.JoinedStr: "an f-string",
    ast.Lambda: "a lambda",
    ast.List: "a list",
    ast.ListComp: "a comprehension",
    ast.NamedExpr: "an assignment inside an expression",
    ast.Set: "a set",
    ast.SetComp: "a comprehension",
    ast.Slice: "a slice",
    ast.Starred: "a starred expression",
    ast.Subscript: "a subscript",
    ast.UnaryOp: "an operator",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    # statements
    ast.AnnAssign: "an annotated assignment without a value",
    ast.Assert: "assert",
    ast.Assign: "an assignment",
    ast.AsyncFor: "a loop",
    ast.AsyncFunctionDef: "an async function",
    ast.AsyncWith: "with",
    ast.AugAssign: "an augmented assignment",
    ast.ClassDef: "a class",
    ast.Delete: "del",
    ast.Expr: "an expression",
    ast.For: "a loop",
    ast.FunctionDef: "a function inside a function",
    ast.Global: "global",
    ast.If: "if",
    ast.Import: "an import inside a function",
    ast.ImportFrom: "an import inside a function",
    ast.Match: "match",
    ast.Nonlocal: "nonlocal",
    ast.Pass: "pass",
    ast.Raise: "raise",
    ast.Return: "return",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.While: "a loop",
    ast.With: "with",
}


_LITERALS: Final = {
    bool: "a bool literal",
    bytes: "a bytes literal",
    complex: "a complex literal",
    float: "a float literal",
    int: "an int literal",
    str: "a str literal",
    type(...): "...",
}


def shown(node: ast.AST) -> str:
    """What a piece of source is, in a person's words."""
    if isinstance(node, ast.Constant):
        return "None" if node.value is None else _LITERALS[type(node.value)]
    return _WORDS.get(type(node), type(node).__name__)


def kind_of(node: ast.AST) -> str:
    """The same without an article, as refusals are counted: ``loop``, ``attribute``."""
    return shown(node).removeprefix("an ").removeprefix("a ")
