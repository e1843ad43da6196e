"""Children of whole programs, and the parts of programs."""

from __future__ import annotations

from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.evolution.composing import composed, grid_parts, new_parts
from support.evolution import solver


def test_what_one_gives_is_what_the_other_gets_in_every_place() -> None:
    outer, inner = solver("hconcat(I, vmirror(I))"), solver("trim(I)")
    child = composed(outer, inner, 10)
    assert child is not None
    assert child.program.md5 == solver("hconcat(trim(I), vmirror(trim(I)))").md5
    assert (child.operator, child.parents) == ("compose", (inner.md5, outer.md5))
    assert composed(outer, inner, child.program.size) is not None
    assert composed(outer, inner, child.program.size - 1) is None


def test_there_is_no_child_where_one_of_them_does_nothing() -> None:
    assert composed(solver("I"), solver("trim(I)"), 10) is None
    assert composed(solver("trim(I)"), solver("I"), 10) is None
    assert composed(solver("canvas(ONE, astuple(TWO, TWO))"), solver("trim(I)"), 10) is None


def test_a_library_is_left_as_it_was() -> None:
    outer = solver("canvas(ONE, astuple(TWO, TWO))")
    before = len(outer.graph)
    composed(outer, solver("trim(I)"), 10)
    grid_parts([outer])
    assert len(outer.graph) == before


def test_parts_are_the_calls_that_give_grids_each_once() -> None:
    found = grid_parts(parse_programs(
        "def solve_a(I):\n    return trim(vmirror(crop(I, ORIGIN, shape(I))))\n"
        "def solve_b(I):\n    return hmirror(vmirror(crop(I, ORIGIN, shape(I))))\n"
    ))  # fmt: skip
    cropped = "crop(I, ORIGIN, shape(I))"
    bodies = [cropped, f"vmirror({cropped})", f"trim(vmirror({cropped}))", f"hmirror(vmirror({cropped}))"]
    assert [part.md5 for part in found] == [solver(body).md5 for body in bodies]


def test_new_parts_are_what_a_program_added_that_gives_a_grid() -> None:
    graph = Graph()
    known = solver("trim(vmirror(I))")
    child = solver("crop(trim(vmirror(hmirror(I))), ORIGIN, shape(trim(vmirror(I))))")
    known.graph.copy(known.root, graph)
    start = len(graph)
    root = child.graph.copy(child.root, graph)
    found = [Program(graph, part).md5 for part in new_parts(graph, start, root)]
    bodies = ["hmirror(I)", "vmirror(hmirror(I))", "trim(vmirror(hmirror(I)))"]
    assert found == [solver(body).md5 for body in bodies]
    assert new_parts(graph, len(graph), root) == []
