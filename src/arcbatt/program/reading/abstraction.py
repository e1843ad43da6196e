"""Functions written with the DSL's combinators: ``lambda x: fill(x, 3, ofcolor(x, 0))`` without ``lambda``.

A function of one parameter can always be written so, by the shape of its body::

    x                          identity
    f(x)                       f
    f(g(x))                    compose(f, g); chain for three, power for the same one again and again
    f(x, c)    f(c, x)         rbind(f, c)    lbind(f, c)
    g(x) == c                  matcher(g, c)
    f(g(x), h(x))              fork(f, g, h)
    c                          lbind(lbind(branch, T), c)
    f(x, c, g(x)), f(x)(x)     first(apply(..., repeat(..., 1))), which calls a function that is computed

Of more parameters there is no composition in the DSL; such a function is a primitive with arguments fixed. What does
not depend on the parameters becomes a node, so it is computed once, also where the function is never called.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from arcbatt.errors import InputError
from arcbatt.program.reading.terms import Terms

__all__ = ["function_of_many", "function_of_one"]

_LONGEST: Final = 27
"""Most functions of one composition that are arranged together; built functions may be 64 levels deep."""
_MAX_FIXED: Final = 4
"""Most parameters of a function of which ``lbind`` and ``rbind`` can fix some."""


def function_of_one(terms: Terms, parameter: int, body: int) -> int:
    """The function ``parameter -> body``: a node, or a term when the body holds other parameters too.

    Linear in the body. A part that stands in it several times is computed as often.

    Raises:
        InputError: a function of more than four parameters has some fixed, or a computed one is called without any.
    """
    if not terms.holds(body, parameter):
        always = terms.primitive("lbind", terms.graph.primitive("branch"), terms.graph.constant(True))
        return terms.primitive("lbind", always, body)
    return _Abstraction(terms, parameter).function(body)


def function_of_many(terms: Terms, parameters: Sequence[int], body: int) -> int | None:
    """The function of several parameters, when it is another one with arguments fixed on the left or right; else None.

    Raises:
        InputError: as :func:`function_of_one`.
    """
    callee, *args = terms.operands(body) or (body,)
    wanted = list(parameters)
    for start in range(len(args) - len(wanted) + 1):
        end = start + len(wanted)
        others = [callee, *args[:start], *args[end:]]
        if args[start:end] == wanted and not any(terms.holds(part, p) for part in others for p in wanted):
            return _fixed(terms, callee, args, start, end)
    return None


class _Abstraction:
    """The functions of one parameter that the terms of a body are."""

    def __init__(self, terms: Terms, parameter: int) -> None:
        self._terms = terms
        self._parameter = parameter
        # For each term the functions that are applied one after the other, the last of them first.
        self._stages: dict[int, list[int]] = {parameter: []}

    def function(self, body: int) -> int:
        """The function of a term that holds the parameter."""
        for term in self._unread(body):
            self._stages[term] = self._applied_in_turn(term)
        return self._composed(self._stages[body])

    def _unread(self, body: int) -> list[int]:
        """Terms in the body that hold the parameter and were not looked at, those that others are made of first."""
        found: set[int] = set()
        todo = [body]
        while todo:
            term = todo.pop()
            if term not in found and term not in self._stages and self._holds(term):
                found.add(term)
                todo += self._terms.operands(term)
        return sorted(found, reverse=True)

    def _applied_in_turn(self, term: int) -> list[int]:
        callee, *args = self._terms.operands(term)
        places = [place for place, arg in enumerate(args) if self._holds(arg)]
        inner = {args[place] for place in places}
        if self._holds(callee):
            return [self._computed(callee, args)]
        if len(inner) > 1:
            return [self._forked(callee, args, places)]
        (only,) = inner
        if only == self._parameter:
            return [self._of_parameter(callee, args, places)]
        if self._terms.callee(term) == "equality" and len(places) == 1:
            return [self._terms.primitive("matcher", self.function(only), args[1 - places[0]])]
        stage = self._of_parameter(callee, [self._parameter if arg == only else arg for arg in args], places)
        rest = self._stages[only]
        return [stage, *rest] if len(rest) < _LONGEST else [stage, self._composed(rest)]

    def _of_parameter(self, callee: int, args: list[int], places: list[int]) -> int:
        """The function of a call whose arguments are the parameter itself and what does not hold it."""
        if len(places) == 1:
            return _fixed(self._terms, callee, args, places[0], places[0] + 1)
        return self._forked(callee, args, places)

    def _forked(self, callee: int, args: list[int], places: list[int]) -> int:
        first, second = places[0], places[1]
        if len(places) == 2 and second == first + 1:
            both = _fixed(self._terms, callee, args, first, second + 1)
            return self._terms.primitive("fork", both, self.function(args[first]), self.function(args[second]))
        return self._computed(callee, args)

    def _computed(self, callee: int, args: list[int]) -> int:
        """The function of a call that fixes all arguments but the last one by one, and then calls what that gives."""
        terms = self._terms
        if not args:
            raise InputError("a function that is computed from a parameter must be called with an argument")
        function = callee
        for arg in args[:-1]:
            function = _bound(terms, "lbind", function, arg, len(args))
        once = terms.primitive("repeat", args[-1], terms.graph.constant(1))
        return self.function(terms.primitive("first", terms.primitive("apply", function, once)))

    def _composed(self, stages: list[int]) -> int:
        runs = [(function, len(list(run))) for function, run in groupby(stages)]
        count = self._terms.graph.constant
        functions = [function if n == 1 else self._terms.primitive("power", function, count(n)) for function, n in runs]
        return self._nested(functions)

    def _nested(self, functions: list[int]) -> int:
        """One function of many that are applied in turn, as few levels deep as can be."""
        if not functions:
            return self._terms.graph.primitive("identity")
        if len(functions) == 1:
            return functions[0]
        if len(functions) == 2:
            return self._terms.primitive("compose", *functions)
        size, more = divmod(len(functions), 3)
        one = size + (more > 0)
        two = one + size + (more > 1)
        parts = functions[:one], functions[one:two], functions[two:]
        return self._terms.primitive("chain", *map(self._nested, parts))

    def _holds(self, term: int) -> bool:
        return self._terms.holds(term, self._parameter)


def _fixed(terms: Terms, callee: int, args: Sequence[int], start: int, end: int) -> int:
    """A function with all arguments fixed but those from one place to another."""
    function = callee
    for arg in reversed(args[end:]):
        function = _bound(terms, "rbind", function, arg, len(args))
    for arg in args[:start]:
        function = _bound(terms, "lbind", function, arg, len(args))
    return function


def _bound(terms: Terms, side: str, function: int, arg: int, arity: int) -> int:
    if arity > _MAX_FIXED:
        raise InputError(f"of a function of more than {_MAX_FIXED} parameters none can be fixed")
    return terms.primitive(side, function, arg)
