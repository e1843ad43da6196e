"""The file's own functions as values: handed to a primitive, or returned."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any, Final, NamedTuple

from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.reading.abstraction import function_of_many, function_of_one
from arcbatt.program.reading.arguments import arity
from arcbatt.program.reading.inlining import Inlining
from arcbatt.program.reading.scopes import Closure, Definition, Pairwise, Parts, Scope, Unusable, Value
from arcbatt.program.reading.unpacking import joined
from arcbatt.program.refusals import quote

__all__ = ["Handed", "Handing", "outlives", "takes_pairs", "with_fixed"]

_PAIRED: Final = {"papply": ("apply", "pair"), "mpapply": ("mapply", "pair"), "prapply": ("apply", "product")}


class Handed(NamedTuple):
    """A value that becomes a node: where, whether it outlives the call, and whether it may take a pair instead."""

    source: ast.expr
    value: Value
    outlives: bool = True
    pairwise: bool = False


class Handing(Inlining):
    """Makes nodes of what is none yet."""

    def _hand_on(self, handed: Handed, _: list[Value]) -> Value | None:
        """Makes a node of a value."""
        value = handed.value
        if isinstance(value, Closure):
            return self._hand_on_function(handed, value)
        if isinstance(value, Parts) and value.node is None:
            self._charge(handed.source, len(value.items), "tuple")
            self._todo.append((self._tuple_made, (handed.source, value), len(value.items)))
            for part in reversed(value.items):
                self._todo.append((self._hand_on, Handed(handed.source, part), 0))
            return None
        return value.node if isinstance(value, Parts) else value

    def _tuple_made(self, data: tuple[ast.expr, Parts], items: list[int]) -> int:
        source, parts = data
        node = self._joined(source, items)
        if parts.is_plain:
            parts.node = node
        return node

    def _hand_on_function(self, handed: Handed, closure: Closure) -> Value | None:
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

    def _write(self, data: tuple[Handed, list[int]], values: list[Value]) -> Value | None:
        """Writes a function with the DSL's combinators, from its parameters and its result."""
        handed, parameters = data
        body = values[0]
        if type(body) is not int:
            self._todo.append((self._write, data, 1))
            self._todo.append((self._hand_on, Handed(handed.source, body), 0))
            return None
        self._level -= len(parameters)
        try:
            if len(parameters) == 1:
                return function_of_one(self._terms, parameters[0], body)
            written = function_of_many(self._terms, parameters, body)
        except InputError as error:
            raise self.refusal(handed.source, str(error), "function that cannot be handed on") from None
        return self._write_pairwise(handed, len(parameters)) if written is None else written

    def _write_pairwise(self, handed: Handed, count: int) -> Value | None:
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
        return self._inline(handed.source, handed.value, self._filled(definition, handed.value, ends))

    def _pairwise(self, _: None, values: list[Any]) -> Pairwise:
        return Pairwise(values[0])

    def _freeze(self, closure: Closure) -> None:
        """Forbids later assignments to the names that a function reads: Python would see the new values, a node not."""
        todo: list[Value | Unusable | None] = [closure]
        seen: set[Closure | Parts] = set()
        while todo:
            value = todo.pop()
            if not isinstance(value, Closure | Parts) or value in seen:
                continue
            seen.add(value)
            if isinstance(value, Parts):
                todo += value.items
            else:
                todo += [*value.defaults.values(), *value.before, *value.after]
                for name in self._definition(value.source).free:
                    scope: Scope | None = value.scope
                    while scope is not None and name not in scope.assigned and name not in scope.known:
                        scope = scope.parent
                    if scope is not None:
                        scope.frozen.add(name)
                        todo.append(scope.known.get(name))

    def _joined(self, source: ast.expr, parts: list[int]) -> int:
        try:
            return joined(self._terms, parts)
        except InputError as error:
            raise self.refusal(source, str(error), "constant out of bounds") from None

    def _paired(self, name: str, function: Pairwise, others: list[int]) -> int:
        """The call of a primitive with a function that takes a pair where the primitive would give it two arguments.

        Raises:
            InputError: the primitive takes another number of arguments.
        """
        if name == "fork":
            pair = self._terms.primitive("fork", self.graph.primitive("astuple"), *others)
            return self._terms.primitive("compose", function.node, pair)
        outer, inner = _PAIRED[name]
        return self._terms.primitive(outer, function.node, self._terms.primitive(inner, *others))


def takes_pairs(name: str | None, place: int) -> bool:
    """Whether a primitive calls the function at that place with two arguments that could be a pair."""
    return place == 0 and (name in _PAIRED or name == "fork")


def with_fixed(closure: Closure, side: str, value: Value) -> Closure:
    """A function of the file with one more argument fixed, as ``lbind`` or ``rbind`` does."""
    if side == "lbind":
        return replace(closure, before=(*closure.before, value))
    return replace(closure, after=(value, *closure.after))


def outlives(name: str | None, place: int) -> bool:
    """Whether a function that is handed to a primitive may be called after the call of the primitive has ended."""
    if name is None or place >= REGISTRY[name].arity:
        return True
    return REGISTRY[name].types[place] != "Callable" or REGISTRY[name].result == "Callable"
