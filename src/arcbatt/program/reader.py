"""Expressions and statements of a file as nodes of a graph.

Names mean what they mean in Python: a name that a function assigns anywhere is local to it throughout; any other is
looked up in the functions around it, then in the file, then among the aliases and the names of the DSL. A call of one
of the file's own functions is inlined: its body is read with the arguments for its parameters. A function of the file
that is handed on is written with the DSL's combinators (:mod:`arcbatt.program.abstraction`).

Nothing is evaluated and nothing recurses: what is left to do stands on a stack, and so do inlined calls. A call with
the same arguments is inlined once; a budget bounds the rest.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

from arcbatt.dsl.constants import CONSTANTS, USER_CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.abstraction import function_of_many, function_of_one
from arcbatt.program.aliases import Aliases
from arcbatt.program.arguments import arity, bound_arguments, in_order
from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE, Graph
from arcbatt.program.refusals import ProgramError, quote
from arcbatt.program.scopes import Closure, Definition, Pairwise, Parts, Scope, Unusable, Value, definition_of
from arcbatt.program.similar import nearest
from arcbatt.program.terms import Terms
from arcbatt.program.unpacking import joined, unpacked
from arcbatt.program.words import kind_of, shown

__all__ = ["MAX_INLINED", "MAX_INLINED_FILE", "MAX_NESTED_CALLS", "Reader"]

MAX_NESTED_CALLS: Final = 1_000
"""Most calls of a file's own functions inside each other."""
MAX_INLINED: Final = 300_000
"""Most pieces of syntax that are read in inlined calls for one program."""
MAX_INLINED_FILE: Final = 10_000_000
"""Most pieces of syntax that are read in inlined calls for one file."""

ACCEPTED: Final = "a program is assignments of calls of primitives, constants, ints, bools and tuples of them"
_PAIRED: Final = {"papply": ("apply", "pair"), "mpapply": ("mapply", "pair"), "prapply": ("apply", "product")}

_Finish: TypeAlias = "tuple[Callable[[Any, list[Any]], Value | None], Any, int]"


class _Handed(NamedTuple):
    """A value that becomes a node: where, whether it outlives the call, and whether it may take a pair instead."""

    source: ast.expr
    value: Value
    outlives: bool = True
    pairwise: bool = False


class _Call(NamedTuple):
    """An inlined call that is being read."""

    closure: Closure
    caller: Scope
    key: tuple[Any, ...]


