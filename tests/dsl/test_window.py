from __future__ import annotations

from arcbatt import dsl
from arcbatt.dsl import window


def test_tables_hold_what_their_index_says():
    assert all(window.PLACE[i][j] == (i, j) for i in range(-30, 60) for j in range(-30, 60))
    assert all(window.AT[i][j][c] == (c, (i, j)) for i in range(30) for j in range(30) for c in range(10))
    table = window.cell_table()
    assert all(table[c][i][j] == (c, (i, j)) for i in range(-30, 60) for j in range(-30, 60) for c in range(10))


def test_there_is_one_tuple_for_each_cell_of_the_window():
    table = window.cell_table()
    for i in (0, 29):
        for color in (0, 9):
            assert table[color][i][i] is window.AT[i][i][color]
            assert window.AT[i][i][color][1] is window.PLACE[i][i]
    assert len(window.CELLS) == 9000
    assert frozenset(place for _, place in window.CELLS) == window.PLACES == window.rectangle(30, 30)


def test_shared_or_not_makes_no_difference():
    grid = tuple(tuple((i * j) % 7 for j in range(30)) for i in range(30))
    shared = dsl.asobject(grid)
    fresh = frozenset((color, (int(str(i)), int(str(j)))) for color, (i, j) in shared)
    for offset in ((0, 0), (3, -4), (30, 30), (31, 0), (0, -31)):
        assert dsl.shift(shared, offset) == dsl.shift(fresh, offset)
    assert dsl.paint(grid, shared) == dsl.paint(grid, fresh) == grid
    assert dsl.upscale(shared, 2) == dsl.upscale(fresh, 2)
    assert dsl.upscale(shared, 3) == dsl.upscale(fresh, 3)
