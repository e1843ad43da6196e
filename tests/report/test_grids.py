from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from arcbatt.report.grids import differing_cells, grid_text, side_by_side

A = ((0, 1, 2), (3, 4, 5))
B = ((0, 7, 2), (3, 4, 5))
rows = st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=4)


def printed(renderable, width=80, **options):
    console = Console(file=io.StringIO(), width=width, _environ={}, **options)
    console.print(renderable)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


class TestDifferingCells:
    def test_same_shape(self):
        assert differing_cells(A, B) == {(0, 1)}

    def test_other_shapes_differ_where_only_one_has_a_cell(self):
        assert differing_cells(((1, 2),), ((1,), (3,))) == {(0, 1), (1, 0)}

    @given(rows, rows)
    def test_it_is_what_comparing_all_positions_gives(self, a, b):
        def cells(grid):
            return {(i, j, cell) for i, row in enumerate(grid) for j, cell in enumerate(row)}

        assert differing_cells(a, b) == {(i, j) for i, j, _ in cells(a) ^ cells(b)} == differing_cells(b, a)


class TestGridText:
    def test_a_cell_is_its_digit(self):
        assert grid_text(A).plain == "0 1 2 \n3 4 5 "

    @pytest.mark.parametrize(
        ("cell_width", "expected"),
        [(None, " 0 [7] 2 \n 3  4  5 "), (3, " 0 [7] 2 \n 3  4  5 "), (2, "0 7*2 \n3 4 5 "), (1, "0*2\n345")],
    )
    def test_marked_cells_stand_out_without_colors(self, cell_width, expected):
        assert grid_text(B, {(0, 1), (9, 9)}, cell_width).plain == expected

    def test_what_is_no_color_is_a_question_mark(self):
        assert grid_text(((10, -1, True, None, "a", 3),)).plain == "? ? ? ? ? 3 "

    def test_a_terminal_gets_the_colors(self):
        line = printed(grid_text(((2,),)), force_terminal=True, color_system="truecolor")[0]
        assert "48;2;255;65;54" in line


class TestSideBySide:
    def test_an_input_and_its_output(self):
        lines = printed(side_by_side([("input", A, None), ("output", ((8,),), None)], " -> "))
        assert lines == ["input     output", "0 1 2  -> 8", "3 4 5", ""]

    def test_an_output_beside_the_expected_one_with_marks(self):
        marks = differing_cells(A, B)
        lines = printed(side_by_side([("got", A, marks), ("expected", B, marks)]))
        assert lines == ["got         expected", " 0 [1] 2     0 [7] 2", " 3  4  5     3  4  5", ""]

    def test_a_narrow_terminal_gets_one_below_the_other(self):
        lines = printed(side_by_side([("a", A, None), ("b", B, None)]), width=14)
        assert lines == ["a", "0 1 2", "3 4 5", "", "b", "0 7 2", "3 4 5", ""]

    @pytest.mark.parametrize(
        ("width", "expected"),
        [(8, ["a", "0 1*2", "3 4 5", ""]), (5, ["a", "0*2", "345", ""]), (2, ["a", "0*", "34", ""])],
    )
    def test_cells_narrow_before_rows_break(self, width, expected):
        assert printed(side_by_side([("a", A, {(0, 1)})]), width=width) == expected

    @given(st.lists(st.tuples(st.text("abc", max_size=9), rows, st.just({(0, 0)}) | st.none()), max_size=4))
    def test_no_line_is_wider_than_the_console(self, blocks):
        for width in (1, 7, 20):
            assert all(len(line) <= width for line in printed(side_by_side(blocks), width))

    def test_no_color_leaves_no_color_codes(self, monkeypatch):
        monkeypatch.setenv("NO_COLOR", "1")
        console = Console(file=io.StringIO(), force_terminal=True, width=80)
        console.print(side_by_side([("a", A, {(0, 1)})]))
        assert "[1]" in console.file.getvalue()
        assert "48;" not in console.file.getvalue()


def test_importing_the_module_does_not_import_rich():
    code = "import sys, arcbatt.report.grids; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_grid_that_is_cut_says_so_and_a_long_title_is_not_cut() -> None:
    wide = ((1,) * 50,)
    title = "task_of_a_name: the right output is unknown"
    lines = printed(side_by_side([(title, wide, None)]), width=30)
    assert " ".join(line.strip() for line in lines[:-2]) == f"{title} (the first 30 of 50 columns)"
    assert "1" * 30 in lines
