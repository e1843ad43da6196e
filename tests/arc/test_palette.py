from __future__ import annotations

import re

from arcbatt.arc import COLORS, PALETTE


def test_every_color_has_a_name_and_code_of_its_own():
    assert len(PALETTE) == COLORS == len({c.name for c in PALETTE}) == len({c.code for c in PALETTE})
    assert all(re.fullmatch("#[0-9a-f]{6}", color.code) for color in PALETTE)


def test_dark_text_is_used_on_light_colors_only():
    def brightness(code):
        red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert all((brightness(color.code) > 140) == color.is_light for color in PALETTE)