class Reader:
    """Reads one file into a graph.

    Args:
        graph: where the nodes go.
        path: the file, for refusals.
        aliases: other names for primitives and constants.

    Attributes:
        graph: as given.
        module: the scope of the file; who reads the file fills it.
        labels: names to which the nodes of calls were assigned, the first ones; those of inlined functions as
            ``function.name``. It is exchanged before each program.
        program: name of the program that is read, for refusals inside inlined functions.
    """

    def __init__(self, graph: Graph, path: str, aliases: Aliases | None = None) -> None:
        self.graph = graph
        self.path = path
        self.module = Scope("", {})
        self.labels: dict[int, str] = {}
        self.program = ""
        self._aliases = aliases
        self._terms = Terms(graph)
        self._known: dict[str, int] = {}
        self._definitions: dict[ast.AST, Definition] = {}
        self._results: dict[tuple[Any, ...], Value] = {}
        self._rebound = 0
        self._inlined = self._inlined_file = 0
        self._scope = self.module
        self._prefix = ""
        self._todo: list[ast.expr | _Finish] = []
        self._found: list[Value] = []
        self._calls: list[_Call] = []
        self._active: dict[Closure, int] = {}
        self._level = 0

    def begin(self, program: str) -> None:
        """Begins with another program: its own labels and its own budget."""
        self.program = program
        self.labels = {}
        self._results = {}
        self._inlined = 0

    def execute(self, statement: ast.stmt, scope: Scope) -> None:
        """Reads an assignment or a definition of a function.

        Raises:
            ProgramError: some part of it is refused.
        """
        self._scope = scope
        try:
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
            self._todo.append(source)
            self._run()
            value = self._found.pop()
            if type(value) is not int:
                self._todo.append((self._hand_on, _Handed(source, value), 0))
                self._run()
                value = self._found.pop()
        except BaseException:
            self._forget()
            raise
        assert isinstance(value, int)
        return value

    def refusal(self, where: ast.AST, reason: str, kind: str, name: str = "") -> ProgramError:
        """The error that refuses a program, at the line of a part of the file."""
        if self._calls and self.program:
            inlined = self._definition(self._calls[-1].closure.source).name
            reason = f"{reason} (in {quote(inlined)}, which {quote(self.program)} uses)"
        return ProgramError(self.path, getattr(where, "lineno", 1), reason, kind, name)

    # The stack: expressions to read, and what is done with the values of their parts.

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

    def _forget(self) -> None:
        """Drops what is left to do, after a refusal."""
        self._todo.clear()
        self._found.clear()
        self._calls.clear()
        self._active.clear()
        self._level = 0
        self._prefix = ""

    # Statements

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

    def _step(self, at: tuple[Definition, int], _: list[Value]) -> None:
        """Reads a statement of an inlined function."""
        definition, place = at
        if place == len(definition.statements):
            self._no_return(definition)
        statement = definition.statements[place]
        if type(statement) is ast.Return:
            self._todo.append(self.returned(definition, place))
        else:
            self._todo.append((self._step, (definition, place + 1), 0))
            self._begin(statement)

    def returned(self, definition: Definition, place: int) -> ast.expr:
        """What a ``return`` at that place of a function returns.

        Raises:
            ProgramError: nothing, or there are statements after it.
        """
        statement = definition.statements[place]
        assert isinstance(statement, ast.Return)
        if place + 1 < len(definition.statements):
            raise self.refusal(definition.statements[place + 1], "a statement after return", "statement after return")
        if statement.value is None:
            raise self.refusal(statement, "returns nothing; return a name or an expression", "no return")
        return statement.value

    def _no_return(self, definition: Definition) -> NoReturn:
        where = ast.Pass(lineno=definition.line)
        raise self.refusal(where, f"{quote(definition.name)} does not end with a return", "no return")

    # Expressions

    def _name(self, source: ast.Name) -> Value:
        name = source.id
        scope: Scope | None = self._scope
        while scope is not None:
            value = scope.known.get(name)
            if type(value) is Unusable:
                here = f"{quote(name)} is defined in this file (line {value.line})"
                why = value.reason or "only functions and constants of a file are known"
                raise self.refusal(source, f"{here}; {why}", "name that the file defines otherwise", quote(name))
            if value is not None:
                return value
            if name in scope.assigned:
                reason = f"{quote(name)} is read before it is assigned"
                raise self.refusal(source, reason, "name read before it is assigned", quote(name))
            scope = scope.parent
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._of_dsl(source)
        return known

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
        known = [*(item.name for item in REGISTRY), *CONSTANTS, *USER_CONSTANTS]
        known += [*aliases.primitives, *aliases.constants] if aliases else []
        raise self.refusal(source, f"unknown name {quote(name)}{nearest(name, known)}", "unknown name", quote(name))

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
            return Parts(parts)
        return self._joined(source, parts)  # type: ignore[arg-type]

    def _joined(self, source: ast.expr, parts: list[int]) -> int:
        try:
            return joined(self._terms, parts)
        except InputError as error:
            raise self.refusal(source, str(error), "constant out of bounds") from None

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
        return self._called(source, parts)  # type: ignore[arg-type]

    def _called(self, source: ast.AST, parts: list[int]) -> int:
        try:
            return self._terms.call(parts)
        except InputError as error:
            name = self._terms.graph.values[parts[0]] if parts[0] >= 0 else None
            kind = "wrong number of arguments" if isinstance(name, str) else "call of what is no function"
            raise self.refusal(source, str(error), kind, name if isinstance(name, str) else "") from None

    def _in_order(self, source: ast.Call, parts: list[Value]) -> list[Value]:
        """Callee and arguments, those given by keyword in the order of the primitive's parameters."""
        callee = parts[0]
        if not isinstance(callee, int) or callee < 0 or self.graph.kinds[callee] != PRIMITIVE:
            reason = "a computed function takes positional arguments only, no keywords"
            raise self.refusal(source, reason, "keyword for a computed function")
        name = self.graph.values[callee]
        try:
            return [callee, *in_order(source, name, REGISTRY[name].parameters, parts[1:])]
        except InputError as error:
            raise self.refusal(source, str(error), "wrong arguments", name) from None

    # Functions of the file

    def _function(self, source: ast.FunctionDef | ast.Lambda) -> None:
        """Makes a function of the file, after its defaults are read."""
        self._scope.is_captured = True
        args = source.args
        positional = [argument.arg for argument in (*args.posonlyargs, *args.args)]
        names = positional[len(positional) - len(args.defaults) :]
        defaults = list(args.defaults)
        for argument, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            if default is not None:
                names.append(argument.arg)
                defaults.append(default)
        self._todo.append((self._closure, (source, names), len(defaults)))
        self._todo.extend(reversed(defaults))

    def _closure(self, data: tuple[Any, list[str]], defaults: list[Value]) -> Closure:
        source, names = data
        return Closure(source, self._scope, dict(zip(names, defaults, strict=True)))

    def definition(self, closure: Closure) -> Definition:
        """A function as its text has it.

        Raises:
            ProgramError: it has a decorator or parameters that are not accepted.
        """
        return self._definition(closure.source)

    def _definition(self, source: ast.FunctionDef | ast.Lambda) -> Definition:
        known = self._definitions.get(source)
        if known is None:
            if isinstance(source, ast.FunctionDef) and source.decorator_list:
                raise self.refusal(source.decorator_list[0], "a decorator is not part of a program", "decorator")
            if source.args.vararg or source.args.kwarg:
                raise self.refusal(source, "parameters must be plain names, without * or **", "parameter with a star")
            known = self._definitions[source] = definition_of(source)
        return known

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
        name = self._terms.graph.values[callee] if callee >= 0 and self.graph.kinds[callee] == PRIMITIVE else None
        if name in ("lbind", "rbind") and len(args) == 2 and isinstance(args[0], Closure):
            if arity(self._definition(args[0].source), args[0]) in (2, 3, 4):
                return _bound(args[0], name, args[1])
        self._todo.append((self._call_of_nodes, source, len(parts)))
        for place, arg in reversed(list(enumerate(args))):
            handed = _Handed(source, arg, _outlives(name, place), place == 0 and (name in _PAIRED or name == "fork"))
            self._todo.append((self._hand_on, handed, 0))
        self._found.append(callee)
        return None

    def _call_of_nodes(self, source: ast.Call, parts: list[Any]) -> int:
        if not any(type(part) is Pairwise for part in parts):
            return self._called(source, parts)
        callee, function, *others = parts
        name = self.graph.values[callee]
        try:
            if name == "fork":
                pair = self._terms.primitive("fork", self.graph.primitive("astuple"), *others)
                return self._terms.primitive("compose", function.node, pair)
            outer, inner = _PAIRED[name]
            return self._terms.primitive(outer, function.node, self._terms.primitive(inner, *others))
        except InputError as error:
            raise self.refusal(source, str(error), "wrong number of arguments", name) from None

    def _inline(self, source: ast.expr, closure: Closure, bound: dict[str, Value]) -> Value | None:
        """Reads the body of a function, unless it was read with these arguments before."""
        definition = self._definition(closure.source)
        key = (closure, tuple([bound[name] for name in definition.parameters]), self._rebound)
        known = self._results.get(key)
        if known is not None:
            return known
        self._check_nesting(source, closure, definition, bound)
        self._charge(source, definition)
        self._calls.append(_Call(closure, self._scope, key))
        self._active[closure] = self._active.get(closure, 0) + 1
        self._scope = Scope(definition.name, dict(bound), definition.locals, closure.scope)
        self._todo.append((self._leave, self._prefix, 1))
        self._todo.append((self._step, (definition, 0), 0))
        self._prefix = f"{definition.name}."
        return None

    def _leave(self, prefix: str, values: list[Value]) -> Value:
        closure, self._scope, key = self._calls.pop()
        self._active[closure] -= 1
        self._prefix = prefix
        self._results[key] = values[0]
        return values[0]

    def _check_nesting(
        self, source: ast.expr, closure: Closure, definition: Definition, bound: dict[str, Value]
    ) -> None:
        # Nothing in a program depends on values, so the same call inside itself never ends. With functions as
        # arguments it may.
        plain = all(type(value) is int for value in bound.values())
        if plain and self._active.get(closure):
            reason = f"{quote(definition.name)} calls itself; recursion is not accepted"
            raise self.refusal(source, reason, "recursion", quote(definition.name))
        if len(self._calls) >= MAX_NESTED_CALLS:
            reason = f"calls of functions of the file are more than {MAX_NESTED_CALLS:,} levels deep"
            raise self.refusal(source, reason, "calls nested too deeply", quote(definition.name))

    def _charge(self, source: ast.expr, definition: Definition) -> None:
        self._inlined += definition.size
        self._inlined_file += definition.size
        for spent, limit, where in (
            (self._inlined, MAX_INLINED, "program"),
            (self._inlined_file, MAX_INLINED_FILE, "file"),
        ):
            if spent > limit:
                reason = f"more than {limit:,} pieces of syntax in one {where} when its functions are inlined"
                raise self.refusal(source, reason, "too much to inline", quote(definition.name))

    # Functions of the file as nodes

    def _hand_on(self, handed: _Handed, _: list[Value]) -> Value | None:
        """Makes a node of a value."""
        value = handed.value
        if isinstance(value, Closure):
            return self._hand_on_function(handed, value)
        if isinstance(value, Parts):
            self._todo.append((self._joined, handed.source, len(value)))
            for part in reversed(value):
                self._todo.append((self._hand_on, _Handed(handed.source, part), 0))
            return None
        return value

    def _hand_on_function(self, handed: _Handed, closure: Closure) -> Value | None:
        definition = self._definition(closure.source)
        count = arity(definition, closure)
        if count is None or count == 0:
            reason = f"{quote(definition.name)} must have parameters by position to be handed on as a value"
            raise self.refusal(handed.source, reason, "function that cannot be handed on", quote(definition.name))
        if handed.outlives:
            self._freeze(closure)
        parameters = self._parameters(count)
        self._todo.append((self._write, (handed, parameters), 1))
        return self._inline(handed.source, closure, self._filled(definition, closure, parameters))

    def _filled(self, definition: Definition, closure: Closure, args: list[int]) -> dict[str, Value]:
        given = [*closure.before, *args, *closure.after]
        return {**closure.defaults, **dict(zip(definition.parameters, given, strict=False))}

    def _parameters(self, count: int) -> list[int]:
        self._level += count
        return [self._terms.parameter(level) for level in range(self._level - count, self._level)]

    def _write(self, data: tuple[_Handed, list[int]], values: list[Value]) -> Value | None:
        """Writes a function with the DSL's combinators, from its parameters and its result."""
        handed, parameters = data
        body = values[0]
        if type(body) is not int:
            self._todo.append((self._write, data, 1))
            self._todo.append((self._hand_on, _Handed(handed.source, body), 0))
            return None
        self._level -= len(parameters)
        try:
            if len(parameters) == 1:
                return function_of_one(self._terms, parameters[0], body)
            written = function_of_many(self._terms, parameters, body)
        except InputError as error:
            raise self.refusal(handed.source, str(error), "function that cannot be handed on") from None
        return self._write_pairwise(handed, len(parameters)) if written is None else written

    def _write_pairwise(self, handed: _Handed, count: int) -> None:
        assert isinstance(handed.value, Closure)
        definition = self._definition(handed.value.source)
        if count != 2 or not handed.pairwise:
            reason = f"{quote(definition.name)} has {count} parameters and is no primitive with arguments fixed"
            reason += ", so the DSL has no way to hand it on; call it instead"
            raise self.refusal(handed.source, reason, "function that cannot be handed on", quote(definition.name))
        (pair,) = self._parameters(1)
        ends = [self._terms.primitive("first", pair), self._terms.primitive("last", pair)]
        self._todo.append((self._pairwise, None, 1))
        self._todo.append((self._write, (handed, [pair]), 1))
        value = self._inline(handed.source, handed.value, self._filled(definition, handed.value, ends))
        if value is not None:
            self._found.append(value)

    def _pairwise(self, _: None, values: list[Any]) -> Pairwise:
        return Pairwise(values[0])

    def _freeze(self, closure: Closure) -> None:
        """Forbids later assignments to the names that a function reads: Python would see the new values, a node not."""
        todo: list[Value | Unusable | None] = [closure]
        seen: set[Closure] = set()
        while todo:
            value = todo.pop()
            if isinstance(value, Parts):
                todo += value
            elif isinstance(value, Closure) and value not in seen:
                seen.add(value)
                todo += [*value.defaults.values(), *value.before, *value.after]
                for name in self._definition(value.source).free:
                    scope: Scope | None = value.scope
                    while scope is not None and name not in scope.assigned and name not in scope.known:
                        scope = scope.parent
                    if scope is not None:
                        scope.frozen.add(name)
                        todo.append(scope.known.get(name))


def _bound(closure: Closure, side: str, value: Value) -> Closure:
    if side == "lbind":
        return replace(closure, before=(*closure.before, value))
    return replace(closure, after=(value, *closure.after))


def _outlives(name: str | None, place: int) -> bool:
    """Whether a function that is handed to a primitive may be called after the call of the primitive has ended."""
    if name is None or place >= REGISTRY[name].arity:
        return True
    return REGISTRY[name].types[place] != "Callable" or REGISTRY[name].result == "Callable"
