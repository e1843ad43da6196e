"""Which starters are marked as right by accident, and that only starters are."""

from __future__ import annotations

import pytest

from arcbatt import library
from arcbatt.errors import InputError
from arcbatt.library import accidental_solvers, files, general_solvers, starter_solvers
from arcbatt.library.marks import parse_marks

TWO = "# why\n\nsolve_007bbfb7: a literal color\n  solve_67a3c6ac:  twice\tas long \n"


def test_the_marks_are_of_starters_and_sorted():
    marked = list(accidental_solvers())
    assert set(marked) <= {program.name for program in starter_solvers()}
    assert marked == sorted(marked)
    assert all(accidental_solvers().values())


def test_a_mark_takes_a_solver_out_of_the_general_ones_alone(monkeypatch):
    everyone = [program.name for program in starter_solvers()]
    monkeypatch.setattr(library, "read_marks", lambda: ("marks.txt", TWO))
    accidental_solvers.cache_clear()
    try:
        assert [program.name for program in starter_solvers()] == everyone
        rest = [name for name in everyone if name not in ("solve_007bbfb7", "solve_67a3c6ac")]
        assert [program.name for program in general_solvers()] == rest
        assert len(rest) == len(everyone) - 2
    finally:
        accidental_solvers.cache_clear()


def test_a_caller_may_change_the_list_but_not_the_marks():
    general_solvers().clear()
    assert general_solvers()
    with pytest.raises(TypeError):
        accidental_solvers()["solve_007bbfb7"] = "mine"  # type: ignore[index]


def test_names_and_reasons_are_read_in_their_order():
    marks = parse_marks(TWO, "marks.txt")
    assert list(marks.items()) == [("solve_007bbfb7", "a literal color"), ("solve_67a3c6ac", "twice\tas long")]
    assert parse_marks("", "marks.txt") == parse_marks("# nothing\n", "marks.txt") == {}


@pytest.mark.parametrize(
    "line",
    ["solve_007bbfb7", "solve_007bbfb7:", "solve_007bbfb7:  ", "solve_007bbfb7:reason", "007bbfb7: reason",
     "solve_x: y", "solve_007bbfb7 reason", "differ_palette_iz: reason"],
)  # fmt: skip
def test_a_line_of_another_form_is_refused_with_its_number(line):
    with pytest.raises(InputError, match=r"marks\.txt:2: expected 'solve_<id>: reason'"):
        parse_marks(f"# marks\n{line}\n", "marks.txt")


def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(InputError, match=r"marks\.txt:3: solve_007bbfb7 is marked twice"):
        parse_marks("solve_007bbfb7: one\n\nsolve_007bbfb7: two\n", "marks.txt")


def test_the_file_is_beside_the_library():
    path, text = files.read_marks()
    assert path.endswith("accidental.txt")
    assert dict(parse_marks(text, path)) == dict(accidental_solvers())
