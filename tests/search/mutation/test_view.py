from __future__ import annotations

from random import Random

from arcbatt.program.graph import Graph
from arcbatt.program.program import Program
from arcbatt.search.mutation import Mutator
from arcbatt.search.mutation.change import changed
from arcbatt.search.mutation.scratch import MAX_SCRATCH, Scratch
from arcbatt.search.mutation.view import ROOT, View
from support.mutations import program


def view(expression: str) -> View:
    scratch = Scratch(program(expression))
    return View(scratch, scratch.root, "solver")


def use_of(looked_at: View, name: str, position: int) -> tuple[int, int]:
    return next(use for use in looked_at.uses if use[1] == position and looked_at.primitive(use[0]) == name)


def test_a_use_wants_what_is_declared_or_what_the_function_beside_it_takes() -> None:
    looked_at = view("fill(I, 3, mapply(rbind(shift, branch(T, DOWN, UP)), partition(I)))")
    assert looked_at.wanted(ROOT) == "Grid"
    assert looked_at.wanted(use_of(looked_at, "fill", 3)) == "Patch"
    assert looked_at.wanted(use_of(looked_at, "rbind", 2)) == "IntegerTuple"
    assert looked_at.wanted(use_of(looked_at, "branch", 2)) == "IntegerTuple"  # what stands there


def test_a_constant_in_a_branch_is_what_the_branch_is_used_for() -> None:
    looked_at = view("canvas(branch(T, 1, branch(F, 2, 3)), (2, 2))")
    assert {looked_at.scratch.graph.values[looked_at.node(use)] for use in looked_at.colors} == {1, 2, 3}
    assert looked_at.role(use_of(looked_at, "branch", 1)) == "boolean"


def test_what_does_not_fit_is_no_change() -> None:
    looked_at = view("canvas(1, shape(I))")
    shape, grid = looked_at.scratch.call("shape", looked_at.order[-2]), looked_at.fitting("Grid")[0]
    assert changed(looked_at, use_of(looked_at, "canvas", 1), grid, everywhere=True) is None
    assert changed(looked_at, ROOT, looked_at.fitting("IntegerTuple")[0], everywhere=True) is None
    assert changed(looked_at, use_of(looked_at, "canvas", 2), shape, everywhere=True) is None  # shape of a shape
    assert changed(looked_at, use_of(looked_at, "canvas", 1), looked_at.fitting("Integer")[0], everywhere=True) is None


def test_a_result_still_hangs_on_the_input() -> None:
    looked_at = view("canvas(1, shape(I))")
    constant = looked_at.scratch.constant((3, 3))
    assert changed(looked_at, use_of(looked_at, "canvas", 2), constant, everywhere=True) is None


def test_the_scratch_graph_of_a_parent_does_not_grow_without_bound() -> None:
    parent = program("fill(I, 3, ofcolor(I, 2))")
    mutator = Mutator([program("hconcat(I, vmirror(I))")])
    for seed in range(1500):
        mutator.mutate(parent, None, Random(seed))
    ((_, kept),) = mutator._parents.values()
    assert len(kept.scratch.graph) < kept.scratch.base + 2 * MAX_SCRATCH


def test_a_deep_nest_of_branches_takes_no_more_than_linear_time() -> None:
    graph = Graph()
    node = graph.constant(1)
    for number in range(3000):
        node = graph.call(graph.primitive("branch"), graph.constant(True), graph.constant(number % 10), node)
    root = graph.call(graph.primitive("canvas"), node, graph.call(graph.primitive("shape"), graph.variable("I")))
    scratch = Scratch(Program(graph, root))
    looked_at = View(scratch, scratch.root, "solver")
    assert 0 < len(looked_at.colors) < 3000
