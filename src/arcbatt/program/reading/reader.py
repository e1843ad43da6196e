"""Expressions and statements of a file as nodes of a graph.

Names mean what they mean in Python: a name that a function assigns anywhere is local to it throughout; any other is
looked up in the functions around it, then in the file, then among the aliases and the names of the DSL. Nothing is
evaluated. How the file's own functions are called, and how they become values, stands in
:mod:`arcbatt.program.reading.inlining` and :mod:`arcbatt.program.reading.handing`.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from arcbatt.dsl.constants import CONSTANTS, USER_CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE
from arcbatt.program.reading.aliases import Aliases
from arcbatt.program.reading.arguments import arity, bound_arguments, in_order
from arcbatt.program.reading.handing import Handed, Handing, outlives, takes_pairs, with_fixed
from arcbatt.program.reading.scopes import Closure, Pairwise, Scope, Unusable, Value
from arcbatt.program.reading.similar import nearest
from arcbatt.program.reading.unpacking import unpacked
from arcbatt.program.reading.words import kind_of, shown
from arcbatt.program.refusals import ProgramError, quote

__all__ = ["Reader"]

_SUGGESTED: Final = 10
"""Unknown names of a file for which a known one is suggested."""
ACCEPTED: Final = "a program is assignments of calls of primitives, constants, ints, bools and tuples of them"


class Reader(Handing):
    """Reads one file into a graph; see :class:`~arcbatt.program.reading.inlining.Inlining` for what it is made with."""

    def execute(self, statement: ast.stmt, scope: Scope) -> None:
        """Reads an assignment or a definition of a function.

        Raises:
            ProgramError: some part of it is refused.
        """
        self._scope = scope
        try:
            if type(statement) is ast.Assign:
                self._assign(statement.targets, [self._value(statement.value)])
            else:
                self._begin(statement)
                self._run()
        except BaseException:
            self._forget()
            raise

    def node(self, source: ast.expr, scope: Scope) -> int:
        """The node of an expression.

        Raises:
            ProgramError: some part of it is refused.
        """
        self._scope = scope
        try:
            value = self._value(source)
            if type(value) is not int:
                self._todo.append((self._hand_on, Handed(source, value), 0))
                self._run()
                value = self._found.pop()
        except BaseException:
            self._forget()
            raise
        assert isinstance(value, int)
        return value

    def _run(self) -> None:
        todo, found = self._todo, self._found
        while todo:
            item: Any = todo.pop()
            kind = type(item)
            if kind is tuple:
                finish, data, count = item
                parts = found[len(found) - count :]
                del found[len(found) - count :]
                value = finish(data, parts)
                if value is not None:
                    found.append(value)
            elif kind is ast.Name:
                value = self._scope.known.get(item.id)
                if value is None or type(value) is Unusable:
                    value = self._name(item)
                found.append(value)
            elif kind is ast.Call:
                values = self._values_of_names(item)
                if values is not None:
                    value = self._call(item, values)
                    if value is not None:
                        found.append(value)
                    continue
                operands = self._operands(item)
                todo.append((self._call, item, len(operands)))
                todo.extend(reversed(operands))
            elif kind is ast.Tuple:
                todo.append((self._tuple, item, len(item.elts)))
                todo.extend(reversed(item.elts))
            elif kind is ast.Lambda:
                self._function(item)
            else:
                found.append(self._literal(item))

    def _value(self, source: ast.expr) -> Value:
        """The value of an expression, when nothing else is on the stack."""
        values = self._values_of_names(source) if type(source) is ast.Call else None
        if values is None:
            self._todo.append(source)
        else:
            value = self._call(source, values)  # type: ignore[arg-type]
            if value is not None:
                return value
        self._run()
        return self._found.pop()

    def _values_of_names(self, call: ast.Call) -> list[Value] | None:
        """Callee and arguments of a call when all of them are names, as most are; else None."""
        if call.keywords:
            return None
        known = self._scope.known
        values: list[Value] = []
        for part in (call.func, *call.args):
            if type(part) is not ast.Name:
                return None
            value = known.get(part.id)
            if value is None or type(value) is Unusable:
                value = self._name(part)
            values.append(value)  # type: ignore[arg-type]
        return values

    def _begin(self, statement: ast.stmt) -> None:
        if type(statement) is ast.Assign:
            self._todo.append((self._assign, statement.targets, 1))
            self._todo.append(statement.value)
        elif type(statement) is ast.AnnAssign and statement.value is not None:
            self._todo.append((self._assign, [statement.target], 1))
            self._todo.append(statement.value)
        elif type(statement) is ast.FunctionDef:
            target = ast.copy_location(ast.Name(statement.name, ast.Store()), statement)
            self._todo.append((self._assign, [target], 1))
            self._function(statement)
        elif type(statement) is ast.Expr:
            reason = f"an expression whose value is not used; {ACCEPTED}"
            raise self.refusal(statement, reason, "expression whose value is not used")
        else:
            reason = f"{shown(statement)} is not accepted; {ACCEPTED}"
            raise self.refusal(statement, reason, kind_of(statement))

    def _assign(self, targets: list[ast.expr], values: list[Value]) -> None:
        if len(targets) == 1 and type(targets[0]) is ast.Name:
            self._set(targets[0], values[0])
            return
        pairs = [(target, values[0]) for target in reversed(targets)]
        while pairs:
            target, value = pairs.pop()
            if type(target) is ast.Name:
                self._set(target, value)
            elif isinstance(target, ast.Tuple | ast.List):
                pairs += reversed(self._unpacked(target, value))
            else:
                reason = "an assignment must be to names"
                raise self.refusal(target, reason, "assignment to something other than names")

    def _set(self, target: ast.Name, value: Value) -> None:
        name, scope = target.id, self._scope
        if scope.is_captured and name in scope.known:
            if name in scope.frozen:
                reason = f"{quote(name)} is assigned again after a function that reads it was handed on"
                raise self.refusal(target, f"{reason}; use another name", "name assigned again")
            self._rebound += 1
        scope.known[name] = value
        if type(value) is int and value >= 0 and self.graph.kinds[value] == CALL:
            self.labels.setdefault(value, self._prefix + name)

    def _unpacked(self, target: ast.Tuple | ast.List, value: Value) -> list[tuple[ast.expr, Value]]:
        for part in target.elts:
            if type(part) is ast.Starred:
                raise self.refusal(part, "a starred name in an assignment is not accepted", "starred name")
        try:
            return list(zip(target.elts, unpacked(self._terms, value, len(target.elts)), strict=True))
        except InputError as error:
            raise self.refusal(target, str(error), "wrong number of values to unpack") from None

    def _name(self, source: ast.Name) -> Value:
        name = source.id
        scope: Scope | None = self._scope
        while scope is not None:
            if name in scope.known or name in scope.assigned:
                return self._of_file(source, scope)
            scope = scope.parent
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._of_dsl(source)
        return known

    def _of_file(self, source: ast.Name, scope: Scope) -> Value:
        name = source.id
        value = scope.known.get(name)
        if value is None:
            reason = f"{quote(name)} is read before it is assigned"
            raise self.refusal(source, reason, "name read before it is assigned", quote(name))
        if isinstance(value, Unusable):
            here = f"{quote(name)} is defined in this file (line {value.line})"
            why = value.reason or "only functions and constants of a file are known"
            raise self.refusal(source, f"{here}; {why}", "name that the file defines otherwise", quote(name))
        return value

    def _of_dsl(self, source: ast.Name) -> int:
        name = source.id
        aliases = self._aliases
        if aliases and name in aliases.constants:
            return self.graph.constant(aliases.constants[name])
        if aliases:
            name = aliases.primitives.get(name, name)
        for constants in (CONSTANTS, USER_CONSTANTS):
            if name in constants:
                return self.graph.constant(constants[name])
        if name in REGISTRY:
            try:
                return self.graph.primitive(name)
            except InputError as error:
                raise self.refusal(source, str(error), "name with another use") from None
        if name in ("S", "I", "C"):
            here = quote(self._scope.name or self.program or "this file")
            raise self.refusal(source, f"{name} is not a parameter of {here}", "unknown name", name)
        raise self.refusal(source, f"unknown name {quote(name)}{self._near(name)}", "unknown name", quote(name))

    def _near(self, name: str) -> str:
        """A suggestion for an unknown name; for the first few of a file only, since each takes a while."""
        self._suggested += 1
        if self._suggested > _SUGGESTED:
            return ""
        aliases = self._aliases or Aliases()
        known = [*(item.name for item in REGISTRY), *CONSTANTS, *USER_CONSTANTS]
        return nearest(name, [*known, *aliases.primitives, *aliases.constants])

    def _literal(self, source: ast.expr) -> int:
        sign, literal = 1, source
        if type(source) is ast.UnaryOp and type(source.op) is ast.USub:
            sign, literal = -1, source.operand
        try:
            if type(literal) is ast.Constant and type(literal.value) is int:
                return self.graph.constant(sign * literal.value)
            if type(source) is ast.Constant and type(source.value) is bool:
                return self.graph.constant(source.value)
        except InputError as error:
            raise self.refusal(source, str(error), "constant out of bounds") from None
        raise self.refusal(source, f"{shown(source)} is not accepted; {ACCEPTED}", kind_of(source))

    def _tuple(self, source: ast.Tuple, parts: list[Value]) -> Value:
        graph = self.graph
        if not all(type(part) is int and part >= 0 and graph.kinds[part] == CONSTANT for part in parts):
            return self._parts_of(parts)
        return self._joined(source, parts)  # type: ignore[arg-type]

    def _operands(self, call: ast.Call) -> list[ast.expr]:
        for argument in call.args:
            if type(argument) is ast.Starred:
                raise self.refusal(argument, "a starred argument is not part of a program", "starred argument")
        if not call.keywords:
            return [call.func, *call.args]
        for keyword in call.keywords:
            if keyword.arg is None:
                raise self.refusal(keyword.value, "a ** argument is not part of a program", "starred argument")
        return [call.func, *call.args, *(keyword.value for keyword in call.keywords)]

    def _call(self, source: ast.Call, parts: list[Value]) -> Value | None:
        for part in parts:
            if type(part) is not int:
                return self._call_with_functions(source, parts)
        if source.keywords:
            parts = self._in_order(source, parts)
        try:
            return self._terms.call(parts)  # type: ignore[arg-type]
        except InputError as error:
            raise self._not_callable(source, parts, error) from None

    def _not_callable(self, source: ast.Call, parts: list[Any], error: InputError) -> ProgramError:
        name = self._primitive(parts[0])
        kind = "wrong number of arguments" if name else "call of what is no function"
        return self.refusal(source, str(error), kind, name or "")

    def _primitive(self, callee: int) -> str | None:
        """The name of the primitive that is called; None when it is none."""
        if callee < 0 or self.graph.kinds[callee] != PRIMITIVE:
            return None
        return str(self.graph.values[callee])

    def _in_order(self, source: ast.Call, parts: list[Value]) -> list[Value]:
        """Callee and arguments, those given by keyword in the order of the primitive's parameters."""
        callee = parts[0]
        name = self._primitive(callee) if isinstance(callee, int) else None
        if name is None:
            reason = "a computed function takes positional arguments only, no keywords"
            raise self.refusal(source, reason, "keyword for a computed function")
        try:
            return [callee, *in_order(source, name, REGISTRY[name].parameters, parts[1:])]
        except InputError as error:
            raise self.refusal(source, str(error), "wrong arguments", name) from None

    def _call_with_functions(self, source: ast.Call, parts: list[Value]) -> Value | None:
        callee, *args = parts
        if isinstance(callee, Closure):
            definition = self._definition(callee.source)
            try:
                bound = bound_arguments(source, definition, callee, args)
            except InputError as error:
                raise self.refusal(source, str(error), "wrong number of arguments", quote(definition.name)) from None
            return self._inline(source, callee, bound)
        if not isinstance(callee, int):
            raise self.refusal(source, "a tuple is no function", "call of what is no function")
        if source.keywords:
            args = self._in_order(source, parts)[1:]
        name = self._primitive(callee)
        function = args[0] if len(args) == 2 and name in ("lbind", "rbind") else None
        if isinstance(function, Closure) and arity(self._definition(function.source), function) in (2, 3, 4):
            return with_fixed(function, name or "", args[1])
        self._todo.append((self._call_of_nodes, source, len(parts)))
        for place, arg in reversed(list(enumerate(args))):
            handed = Handed(source, arg, outlives(name, place), takes_pairs(name, place))
            self._todo.append((self._hand_on, handed, 0))
        self._found.append(callee)
        return None

    def _call_of_nodes(self, source: ast.Call, parts: list[Any]) -> int:
        try:
            if not any(type(part) is Pairwise for part in parts):
                return self._terms.call(parts)
            callee, function, *others = parts
            return self._paired(self.graph.values[callee], function, others)
        except InputError as error:
            raise self._not_callable(source, parts, error) from None
