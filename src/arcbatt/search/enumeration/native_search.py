"""The search of the native engine, as it is called from here: grammar and limits as tuples, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeAlias

from arcbatt.arc import Challenge
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.callbacks import PLAIN
from arcbatt.engine.native_module import native_module
from arcbatt.errors import InputError
from arcbatt.search.enumeration.grammar import Grammar
from arcbatt.search.enumeration.limits import EnumerationLimits

__all__ = ["FRAGMENT", "NativeAnswer", "NativeNode", "NativeSearch", "native_search"]

NativeNode: TypeAlias = tuple[int, Any, list[int]]
"""A node of a program: its kind, its value, its operands as places among the nodes before it."""
NativeAnswer: TypeAlias = tuple[list[NativeNode], int, int, str]
"""The nodes of a program, the place of the one that it returns, its cost, the name of its goal."""
FRAGMENT: Final = 4
"""The kind of a node that stands for a fragment, beside the kinds of :mod:`arcbatt.program.graph`."""


class NativeSearch(Protocol):
    """``arcbatt_native.Search``."""

    def advance(self, most_nodes: int, is_main: bool, /) -> list[NativeAnswer]:
        """Goes on until there are answers, or so many further nodes, or the end; ``is_main`` looks for Ctrl-C."""

    def add_fragments(self, scope: Any, programs: Any, costs: list[int], /) -> None:
        """Adds programs of a native scope as expressions; to be called before the search begins."""

    def report(self) -> tuple[int, int, int, int, int, int, float, int, int, str | None]:
        """The fields of :class:`~arcbatt.search.enumeration.EnumerationReport` in their order, the end as its name."""

    def work_in_bulk(self, rules: Sequence[bool], least: int, most: int, /) -> None:
        """Lets a device work for it, which can evaluate these productions; to be called before the search begins."""

    def is_waiting(self) -> bool:
        """Whether it waits for a device; until it was answered `advance` does nothing."""

    def wanted(self) -> Sequence[Any] | None:
        """What it waits for, as :meth:`arcbatt.engine.cuda.enumeration.wanted.Wanted.of` reads it; None for nothing."""

    def give(self, outcomes: bytes, sizes: bytes, fits: bytes, values: bytes, home: int, /) -> None:
        """Takes an :class:`~arcbatt.engine.cuda.enumeration.wanted.Answer`; ValueError when it cannot be one."""

    def want_less(self) -> bool:
        """Halves what it waits for; False where that would be too little to ask."""

    def give_up(self) -> None:
        """Goes on without a device."""

    def near_misses(self) -> list[NativeAnswer]:
        """Programs as :meth:`arcbatt.search.enumeration.Enumeration.near_misses` gives them."""

    def entry(self, number: int, /) -> tuple[list[NativeNode], int, int, list[Any] | None]:
        """Nodes, number of the kind, cost and values of an expression."""

    def partial_fits(self) -> list[tuple[int, int]]:
        """See :attr:`~arcbatt.search.enumeration.Enumeration.partial_fits`."""

    def __len__(self) -> int:
        """Number of expressions."""


def native_search(task: Challenge, limits: EnumerationLimits, grammar: Grammar, stop: Any) -> NativeSearch:
    """A search that has not begun.

    Args:
        task: the task.
        stop: an ``arcbatt_native.Stop``, which ends the search from another thread.

    Raises:
        InputError: the grammar has a leaf that is no value of its kind.
    """
    arcbatt_native = native_module()

    numbers = grammar.numbers
    kinds = [(kind.form, kind.is_offered) for kind in grammar.kinds]
    leaves = [
        (
            leaf.what == "variable",
            REGISTRY[leaf.value].function if leaf.what == "primitive" else leaf.value,
            numbers[leaf.kind],
            leaf.cost,
        )
        for leaf in grammar.leaves
    ]
    productions = [
        (
            item.primitive,
            [numbers[kind] for kind in item.arguments],
            numbers[item.result],
            item.cost,
            item.symmetric,
            item.is_distinct,
        )
        for item in grammar.productions
    ]
    bounds = (
        limits.nodes,
        limits.fuel,
        limits.node_fuel,
        limits.seconds,
        limits.memory_bytes,
        limits.answers,
        limits.cost,
    )
    outputs = [arcbatt_native.Value(output, PLAIN) for _, output in task.pairs]
    inputs = [arcbatt_native.Value(sample.input, PLAIN) for sample in task.samples]
    try:
        search: NativeSearch = arcbatt_native.Search(PLAIN, kinds, leaves, productions, bounds, outputs, inputs, stop)
    except ValueError as error:
        raise InputError(f"this grammar cannot be searched: {error}") from None
    return search
