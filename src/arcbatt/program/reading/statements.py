"""The body of one program, statement by statement."""

from __future__ import annotations

import ast
from typing import Final

from arcbatt.program.reading.reader import Reader
from arcbatt.program.reading.scopes import Scope, is_text, targets
from arcbatt.program.refusals import ProgramError, quote

__all__ = ["MAX_STATEMENTS", "Body"]

MAX_STATEMENTS: Final = 100_000
"""Most statements of one function."""


class Body:
    """Reads the statements of one program, or of one battery.

    Args:
        function: the function; its parameters become the variables.
        reader: reads the file that it stands in.

    Raises:
        ProgramError: the function's signature is refused.
    """

    def __init__(self, function: ast.FunctionDef, reader: Reader) -> None:
        self._function = function
        self._reader = reader
        self.graph = reader.graph
        self._check_signature()
        known = {argument.arg: reader.graph.variable(argument.arg) for argument in function.args.args}
        self._scope = Scope(function.name, {**known}, frozenset(targets(function.body)), reader.module)
        reader.begin(function.name)

    @property
    def labels(self) -> dict[int, str]:
        """The names to which the function assigned the nodes of calls."""
        return self._reader.labels

    def read(self) -> ast.expr:
        """Reads all assignments and returns the expression that the function returns, which is not read yet.

        Raises:
            ProgramError: a statement is refused, there are too many, or the last is not a ``return`` of something.
        """
        statements = self._function.body
        if is_text(statements[0]):
            statements = statements[1:]
        if len(statements) > MAX_STATEMENTS:
            reason = f"more than {MAX_STATEMENTS:,} statements in one function"
            raise self.refusal(statements[MAX_STATEMENTS], reason, "too many statements")
        execute, scope = self._reader.execute, self._scope
        for position, statement in enumerate(statements, 1):
            if type(statement) is ast.Return:
                if position < len(statements):
                    raise self.refusal(statements[position], "a statement after return", "statement after return")
                if statement.value is None:
                    raise self.refusal(statement, "returns nothing; return a name or an expression", "no return")
                return statement.value
            execute(statement, scope)
        reason = f"{quote(self._function.name)} does not end with a return"
        raise self.refusal(self._function, reason, "no return")

    def expression(self, source: ast.expr) -> int:
        """The node of an expression.

        Raises:
            ProgramError: some part of it is refused.
        """
        return self._reader.node(source, self._scope)

    def refusal(self, where: ast.AST, reason: str, kind: str, name: str = "") -> ProgramError:
        """The error that refuses the function, at the line of a part of it."""
        return self._reader.refusal(where, reason, kind, name)

    def _check_signature(self) -> None:
        function, args = self._function, self._function.args
        names = [argument.arg for argument in args.args]
        if function.decorator_list:
            raise self.refusal(function.decorator_list[0], "a decorator is not part of a program", "decorator")
        if args.posonlyargs or args.kwonlyargs or args.vararg or args.kwarg or args.defaults or args.kw_defaults:
            reason = "parameters must be plain names, without default, *, ** or /"
            raise self.refusal(function, reason, "parameter that is no plain name")
        if getattr(function, "type_params", None):
            raise self.refusal(function, "type parameters are not part of a program", "type parameter")
        for name in names:
            if name not in ("S", "I", "C"):
                reason = f"parameter {quote(name)}: the parameters of a program are S, I and C"
                raise self.refusal(function, reason, "parameter other than S, I and C", quote(name))
        if len(set(names)) < len(names):
            raise self.refusal(function, "a parameter is given twice", "parameter given twice")
