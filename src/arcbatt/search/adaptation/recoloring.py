"""Programs in other colors: the literal colors of a program, each replaced by one of the task's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from math import perm
from typing import Final

from arcbatt.search.adaptation.template import Template, Use
from arcbatt.search.mutation.roles import role_of

__all__ = ["MOST_WAYS", "recolored"]

MOST_WAYS: Final = 60
"""Most ways in which the colors of one program are replaced."""


def recolored(template: Template, colors: Sequence[int]) -> Iterator[int]:
    """Roots of a program with its literal colors replaced, different colors by different ones; the program itself is
    not among them.

    A program whose colors could be replaced in more than :data:`MOST_WAYS` ways is left out.

    Args:
        template: the program.
        colors: of the task, the more promising first; the order is that of the results.
    """
    uses: dict[int, list[Use]] = {}
    for call, position in template.constants():
        if role_of(template.graph, call, position) == "color":
            value = template.graph.values[template.graph.operands[call][position]]
            if type(value) is int:
                uses.setdefault(value, []).append((call, position))
    if not uses or len(uses) > len(colors) or perm(len(colors), len(uses)) > MOST_WAYS:
        return
    old = tuple(uses)
    for new in permutations(colors, len(uses)):
        if new != old:
            yield template.changed(
                {
                    use: template.into.constant(color)
                    for value, color in zip(old, new, strict=True)
                    for use in uses[value]
                }
            )
