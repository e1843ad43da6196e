from __future__ import annotations

import pytest

from arcbatt.drawing.grids import MOST_SIDE, differing_cells, grid_picture, patches_picture
from arcbatt.drawing.palette import COLORBLIND, PALETTE
from arcbatt.drawing.shapes import Cells, Label
from arcbatt.drawing.svg import grid_svg, xml_text
from support.pictures import SVG, svg_of, texts_of

GRID = ((0, 7, 7), (3, 0, 9))
HOSTILE = "</title><script>alert(1)</script>\x00\n\u202e&\"'"


def cells_of(picture):
    """The color of every cell that is drawn."""
    return {place: shape.fill for shape in picture.shapes if isinstance(shape, Cells) for place in shape.places}


class TestGrids:
    def test_every_cell_has_its_color(self):
        expected = {(i, j): PALETTE[color].code for i, row in enumerate(GRID) for j, color in enumerate(row)}
        assert cells_of(grid_picture(GRID)) == expected

    def test_the_palette_for_the_color_blind_has_its_colors_and_symbols(self):
        root = svg_of(grid_svg(GRID, palette="colorblind"))
        fills = {path.get("fill") for path in root.iter(f"{SVG}path")}
        assert fills == {COLORBLIND[color].code for color in (0, 3, 7, 9)}
        assert sorted(texts_of(root)) == sorted(COLORBLIND[color].symbol for row in GRID for color in row)

    def test_symbols_can_be_had_or_left_out_in_either(self):
        assert texts_of(svg_of(grid_svg(GRID))) == []
        assert len(texts_of(svg_of(grid_svg(GRID, symbols=True)))) == 6
        assert texts_of(svg_of(grid_svg(GRID, palette="colorblind", symbols=False))) == []

    def test_an_unknown_palette_is_an_error(self):
        with pytest.raises(KeyError):
            grid_svg(GRID, palette="none")

    def test_marks_frame_their_cells_and_no_others(self):
        def boxes(marks):
            return [(r.get("x"), r.get("y")) for r in svg_of(grid_svg(GRID, marks=marks)).iter(f"{SVG}rect")]

        plain = boxes(())
        assert boxes({(5, 5), (0, -1)}) == plain
        marked = boxes({(1, 2)})
        assert len(marked) == len(plain) + 2
        assert all(40 < float(x) < 60 and 20 < float(y) < 40 for x, y in marked[len(plain) :])

    def test_the_cell_size_is_that_of_the_picture(self):
        root = svg_of(grid_svg(GRID, cell=8))
        assert (root.get("width"), root.get("height")) == ("25", "17")

    def test_what_is_no_color_is_shown_as_a_question_mark(self):
        root = svg_of(grid_svg(((1, "<b>"), (None, 12, True))))
        assert texts_of(root) == ["?"] * 4

    def test_a_huge_grid_is_drawn_in_part_and_says_so(self):
        picture = grid_picture(((1,) * 1000,) * 1000)
        assert len(cells_of(picture)) == MOST_SIDE**2
        assert any("only the first 60" in line for line in picture.words)

    def test_an_empty_grid_is_drawn(self):
        assert svg_of(grid_svg(())) is not None

    def test_differing_cells_are_those_that_one_lacks_too(self):
        assert differing_cells(((1, 2),), ((1, 3), (4,))) == {(0, 1), (1, 0)}


class TestReading:
    def test_a_screen_reader_gets_a_title_and_every_row(self):
        root = svg_of(grid_svg(GRID, title="output", marks={(0, 1)}))
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title") == "output"
        said = root.findtext(f"{SVG}desc")
        assert "grid of 2 x 3: 077/309" in said
        assert "1 marked: row 1 column 2" in said

    def test_hostile_titles_are_text(self):
        text = grid_svg(GRID, title=HOSTILE)
        assert "<script" not in text
        assert svg_of(text).findtext(f"{SVG}title") == "</title><script>alert(1)</script>? ?&\"'"

    def test_texts_are_escaped_for_attributes_too(self):
        assert xml_text("<a b=\"c\" d='e'>&") == "&lt;a b=&quot;c&quot; d=&#x27;e&#x27;&gt;&amp;"
        assert xml_text("\ud800\x1b") == "??"

    def test_the_same_grid_gives_the_same_bytes(self):
        assert grid_svg(GRID, marks={(0, 0), (1, 2)}) == grid_svg(list(map(list, GRID)), marks=[(1, 2), (0, 0)])


class TestPatches:
    def test_an_object_stands_in_its_frame(self):
        picture = patches_picture([[(1, 2, 3)]], (3, 4))
        cells = cells_of(picture)
        assert set(cells) == {(i, j) for i in range(3) for j in range(4)}
        assert [place for place, code in cells.items() if code == PALETTE[3].code] == [(1, 2)]

    def test_the_frame_grows_for_cells_outside(self):
        cells = cells_of(patches_picture([[(-1, 0, 3), (4, 5, 3)]], (2, 2)))
        assert max(cells) == (5, 5)
        assert [place for place, code in sorted(cells.items()) if code == PALETTE[3].code] == [(0, 0), (5, 5)]

    def test_several_are_numbered(self):
        shapes = patches_picture([[(0, 0, 1)], [(0, 1, 1)]]).shapes
        assert sorted(shape.text for shape in shapes if isinstance(shape, Label)) == ["1", "2"]

    def test_cells_far_away_do_not_make_it_huge(self):
        picture = patches_picture([[(-(10**15), 0, 1), (10**15, 10**15, None)]], (3, 3), cell=10)
        assert picture.width <= 1300
        assert picture.height <= 1300


def test_small_cells_have_no_lines_between_them():
    small, large = (next(s for s in grid_picture(GRID, cell=cell).shapes if isinstance(s, Cells)) for cell in (4, 20))
    assert small.side == small.step
    assert large.side == large.step - 1


def test_small_cells_in_a_row_are_drawn_as_one():
    (path,) = svg_of(grid_svg(((1, 1, 1),), cell=4)).iter(f"{SVG}path")
    assert path.get("d") == "M1 1h12v4h-12z"
    (path,) = svg_of(grid_svg(((1, 1),), cell=20)).iter(f"{SVG}path")
    assert path.get("d") == "M1 1h19v19h-19zM21 1h19v19h-19z"
