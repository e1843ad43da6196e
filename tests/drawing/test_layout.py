from __future__ import annotations

from arcbatt.drawing.grids import grid_picture
from arcbatt.drawing.layout import below, beside, framed, text_picture, titled
from arcbatt.drawing.markup import Markup, element, joined, table
from arcbatt.drawing.shapes import Box, Label
from arcbatt.drawing.svg import svg_text
from support.pictures import svg_of, texts_of

GRID = grid_picture(((1, 2), (3, 4)))


def test_pictures_stand_beside_each_other_until_the_row_is_full():
    one = beside([GRID] * 3, gap=10, widest=1000)
    assert (one.width, one.height) == (3 * 41 + 20, 41)
    two = beside([GRID] * 3, gap=10, widest=100)
    assert (two.width, two.height) == (2 * 41 + 10, 41 * 2 + 12)


def test_an_arrow_stands_between_two_in_a_row_and_not_after_the_last():
    arrows = [shape for shape in beside([GRID] * 3, between=">").shapes if isinstance(shape, Label)]
    assert [arrow.text for arrow in arrows] == [">", ">"]
    assert 41 < arrows[0].x < 41 + 24


def test_what_is_below_is_not_covered():
    picture = below([GRID, GRID], gap=5)
    boxes = [shape for shape in picture.shapes if isinstance(shape, Box)]
    assert [box.y for box in boxes] == [0, 46]
    assert picture.height == 87
    assert picture.words == GRID.words * 2


def test_a_frame_is_paper_around_it():
    picture = framed(titled(GRID, "name"), margin=10)
    paper = picture.shapes[0]
    assert isinstance(paper, Box)
    assert (paper.width, paper.height) == (picture.width, picture.height)
    assert picture.words[0] == "name"


def test_texts_are_escaped_and_keep_their_indentation():
    picture = text_picture(["    <b>&", [("f", True), ("(x)", False)]])
    root = svg_of(svg_text(picture, "t"))
    assert texts_of(root) == ["<b>&", "f", "(x)"]
    first, second, third = picture.shapes
    assert first.x > third.x > second.x == 0


def test_elements_escape_texts_and_attributes_and_nothing_twice():
    inner = element("b", "<i>")
    assert inner == "<b>&lt;i&gt;</b>"
    assert joined(inner, "<", Markup("<br>")) == "<b>&lt;i&gt;</b>&lt;<br>"
    assert element("p", inner, title='"x') == '<p title="&quot;x"><b>&lt;i&gt;</b></p>'
    assert "&lt;script&gt;" in table(("<script>",), [("<script>",)], "<script>")
    assert "<script>" not in table(("<script>",), [("<script>",)], "<script>")
