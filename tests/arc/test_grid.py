from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import MAX_SIDE, is_grid, parse_grid
from arcbatt.errors import InputError

grids = st.tuples(st.integers(1, MAX_SIDE), st.integers(1, MAX_SIDE)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 9), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)

BAD = [
    (None, "expected a grid (a list of rows), got null"),
    ("0", 'expected a grid (a list of rows), got "0"'),
    ({"a": 1}, "got an object of 1 keys"),
    ([], "expected a grid of 1 to 30 rows, got 0 rows"),
    ([[0]] * 31, "got 31 rows"),
    ([[]], "row 1 (counting from 1): expected 1 to 30 cells, got 0"),
    ([[0] * 31], "row 1 (counting from 1): expected 1 to 30 cells, got 31"),
    ([[0], []], "row 2 (counting from 1): expected 1 to 30 cells, got 0"),
    ([[0, 1], [0, 1], [0]], "row 3 (counting from 1): expected 2 cells as in the row before, got 1"),
    ([[0], 0], "row 2 (counting from 1): expected a list of colors, got 0"),
    (["00"], 'row 1 (counting from 1): expected a list of colors, got "00"'),
    ([[0, 1], [2, 10]], "row 2, cell 2 (counting from 1): expected a color from 0 to 9, got 10"),
    ([[-1]], "row 1, cell 1 (counting from 1): expected a color from 0 to 9, got -1"),
    ([[True]], "got true"),
    ([[1.0]], "got 1.0"),
    ([[float("nan")]], "got nan"),
    ([["1"]], 'got "1"'),
    ([[None]], "got null"),
    ([[[1]]], "got a list of 1"),
    ([["x" * 500]], f'got "{"x" * 40}..."'),
    ([["\x1b[2J\n\ud800"]], r'got "\x1b[2J\n\ud800"'),
    ([[10**3000]], "got an integer of 9966 bits"),
    ([[object()]], "got a value of type object"),
]


@given(grids)
def test_a_parsed_grid_holds_the_same_colors_in_tuples(rows):
    grid = parse_grid(rows, "here")
    assert [list(row) for row in grid] == rows
    assert is_grid(grid)


@pytest.mark.parametrize(("value", "reason"), BAD, ids=range(len(BAD)))
def test_what_is_no_grid_is_refused_in_one_line_with_its_place(value, reason):
    with pytest.raises(InputError) as caught:
        parse_grid(value, "a.json: demo 1 input")
    message = str(caught.value)
    assert message.startswith("a.json: demo 1 input: ")
    assert reason in message
    assert message.isprintable()


@pytest.mark.parametrize(
    "value",
    [
        None, 5, (), ((),), ([0],), [[0]], ((0,), ()), ((0, 1), (0,)), ((10,),), ((-1,),), ((True,),), ((1.0,),),
        ((None,),), (("a",),), ((0,) * 31,), ((0,),) * 31, ((0,), 0), frozenset({(0,)}),
    ],
)  # fmt: skip
def test_is_grid_accepts_nothing_else(value):
    assert not is_grid(value)
