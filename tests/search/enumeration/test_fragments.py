"""Fragments: an enumeration that begins with the parts of known programs, and what its goals make of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Challenge, Sample, Task
from arcbatt.engine import select_engine
from arcbatt.library import starter_solvers
from arcbatt.program.graph import DEPENDS_C, DEPENDS_I
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.search.enumeration import Enumeration, EnumerationLimits, Fragments
from arcbatt.search.enumeration.fragments import MOST_FRAGMENTS
from support.twins import needs_native

pytestmark = needs_native

DEEP = """
def solve_deep(I):
    x1 = objects(I, T, F, T)
    x2 = sfilter(x1, compose(flip, rbind(bordering, I)))
    x3 = mapply(delta, x2)
    x4 = shift(x3, DOWN)
    x5 = mapply(dneighbors, x4)
    O = underfill(I, FOUR, x5)
    return O
"""
LIMITS = EnumerationLimits(nodes=12_000, answers=8)


def solved_by(text: str, inputs: list[tuple[tuple[int, ...], ...]]) -> Task:
    """The task of which a program gives the outputs: all inputs but the last are demo samples'."""
    (program,) = parse_programs(text, "here")
    scope = select_engine("auto").open(program.graph)
    grids = [scope.bind(I=grid).run([program.root])[0].value for grid in inputs]
    samples = [Sample(grid, output) for grid, output in zip(inputs, grids, strict=True)]
    return Task("made", tuple(samples[:-1]), tuple(samples[-1:]))


def framed(height: int, width: int, top: int, left: int) -> tuple[tuple[int, ...], ...]:
    """A grid of zeros with a ring of threes around one free cell, off the border."""
    rows = [[0] * width for _ in range(height)]
    for row in range(3):
        for column in range(3):
            rows[top + row][left + column] = 0 if (row, column) == (1, 1) else 3
    return tuple(map(tuple, rows))


INPUTS = [framed(8, 9, 1, 2), framed(9, 8, 3, 1), framed(10, 10, 4, 5)]


def test_what_is_too_deep_to_find_is_found_from_fragments() -> None:
    task = solved_by(DEEP, INPUTS)
    limits = replace(LIMITS, answers=None)
    # Without the fragments nothing but rules for cells fits.
    assert {found.goal for found in Enumeration(task.challenge, limits)} == {"cells"}
    fragments = Fragments(parse_programs(DEEP, "here"))
    assert "exact" in {found.goal for found in Enumeration(task.challenge, limits, fragments=fragments)}


def test_a_part_of_a_program_is_enough_for_a_goal() -> None:
    part = DEEP.replace("O = underfill(I, FOUR, x5)", "O = fill(I, SEVEN, x5)")
    task = solved_by(DEEP.replace("underfill", "fill"), INPUTS)
    found = list(Enumeration(task.challenge, LIMITS, fragments=Fragments(parse_programs(part, "here"))))
    assert found
    scope = select_engine("auto").open(found[0].program.graph).bind(S=task.pairs)
    (rows,) = [scope.judge_samples([found[0].program.root], task.test)]
    assert rows[0][0][0].is_right


def test_entries_of_fragments_are_what_the_programs_give() -> None:
    task = solved_by(DEEP, INPUTS)
    fragments = Fragments(parse_programs(DEEP, "here"))
    search = Enumeration(task.challenge, EnumerationLimits(nodes=400), fragments=fragments)
    list(search)
    entries = [entry for entry in search.entries() if entry.values is not None and entry.kind != "Grid>Grid"]
    scope = select_engine("python").open(search.graph).bind(S=task.pairs)
    scopes = [scope.bind(I=sample.input) for sample in task.samples]
    checked = 0
    for entry in entries:
        if search.graph.levels[entry.root] & DEPENDS_I:
            outcomes = [inner.run([entry.root])[0] for inner in scopes]
            assert [outcome.value for outcome in outcomes] == list(entry.values or ())
            checked += 1
    assert checked > 50


def test_fragments_are_the_expressions_that_read_the_input() -> None:
    fragments = Fragments(starter_solvers())
    levels = fragments.graph.levels
    assert 1000 < len(fragments.roots) < MOST_FRAGMENTS
    assert len(set(fragments.roots)) == len(fragments.roots) == len(fragments.costs)
    assert all(levels[root] & DEPENDS_I and not levels[root] & DEPENDS_C for root in fragments.roots)
    again = Fragments(starter_solvers())
    assert (again.roots, again.costs) == (fragments.roots, fragments.costs)


@given(st.data())
def test_without_some_programs_they_are_those_of_the_others(data: st.DataObject) -> None:
    solvers = data.draw(st.lists(st.sampled_from(starter_solvers()), max_size=8, unique_by=lambda one: one.name))
    left_out = data.draw(st.sets(st.sampled_from([one.name for one in solvers]))) if solvers else set()
    whole = Fragments(solvers)
    before = texts_of(whole)
    assert texts_of(whole.without(left_out)) == texts_of(Fragments(one for one in solvers if one.name not in left_out))
    assert texts_of(whole) == before


def texts_of(fragments: Fragments) -> list[tuple[str, int]]:
    return [
        (Program(fragments.graph, root).text, cost)
        for root, cost in zip(fragments.roots, fragments.costs, strict=True)
    ]


def test_false_test_outputs_and_repetition_change_nothing() -> None:
    task = solved_by(DEEP, INPUTS)
    false = Task(task.id, task.demo, tuple(Sample(sample.input, ((9,),)) for sample in task.test))
    fragments = Fragments(starter_solvers()[:40])

    def texts(task: Challenge) -> list[tuple[str, int, str]]:
        found = Enumeration(task, EnumerationLimits(nodes=30_000, answers=20), fragments=fragments)
        return [(item.program.text, item.cost, item.goal) for item in found]

    first, *others = (texts(challenge) for challenge in (task.challenge, false.challenge, task.challenge))
    assert others == [first, first]
