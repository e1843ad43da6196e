from __future__ import annotations

import pytest

from arcbatt.drawing.grids import grid_picture
from arcbatt.drawing.layout import below, beside, framed, text_picture, titled
from arcbatt.drawing.palette import COLORBLIND, PALETTE
from arcbatt.drawing.png import TooLargeError, _letters, png_bytes
from arcbatt.drawing.shapes import Picture
from support.pictures import png_pixels

GRID = ((0, 7, 7), (3, 0, 9))
SCALE = 2.5


def test_every_cell_is_there_in_its_color():
    pixels = png_pixels(png_bytes(grid_picture(GRID)))
    for i, row in enumerate(GRID):
        for j, color in enumerate(row):
            assert pixels[round((i * 20 + 10) * SCALE)][round((j * 20 + 10) * SCALE)] == PALETTE[color].code


def test_symbols_and_marks_are_seen():
    plain, drawn = (
        png_pixels(png_bytes(grid_picture(GRID, palette="colorblind", symbols=symbols, marks=marks)))
        for symbols, marks in ((False, ()), (None, {(0, 1)}))
    )
    for i, row in enumerate(GRID):
        for j, _ in enumerate(row):
            window = slice(i * 50 + 4, i * 50 + 48), slice(j * 50 + 4, j * 50 + 48)
            assert [r[window[1]] for r in plain[window[0]]] != [r[window[1]] for r in drawn[window[0]]]
    middle = [pixel for row in drawn[12:38] for pixel in row[62:88]]
    assert COLORBLIND[7].code in middle


def test_texts_are_seen_and_each_character_looks_like_no_other():
    pictures = {png_bytes(text_picture([chr(code)])) for code in range(0x21, 0x7F)}
    assert len(pictures) == 0x7F - 0x21
    assert all(color.symbol in _letters() for color in PALETTE)


def test_a_character_without_a_letter_is_a_box_and_not_nothing():
    assert png_bytes(text_picture(["\u4e16"])) == png_bytes(text_picture(["\ufffd"])) != png_bytes(text_picture(["x "]))


def test_a_highlighted_word_has_a_color_of_its_own():
    pixels = png_pixels(png_bytes(text_picture([[("a ", False), ("fill", True)]])))
    assert {"#1a1a1a", "#0b4f9c"} <= {pixel for row in pixels for pixel in row}


def test_the_same_picture_gives_the_same_bytes():
    picture = framed(below([titled(grid_picture(GRID), "a"), beside([grid_picture(GRID)] * 3, between="x")]))
    assert png_bytes(picture) == png_bytes(picture)


def test_a_large_picture_is_drawn_smaller_and_a_larger_one_refused():
    assert len(png_pixels(png_bytes(Picture(4000, 3000)))) == 5000
    with pytest.raises(TooLargeError, match="too large for a PNG"):
        png_bytes(Picture(40_000, 30_000))
