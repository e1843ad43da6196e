"""Calls of a file's own functions: their bodies are read with the arguments for the parameters.

Nothing recurses: what is left to do stands on a stack, and so do inlined calls. A call with the same arguments is
inlined once for each program; a budget bounds the rest.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

from arcbatt.program.graph import Graph
from arcbatt.program.reading.aliases import Aliases
from arcbatt.program.reading.scopes import Closure, Definition, Parts, Scope, Value, definition_of
from arcbatt.program.reading.terms import Terms
from arcbatt.program.refusals import ProgramError, quote

__all__ = ["MAX_INLINED", "MAX_INLINED_FILE", "MAX_NESTED_CALLS", "Inlining"]

MAX_NESTED_CALLS: Final = 1_000
"""Most calls of a file's own functions inside each other."""
MAX_INLINED: Final = 300_000
"""Most pieces of syntax that are read in inlined calls for one program."""
MAX_INLINED_FILE: Final = 3_000_000
"""Most pieces of syntax that are read in inlined calls for one file."""

Finish: TypeAlias = "tuple[Callable[[Any, list[Any]], Value | None], Any, int]"
"""What is done with the values of some parts, something to go with it, and how many values they are."""


class _Call(NamedTuple):
    """An inlined call that is being read."""

    closure: Closure
    caller: Scope
    key: tuple[Any, ...]
    plain: bool


class Inlining:
    """The state of reading a file, and how its functions are called.

    Args:
        graph: where the nodes go.
        path: the file, for refusals.
        aliases: other names for primitives and constants.

    Attributes:
        graph: as given.
        path: as given.
        module: the scope of the file; who reads the file fills it.
        labels: names to which the nodes of calls were assigned, the first ones; those of inlined functions as
            ``function.name``. :meth:`begin` exchanges it.
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
        self._tuples: dict[tuple[Value, ...], Parts] = {}
        self._rebound = 0
        self._suggested = 0
        self._inlined = self._inlined_file = 0
        self._scope = self.module
        self._prefix = ""
        self._todo: list[ast.expr | Finish] = []
        self._found: list[Value] = []
        self._calls: list[_Call] = []
        self._active: set[Closure] = set()
        self._level = 0

    def begin(self, program: str) -> None:
        """Begins with another program: its own labels and its own budget."""
        self.program = program
        self.labels = {}
        self._results = {}
        self._tuples = {}
        self._inlined = 0

    def close(self) -> None:
        """Lets go of the file's syntax tree, which its functions and their scope hold in a circle."""
        self.module.known.clear()

    def refusal(self, where: ast.AST, reason: str, kind: str, name: str = "") -> ProgramError:
        """The error that refuses a program, at the line of a part of the file."""
        if self._calls and self.program:
            inlined = self._definition(self._calls[-1].closure.source).name
            reason = f"{reason} (in {quote(inlined)}, which {quote(self.program)} uses)"
        return ProgramError(self.path, getattr(where, "lineno", 1), reason, kind, name)

    def _forget(self) -> None:
        """Drops what is left to do, after a refusal."""
        self._todo.clear()
        self._found.clear()
        self._calls.clear()
        self._active.clear()
        self._level = 0
        self._prefix = ""

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

    def _definition(self, source: ast.FunctionDef | ast.Lambda) -> Definition:
        """A function as its text has it.

        Raises:
            ProgramError: it has a decorator or parameters that are not accepted.
        """
        known = self._definitions.get(source)
        if known is None:
            if isinstance(source, ast.FunctionDef) and source.decorator_list:
                raise self.refusal(source.decorator_list[0], "a decorator is not part of a program", "decorator")
            if source.args.vararg or source.args.kwarg:
                raise self.refusal(source, "parameters must be plain names, without * or **", "parameter with a star")
            known = self._definitions[source] = definition_of(source)
        return known

    def _inline(self, source: ast.expr, closure: Closure, bound: dict[str, Value]) -> Value | None:
        """Reads the body of a function, unless it was read with these arguments before."""
        definition = self._definition(closure.source)
        key = (closure, tuple([bound[name] for name in definition.parameters]), self._rebound)
        known = self._results.get(key)
        if known is not None:
            return known
        plain = all(type(value) is int for value in bound.values())
        self._check_nesting(source, closure, definition, plain)
        self._charge(source, definition.size, definition.name)
        self._calls.append(_Call(closure, self._scope, key, plain))
        if plain:
            self._active.add(closure)
        self._scope = Scope(definition.name, dict(bound), definition.locals, closure.scope)
        self._todo.append((self._leave, self._prefix, 1))
        self._todo.append((self._step, (definition, 0), 0))
        self._prefix = f"{definition.name}."
        return None

    def _leave(self, prefix: str, values: list[Value]) -> Value:
        closure, self._scope, key, plain = self._calls.pop()
        if plain:
            self._active.remove(closure)
        self._prefix = prefix
        self._results[key] = values[0]
        return values[0]

    def _check_nesting(self, source: ast.expr, closure: Closure, definition: Definition, plain: bool) -> None:
        # Nothing in a program depends on values. So a function that calls itself does so again and again, unless it
        # gets from outside what to call.
        if plain and closure in self._active:
            reason = f"{quote(definition.name)} calls itself; recursion is not accepted"
            raise self.refusal(source, reason, "recursion", quote(definition.name))
        if len(self._calls) >= MAX_NESTED_CALLS:
            reason = f"calls of functions of the file are more than {MAX_NESTED_CALLS:,} levels deep"
            raise self.refusal(source, reason, "calls nested too deeply", quote(definition.name))

    def _charge(self, source: ast.expr, size: int, name: str) -> None:
        self._inlined += size
        self._inlined_file += size
        for spent, limit, where in (
            (self._inlined, MAX_INLINED, "program"),
            (self._inlined_file, MAX_INLINED_FILE, "file"),
        ):
            if spent > limit:
                reason = f"more than {limit:,} pieces of syntax in one {where} when its functions are inlined"
                raise self.refusal(source, reason, "too much to inline", quote(name))

    def _parts_of(self, items: list[Value]) -> Parts:
        """The tuple of some values."""
        key = tuple(items)
        known = self._tuples.get(key)
        if known is None:
            is_plain = all(isinstance(item, int) or (isinstance(item, Parts) and item.is_plain) for item in items)
            known = self._tuples[key] = Parts(key, is_plain)
        return known

    def _step(self, at: tuple[Definition, int], _: list[Value]) -> None:
        """Reads a statement of an inlined function."""
        definition, place = at
        if place == len(definition.statements):
            self._no_return(definition)
        statement = definition.statements[place]
        if type(statement) is ast.Return:
            self._todo.append(self._returned(definition, place))
        else:
            self._todo.append((self._step, (definition, place + 1), 0))
            self._begin(statement)

    def _returned(self, definition: Definition, place: int) -> ast.expr:
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

    def _begin(self, statement: ast.stmt) -> None:
        """Puts what reads a statement on the stack."""
        raise NotImplementedError
