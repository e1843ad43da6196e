"""The ten colors in which ARC grids are shown, in two palettes: ARC's own, and one for the color-blind with symbols."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["COLORBLIND", "DEFAULT_PALETTE", "PALETTE", "PALETTES", "Color", "Palette"]


class Color(NamedTuple):
    """One color.

    Attributes:
        name: what people call the color of ARC that it stands for, in English; the same in every palette.
        code: ``#rrggbb``.
        is_light: whether dark text is the readable one on it.
        symbol: one character that no other color has; the same in every palette.
    """

    name: str
    code: str
    is_light: bool
    symbol: str


Palette = tuple[Color, ...]
"""Ten colors, 0 to 9."""

PALETTE: Final[Palette] = (
    Color("black", "#000000", False, "·"),
    Color("blue", "#0074d9", False, "+"),
    Color("red", "#ff4136", False, "\u00d7"),
    Color("green", "#2ecc40", True, "○"),
    Color("yellow", "#ffdc00", True, "□"),
    Color("grey", "#aaaaaa", True, "="),
    Color("magenta", "#f012be", False, "◇"),
    Color("orange", "#ff851b", True, "△"),
    Color("azure", "#7fdbff", True, "▽"),
    Color("maroon", "#870c25", False, "●"),
)  # fmt: skip
"""The colors 0 to 9. Source: the testing interface of the ARC repository (fchollet/ARC, ``apps/css/common.css``)."""

_OKABE_ITO = (
    ("#000000", False), ("#0072b2", False), ("#d55e00", False), ("#009e73", False), ("#f0e442", True),
    ("#bbbbbb", True), ("#cc79a7", True), ("#e69f00", True), ("#56b4e9", True), ("#661100", False),
)  # fmt: skip

COLORBLIND: Final[Palette] = tuple(
    Color(color.name, code, is_light, color.symbol)
    for color, (code, is_light) in zip(PALETTE, _OKABE_ITO, strict=True)
)
"""The colors 0 to 9 for the color-blind: the eight of Okabe and Ito, a grey and a dark brown. Symbols belong to it."""

DEFAULT_PALETTE: Final = "arc"

PALETTES: Final[Mapping[str, Palette]] = MappingProxyType({DEFAULT_PALETTE: PALETTE, "colorblind": COLORBLIND})
"""The palettes by name."""
