"""What the starter differs measure, in which direction, and that they fail on no pair of grids."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.arc import load_set
from arcbatt.engine import Limits, select_engine
from arcbatt.library import starter_differs

DIFFERS = {program.name: program for program in starter_differs()}
MEASURES = sorted(name.removeprefix("differ_").removesuffix("_iz") for name in DIFFERS if name.endswith("_iz"))


def measured(measure, first, second):
    """(what the iz differ gives, what the zo differ gives)."""
    results = []
    for direction in ("iz", "zo"):
        program = DIFFERS[f"differ_{measure}_{direction}"]
        scope = select_engine("python", Limits()).open(program.graph).bind(S=(), I=first, C=second)
        outcome = scope.run([program.root])[0]
        assert outcome.failure is None, (measure, direction, outcome.failure)
        results.append(outcome.value)
    return tuple(results)


@st.composite
def grids(draw):
    width = draw(st.integers(1, 6))
    colors = st.integers(0, draw(st.integers(0, 9)))
    row = st.lists(colors, min_size=width, max_size=width).map(tuple)
    return draw(st.lists(row, min_size=1, max_size=6).map(tuple))


def test_every_measure_has_both_directions():
    assert len(MEASURES) >= 6
    assert set(DIFFERS) == {f"differ_{measure}_{direction}" for measure in MEASURES for direction in ("iz", "zo")}
    assert all(program.direction == name[-2:] for name, program in DIFFERS.items())


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=40)
@given(grid=grids())
def test_equal_grids_do_not_differ(measure, grid):
    (iz, _), (zo, _) = measured(measure, grid, grid)
    assert (iz, zo) == (0, 0)


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=40)
@given(first=grids(), second=grids())
def test_the_directions_are_each_others_reverse(measure, first, second):
    there, back = measured(measure, first, second), measured(measure, second, first)
    assert there == back[::-1]
    assert all(type(size) is int and size >= 0 for size, _ in there)


@pytest.mark.parametrize(
    ("measure", "first", "second", "iz", "zo"),
    [
        ("palette", ((1, 2), (3, 3)), ((1, 4), (4, 4)), (2, frozenset({2, 3})), (1, frozenset({4}))),
        ("colorcount", ((1, 1), (1, 2)), ((1, 2), (2, 3)), (2, (1, 1)), (2, (2, 3))),
        ("objectsizes", ((1, 1, 2),), ((1, 2, 3),), (1, frozenset({2})), (0, frozenset())),
        ("positions", ((1, 1, 2),), ((1, 2, 2),), (1, frozenset({(0, 2)})), (1, frozenset({(0, 1)}))),
        ("cells", ((1, 2),), ((1, 3),), (1, frozenset({(2, (0, 1))})), (1, frozenset({(3, (0, 1))}))),
        ("shape", ((0, 0, 0),), ((0,), (0,)), (2, (-1, 2)), (1, (1, -2))),
        ("symmetry", ((1, 1), (2, 2)), ((1, 2), (1, 2)), (1, (2,)), (1, (1,))),
    ],
)
def test_size_and_example(measure, first, second, iz, zo):
    assert measured(measure, first, second) == (iz, zo)


@pytest.mark.parametrize(
    ("measure", "first", "second", "iz", "zo"),
    [
        ("objectcount", ((1, 0, 1),), ((1, 1, 0),), 1, 0),
        ("objectforms", ((1, 1), (1, 0)), ((1, 1), (0, 0)), 2, 1),
        ("lines", ((1, 1), (0, 1)), ((0, 1), (0, 1)), 1, 1),
    ],
)
def test_size(measure, first, second, iz, zo):
    (found_iz, _), (found_zo, _) = measured(measure, first, second)
    assert (found_iz, found_zo) == (iz, zo)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_pair_of_an_input_and_an_output_makes_it_fail(measure):
    tasks = load_set("arc1-train")
    for task_id in list(tasks)[::7]:
        sample = tasks[task_id].demo[0]
        measured(measure, sample.input, sample.output)
