"""The body of one function, statement by statement, as nodes of a graph.

Names mean what they mean in Python: a name that a function assigns anywhere is local to it throughout; any other is
a parameter, or one of the DSL's unless the file defines it itself. Nothing is evaluated.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.graph import CONSTANT, PRIMITIVE, Graph
from arcbatt.program.refusals import ProgramError, quote, shown

__all__ = ["MAX_STATEMENTS", "Body", "is_text", "similar"]

MAX_STATEMENTS: Final = 100_000
"""Most statements of one function."""

_ACCEPTED: Final = "a program is assignments of calls of primitives, constants, ints, bools and tuples of them"
_Finish: TypeAlias = "tuple[Callable[[ast.expr, list[int]], int], ast.expr, int]"


class Body:
    """Reads the statements of one function into a graph.

    Args:
        function: the function; its parameters become the variables.
        graph: where the nodes go.
        path: the file, for refusals.
        taken: names that the file itself defines, with their lines; they hide those of the DSL and are refused.

    Raises:
        ProgramError: the function's signature is refused.
    """

    def __init__(self, function: ast.FunctionDef, graph: Graph, path: str, taken: Mapping[str, int]) -> None:
        self._function = function
        self.graph = graph
        self._path = path
        self._taken = taken
        self._check_signature()
        self._known = {argument.arg: graph.variable(argument.arg) for argument in function.args.args}
        self._assigned = frozenset(_targets(function.body))

    def read(self) -> ast.expr:
        """Reads all assignments and gives back the expression that the function returns, which is not read yet.

        Raises:
            ProgramError: a statement is refused, there are too many, or the last is not a ``return`` of something.
        """
        statements = self._function.body
        if is_text(statements[0]):
            statements = statements[1:]
        if len(statements) > MAX_STATEMENTS:
            raise self.refusal(statements[MAX_STATEMENTS], f"more than {MAX_STATEMENTS:,} statements in one function")
        for position, statement in enumerate(statements, 1):
            if type(statement) is ast.Return:
                if position < len(statements):
                    raise self.refusal(statements[position], "a statement after return")
                if statement.value is None:
                    raise self.refusal(statement, "returns nothing; return a name or an expression")
                return statement.value
            self._assign(statement)
        raise self.refusal(self._function, f"{quote(self._function.name)} does not end with a return")

    def expression(self, source: ast.expr) -> int:
        """The node of an expression; iterative, so that its depth does not matter.

        Raises:
            ProgramError: some part of it is refused.
        """
        found: list[int] = []
        todo: list[ast.expr | _Finish] = [source]
        while todo:
            item = todo.pop()
            if isinstance(item, tuple):
                finish, whole, count = item
                parts = found[len(found) - count :]
                del found[len(found) - count :]
                found.append(finish(whole, parts))
            elif type(item) is ast.Name:
                found.append(self._name(item))
            elif type(item) is ast.Call:
                operands = self._operands(item)
                todo.append((self._call, item, len(operands)))
                todo.extend(reversed(operands))
            elif type(item) is ast.Tuple:
                todo.append((self._tuple, item, len(item.elts)))
                todo.extend(reversed(item.elts))
            else:
                found.append(self._literal(item))
        return found[0]

    def refusal(self, where: ast.stmt | ast.expr, reason: str) -> ProgramError:
        """The error that refuses the function, at the line of a part of it."""
        return ProgramError(self._path, where.lineno, reason)

    def _check_signature(self) -> None:
        function, args = self._function, self._function.args
        names = [argument.arg for argument in args.args]
        if function.decorator_list:
            raise self.refusal(function.decorator_list[0], "a decorator is not part of a program")
        if args.posonlyargs or args.kwonlyargs or args.vararg or args.kwarg or args.defaults or args.kw_defaults:
            raise self.refusal(function, "parameters must be plain names, without default, *, ** or /")
        if getattr(function, "type_params", None):
            raise self.refusal(function, "type parameters are not part of a program")
        for name in names:
            if name not in ("S", "I", "C"):
                raise self.refusal(function, f"parameter {quote(name)}: the parameters of a program are S, I and C")
        if len(set(names)) < len(names):
            raise self.refusal(function, "a parameter is given twice")

    def _assign(self, statement: ast.stmt) -> None:
        targets: list[ast.expr]
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        elif type(statement) is ast.Expr:
            raise self.refusal(statement, f"an expression whose value is not used; {_ACCEPTED}")
        else:
            raise self.refusal(statement, f"{shown(statement)} is not accepted; {_ACCEPTED}")
        node = self.expression(value)
        for target in targets:
            if type(target) is not ast.Name:
                raise self.refusal(target, "an assignment must be to one plain name")
            self._known[target.id] = node

    def _name(self, source: ast.Name) -> int:
        name = source.id
        node = self._known.get(name)
        if node is not None:
            return node
        if name in self._assigned:
            raise self.refusal(source, f"{quote(name)} is read before it is assigned")
        if name in self._taken:
            here = f"{quote(name)} is defined in this file (line {self._taken[name]})"
            raise self.refusal(source, f"{here}; only the DSL's own names are known")
        if name in CONSTANTS:
            return self.graph.constant(CONSTANTS[name])
        if name in REGISTRY:
            return self._made(source, lambda: self.graph.primitive(name))
        if name in ("S", "I", "C"):
            raise self.refusal(source, f"{name} is not a parameter of {quote(self._function.name)}")
        raise self.refusal(source, f"unknown name {quote(name)}{similar(name)}")

    def _literal(self, source: ast.expr) -> int:
        sign, literal = 1, source
        if type(source) is ast.UnaryOp and type(source.op) is ast.USub:
            sign, literal = -1, source.operand
        if type(literal) is ast.Constant and type(literal.value) is int:
            value = sign * literal.value
            return self._made(source, lambda: self.graph.constant(value))
        if type(source) is ast.Constant and type(source.value) is bool:
            return self.graph.constant(source.value)
        raise self.refusal(source, f"{shown(source)} is not accepted; {_ACCEPTED}")

    def _tuple(self, source: ast.expr, parts: list[int]) -> int:
        graph = self.graph
        if any(graph.kinds[part] != CONSTANT for part in parts):
            raise self.refusal(source, "a tuple can hold constants only; call astuple for a pair of other values")
        return self._made(source, lambda: graph.constant(tuple([graph.values[part] for part in parts])))

    def _operands(self, call: ast.Call) -> list[ast.expr]:
        for argument in call.args:
            if type(argument) is ast.Starred:
                raise self.refusal(argument, "a starred argument is not part of a program")
        if not call.keywords:
            return [call.func, *call.args]
        for keyword in call.keywords:
            if keyword.arg is None:
                raise self.refusal(keyword.value, "a ** argument is not part of a program")
        return [call.func, *call.args, *(keyword.value for keyword in call.keywords)]

    def _call(self, source: ast.expr, operands: list[int]) -> int:
        assert isinstance(source, ast.Call)
        callee, *args = operands
        if source.keywords:
            if self.graph.kinds[callee] != PRIMITIVE:
                raise self.refusal(source, "a computed function takes positional arguments only, no keywords")
            args = self._in_order(source, self.graph.values[callee], args)
        return self._made(source, lambda: self.graph.call(callee, *args))

    def _in_order(self, call: ast.Call, name: str, args: list[int]) -> list[int]:
        """Arguments of a primitive in the order of its parameters; all of them must be there, once each."""
        parameters = REGISTRY[name].parameters
        given = dict(zip(parameters, args[: len(call.args)], strict=False))
        for keyword, node in zip(call.keywords, args[len(call.args) :], strict=True):
            parameter = keyword.arg or ""
            if parameter not in parameters:
                raise self.refusal(call, f"{name} has no parameter {quote(parameter)}; it has {', '.join(parameters)}")
            if parameter in given:
                raise self.refusal(call, f"{name}: argument {parameter} is given twice")
            given[parameter] = node
        if len(args) != len(parameters):
            return args  # the graph says what is wrong with the number
        return [given[parameter] for parameter in parameters]

    def _made(self, source: ast.expr, make: Callable[[], int]) -> int:
        try:
            return make()
        except InputError as error:
            raise self.refusal(source, str(error)) from None


def is_text(statement: ast.stmt) -> bool:
    """Whether a statement is just a string: a docstring, where it comes first."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and type(value.value) is str


def similar(name: str) -> str:
    """A suggestion such as ``; did you mean fill?``, or nothing, when no name of the DSL is near."""
    from difflib import get_close_matches

    if not name or len(name) > 40:
        return ""
    known = [item.name for item in REGISTRY] + list(CONSTANTS)
    # Same first letter only: comparing with all names would take a millisecond for each unknown name of a hostile file.
    near = get_close_matches(name, [word for word in known if word[0] == name[0]], n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _targets(statements: list[ast.stmt]) -> list[str]:
    names: list[str] = []
    for statement in statements:
        if type(statement) is ast.Assign:
            names += [target.id for target in statement.targets if type(target) is ast.Name]
        elif type(statement) is ast.AnnAssign and type(statement.target) is ast.Name:
            names.append(statement.target.id)
    return names
