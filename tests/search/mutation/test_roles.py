from __future__ import annotations

import pytest

from arcbatt.program.parse import parse_programs
from arcbatt.search.mutation.roles import role_of


def role(expression: str, position: int) -> str | None:
    program = parse_programs(f"def solve(S, I):\n    return {expression}\n")[0]
    return role_of(program.graph, program.root, position)


@pytest.mark.parametrize(
    ("expression", "position", "expected"),
    [
        ("fill(I, 3, asindices(I))", 2, "color"), ("replace(I, 1, 2)", 2, "color"), ("replace(I, 1, 2)", 3, "color"),
        ("switch(I, 1, 2)", 2, "color"), ("switch(I, 1, 2)", 3, "color"), ("cellwise(I, I, 4)", 3, "color"),
        ("canvas(3, shape(I))", 1, "color"), ("colorfilter(partition(I), 3)", 2, "color"),
        ("upscale(I, 3)", 2, "rank"), ("hsplit(I, 3)", 2, "rank"), ("repeat(I, 3)", 2, "rank"),
        ("power(trim, 2)", 2, "rank"), ("sizefilter(partition(I), 2)", 2, "rank"),
        ("greater(1, 2)", 1, "integer"), ("add(1, 2)", 2, "integer"), ("astuple(1, 2)", 1, "integer"),
        ("objects(I, T, F, T)", 2, "boolean"), ("branch(T, 1, 2)", 1, "boolean"), ("branch(T, 1, 2)", 2, None),
        ("shift(asindices(I), DOWN)", 2, "pair"),
        ("rbind(colorcount, 3)", 2, "color"), ("lbind(canvas, 3)", 2, "color"), ("rbind(upscale, 3)", 2, "rank"),
        ("rbind(compose(size, identity), 3)", 2, None),
        ("matcher(color, 3)", 2, "color"), ("matcher(compose(color, first), 3)", 2, "color"),
        ("matcher(size, 3)", 2, None), ("matcher(rbind(index, DOWN), 3)", 2, "color"),
        ("equality(mostcolor(I), 3)", 2, "color"), ("equality(3, mostcolor(I))", 1, "color"),
        ("equality(size(I), 3)", 2, None),
        ("other(palette(I), 3)", 2, "color"), ("contained(3, palette(I))", 1, "color"),
        ("remove(3, remove(4, palette(I)))", 1, "color"), ("other(shape(I), 3)", 2, None),
        ("compose(first, first)(3)", 1, None),
    ],
)  # fmt: skip
def test_the_parameter_says_what_a_constant_is(expression: str, position: int, expected: str | None) -> None:
    assert role(expression, position) == expected
