from __future__ import annotations

import re

import pytest

from arcbatt.arc import COLORS, PALETTE
from arcbatt.drawing.palette import PALETTES

every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


@every_palette
def test_every_color_has_a_name_a_code_and_a_symbol_of_its_own(palette):
    assert len(palette) == COLORS == len({c.name for c in palette}) == len({c.code for c in palette})
    assert all(re.fullmatch("#[0-9a-f]{6}", color.code) for color in palette)
    assert len({c.symbol for c in palette}) == COLORS
    assert all(len(color.symbol) == 1 for color in palette)


@every_palette
def test_names_and_symbols_are_the_same_in_every_palette(palette):
    assert [(c.name, c.symbol) for c in palette] == [(c.name, c.symbol) for c in PALETTE]


@every_palette
def test_dark_text_is_used_on_light_colors_only(palette):
    def brightness(code):
        red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert all((brightness(color.code) > 140) == color.is_light for color in palette)


def test_the_colors_for_the_color_blind_are_apart_in_brightness_or_along_blue_and_yellow():
    """Who sees no difference of red and green still sees these two."""

    def seen(code):
        red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue, (red + green) / 2 - blue

    points = [seen(color.code) for color in PALETTES["colorblind"]]
    distances = [
        ((a - c) ** 2 + (b - d) ** 2) ** 0.5 for i, (a, b) in enumerate(points) for c, d in points[:i]
    ]
    assert min(distances) > 15
