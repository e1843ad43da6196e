"""Why a text is no program: one error that says file, line and reason, and the words for what was found."""

from __future__ import annotations

import ast
from typing import Final

from arcbatt.errors import InputError

__all__ = ["ProgramError", "quote", "shown"]

_SHOWN: Final = 60


class ProgramError(InputError):
    """A program file, or one function in it, is refused.

    Attributes:
        path: the file as it was named, or what stands for it.
        line: counted from 1; None when the file could not be read at all.
        reason: what was found and what is accepted, without path and line.
    """

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        super().__init__(path, line, reason)
        self.path = path
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        where = quote(self.path, 1000) if self.line is None else f"{quote(self.path, 1000)}:{self.line}"
        return f"{where}: {self.reason}"


def quote(text: str, longest: int = _SHOWN) -> str:
    """Text that is safe to print: one line, no control characters, cut when it is longer than that."""
    cut = text if len(text) <= longest else text[: longest - 3] + "..."
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)


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
