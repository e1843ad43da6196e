"""The ten colors in which ARC grids are shown."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PALETTE", "Color"]


class Color(NamedTuple):
    """One color: its English name, its code ``#rrggbb``, and whether dark text is the readable one on it."""

    name: str
    code: str
    is_light: bool


PALETTE = (
    Color("black", "#000000", False),
    Color("blue", "#0074d9", False),
    Color("red", "#ff4136", False),
    Color("green", "#2ecc40", True),
    Color("yellow", "#ffdc00", True),
    Color("grey", "#aaaaaa", True),
    Color("magenta", "#f012be", False),
    Color("orange", "#ff851b", True),
    Color("azure", "#7fdbff", True),
    Color("maroon", "#870c25", False),
)
"""The colors 0 to 9. Source: the testing interface of the ARC repository (fchollet/ARC, ``apps/css/common.css``)."""
