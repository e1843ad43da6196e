"""Names of programs that a search found."""

from __future__ import annotations

import pytest

from arcbatt.program.names import MAX_NAME, is_name
from arcbatt.search.found_names import found_name

MD5 = "1f2e3d4c" + "0" * 24


@pytest.mark.parametrize(("task_id", "name"), [
    ("007bbfb7", "solve_007bbfb7_1f2e3d4c"), ("a-b.c", "solve_a_b_c_1f2e3d4c"), ("\u00e4", "solve___1f2e3d4c"),
])  # fmt: skip
def test_a_name_has_the_task_and_the_first_digits(task_id: str, name: str) -> None:
    assert found_name(task_id, MD5) == name
    assert is_name(name)


def test_a_long_id_is_cut_and_the_digits_stay() -> None:
    name = found_name("a" * 300, MD5)
    assert len(name) == MAX_NAME
    assert is_name(name)
    assert name.endswith("_1f2e3d4c")
