"""Explanations of programs: exact words for every family of rules, and that nothing makes them fail."""

from __future__ import annotations

import random

import pytest

from arcbatt.library import starter_programs
from arcbatt.program.explanation import explained
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from support.programs import random_program

CASES: list[tuple[str, tuple[str, ...]]] = [
    ("symmetric(I, ZERO)", ("the output is the input with 0 (black) filled in by symmetry",)),
    ("periodic(I, ONE)", ("the output is the input with 1 (blue) filled in by the tile that repeats",)),
    ("tile(I, ZERO)", ("the output is the tile that repeats in the input, 0 (black) being unknown",)),
    (
        "fill(I, FOUR, ofcolor(firstseen(I, LEFT, ZERO), THREE))",
        ("each cell: 4 (yellow) where 3 (green) is seen to the left, else as in the input",),
    ),
    (
        "translate(I, DOWN, ZERO)",
        ("each cell: the cell above",),
    ),
    (
        "overlay(I, firstseen(I, LEFT, ZERO), equalcells(firstseen(I, LEFT, ZERO), firstseen(I, RIGHT, ZERO)))",
        (
            "each cell:",
            "    the first color seen to the left where the same is seen to the left as to the right",
            "    else as in the input",
        ),
    ),
    (
        (
            "fill(I, EIGHT, difference(equalcells(firstseen(I, UP, ZERO), firstseen(I, DOWN, ZERO)), "
            "ofcolor(firstseen(I, UP, ZERO), ZERO)))"
        ),
        ("each cell: 8 (azure) where the same color is seen above as below, else as in the input",),
    ),
    (
        "overlay(canvas(ONE, shape(I)), I, ofcolor(countaround(I, TWO, neighbors(ORIGIN)), ZERO))",
        ("each cell: as in the input where no 2 (red) lies among its 8 neighbors, else 1 (blue)",),
    ),
    (
        "fill(I, TWO, ofcolor(countaround(I, FIVE, dneighbors(ORIGIN)), ONE))",
        ("each cell: 2 (red) where 1 cell of 5 (grey) lies among its 4 neighbors, else as in the input",),
    ),
    (
        (
            "overlay(canvas(SEVEN, shape(I)), overlay(canvas(FOUR, shape(I)), I, ofcolor(countinrows(I, TWO), "
            "ZERO)), ofcolor(edgedistances(I), ZERO))"
        ),
        (
            "each cell:",
            "    where it lies on the edge:",
            "        as in the input where no 2 (red) lies in its row",
            "        else 4 (yellow)",
            "    else 7 (orange)",
        ),
    ),
    (
        (
            "fill(fill(I, ONE, ofcolor(remainders(rownumbers(I), TWO), ZERO)), TWO, "
            "ofcolor(remainders(columnnumbers(I), THREE), ONE))"
        ),
        (
            "each cell:",
            "    2 (red) where its column number modulo 3 is 1",
            "    else 1 (blue) where its row number is even",
            "    else as in the input",
        ),
    ),
    (
        "fill(I, THREE, equalcells(rownumbers(I), hmirror(rownumbers(I))))",
        ("each cell: 3 (green) where it lies in the middle row, else as in the input",),
    ),
    (
        "fill(I, THREE, ofcolor(vmirror(columnnumbers(I)), TWO))",
        ("each cell: 3 (green) where it lies in column 2 from the right, else as in the input",),
    ),
    (
        "fill(I, TWO, ofcolor(seendistance(I, DOWN, ZERO), TWO))",
        ("each cell: 2 (red) where something is first seen below after 2 steps, else as in the input",),
    ),
    (
        "fill(replace(I, ONE, ZERO), mostcolor(I), ofcolor(hmirror(I), leastcolor(I)))",
        (
            "each cell:",
            "    the most common color of the input where the input upside down has the rarest color of the input",
            "    else as in the input with 1 (blue) turned into 0 (black)",
        ),
    ),
    (
        (
            "underfill(I, TWO, intersection(ofcolor(I, ZERO), combine(asindices(I), ofcolor(translate(I, (0, -2), "
            "ZERO), ONE))))"
        ),
        (
            "each cell:",
            (
                "    2 (red) where it is 0 (black) and (it lies in the input or the cell 2 to the right is 1 (blue)) "
                "and only the background lies there"
            ),
            "    else as in the input",
        ),
    ),
    (
        "overlay(I, rot90(I), mapply(enclosed, sfilter(o, matcher(size, valmax(o, size)))))",
        (
            "each cell:",
            (
                "    as in the input turned to the right where it lies in what is enclosed by an object (one color) "
                "that is the largest"
            ),
            "    else as in the input",
        ),
    ),
    (
        "overlay(paintby(I, o, mostcolor), I, mfilter(o, matcher(width, leastcommon(apply(width, totuple(o))))))",
        (
            "each cell:",
            "    as in the input where it lies in an object (one color) that has the rarest width",
            "    else the most common color of its object (one color)",
        ),
    ),
    (
        "fill(I, TWO, flooded(I, THREE, ZERO))",
        ("each cell: 2 (red) where free cells lead to it from 3 (green), else as in the input",),
    ),
    (
        "fill(I, TWO, morethan(regions(I), FOUR))",
        ("each cell: 2 (red) where the size of its region is over 4, else as in the input",),
    ),
    (
        "overlay(I, nearestcolors(I, ZERO), ofcolor(rowcolors(I, ZERO), TWO))",
        ("each cell: the nearest color where the most common color of its row is 2 (red), else as in the input",),
    ),
    (
        "fill(fill(I, TWO, mfilter(o, rbind(bordering, I))), ONE, mfilter(o, compose(flip, rbind(bordering, I))))",
        ("each object (one color): becomes 2 (red) if it touches the border, else becomes 1 (blue)",),
    ),
    (
        (
            "fill(fill(fill(I, ONE, merge(o)), TWO, mfilter(o, matcher(size, THREE))), THREE, mfilter(o, "
            "matcher(size, ONE)))"
        ),
        (
            "each object (one color):",
            "    becomes 3 (green) if it has 1 cell",
            "    else becomes 2 (red) if it has 3 cells",
            "    else becomes 1 (blue)",
        ),
    ),
    (
        "fill(I, THREE, mfilter(objects(I, T, T, F), matcher(holes, ZERO)))",
        ("each object (one color, diagonals, background too): becomes 3 (green) if it has no holes",),
    ),
    (
        "fill(I, FOUR, mfilter(o, compose(rbind(greater, FIVE), size)))",
        ("each object (one color): becomes 4 (yellow) if it has more than 5 cells",),
    ),
    (
        "fill(I, FOUR, mfilter(sfilter(o, square), matcher(color, TWO)))",
        ("each object (one color): becomes 4 (yellow) if it is a square and is 2 (red)",),
    ),
    (
        "fill(I, FOUR, mfilter(o, fork(equality, identity, vmirror)))",
        ("each object (one color): becomes 4 (yellow) if it is symmetric left to right",),
    ),
    (
        (
            "fill(I, FOUR, mfilter(o, matcher(compose(size, chain(lbind(sfilter, apply(color, totuple(o))), "
            "lbind(matcher, identity), color)), ONE)))"
        ),
        ("each object (one color): becomes 4 (yellow) if it is the only one with its color",),
    ),
    (
        "cover(I, mfilter(o, matcher(rbind(colorcount, TWO), valmax(o, rbind(colorcount, TWO)))))",
        ("each object (one color): vanishes if it has the most cells of 2 (red)",),
    ),
    (
        "paint(cover(I, merge(o)), mapply(rbind(shift, DOWN), o))",
        ("each object (one color): goes 1 down",),
    ),
    (
        (
            "paint(cover(I, mfilter(o, matcher(color, TWO))), mapply(fork(shift, identity, rbind(gravitate, "
            "ofcolor(I, FIVE))), sfilter(o, matcher(color, TWO))))"
        ),
        ("each object (one color): goes where it touches the cells of 5 (grey) if it is 2 (red)",),
    ),
    (
        "paint(I, mapply(fork(shift, identity, compose(invert, compose(tojvec, width))), o))",
        ("each object (one color): is copied by its width to the left",),
    ),
    (
        "paint(I, mapply(fork(recolor, color, outbox), fgpartition(I)))",
        ("each set of cells of one color but the background's: the frame around it becomes its color",),
    ),
    (
        (
            "fill(fill(I, FOUR, mapply(compose(ineighbors, center), sfilter(o, matcher(color, TWO)))), SEVEN, "
            "mapply(delta, sfilter(sfilter(o, compose(flip, matcher(color, TWO))), matcher(color, ONE))))"
        ),
        (
            "each object (one color):",
            "    the 4 diagonal neighbors of its center become 4 (yellow) if it is 2 (red)",
            "    else the rest of its box becomes 7 (orange) if it is 1 (blue)",
        ),
    ),
    (
        "underfill(I, TWO, mapply(compose(rbind(shoot, UP), center), o))",
        ("each object (one color): the line above from its center becomes 2 (red) on the background alone",),
    ),
    (
        "paint(I, mapply(fork(recolor, mostcolor, identity), objects(I, F, T, T)))",
        ("each object (any colors, diagonals): becomes its most common color",),
    ),
    (
        "subgrid(argmax(o, size), I)",
        ("the output is the part of the input in the box around the largest object (one color)",),
    ),
    (
        "vmirror(subgrid(extract(o, rbind(bordering, I)), I))",
        (
            (
                "the output is (the part of the input in the box around the object (one color) that touches the "
                "border) mirrored left to right"
            ),
        ),
    ),
    (
        "hconcat(I, vconcat(I, hmirror(I)))",
        ("the output is the input beside (the input above the input upside down)",),
    ),
    (
        "crop(I, ORIGIN, THREE_BY_THREE)",
        ("the output is 3 x 3 cells of the input from row 0, column 0",),
    ),
    (
        "first(panels(I))",
        ("the output is the first panel",),
    ),
    (
        "extract(panels(I), matcher(numcolors, ONE))",
        ("the output is the panel that has 1 color",),
    ),
    (
        "joinpanels(I, apply(mostcolor, panels(I)))",
        ("the output is a cell for each panel of the input: its most common color",),
    ),
    (
        "setpanels(I, apply(leastcolor, panels(I)))",
        ("the output is the input with each panel filled with its rarest color",),
    ),
    (
        "fill(first(hsplit(I, TWO)), TWO, ofcolor(element(panels(I), ONE), THREE))",
        ("each cell: 2 (red) where panel number 2 has 3 (green), else as in the first part (of 2 side by side)",),
    ),
    (
        "fill(I, TWO, mfilter(o, matcher(height, valrank(o, height, ONE))))",
        ("each object (one color): becomes 2 (red) if it has rank 2 from the largest by its height",),
    ),
    (
        "paint(I, shift(argmin(o, leftmost), (2, -1)))",
        (
            "each cell:",
            "    the color there where it lies in the leftmost object (one color), moved 2 down and 1 to the left",
            "    else as in the input",
        ),
    ),
    (
        "fill(I, 12, ofcolor(I, -1))",
        ("each cell: 12 where it is -1, else as in the input",),
    ),
    (
        "fill(I, EIGHT, trail(I, ofcolor(I, TWO), RIGHT, ZERO))",
        (
            (
                "each cell: 8 (azure) where it lies in the free way to the right of the cells of 2 (red), else as in "
                "the input"
            ),
        ),
    ),
]
"""The expression that a program returns, ``o`` being ``objects(I, T, F, T)``, and the lines that explain it."""


