from __future__ import annotations

import pytest

import arcbatt
from arcbatt import dsl
from arcbatt.drawing.palette import PALETTE
from arcbatt.dsl.pictures import MOST_CELLS, MOST_PATCHES, patches_of, primitive_spans, value_picture
from support.pictures import png_pixels, svg_of, texts_of

GRID = ((0, 0, 2), (3, 0, 2))


class TestDraw:
    def test_a_grid_of_tuples_or_lists_shows_itself(self):
        drawing = arcbatt.draw(GRID)
        assert drawing._repr_svg_() == drawing._repr_html_() == drawing.svg == arcbatt.draw(list(map(list, GRID))).svg
        assert png_pixels(drawing.png())[10][10] == PALETTE[0].code

    def test_what_differs_from_the_expected_is_marked(self):
        marked = arcbatt.draw(GRID, marks={(1, 1)})
        assert arcbatt.draw(GRID, expected=((0, 0, 2), (3, 5, 2))).svg == marked.svg != arcbatt.draw(GRID).svg

    def test_objects_and_patches_are_drawn(self):
        (found,) = dsl.objects(((3, 3, 0, 0, 0),), True, False, True)
        assert "1 patch, 2 cells" in arcbatt.draw(found).svg
        assert texts_of(svg_of(arcbatt.draw(frozenset({found, dsl.shift(found, (2, 0))})).svg)) == ["1", "1", "2", "2"]
        assert arcbatt.draw(dsl.toindices(found)).svg != arcbatt.draw(found).svg

    @pytest.mark.parametrize("value", [5, None, "x", (), frozenset(), ((),), (1, 2), frozenset({1}), [[[1]]], dsl.fill])
    def test_what_cannot_be_drawn_is_told_in_a_line(self, value):
        with pytest.raises(arcbatt.InputError, match="to draw"):
            arcbatt.draw(value)

    def test_a_wrong_palette_or_cell_is_told(self):
        with pytest.raises(arcbatt.InputError, match="arc or colorblind"):
            arcbatt.draw(GRID, palette="none")
        with pytest.raises(arcbatt.InputError, match="2 to 100"):
            arcbatt.draw(GRID, cell=1e9)

    def test_a_drawing_is_saved_as_its_name_says(self, tmp_path):
        drawing = arcbatt.draw(GRID)
        drawing.save(tmp_path / "a.svg")
        drawing.save(str(tmp_path / "a.PNG"))
        assert (tmp_path / "a.svg").read_text() == f"{drawing.svg}\n"
        assert (tmp_path / "a.PNG").read_bytes() == drawing.png()
        for wrong in ("a.gif", "none/a.svg"):
            with pytest.raises(arcbatt.InputError):
                drawing.save(tmp_path / wrong)


class TestValues:
    def test_a_pair_of_numbers_is_no_grid(self):
        assert value_picture((1, 2)) is None
        assert value_picture(((1, 2),)) is None
        assert value_picture(((1, 2), (3, 4))) is not None

    def test_patches_are_those_of_objects_indices_and_sets_of_them(self):
        thing = frozenset({(3, (0, 1)), (3, (2, 1))})
        assert patches_of(thing) == (((0, 1, 3), (2, 1, 3)),)
        assert patches_of(frozenset({(4, 5)})) == (((4, 5, None),),)
        assert patches_of((thing, frozenset({(4, 5)}))) == (((0, 1, 3), (2, 1, 3)), ((4, 5, None),))
        assert patches_of(frozenset({thing, 1})) is None

    def test_many_and_large_patches_are_cut(self):
        many = tuple(frozenset({(i, 0)}) for i in range(1000))
        assert len(patches_of(many)) == MOST_PATCHES
        (large,) = patches_of(frozenset((i, j) for i in range(100) for j in range(100)))
        assert len(large) == MOST_CELLS


def test_the_names_of_primitives_are_told_apart_and_nothing_is_lost():
    line = "    x1 = fill(vmirror(I), FIVE, fillet)"
    assert [text for text, is_name in primitive_spans(line) if is_name] == ["fill", "vmirror"]
    assert "".join(text for text, _ in primitive_spans(line)) == line
    assert primitive_spans("") == []
