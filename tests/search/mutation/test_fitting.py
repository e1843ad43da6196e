from __future__ import annotations

import pytest

from arcbatt.library import starter_programs
from arcbatt.program.parse import parse_programs
from arcbatt.search.mutation import misfits


def found(expression: str) -> set[tuple[str, int]]:
    program = parse_programs(f"def differ(S, I, C):\n    return {expression}\n")[0]
    return {(name, position) for name, position, _ in misfits(program.graph, program.root)}


@pytest.mark.parametrize(
    "expression",
    [
        "fill(I, 3, asindices(I))", "first(first(S))", "color(first(partition(I)))", "color(first(first(())))",
        "apply(color, partition(I))", "apply(rbind(shift, DOWN), partition(I))",
        "mapply(lbind(shift, asindices(I)), asindices(I))",
        "sfilter(partition(I), compose(flip, matcher(color, 3)))", "argmax(partition(I), fork(add, height, width))",
        "papply(add, (1, 2), (3, 4))", "prapply(connect, asindices(I), asindices(I))", "power(trim, 2)(I)",
        "chain(first, totuple, palette)", "rbind(fill, asindices(I))(I, 3)", "matcher(size, 3)",
        "equality(I, C)", "equality(first(()), I)", "branch(T, I, 3)", "identity(fill)", "apply(first(()), I)",
    ],
)  # fmt: skip
def test_what_fits_or_is_unknown_is_no_misfit(expression: str) -> None:
    assert found(expression) == set()


@pytest.mark.parametrize(
    ("expression", "name", "position"),
    [
        ("fill(I, 3, 4)", "fill", 3), ("color(I)", "color", 1), ("first(3)", "first", 1),
        ("apply(color, palette(I))", "apply", 1), ("apply(fill, partition(I))", "apply", 1),
        ("apply(3, partition(I))", "apply", 1),
        ("sfilter(partition(I), toindices)", "sfilter", 2), ("mapply(size, partition(I))", "mapply", 1),
        ("argmax(palette(I), size)", "argmax", 2), ("papply(size, (1, 2), (3, 4))", "papply", 1),
        ("compose(color, size)", "compose", 1), ("compose(size, fill)", "compose", 2),
        ("chain(size, size, partition)", "chain", 1), ("fork(add, size, toindices)", "fork", 1),
        ("power(size, 2)", "power", 1), ("rbind(fill, 3)", "rbind", 2), ("rbind(size, 3)", "rbind", 1),
        ("lbind(shift, 3)", "lbind", 2), ("matcher(size, I)", "matcher", 2), ("equality(I, 3)", "equality", 2),
        ("rbind(fill, asindices(I))(I)", "", 0), ("compose(size, first)(3)", "", 0),
        ("apply(compose(identity, color), palette(I))", "apply", 1),
        ("apply(fork(add, color, size), palette(I))", "apply", 1),
    ],
)  # fmt: skip
def test_what_cannot_fit_is_told_where_it_is(expression: str, name: str, position: int) -> None:
    assert (name, position) in found(expression)


def test_the_starter_programs_fit_almost_throughout() -> None:
    calls = sum(program.size for program in starter_programs())
    wrong = sum(len(misfits(program.graph, program.root)) for program in starter_programs())
    assert wrong < calls / 20