def program_of(body: str) -> Program:
    (program,) = parse_programs(f"def solve(S, I):\n    o = objects(I, T, F, T)\n    return {body}\n")
    return program


@pytest.mark.parametrize(("body", "lines"), CASES)
def test_a_rule_is_told_in_these_words(body: str, lines: tuple[str, ...]) -> None:
    assert explained(program_of(body)) == lines


def test_what_has_no_words_is_shown_as_its_expression() -> None:
    lines = explained(program_of("fill(I, TWO, connect(ORIGIN, shape(I)))"))
    assert lines == ("each cell: 2 (red) where it lies in `connect(ORIGIN, shape(I))`, else as in the input",)


@pytest.mark.parametrize("body", ["mapply(identity, o)", "branch(T, I, I)", "size(o)", "lbind(fill, I)", "FOUR"])
def test_what_is_mostly_expression_is_not_told(body: str) -> None:
    assert explained(program_of(body)) == ()


def test_a_differ_has_no_explanation() -> None:
    (program,) = parse_programs("def differ_a_iz(S, I, C):\n    return astuple(ZERO, ZERO)\n")
    assert explained(program) == ()


def test_every_program_of_the_library_can_be_told() -> None:
    told = [lines for lines in map(explained, starter_programs()) if lines]
    assert len(told) > 100
    assert all(line.isprintable() and len(line) < 1_000 for lines in told for line in lines)


@pytest.mark.parametrize("seed", range(5))
def test_random_programs_can_be_told(seed: int) -> None:
    rng, graph = random.Random(seed), Graph()
    for _ in range(200):
        root = random_program(rng, graph, rng.randint(1, 9), "IS")
        assert all(line.isprintable() for line in explained(Program(graph, root)))


def test_a_program_of_any_depth_is_told_in_a_bounded_text() -> None:
    graph = Graph()
    grid, spread = graph.variable("I"), graph.variable("I")
    names = {name: graph.primitive(name) for name in ("hmirror", "hconcat", "fill", "ofcolor", "overlay")}
    for place in range(5_000):
        mirrored = graph.call(names["hmirror"], grid)
        patch = graph.call(names["ofcolor"], mirrored, graph.constant(place % 10))
        grid = graph.call(names["fill"], mirrored, graph.constant(place % 9), patch)
        spread = graph.call(names["overlay"], spread, graph.call(names["hconcat"], spread, spread), patch)
    for root in (grid, spread):
        assert sum(map(len, explained(Program(graph, root)))) < 30_000
