"""The typed operators: each looks at one use of a node in a program and returns what could stand there instead.

An operator changes nothing: it adds nodes to the scratch graph and returns one, or None when it finds nothing there.
Whether the changed program fits is checked once for all of them, by :func:`arcbatt.search.mutation.change.changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from arcbatt.search.mutation.drawing import Aids
from arcbatt.search.mutation.operators.arguments import cross_in, put_function, put_node, swap_arguments
from arcbatt.search.mutation.operators.constants import change_constant, literal_sites, put_literal, read_color
from arcbatt.search.mutation.operators.primitives import change_primitive
from arcbatt.search.mutation.operators.wrapping import strip_call, wrap_call
from arcbatt.search.mutation.view import Use, View

__all__ = ["OPERATORS", "Operator", "cross_in"]


class Operator(NamedTuple):
    """An operator: the uses that it can work on, and what it puts there."""

    sites: Callable[[View], Sequence[Use]]
    change: Callable[[View, Use, Aids, Random], int | None]


def _uses(view: View) -> list[Use]:
    return view.uses


OPERATORS: Final[Mapping[str, Operator]] = {
    "constant": Operator(lambda view: view.constants, change_constant),
    "primitive": Operator(lambda view: view.primitives, change_primitive),
    "node": Operator(_uses, put_node),
    "literal": Operator(literal_sites, put_literal),
    "function": Operator(lambda view: view.functions, put_function),
    "swap": Operator(lambda view: view.called, swap_arguments),
    "wrap": Operator(_uses, wrap_call),
    "strip": Operator(lambda view: view.called, strip_call),
    "sampled": Operator(lambda view: view.colors, read_color),
}
"""Every operator but ``cross``, which needs another program."""
