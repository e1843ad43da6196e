"""Grammars: what expressions an enumeration may build. Data, made here or by hand, read by the native engine.

A *kind* is a class of expressions that may stand for each other, with a *form* that says which values belong to it:
``grid``, ``object``, ``indices``, ``color`` (0 to 9), ``count`` and the members of an ``offset`` (-1000 to 1000),
``truth``, ``function``, ``set of ...`` and ``tuple of ...`` (of 1 to 100 elements). What an expression gives on any
sample must be of the form, else the expression is dropped: so no grid is larger than 30 x 30 and no object is empty.

Functions have no outcome. Those of a form such as ``function from object to count`` are tried on probes, values that
the inputs suggest: two that give the same on all of them are one, and one that gives the same everywhere is dropped.
Those of the form ``function`` are distinguished by how they are built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError

__all__ = ["FORMS", "MAX_KINDS", "Grammar", "Kind", "Leaf", "Production"]

FORMS: Final = ("grid", "object", "indices", "color", "count", "truth", "offset", "function")
"""The forms of single values."""
MAX_KINDS: Final = 255
"""Most kinds of a grammar."""
_VALUE: Final = rf"((set|tuple) of ){{0,3}}({'|'.join(FORMS)})"
_FORM: Final = re.compile(rf"{_VALUE}|function from {_VALUE} to {_VALUE}")
_MOST_COST: Final = 1_000
_MOST_ITEMS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of expressions.

    Attributes:
        name: unique in its grammar; no spaces.
        form: which values belong to it, such as ``set of object``.
        is_offered: whether the goals look at its expressions, beside building on them.
    """

    name: str
    form: str
    is_offered: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """An expression without arguments.

    Attributes:
        what: ``variable`` (then the value is ``"I"``), ``constant``, or ``primitive`` (then it is the name of one that
            is handed on as a function).
        value: see above; a constant is an int, a bool or a tuple of them.
        kind: name of its kind.
        cost: 1 to 1000.
    """

    what: Literal["variable", "constant", "primitive"]
    value: Any
    kind: str
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Production:
    """A primitive for arguments of certain kinds.

    Attributes:
        primitive: its name; not a user's own one.
        arguments: names of kinds, as many as it has parameters.
        result: name of a kind. What gives other values on some sample is dropped, so it may be narrower than the
            primitive's type.
        cost: 1 to 1000; an expression costs this and what its arguments cost.
        symmetric: positions, from 0, of two arguments of one kind that may change places without changing the result;
            of the two orders one is left out.
        is_distinct: leave out calls with the same expression twice.
    """

    primitive: str
    arguments: tuple[str, ...]
    result: str
    cost: int = 1
    symmetric: tuple[int, int] | None = None
    is_distinct: bool = False

    def __str__(self) -> str:
        return f"{self.primitive}({', '.join(self.arguments)}) -> {self.result}"


@dataclass(frozen=True)
class Grammar:
    """Kinds, leaves and productions, each in the order in which they are looked at.

    Raises:
        InputError: a name is unknown or there twice, a number is out of range, a primitive has another number of
            parameters.
    """

    kinds: tuple[Kind, ...]
    leaves: tuple[Leaf, ...]
    productions: tuple[Production, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.kinds) <= MAX_KINDS:
            raise InputError(f"a grammar has 1 to {MAX_KINDS} kinds, not {len(self.kinds)}")
        if len(self.numbers) < len(self.kinds):
            raise InputError("a grammar's kinds have different names")
        for kind in self.kinds:
            if not _FORM.fullmatch(kind.form):
                raise InputError(f"kind {kind.name}: no form is called {kind.form!r}")
        if max(len(self.leaves), len(self.productions)) > _MOST_ITEMS:
            raise InputError(f"a grammar has at most {_MOST_ITEMS} leaves and productions")
        for leaf in self.leaves:
            self._check(f"leaf {leaf.value!r}", [leaf.kind], leaf.cost)
            if leaf.what == "primitive" and leaf.value not in REGISTRY:
                raise InputError(f"there is no primitive named {leaf.value!r}")
        for production in self.productions:
            self._check(str(production), [*production.arguments, production.result], production.cost)
            primitive = REGISTRY.get(production.primitive)
            if primitive is None or primitive.theme == "user":
                raise InputError(f"{production}: there is no built-in primitive of that name")
            if primitive.arity != len(production.arguments):
                raise InputError(f"{production}: {production.primitive} takes {primitive.arity} arguments")

    def _check(self, where: str, kinds: list[str], cost: int) -> None:
        unknown = [kind for kind in kinds if kind not in self.numbers]
        if unknown:
            raise InputError(f"{where}: no kind is called {unknown[0]!r}")
        if not 1 <= cost <= _MOST_COST:
            raise InputError(f"{where}: a cost is 1 to {_MOST_COST}, not {cost}")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each kind: its position."""
        return {kind.name: number for number, kind in enumerate(self.kinds)}

    @property
    def primitives(self) -> list[str]:
        """Names of the primitives that occur, called or handed on, in alphabetical order."""
        called = {production.primitive for production in self.productions}
        return sorted(called | {leaf.value for leaf in self.leaves if leaf.what == "primitive"})

    def restricted(self, *kinds: str) -> Grammar:
        """The part of it that needs no other kinds than these.

        Raises:
            InputError: there is no such kind.
        """
        self._check("restricted", list(kinds), 1)
        return replace(
            self,
            kinds=tuple(kind for kind in self.kinds if kind.name in kinds),
            leaves=tuple(leaf for leaf in self.leaves if leaf.kind in kinds),
            productions=tuple(item for item in self.productions if {*item.arguments, item.result} <= set(kinds)),
        )
