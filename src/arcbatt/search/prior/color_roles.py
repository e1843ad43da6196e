"""Which color of a task is a role: what makes a literal color natural.

A literal that is the background of all inputs, their rarest color, or a color that only outputs have says nothing that
the task does not say; any other one is picked out of ten.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from arcbatt.arc import COLORS
from arcbatt.arc.samples import Samples

__all__ = ["ABSENT", "ROLES", "SEEN", "color_roles"]

SEEN: Final = "seen"
ABSENT: Final = "absent"
ROLES: Final = ("new", "background", "rarest", SEEN, ABSENT)
"""``new``: outputs of demo samples have it, and no input. ``background``: the most common color of every demo input.
``rarest``: the least common color of every demo input. ``seen``: another one of the demo samples. ``absent``: none of
them has it."""


def color_roles(task: Samples) -> tuple[str, ...]:
    """The role of each color 0 to 9, by the demo samples alone; the first of :data:`ROLES` that fits.

    Where several colors of one input are as common, none of them is its background; likewise the rarest. An input of
    one color has no rarest one.
    """
    inputs = [Counter(cell for row in grid for cell in row) for grid, _ in task.pairs]
    before = {color for counts in inputs for color in counts}
    after = {cell for _, output in task.pairs for row in output for cell in row}
    commonest = {_extreme(counts, 1) for counts in inputs}
    rarest = {_extreme(counts, -1) for counts in inputs}
    found = []
    for color in range(COLORS):
        if color in after and color not in before:
            found.append("new")
        elif commonest == {color}:
            found.append("background")
        elif rarest == {color}:
            found.append("rarest")
        else:
            found.append(SEEN if color in before | after else ABSENT)
    return tuple(found)


def _extreme(counts: Counter[int], sign: int) -> int | None:
    """The color with the most cells, or the fewest for -1; None when there are several."""
    best = max(sign * count for count in counts.values())
    colors = [color for color, count in counts.items() if sign * count == best]
    return colors[0] if len(colors) == 1 else None
